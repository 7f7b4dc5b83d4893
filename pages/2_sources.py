"""Page 3, 前提と出典: what every number stands on, how it is computed, and what people ask."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui.sources import asked, references
from onlineready.ui.state import scaffold, session, share

with scaffold.page("/sources"):
    st.title(_("前提と出典"))
    share.show_messages()
    references.show_stale_fees()
    if asked.named():
        asked.show_questions()
    references.show_confidence()
    references.show_fees()
    references.show_assumptions()
    references.show_advantages(session.cases().result)
    if not asked.named():
        asked.show_questions()
    references.show_method()
