"""What the numbers rest on, one section at a time; what is closed is not made."""

from collections.abc import Callable

import streamlit as st

from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.report import confidence, wording
from onlineready.ui.sources import asked, grounds, method, references
from onlineready.ui.state import shared

ASKED = mark("よくある質問")

SECTIONS: dict[str, Callable[[], None]] = {
    mark("根拠"): grounds.show_grounds,
    confidence.FEES: references.show_fees,
    confidence.ASSUMPTIONS: grounds.show_assumptions,
    confidence.TASKS: grounds.show_tasks,
    mark("利点"): grounds.show_advantages,
    mark("計算のしかた"): method.show_method,
    ASKED: asked.show_questions,
}
"""What can be looked at, and what shows it."""

OPEN = "section"
"""Where the page keeps which section is open."""


def show_sections() -> None:
    """Offer the questions asked most and the sections in a row each; show the open section."""
    if OPEN not in st.session_state:
        st.session_state[OPEN] = ASKED if asked.named() else next(iter(SECTIONS))
    if st.session_state[OPEN] != ASKED:
        _show_most_asked()
    section = st.segmented_control(
        _("前提と出典"),
        options=list(SECTIONS),
        format_func=_,
        required=True,
        key=OPEN,
        label_visibility="collapsed",
    )
    with st.container(key="shown"):
        SECTIONS[section or ASKED]()


def _show_most_asked() -> None:
    """Lead to the questions that people ask most, and to the list of all."""
    with st.container(horizontal=True, vertical_alignment="center", key="most_asked"):
        st.markdown(_("よくある質問:"), width="content")
        for question in shared.faq()[: asked.MOST_LINKS]:
            _show_way(wording.plain(question.question_ja), question.id)
        _show_way(_("すべて({count}問)").format(count=len(shared.faq())), "")


def _show_way(label: str, question: str) -> None:
    st.button(
        label, key=f"asked_{question}", type="tertiary", on_click=_open_question, args=(question,)
    )


def _open_question(question: str) -> None:
    st.session_state[OPEN] = ASKED
    asked.name(question)
