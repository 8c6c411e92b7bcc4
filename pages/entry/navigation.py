"""The frame's work: every address registered on every run, and behind each what this visitor may see of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

import streamlit as st

from data.access.reader import AccessRefused
from data.access.roles import may
from data.journal.journal import OtherCity
from data.snapshot.engine import StoreError
from pages.components import links, look
from pages.components.empty import problem
from pages.components.escape import text
from pages.entry import emergency, errors, home, sign_in, who
from pages.entry.here import Here, visiting
from pages.entry.registry import declared
from pages.entry.spec import TRAINING, Declared, PageSpec

Draw = Callable[[], None]


def run() -> None:
    """Show the page at the visitor's address: to a stranger the sign-in, to a reader what their role includes."""
    account = who.account_id()
    if account is None:
        _everywhere(sign_in.page)
        return
    try:
        with visiting(account) as visit:
            _serve(visit)
    except AccessRefused:
        # The account was closed since the last click: the session ends here, whatever was on the screen.
        who.forget()
        _everywhere(sign_in.page)
    except (StoreError, OtherCity) as error:
        _everywhere(partial(errors.show, error))


def _everywhere(draw: Draw) -> None:
    """Let every address lead to ``draw``: the address stays in the browser, and nothing is told of what is there.

    But a page that is declared public leads to itself.
    """
    pages = [st.Page(draw, title=sign_in.TITLE, default=True)]
    pages += [_for_strangers(page, draw) for page in declared()]
    _draw(st.navigation(pages, position="hidden"))


def _for_strangers(page: Declared, draw: Draw) -> st.Page:
    spec = page.spec
    if spec.public:
        return st.Page(partial(_run, page), title=spec.title, url_path=spec.path)
    return st.Page(draw, title=sign_in.TITLE, url_path=spec.path)


def _serve(visit: Here) -> None:
    """The reader's own navigation, and the page they asked for."""
    who.note_sign_in(visit.reader)
    if visit.snapshot.invented:
        look.banner()
    sections = {"": [st.Page(home.page, title=home.TITLE, icon=":material/home:", default=True)]}
    for page in declared():
        sections.setdefault(page.spec.group, []).append(_registered(page, visit))
    st.session_state[links.PAGES] = {page.url_path: page for pages in sections.values() for page in pages}
    chosen = st.navigation(sections, position="hidden" if st.context.is_embedded else "sidebar", expanded=True)
    if st.context.is_embedded:
        _in_a_frame(visit)
    else:
        _signed_in_as(visit)
    emergency.banner()
    _draw(chosen)


def _registered(page: Declared, visit: Here) -> st.Page:
    """The page as this reader meets it: listed, reachable, or a plain refusal."""
    spec = page.spec
    allowed = spec.public or may(visit.reader.role, spec.needs)
    draw = partial(_run, page) if allowed else partial(_refuse, spec, visit)
    seen: Literal["visible", "hidden"] = "visible" if allowed and spec.listed else "hidden"
    return st.Page(draw, title=spec.title, icon=spec.icon, url_path=spec.path, visibility=seen)


def _run(page: Declared) -> None:
    """Draw the page; one of training can't be without its mark."""
    if page.spec.group == TRAINING:
        look.training()
    page.run()


def _draw(page: st.Page) -> None:
    st.set_page_config(page_title=f"{page.title} · Kinsight")
    with errors.guarded():
        page.run()


def _refuse(spec: PageSpec, visit: Here) -> None:
    st.title(spec.title)
    role = who.role_label(visit.reader).lower()
    ask = f"You are signed in as {role}. If you need it for your work, ask your manager."
    problem(f"This page is for {spec.whom}.", ask)


def _in_a_frame(visit: Here) -> None:
    """In another system's page there is no navigation: the page that was asked for, and who is looking."""
    st.caption(f"Kinsight · {text(visit.reader.name)}, {who.role_label(visit.reader).lower()}")


def _signed_in_as(visit: Here) -> None:
    with st.sidebar:
        st.markdown(f"{text(visit.reader.name)}  \n{who.role_label(visit.reader)}")
        if st.button("Sign out", icon=":material/logout:"):
            who.sign_out()
            st.rerun()
