"""The assumptions that stand beside the answer: the wage, the fees, and what matters most next."""

import streamlit as st

from onlineready.domain.scenario import FIXED_FEES, bounds
from onlineready.language import translate as _
from onlineready.report import wording
from onlineready.ui.costs import assumptions, topics
from onlineready.ui.state import fields, session, shared

WAGE = "wage_yen_per_hour"
WAGE_WIDTH = 126
"""Pixels: its name, and the mark of its source."""

SWITCH_WIDTH = 432
"""Pixels, from the first: what stands beside the switch is not to move when it is drawn."""

OTHERS = ("company_fee_share", "realised_time_share", "batch_size", "officers", "go_live")
"""What matters most beside the line of inputs."""


def show_fee_switch() -> None:
    """Choose between the fees of the acceptance date and the old ones."""
    fees, chosen = shared.tables().fees, str(session.base().fee_basis)
    bases = ("dated", str(FIXED_FEES), chosen)
    words = session.made_once(
        "fee_bases", bases, lambda: {basis: wording.fee_basis(basis, fees) for basis in bases}
    )
    st.segmented_control(
        _("手数料"),
        options=list(words),
        format_func=words.__getitem__,
        required=True,
        label_visibility="collapsed",
        width=SWITCH_WIDTH,
        **session.view("switch_fee_basis", chosen, _store_fees),
    )


def _store_fees(basis: str) -> None:
    session.change(fee_basis=basis)


def show_wage() -> None:
    """Show what an hour of the staff costs, narrow enough for the line of inputs."""
    fields.show_number(
        _("時間単価(円)"),
        f"input_{WAGE}",
        session.base().wage_yen_per_hour,
        bounds(WAGE),
        _store_wage,
        step=10.0,
        format="%.0f",
        width=WAGE_WIDTH,
        help=shared.assumed().source(WAGE),
    )


def _store_wage(value: float) -> None:
    session.change(own=True, wage_yen_per_hour=value)


def show_others() -> None:
    """Show what matters most beside the line of inputs, and the way to all assumptions."""
    for column, key in zip(st.columns(len(OTHERS)), OTHERS, strict=True):
        with column:
            assumptions.show_input(key)
    count = len(session.changed_keys())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(_("すべての前提を一覧で見る"), key="all_assumptions", on_click=topics.choose_list)
        if count:
            st.markdown(_("{count}項目を変更中").format(count=count), width="content")
            st.button(_("すべての前提を初期値に戻す"), key="reset_all", on_click=session.reset)
