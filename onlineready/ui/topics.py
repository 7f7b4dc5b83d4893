"""What goes beyond the first screen, one topic at a time: only the chosen one is computed."""

from collections.abc import Callable

import streamlit as st

from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model import Result
from onlineready.ui import bill, questions, scenarios, sites

TOPICS: dict[str, Callable[[Result], None]] = {
    mark("シナリオを比べる"): scenarios.compared,
    mark("もし〜なら"): questions.answered,
    mark("手数料の総額"): bill.whole,
    mark("事業所別・手続別"): sites.topic,
}
"""What each topic is called, and what shows it for the base scenario's business case."""


def chosen(result: Result) -> None:
    """Offer the topics in one row, and show the chosen one; at first there is none."""
    topic = st.segmented_control(
        _("くわしく見る"), options=list(TOPICS), format_func=_, key="topic"
    )
    if topic is not None:
        with st.container(border=True):
            TOPICS[topic](result)
