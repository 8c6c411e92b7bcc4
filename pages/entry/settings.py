"""How this installation signs people in and who may frame it: read from the environment, checked at the start."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

#: What the identity provider needs; all of them, or none.
PROVIDER = {
    "server_metadata_url": "KINSIGHT_OIDC",
    "client_id": "KINSIGHT_OIDC_CLIENT",
    "client_secret": "KINSIGHT_OIDC_SECRET",
    "cookie_secret": "KINSIGHT_COOKIE_SECRET",
}
ADDRESS, FRAMED_BY = "KINSIGHT_ADDRESS", "KINSIGHT_FRAMED_BY"
CLAIM, HOURS = "KINSIGHT_OIDC_CLAIM", "KINSIGHT_OIDC_HOURS"
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.*-]+(:\d+)?")
_SHORTEST_SECRET = 32


class SettingsRefused(ValueError):
    """A setting that can't be meant; the message says which, and never its value."""


@dataclass(frozen=True)
class Settings:
    """``address``: where people find us; ``framed_by``: origins that may show us in a frame, beside our own.

    ``provider``: what Streamlit's ``st.login`` needs, empty where nobody signs in by an identity provider.
    """

    address: str
    framed_by: tuple[str, ...]
    provider: dict[str, str]

    @property
    def secure(self) -> bool:
        """Whether cookies may travel by https alone."""
        return self.address.startswith("https://")


def settings() -> Settings:
    """The settings of this process. Raises `SettingsRefused`."""
    address = os.environ.get(ADDRESS, "").rstrip("/")
    origins = tuple(os.environ.get(FRAMED_BY, "").split())
    if wrong := [each for each in origins if not _ORIGIN.fullmatch(each)]:
        raise SettingsRefused(f"{FRAMED_BY}: an origin is like https://cases.council.uk, not {wrong[0]}")
    return Settings(address, origins, _provider(address))


def address(url: str) -> str:
    """Where people find us: as it is set, else as the browser at ``url`` did."""
    found = urlsplit(url)
    return os.environ.get(ADDRESS, "").rstrip("/") or f"{found.scheme}://{found.netloc}"


def claim() -> str:
    """Which of the identity provider's claims is the account's name here."""
    return os.environ.get(CLAIM) or "email"


def hours() -> float:
    """For how long one sign-in at the identity provider holds."""
    return float(os.environ.get(HOURS) or 10)


def _provider(address: str) -> dict[str, str]:
    given = {name: os.environ.get(variable, "") for name, variable in PROVIDER.items()}
    if not any(given.values()):
        return {}
    missing = [PROVIDER[name] for name, value in given.items() if not value] + ([] if address else [ADDRESS])
    if missing:
        raise SettingsRefused(f"sign-in by an identity provider also needs {', '.join(missing)}")
    if len(given["cookie_secret"]) < _SHORTEST_SECRET:
        raise SettingsRefused(f"{PROVIDER['cookie_secret']}: {_SHORTEST_SECRET} characters at least")
    return given | {"redirect_uri": f"{address}/oauth2callback"}
