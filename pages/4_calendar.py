"""Page 5, 申請カレンダー: what is due when, for how many, and how much work it is."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui.calendar import filed, schedule
from onlineready.ui.state import session, share, shell

shell.begin(_("申請カレンダー"))
token = share.remember()
shell.show_navigation(token)
st.title(_("申請カレンダー"))
share.show_messages(token)

result = session.cases().result

schedule.answer_line()
schedule.figures()
kept, filings = st.columns([2, 3], gap="large")
with kept:
    schedule.kept_alive()
with filings:
    schedule.filings_due()
    schedule.exports()
months = schedule.period(result)
volume, hours = st.columns(2, gap="large")
with volume:
    schedule.filings_chart(months)
with hours:
    schedule.hours_chart(result, months)
filed.plan_against_actual(result)
share.show_sharing()
shell.show_footer()
