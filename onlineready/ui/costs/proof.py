"""Where figures come from, a click away from them."""

from collections.abc import Sequence

import streamlit as st

from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.report import proofs, tabular
from onlineready.ui.state import shared

TABLE_HEIGHT, MONTHS_SHOWN = 420, 10
"""Pixels of a table of more months than these, which scrolls."""


def show_proofs(figures: Sequence[str], result: Result) -> None:
    """Offer the derivations of figures in a window; each is worked out when a reader asks for it.

    Args:
        figures: keys of `proofs.FIGURES`.
        result: the business case of the base scenario, which shows the figures.
    """
    if st.button(_("計算の内訳"), key=f"derivation_{figures[0]}", type="tertiary"):
        st.dialog(_("計算の内訳"), width="large")(_show_window)(figures, result)


def _show_window(figures: Sequence[str], result: Result) -> None:
    chosen: str | None = figures[0]
    if len(figures) > 1:
        chosen = st.segmented_control(
            _("どの数字の内訳か"),
            options=figures,
            format_func=lambda key: _(tabular.FIGURES[key].heading),
            default=chosen,
            required=True,
            key="derivation_of",
            label_visibility="collapsed",
        )
    if chosen:
        _show(proofs.proof(chosen, result, shared.shipped()))


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
    sources = st.expander(
        _("入力した数値の出典・確認日・確からしさ"), key="derivation_sources", on_change="rerun"
    )
    if sources.open:
        with sources:
            for table in proof.sources:
                st.table(table, hide_index=True)
