"""Page 2, 準備チェックリスト: whether the organization can file online, and from when."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui import checklist, handouts, share, shell

shell.begin(_("準備チェックリスト"))
token = share.remember()
shell.navigation(token)
st.title(_("準備チェックリスト"))
share.told(token)
checklist.answer_line()
now, later = st.columns(2, gap="large")
with now:
    checklist.next_actions()
with later:
    checklist.gantt()
checklist.settings()
checklist.stages()
checklist.dates()
handouts.download(handouts.CHECKLIST)
checklist.go_live_choice(place="readiness")
share.panel()
shell.footer()
