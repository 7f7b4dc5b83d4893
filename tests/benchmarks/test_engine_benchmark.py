"""What a plan costs to evaluate, against one sum over the same rows in the same run.

The ratio tells more than the milliseconds: it stays where it is on a slower or busier machine.
"""

from functools import partial

import pandas as pd
import pytest

from onlineready.domain.scenario import Scenario
from onlineready.load.shipped import load_sample_plan
from onlineready.model.result import evaluate
from tests.benchmarks.large import SCENARIO, company, group_of_companies, milliseconds
from tests.plans import TABLES, resolved

ROWS = 10_000
SITES = 1_000
TEN_YEARS = resolved({"start_month": "2026-04", "years": 10})


def floor(plan: pd.DataFrame) -> float:
    """Return what one sum over the rows of a plan takes."""

    keys = ["site", "route" if "route" in plan else "fiscal_year"]

    def group_and_sum() -> pd.Series:
        # Grouped anew each time: a group that is kept remembers which rows are whose.
        return plan.groupby(keys)["headcount"].sum()

    return milliseconds(group_and_sum)


def test_evaluate(capsys: pytest.CaptureFixture[str]) -> None:
    cases: dict[str, tuple[pd.DataFrame, Scenario]] = {
        "sample plan": (load_sample_plan(), SCENARIO),
        f"{ROWS:,} rows": (company(ROWS), SCENARIO),
        f"{SITES:,} sites": (group_of_companies(SITES), TEN_YEARS),
    }
    lines = []
    for name, (plan, scenario) in cases.items():
        base, taken = floor(plan), milliseconds(partial(evaluate, plan, scenario, TABLES))
        number = evaluate(plan, scenario, TABLES).totals.filter(like="applications").sum()
        assert number > 0
        lines.append(
            f"evaluate {name:>12}: {taken:8.1f} ms, {taken / base:8.0f} times a sum by group"
            f" ({base:.2f} ms); {number:,.0f} applications"
        )
    with capsys.disabled():
        print("", *lines, sep="\n")


def test_no_two_rows_of_the_large_plan_are_alike() -> None:
    plan = company(ROWS)
    assert len(plan) == ROWS
    assert not plan.drop(columns="headcount").duplicated().any()
