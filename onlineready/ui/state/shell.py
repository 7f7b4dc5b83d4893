"""What every page has around its content: set-up, navigation, what is shipped, the footer."""

import gc
from functools import cache
from typing import NamedTuple

import pandas as pd
import streamlit as st

from onlineready import MODEL_CHANGED_ON, __version__
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import PlanKind
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.load.shipped import (
    load_advantages,
    load_assumptions,
    load_bureaus,
    load_checklist,
    load_faq,
    load_professional_fees,
    load_sample_plan,
    load_sample_targets,
    load_tables,
)
from onlineready.report import findings
from onlineready.report.assumed import Assumed
from onlineready.report.facts import Shipped

_PRINT = """<style>@media print { [data-testid="stSidebar"] { display: none; } }</style>"""
"""On paper the inputs beside the page only take room from what they lead to."""

_TABLES = """<style>[data-testid="stTable"] a { overflow-wrap: anywhere; }</style>"""
"""An address in a table breaks, or it pushes the columns beside it out of sight."""

LINK_PARAMETER = "w"
"""The parameter of an address that carries a workbook."""


class Page(NamedTuple):
    """The file of a page, and what the page is called."""

    file: str
    label: str


PAGES = {
    "/": Page("app.py", mark("費用と効果")),
    "/readiness": Page("pages/1_readiness.py", mark("準備チェックリスト")),
    "/calendar": Page("pages/4_calendar.py", mark("申請カレンダー")),
    "/sources": Page("pages/2_sources.py", mark("前提と出典")),
    "/presentation": Page("pages/3_presentation.py", mark("発表")),
}
"""Every page by its address, in the order of the navigation."""


# What is shipped is read once for all sessions; no session changes it.
assumptions = cache(load_assumptions)
advantages = cache(load_advantages)
bureaus = cache(load_bureaus)
professional_fees = cache(load_professional_fees)
checklist = cache(load_checklist)
faq = cache(load_faq)


@cache
def tables() -> Tables:
    """Return the shipped tables that the model reads.

    What the start has made lives as long as the server, so the collector need not walk it again.
    """
    loaded = load_tables()
    gc.collect()
    gc.freeze()
    return loaded


@cache
def shipped() -> Shipped:
    """Return what the program brings along for papers and proofs."""
    return Shipped(tables(), assumptions(), checklist())


@cache
def assumed() -> Assumed:
    """Return what assumptions are called, and how their values are written."""
    return Assumed(assumptions(), tables().tasks, tables().fees)


@cache
def sample_plan(kind: PlanKind) -> pd.DataFrame:
    """Return the sample of a kind of plan, rows numbered from 0."""
    plan = load_sample_plan() if kind is PlanKind.ROSTER else load_sample_targets()
    return plan.reset_index(drop=True)


def begin(title: str) -> None:
    """Set the page up: title, language for screen readers."""
    st.set_page_config(page_title=title, page_icon="🗂️", layout="wide")
    st.html("<script>document.documentElement.lang = 'ja'</script>", unsafe_allow_javascript=True)
    st.html(_PRINT + _TABLES)


def show_navigation(parameters: dict[str, str] | None) -> None:
    """Link the pages to one another; the workbook travels along in parameters of the address."""
    for column, page in zip(st.columns(6), PAGES.values(), strict=False):
        column.page_link(page.file, label=_(page.label), query_params=parameters)


def show_footer() -> None:
    """Say where the figures come from, of which day, and what they are not."""
    checked = max(table["checked_on"].max() for table in (tables().fees, tables().tasks))
    st.divider()
    st.caption(
        _(
            "出典: 手数料は公開資料(出典は手数料表の各行)、作業時間と実費は仮定、"
            "時間単価の根拠は入力欄の説明。"
            "資料の確認日 {checked}。計算方法の改定日 {changed}、版 {version}。"
        ).format(checked=f"{checked:%Y-%m-%d}", changed=MODEL_CHANGED_ON, version=__version__)
    )
    st.caption(_("免責: {disclaimer}").format(disclaimer=_(findings.DISCLAIMER)))
