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
from onlineready.load import (
    load_advantages,
    load_assumptions,
    load_bureaus,
    load_checklist,
    load_professional_fees,
    load_sample_plan,
    load_sample_targets,
    load_tables,
)
from onlineready.readiness.checklist import Checklist
from onlineready.report import findings

_PRINT = """<style>@media print { [data-testid="stSidebar"] { display: none; } }</style>"""
"""On paper the inputs beside the page only take room from what they lead to."""

LINK_PARAMETER = "w"
"""The parameter of an address that carries a workbook."""


@cache
def tables() -> Tables:
    """Return the shipped fees and tasks, read once for all sessions.

    What the start has made lives as long as the server, so the collector need not walk it again.
    """
    loaded = load_tables()
    gc.collect()
    gc.freeze()
    return loaded


@cache
def assumptions() -> pd.DataFrame:
    """Return the range and source of each assumption, read once for all sessions."""
    return load_assumptions()


@cache
def advantages() -> pd.DataFrame:
    """Return what is said for filing online, read once for all sessions."""
    return load_advantages()


@cache
def bureaus() -> pd.DataFrame:
    """Return the regional bureau of each prefecture, read once for all sessions."""
    return load_bureaus()


@cache
def professional_fees() -> pd.DataFrame:
    """Return what outside professionals ask, read once for all sessions."""
    return load_professional_fees()


@cache
def checklist() -> Checklist:
    """Return the content of the readiness checklist, read once for all sessions."""
    return load_checklist()


@cache
def sample_plan(kind: PlanKind) -> pd.DataFrame:
    """Return the sample of a kind of plan, read once for all sessions."""
    load = {PlanKind.ROSTER: load_sample_plan, PlanKind.TARGETS: load_sample_targets}[kind]
    return load().reset_index(drop=True)


@lru_cache(maxsize=100)
def defaults(as_of: date) -> Scenario:
    """Return the scenario of a reader who has changed nothing, made once for each day."""
    return resolve({}, tables().tasks, as_of)


def begin(title: str) -> None:
    """Set the page up: title, language for screen readers."""
    st.set_page_config(page_title=title, page_icon="🗂️", layout="wide")
    st.html("<script>document.documentElement.lang = 'ja'</script>", unsafe_allow_javascript=True)
    st.html(_PRINT)


def navigation(token: str | None) -> None:
    """Link the pages to one another; the workbook travels along in the address."""
    parameters = {LINK_PARAMETER: token} if token else None
    pages = st.columns(6)
    costs, readiness, calendar, sources, presentation, _rest = pages
    costs.page_link("app.py", label=_("費用と効果"), query_params=parameters)
    readiness.page_link(
        "pages/1_readiness.py", label=_("準備チェックリスト"), query_params=parameters
    )
    calendar.page_link("pages/4_calendar.py", label=_("申請カレンダー"), query_params=parameters)
    sources.page_link("pages/2_sources.py", label=_("前提と出典"), query_params=parameters)
    presentation.page_link("pages/3_presentation.py", label=_("発表"), query_params=parameters)


def footer() -> None:
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
