"""Page 1, 費用と効果: what filing online costs and saves, from a headcount plan."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui.calendar import schedule
from onlineready.ui.costs import answer, editor, inputs, topics, upload
from onlineready.ui.meeting import downloads
from onlineready.ui.sources import asked, references
from onlineready.ui.state import session, share, shell

shell.begin(_("在留申請オンライン化の費用と効果"))
upload.take_in()
shell.show_navigation(share.remember())
inputs.show_sidebar()

title, switch = st.columns([3, 2], vertical_alignment="bottom")
with title:
    st.title(_("在留申請オンライン化の費用と効果"))
with switch:
    inputs.show_fee_switch()
share.show_messages()
references.show_stale_fees()
upload.show_plan_name()

cases = session.cases()
result = cases.result
answer.show_answer(result, cases.elsewise)
answer.show_figures(result)
answer.show_delay(result, cases.delayed)
schedule.show_next_due()
answer.show_sources(result)
answer.show_notices(result)
answer.show_three_charts(result)
topics.show_topics(result)
answer.show_fees()
references.show_fee_sources()
asked.show_links("/")
editor.show_plan(result)
downloads.show_downloads(result)
share.show_sharing()
shell.show_footer()
