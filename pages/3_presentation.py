"""Page 4, 発表: six screens for a meeting room, or all of them on paper."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.ui.meeting import handouts, screens
from onlineready.ui.state import scaffold, share

if screens.printing():
    with scaffold.page("/presentation"):
        with st.container(key="around"):
            st.title(_("発表の一覧・印刷・保存"))
            share.show_messages()
            handouts.show_handouts()
        screens.show_sheets()
else:
    scaffold.begin_screen("/presentation")
    screens.show_screen()
