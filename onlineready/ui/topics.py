"""Further questions about the same figures: one at a time, worked out when it is chosen."""

from collections.abc import Callable

import streamlit as st

from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model import Result
from onlineready.ui import uncertainty

TOPICS: dict[str, Callable[[Result], None]] = {
    mark("どのくらい確か"): uncertainty.shown,
}
"""What can be asked, and what shows the answer."""


def chosen(result: Result) -> None:
    """Offer the topics and show the one that is chosen."""
    st.subheader(_("もっと詳しく"), anchor=False)
    topic = st.segmented_control(
        _("知りたいこと"),
        options=list(TOPICS),
        format_func=_,
        key="topic",
        label_visibility="collapsed",
    )
    if topic:
        TOPICS[topic](result)
