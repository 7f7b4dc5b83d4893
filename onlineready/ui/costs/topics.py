"""What changes the answer: one topic at a time, worked out when it is chosen."""

from collections.abc import Callable

import streamlit as st

from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.report import figures
from onlineready.ui.costs import assumptions, bill, conditions, risk, scenarios, sites
from onlineready.ui.state import shared
from onlineready.ui.state.drawing import show_chart


def _show_hours(result: Result) -> None:
    """Show the hours of the work over the horizon, its tasks in the table."""
    show_chart(figures.hours(result, shared.tables().tasks))


LIST = mark("前提の一覧")
"""The topic in which every assumption is found, with its source, and changed."""

TOPICS: dict[str, Callable[[Result], None]] = {
    mark("条件を変えて試す"): conditions.show_conditions,
    mark("結果の幅とリスク"): risk.show_risk,
    mark("手数料の総額"): bill.show_bill,
    mark("事業所別・手続別"): sites.show_sites,
    mark("シナリオを比べる"): scenarios.show_scenarios,
    mark("作業の時間"): _show_hours,
    LIST: assumptions.show_list,
}
"""What can be looked at, and what shows it for the base scenario's business case."""


def show_topics(result: Result) -> None:
    """Offer the topics in one row and show the one that is chosen; at first there is none."""
    topic = st.segmented_control(_("詳しい分析"), options=list(TOPICS), format_func=_, key="topic")
    if topic:
        with st.container(border=True, key="topic_shown"):
            TOPICS[topic](result)


def choose_list() -> None:
    """Open the list of assumptions, for a button elsewhere on the page."""
    st.session_state["topic"] = LIST
