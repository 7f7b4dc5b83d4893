"""What the simulation and the tornado cost, against what they cannot do without in the same run."""

import tracemalloc

import numpy as np
import pytest

from onlineready.load.shipped import load_assumptions, load_sample_plan
from onlineready.model.result import evaluate
from onlineready.model.uncertainty import DRAWS, monte_carlo, ranges, switching_values, tornado
from tests.benchmarks.large import milliseconds
from tests.plans import TABLES, resolved

SCENARIO = resolved({"start_month": "2026-04", "years": 10})
PLAN = load_sample_plan()
ASSUMPTIONS = load_assumptions()
CHANCES = ("wage_yen_per_hour", "realised_time_share")


def test_monte_carlo(capsys: pytest.CaptureFixture[str]) -> None:
    result = evaluate(PLAN, SCENARIO, TABLES)
    found = ranges(SCENARIO, TABLES, ASSUMPTIONS)
    triangles = [
        (low, base, high)
        for key, low, base, high in found.itertuples()
        if key.startswith("tasks.") or key in CHANCES
    ]

    def draw() -> None:
        random = np.random.default_rng(1)
        for triangle in triangles:
            random.triangular(*triangle, DRAWS)

    def simulate() -> None:
        monte_carlo(result, TABLES, ASSUMPTIONS)

    base, taken = milliseconds(draw), milliseconds(simulate)
    tracemalloc.start()
    simulate()
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    with capsys.disabled():
        print(
            f"\nMonte Carlo, {DRAWS:,} draws of {len(triangles)} quantities over"
            f" {SCENARIO.months} months: {taken:.0f} ms, {taken / base:.1f} times the drawing alone"
            f" ({base:.0f} ms); {most:.0f} MB at most"
        )


def test_tornado_and_switching_values(capsys: pytest.CaptureFixture[str]) -> None:
    result = evaluate(PLAN, SCENARIO, TABLES)
    ends = tornado(PLAN, result, TABLES, ASSUMPTIONS)
    base = milliseconds(lambda: evaluate(PLAN, SCENARIO, TABLES))
    taken = milliseconds(lambda: tornado(PLAN, result, TABLES, ASSUMPTIONS))
    switching = milliseconds(lambda: switching_values(PLAN, result, TABLES, ends))
    with capsys.disabled():
        print(
            f"\ntornado, {len(ends)} assumptions: {taken:.0f} ms, {taken / base:.1f} times one"
            f" evaluation ({base:.0f} ms); switching values on top: {switching:.0f} ms"
        )
