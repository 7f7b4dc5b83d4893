"""Where the fees come from: what they are and were, who says so, and whether that is old."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.model.fees import STALE_AFTER, is_stale, last_checked
from onlineready.report import figures, tabular
from onlineready.ui.state import session, shared
from onlineready.ui.state.drawing import show_chart


def show_stale_fees() -> None:
    """Warn where the newest fees have not been looked up for long, as of the workbook's day."""
    fees, as_of = shared.tables().fees, session.workbook().as_of
    if is_stale(fees, as_of):
        st.warning(
            _(
                "手数料表は {checked} に確かめたものです。基準日 {as_of} まで{days}日を"
                "超えています。公式ページで改定がないか確かめてください。"
            ).format(checked=last_checked(fees), as_of=as_of, days=STALE_AFTER.days),
            icon="⚠️",
        )


def show_fees() -> None:
    """Show the fees before and after the newest change, and who says so."""
    fees = shared.tables().fees
    show_chart(session.made_once("fee_change", (fees,), lambda: figures.fee_change(fees)), level=1)
    show_fee_sources()


def show_fee_sources() -> None:
    """Name who says what the fees are, of every month since which they hold."""
    place = st.expander(_("手数料の出典と確認先"), key="fee_sources", on_change="rerun")
    if place.open:
        with place, st.container(key="sourced_fees_whole"):
            st.table(tabular.fee_sources(shared.tables().fees), border="horizontal")
