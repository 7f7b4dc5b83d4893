"""What a plan costs to evaluate, against one sum over the same rows in the same run.

The ratio tells more than the milliseconds: it stays where it is on a slower or busier machine.
"""

import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import pytest

from onlineready.domain.scenario import Scenario
from onlineready.load import load_sample_plan
from onlineready.model.result import evaluate
from tests.plans import TABLES, current, domestic, overseas, resolved, roster, target, targets

ROWS = 10_000
SITES = 1_000
RUNS = 7
SCENARIO = resolved({"start_month": "2026-04", "years": 5, "ssw2_share": 0.2})
TEN_YEARS = resolved({"start_month": "2026-04", "years": 10})


def month(draw: random.Random, earliest: int, latest: int) -> str:
    """Return a month so far from the start of the scenario."""
    return str(SCENARIO.month(draw.randint(earliest, latest)))


def company(rows: int) -> pd.DataFrame:
    """Return a roster of so many rows, no two of them in the same situation."""
    draw = random.Random(20261123)  # noqa: S311
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    while len(found) < rows:
        more: dict[str, Any] = {
            "site": f"事業所{draw.randint(1, 40)}",
            "headcount": draw.randint(1, 30),
            "period": draw.choice((4, 6, 12, 24, 36)),
        }
        match draw.choice(("current", "overseas", "domestic")):
            case "current":
                expiry = draw.randint(0, 36)
                start = str(SCENARIO.month(expiry - draw.randint(1, 60)))
                row = current(expiry=str(SCENARIO.month(expiry)), start=start, **more)
            case "overseas":
                row = overseas(start=month(draw, -12, 60), first_period=draw.randint(1, 12), **more)
            case _:
                used = draw.randint(0, 59)
                row = domestic(start=month(draw, -12, 60), used_months=used, **more)
        found[tuple(value for key, value in row.items() if key != "headcount")] = row
    return roster(*found.values())


def group_of_companies(sites: int) -> pd.DataFrame:
    """Return targets of so many sites, ten yearly values each, that rise more than they fall."""
    draw = random.Random(20261123)  # noqa: S311
    rows = []
    for site in range(1, sites + 1):
        headcount = draw.randint(0, 60)
        for year in range(2026, 2036):
            rows.append(target(year, headcount, f"事業所{site}"))
            headcount = max(0, headcount + draw.randint(-3, 8))
    return targets(*rows)


def milliseconds(work: Callable[[], object]) -> float:
    """Return the shortest of some runs, the first one left out."""
    work()
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return min(taken)


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
