"""The frame only: who is looking, which pages are theirs, and the page they asked for."""

import streamlit as st

from pages.components import look
from pages.entry import navigation

st.set_page_config(page_icon=look.ICON, layout="wide", initial_sidebar_state=240)
look.apply()
navigation.run()
