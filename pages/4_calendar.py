"""Page 5, 申請カレンダー: what is due when, for how many, and how much work it is."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui import actuals, calendar, cases, share, shell

shell.begin(_("申請カレンダー"))
token = share.remember()
shell.navigation(token)
st.title(_("申請カレンダー"))
share.told(token)

result = cases.current().result

calendar.answer_line()
calendar.figures()
kept, filings = st.columns([2, 3], gap="large")
with kept:
    calendar.kept_alive()
with filings:
    calendar.filings_due()
    calendar.exports()
months = calendar.period(result)
volume, hours = st.columns(2, gap="large")
with volume:
    calendar.filings_chart(months)
with hours:
    calendar.hours_chart(result, months)
actuals.plan_against_actual(result)
share.panel()
shell.footer()
