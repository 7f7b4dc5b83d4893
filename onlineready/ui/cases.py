"""The business cases that a page shows: the reader's own, and what it is held against."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from onlineready.model import Result, evaluate_under, postponed
from onlineready.scenario import FIXED_FEES, Scenario
from onlineready.tables import Tables
from onlineready.ui import session, shell
from onlineready.vocabulary import PlanKind


class Cases(NamedTuple):
    """The business case of a scenario, and the same under other circumstances.

    Attributes:
        result: as the scenario has it; the same object as `dated` or `fixed` where it is one.
        dated: with the fees of the month in which each application is accepted.
        fixed: with 6,000 yen at the counter and 5,500 yen online throughout.
        delayed: with online filing beginning a month later.
    """

    result: Result
    dated: Result
    fixed: Result
    delayed: Result


def evaluated(plan: pd.DataFrame, scenario: Scenario, tables: Tables) -> Cases:
    """Return the business cases of a plan under a scenario whose `go_live` is set."""
    bases = list(dict.fromkeys(["dated", FIXED_FEES, scenario.fee_basis]))
    found = evaluate_under(bases, plan, scenario, tables)
    result = found[bases.index(scenario.fee_basis)]
    return Cases(result, found[0], found[1], postponed(result, 1, tables))


def current() -> Cases:
    """Return the business cases of this session's base scenario, until it or the plan changes."""
    workbook, scenario = session.workbook(), session.scenario()
    if workbook is session.sample():
        return _of_sample(scenario)
    return session.made_once(
        "cases",
        (workbook.plan, scenario),
        lambda: evaluated(workbook.plan, scenario, shell.tables()),
    )


@st.cache_resource(max_entries=10, hash_funcs={Scenario: Scenario.model_dump_json})
def _of_sample(scenario: Scenario) -> Cases:
    """Return what every reader of a day sees first, worked out once for all of them."""
    return evaluated(shell.sample_plan(PlanKind.ROSTER), scenario, shell.tables())
