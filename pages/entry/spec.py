"""The declaration of a page. It stands in the page's own file, as ``PAGE``, above its ``page()``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType

from data.access.roles import Permission

TRAINING = "Training"
GROUPS = ("Casework", "Hub", "Management", TRAINING, "Governance")
#: The pages that a stranger may open. No other can say of itself that it is public.
PUBLIC = frozenset({"room"})
_PATH = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass(frozen=True)
class PageSpec:
    """One page: its address, its name on screen, and the permission that a reader needs to open it.

    ``about`` is a sentence for Home. ``whom`` completes "This page is for ...", which is all that others see of it.
    ``place`` orders the pages of a group; a page that is not ``listed`` is reached from others. A ``public`` page is
    drawn for strangers too, without a session: it can reach neither the snapshot nor the journal through ``here``.
    """

    path: str
    title: str
    icon: str
    group: str
    needs: Permission
    whom: str
    about: str
    place: int = 50
    listed: bool = True
    public: bool = False

    def __post_init__(self) -> None:
        """Refuse, at import, a declaration that Streamlit would refuse at the first visit."""
        if not _PATH.fullmatch(self.path):
            raise ValueError(f"{self.path!r}: a path is lower-case words, joined by hyphens")
        if self.group not in GROUPS:
            raise ValueError(f"{self.path}: no such group: {self.group}")
        if self.public != (self.path in PUBLIC):
            raise ValueError(f"{self.path}: the pages open to strangers are {', '.join(sorted(PUBLIC))}")
        if not self.icon.startswith(":material/"):
            raise ValueError(f"{self.path}: an icon is a :material/...: symbol")


@dataclass(frozen=True)
class Declared:
    """A page and the module that defines it."""

    spec: PageSpec
    module: ModuleType

    def run(self) -> None:
        """Draw the page."""
        self.module.page()
