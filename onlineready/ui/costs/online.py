"""Who files online already: since when, what that has saved, and what keeps it possible."""

import pandas as pd
import streamlit as st

from onlineready.language import translate as _
from onlineready.report import findings, wording
from onlineready.ui.calendar import schedule
from onlineready.ui.state import addresses, session

MONTHS_BACK = 120
"""Months before the day of the workbook in which online filing may have begun."""


def show_since() -> None:
    """Ask for the month in which online filing began; one click settles all that follows.

    Of who files online already, say since when, and offer the way back.
    """
    if session.files_online():
        begun = wording.go_live(session.scenario())
        st.markdown(
            _("**{begun}**からオンラインで申請しているものとして計算しています。").format(
                begun=begun
            )
        )
        st.button(
            _("オンライン申請中をやめる"),
            key="not_online",
            on_click=session.file_online_no_more,
            help=_("開始月を準備の見込みに戻し、この月に済んだとした項目を未完了に戻します。"),
        )
        return
    st.markdown(
        _(
            "オンライン申請を始めた月を選びます。準備チェックリストはその月までに済んだものとし、"
            "このページは、これまでの削減と、続けるための期限を示します。"
        )
    )
    today = pd.Period(session.workbook().as_of, freq="M")
    months = [str(today - back) for back in range(1, MONTHS_BACK + 1)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("始めた月"),
            options=months,
            format_func=lambda text: wording.month(pd.Period(text, freq="M")),
            width=200,
            key="online_since",
        )
        st.button(_("この月から申請している"), key="files_online", on_click=_begin, args=(months,))


def _begin(months: list[str]) -> None:
    since = st.session_state["online_since"]
    if since in months:
        session.file_online_since(pd.Period(since, freq="M"))
        st.session_state["panel"] = None


def show_upkeep() -> None:
    """Say what going on will save, and what is due next for it; lead to calendar and checklist."""
    found = findings.so_far(session.cases().result, session.workbook().as_of)
    with st.container(horizontal=True, vertical_alignment="center"):
        if found:
            st.caption(_("{sentence}。").format(sentence=found.detail))
        schedule.show_next_due()
        st.page_link(
            addresses.PAGES["/readiness"].file,
            label=_("続けるための項目を見る"),
            query_params=session.parameters(),
        )
