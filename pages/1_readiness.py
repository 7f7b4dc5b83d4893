"""Page 2, 準備チェックリスト: whether the organization can file online, and from when."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui.meeting import handouts
from onlineready.ui.readiness import stages
from onlineready.ui.sources import asked
from onlineready.ui.state import scaffold, share

with scaffold.page("/readiness"):
    st.title(_("準備チェックリスト"))
    share.show_messages()
    stages.show_answer()
    now, later = st.columns(2, gap="large")
    with now:
        stages.show_next_actions()
    with later:
        stages.show_schedule()
    asked.show_links("/readiness")
    stages.show_settings()
    stages.show_stages()
    stages.show_dates()
    handouts.show_handout(handouts.CHECKLIST)
    stages.show_go_live(place="readiness")
