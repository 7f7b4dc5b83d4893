"""Briefings for the tests: gains, losses, nothing to pay back, nothing to file, hostile names."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any

import pandas as pd

from onlineready.load.shipped import load_assumptions, load_checklist, load_sample_plan
from onlineready.readiness.checklist import Answers, Officer
from onlineready.report.agenda import briefing
from onlineready.report.briefing import Briefing
from onlineready.report.facts import Shipped, Subject
from onlineready.workbook import Workbook
from tests.day import TODAY
from tests.plans import TABLES, overseas, resolved, roster

SHIPPED = Shipped(TABLES, load_assumptions(), load_checklist())
FORECAST = "2027-01"
"""Where nobody has answered the checklist, online filing is forecast for this month."""

LINK = "http://localhost/?w=1.abc"
HOSTILE = "#panic() *a* $x$ [b](http://a.example) <i>&amp;</i> 髙﨑①㈱"
"""A name that Typst, Markdown, TeX and HTML would each take for something else."""

COE_ONLY = roster(overseas(5, "2029-05", first_period=12))
NOTHING = roster(overseas(5, "2045-05"))
CASES: dict[str, tuple[pd.DataFrame | None, dict[str, Any]]] = {
    "gain": (None, {}),
    "loss": (None, {"company_fee_share": 0, "realised_time_share": 0, "go_live": "2031-01"}),
    "certificates only": (COE_ONLY, {"years": 3}),
    "nothing filed": (NOTHING, {}),
    "too late": (None, {"go_live": "2035-01"}),
    "ten years": (None, {"years": 10, "fee_basis": "2025-04", "period_months": 4}),
}


def workbook(
    plan: pd.DataFrame | None, raw: dict[str, Any], answers: Answers | None = None
) -> Workbook:
    """Return a workbook of a plan (the sample where there is none) and a scenario."""
    return Workbook(
        as_of=TODAY,
        scenarios=(resolved({"go_live": FORECAST, **raw}),),
        plan=(load_sample_plan() if plan is None else plan).reset_index(drop=True),
        readiness=answers or Answers(),
    )


def told(workbook: Workbook, plan: str = "見本の計画") -> Briefing:
    """Return the briefing of a workbook."""
    return briefing(Subject(workbook, plan, LINK), SHIPPED)


@cache
def case(name: str) -> Briefing:
    """Return the briefing of a case, made once for all tests."""
    return told(workbook(*CASES[name]))


@cache
def hostile() -> Briefing:
    """Return a briefing in which every name that a reader can give is hostile."""
    answers = Answers(officers=tuple(Officer(label=HOSTILE) for _ in range(3)))
    plan = load_sample_plan().assign(site=HOSTILE)
    return told(workbook(plan, {"name": HOSTILE}, answers), HOSTILE)


OUR_WORDS = {"COE", "onlineready", "ID", "PDF", "CSV", "URL", "JSON", "http", "https"}


def words(node: Any) -> Iterator[str]:
    """Yield every text of a briefing, its charts' documents left out."""
    if isinstance(node, str):
        if not isinstance(node, StrEnum):
            yield node
    elif isinstance(node, tuple):
        for value in node:
            yield from words(value)
