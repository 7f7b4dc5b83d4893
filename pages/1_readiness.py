"""Page 2, 準備チェックリスト: whether the organization can file online, and from when."""

import streamlit as st

from onlineready.ui.meeting import handouts
from onlineready.ui.readiness import ahead, settings, stages
from onlineready.ui.sources import asked
from onlineready.ui.state import scaffold, share

with scaffold.page("/readiness"):
    share.show_messages()
    settings.show_unknown()
    with st.container(key="readiness"):
        with st.container(key="ahead"):
            ahead.show_answer()
            ahead.show_next_actions()
            ahead.show_undo()
            settings.show_settings()
            handouts.show_handout(handouts.CHECKLIST)
        with st.container(key="stages"):
            officers = settings.show_officers()
            stages.show_stages(officers)
            ahead.show_schedule(officers)
    asked.show_folded_links("/readiness")
