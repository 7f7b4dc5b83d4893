"""Page 1, 費用と効果: what filing online costs and saves, from a headcount plan."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.model import evaluate, evaluate_under
from onlineready.ui import (
    calendar,
    downloads,
    editor,
    inputs,
    plans,
    results,
    session,
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

scenario = session.scenario()
bases = list(dict.fromkeys(["dated", inputs.FIXED_FEES, scenario.fee_basis]))
cases = evaluate_under(bases, session.workbook().plan, scenario, shell.tables())
result = cases[bases.index(scenario.fee_basis)]

results.answer(result, cases[0], cases[1])
results.figures(result)
results.delay(result, evaluate(session.workbook().plan, result.scenario.later(1), shell.tables()))
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
