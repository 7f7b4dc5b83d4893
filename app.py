"""Page 1, 費用と効果: what filing online costs and saves, from a headcount plan."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.model import evaluate_under
from onlineready.ui import inputs, results, shell

shell.begin(_("在留申請オンライン化の費用と効果"))
scenario = inputs.scenario()
inputs.sidebar(scenario)

title, switch = st.columns([3, 2], vertical_alignment="bottom")
with title:
    st.title(_("在留申請オンライン化の費用と効果"))
with switch:
    inputs.fee_switch()
inputs.plan_shown()

dated, fixed = evaluate_under(["dated", inputs.FIXED_FEES], inputs.plan(), scenario, shell.tables())
result = dated if scenario.fee_basis == "dated" else fixed

results.answer(result, dated, fixed)
results.figures(result)
results.unconfirmed()
results.notices(result)
results.three_charts(result)
results.fee_panel()
shell.footer()
