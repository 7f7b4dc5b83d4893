"""What every page has around its content: set-up, tables, the session's state, the footer."""

import gc
from datetime import date
from functools import cache, lru_cache

import pandas as pd
import streamlit as st

from onlineready import MODEL_CHANGED_ON, __version__
from onlineready.domain.scenario import Scenario, resolve
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import PlanKind
from onlineready.language import translate as _
from onlineready.load import shipped
from onlineready.report import findings

_PRINT = """<style>@media print { [data-testid="stSidebar"] { display: none; } }</style>"""
"""On paper the inputs beside the page only take room from what they lead to."""

LINK_PARAMETER = "w"
"""The parameter of an address that carries a workbook."""


# What is shipped is read once for all sessions; no session changes it.
assumptions = cache(shipped.load_assumptions)
advantages = cache(shipped.load_advantages)
bureaus = cache(shipped.load_bureaus)
professional_fees = cache(shipped.load_professional_fees)
checklist = cache(shipped.load_checklist)


@cache
def tables() -> Tables:
    """Return the shipped fees and tasks.

    What the start has made lives as long as the server, so the collector need not walk it again.
    """
    loaded = shipped.load_tables()
    gc.collect()
    gc.freeze()
    return loaded


@cache
def sample_plan(kind: PlanKind) -> pd.DataFrame:
    """Return the sample of a kind of plan, rows numbered from 0."""
    plan = shipped.load_sample_plan() if kind is PlanKind.ROSTER else shipped.load_sample_targets()
    return plan.reset_index(drop=True)


@lru_cache(maxsize=100)
def defaults(as_of: date) -> Scenario:
    """Return the scenario of a reader who has changed nothing, made once for each day."""
    return resolve({}, tables().tasks, as_of)


def begin(title: str) -> None:
    """Set the page up: title, language for screen readers."""
    st.set_page_config(page_title=title, page_icon="🗂️", layout="wide")
    st.html("<script>document.documentElement.lang = 'ja'</script>", unsafe_allow_javascript=True)
    st.html(_PRINT)


def show_navigation(token: str | None) -> None:
    """Link the pages to one another; the workbook travels along in the address."""
    pages = {
        "app.py": _("費用と効果"),
        "pages/1_readiness.py": _("準備チェックリスト"),
        "pages/4_calendar.py": _("申請カレンダー"),
        "pages/2_sources.py": _("前提と出典"),
        "pages/3_presentation.py": _("発表"),
    }
    parameters = {LINK_PARAMETER: token} if token else None
    for column, (page, label) in zip(st.columns(6), pages.items(), strict=False):
        column.page_link(page, label=label, query_params=parameters)


def show_footer() -> None:
    """Say where the figures come from, of which day, and what they are not."""
    checked = max(table["checked_on"].max() for table in (tables().fees, tables().tasks))
    st.divider()
    st.caption(
        _(
            "出典: 手数料は公開資料(出典は手数料表の各行)、作業時間と実費は仮定、"
            "時給の根拠は入力欄の説明。"
            "資料の確認日 {checked}。計算方法の改定日 {changed}、版 {version}。"
        ).format(checked=f"{checked:%Y-%m-%d}", changed=MODEL_CHANGED_ON, version=__version__)
    )
    st.caption(_("免責: {disclaimer}").format(disclaimer=_(findings.DISCLAIMER)))
