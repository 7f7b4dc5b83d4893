"""Where a figure comes from, a click away from it."""

import streamlit as st

from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.report import proofs
from onlineready.ui.state import shell

TABLE_HEIGHT, MONTHS_SHOWN = 420, 10
"""Pixels of a table of more months than these, which scrolls."""


@st.fragment
def show_proof(figure: str, result: Result) -> None:
    """Offer the derivation of a figure; it is worked out only once a reader opens it.

    Args:
        figure: a key of `proofs.FIGURES`.
        result: the business case of the base scenario, which shows the figure.
    """
    box = st.popover(
        _("計算の内訳"), key=f"derivation_{figure}", on_change="rerun", type="tertiary"
    )
    if box.open:
        with box:
            _show(proofs.proof(figure, result, shell.shipped()))


def _show(proof: proofs.Proof) -> None:
    st.markdown(f"**{proof.formula}**")
    if proof.steps is not None:
        st.table(proof.steps, hide_index=True)
    for sheet in proof.sheets:
        st.markdown(f"**{sheet.title}**")
        scrolls = sheet.by_month and len(sheet.table) > MONTHS_SHOWN
        st.table(sheet.table, hide_index=True, height=TABLE_HEIGHT if scrolls else "content")
    if proof.conclusion:
        st.markdown(proof.conclusion)
    st.caption(proof.note)
    with st.expander(_("入力した数値の出典・確認日・確からしさ")):
        for sources in proof.sources:
            st.table(sources, hide_index=True)
