"""Page 5, 申請カレンダー: what is due when, for how many, and how much work it is."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui.calendar import filed, schedule
from onlineready.ui.sources import asked
from onlineready.ui.state import scaffold, session, share

with scaffold.page("/calendar"):
    st.title(_("申請カレンダー"))
    share.show_messages()

    result = session.cases().result

    schedule.show_answer()
    schedule.show_figures()
    kept, filings = st.columns([2, 3], gap="large")
    with kept:
        schedule.show_deadlines()
    with filings:
        schedule.show_filings()
        schedule.show_exports()
    asked.show_links("/calendar")
    schedule.show_months(result)
    filed.show_actuals(result)
