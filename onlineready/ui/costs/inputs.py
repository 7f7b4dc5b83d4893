"""The inputs that matter most: the fees, and a few assumptions beside the plan."""

import streamlit as st

from onlineready.domain.scenario import FIXED_FEES
from onlineready.language import translate as _
from onlineready.report import wording
from onlineready.ui.costs import assumptions, upload
from onlineready.ui.state import session, shell

MAIN = (
    "company_fee_share",
    "wage_yen_per_hour",
    "realised_time_share",
    "batch_size",
    "go_live",
)
"""What matters most, beside the plan."""


def show_fee_switch() -> None:
    """Choose between the fees of the acceptance date and the old ones."""
    fees, chosen = shell.tables().fees, str(session.base().fee_basis)
    words = {basis: wording.fee_basis(basis, fees) for basis in ("dated", str(FIXED_FEES), chosen)}
    st.segmented_control(
        _("手数料"),
        options=list(words),
        format_func=words.__getitem__,
        required=True,
        **session.view("switch_fee_basis", chosen, _store_fees),
    )


def _store_fees(basis: str) -> None:
    session.change(fee_basis=basis)


def show_sidebar() -> None:
    """Show the plan's upload and the assumptions that matter most."""
    with st.sidebar:
        st.header(_("人員計画"))
        upload.show_upload()
        st.header(_("前提"))
        for key in MAIN:
            assumptions.show_input(key)
        if session.changed_keys():
            st.button(_("すべての前提を初期値に戻す"), on_click=session.reset)
        session.show_undo("inputs")
