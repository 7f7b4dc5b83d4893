"""Page 2, 準備チェックリスト: whether the organization can file online, and from when."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui.meeting import handouts
from onlineready.ui.readiness import stages
from onlineready.ui.state import share, shell

shell.begin(_("準備チェックリスト"))
token = share.remember()
shell.show_navigation(token)
st.title(_("準備チェックリスト"))
share.show_messages(token)
stages.answer_line()
now, later = st.columns(2, gap="large")
with now:
    stages.next_actions()
with later:
    stages.gantt()
stages.settings()
stages.stages()
stages.dates()
handouts.download(handouts.CHECKLIST)
stages.go_live_choice(place="readiness")
share.show_sharing()
shell.show_footer()
