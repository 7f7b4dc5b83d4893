"""Page 3, 前提と出典: what every number stands on, and how the figures are computed."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui import cases, share, shell, sources

shell.begin(_("前提と出典"))
token = share.remember()
shell.navigation(token)
st.title(_("前提と出典"))
share.told(token)
sources.stale_fees()
sources.confidence()
sources.fees()
sources.assumptions()
sources.eight(cases.current().result)
sources.method()
share.panel()
shell.footer()
