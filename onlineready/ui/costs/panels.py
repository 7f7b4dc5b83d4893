"""What can be said beyond the line of inputs, one panel at a time; what is closed is not made."""

from collections.abc import Callable

import streamlit as st

from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.ui.costs import inputs, online, upload

PANELS: dict[str, Callable[[], None]] = {
    mark("詳しい計画を読み込む"): upload.show_plan,
    mark("すでにオンラインで申請しています"): online.show_since,
    mark("ほかの前提"): inputs.show_others,
}
"""What is asked for in each panel, and what shows it."""

WIDTH = 520
"""Pixels of the choice, from the first: what stands beside it is not to move when it is drawn."""


def show_choice() -> None:
    """Offer the panels in one row; at first all are closed."""
    st.pills(
        _("さらに入れる"),
        options=list(PANELS),
        format_func=_,
        key="panel",
        label_visibility="collapsed",
        width=WIDTH,
    )


def show_panel() -> None:
    """Show the panel that is open."""
    if panel := st.session_state.get("panel"):
        with st.container(border=True):
            PANELS[panel]()
