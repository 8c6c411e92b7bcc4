"""The server as uvicorn finds it, ``pages.entry.server:app``: Streamlit with our headers around it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.web import bootstrap

from pages.entry.around import Around
from pages.entry.settings import settings

APP = Path(__file__).parents[2] / "app.py"
_SETTINGS = settings()

app = Around(st.App(APP, secrets={"auth": dict(_SETTINGS.provider)} if _SETTINGS.provider else None), _SETTINGS)


def serve(port: int) -> None:
    """Serve on ``port`` until stopped."""
    flags = {"server_port": port}
    bootstrap.load_config_options(flags)
    bootstrap.run_asgi_app(str(APP), "pages.entry.server:app", [], flags)
