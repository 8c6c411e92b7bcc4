"""A page as a reader gets it, frame and all, without a browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

APP = Path(__file__).parents[1] / "app.py"


@cache
def _components() -> BidiComponentManager:
    """What Streamlit finds among the installed packages: as a server does, it looks once, not for every visitor."""
    found = BidiComponentManager()
    found.discover_and_register_components(start_file_watching=False)
    return found


def app_at(path: str, account: str | None, state: dict[str, Any], query: dict[str, str] | None = None) -> AppTest:
    """The app at ``/path``, signed in as ``account``, not yet run."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in ({"signed_in_account": account} | state).items():
        if value is not None:
            app.session_state[name] = value
    for name, value in (query or {}).items():
        app.query_params[name] = value
    # AppTest.switch_page only finds files; ours are functions, known by the hash of their address.
    app._bidi_component_manager = _components()
    app._page_hash = calc_hash(path) if path else ""
    return app
