"""The declaration of a page. It stands in the page's own file, as ``PAGE``, above its ``page()``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType

from data.access.roles import Permission

TRAINING = "Training"
GROUPS = ("Casework", "Hub", "Management", TRAINING, "Governance")
_PATH = re.compile(r"[a-z]+(-[a-z]+)*")


@dataclass(frozen=True)
class PageSpec:
    """One page: its address, its name on screen, and the permission that a reader needs to open it.

    ``about`` is a sentence for Home. ``whom`` completes "This page is for ...", which is all that others see of it.
    ``place`` orders the pages of a group; a page that is not ``listed`` is reached from others.
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

    def __post_init__(self) -> None:
        """Refuse, at import, a declaration that Streamlit would refuse at the first visit."""
        if not _PATH.fullmatch(self.path):
            raise ValueError(f"{self.path!r}: a path is lower-case words, joined by hyphens")
        if self.group not in GROUPS:
            raise ValueError(f"{self.path}: no such group: {self.group}")
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
