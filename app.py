"""Page 1, 費用と効果: what filing online costs and saves, from a headcount plan."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui import (
    calendar,
    cases,
    downloads,
    editor,
    inputs,
    plans,
    results,
    share,
    shell,
    sources,
    topics,
)

shell.begin(_("在留申請オンライン化の費用と効果"))
plans.take_in()
token = share.remember()
shell.navigation(token)
inputs.sidebar()

title, switch = st.columns([3, 2], vertical_alignment="bottom")
with title:
    st.title(_("在留申請オンライン化の費用と効果"))
with switch:
    inputs.fee_switch()
share.told(token)
sources.stale_fees()
plans.shown()

result, dated, fixed, delayed = cases.current()
results.answer(result, dated, fixed)
results.figures(result)
results.delay(result, delayed)
calendar.next_due()
results.unconfirmed()
results.notices(result)
results.three_charts(result)
topics.chosen(result)
hours, fees = st.columns(2, gap="medium")
with hours:
    results.hours_chart(result)
with fees:
    results.fee_panel()
editor.panel(result)
inputs.details()
downloads.panel(result, token)
share.panel()
shell.footer()
