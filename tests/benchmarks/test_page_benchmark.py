"""Rerun of page 1 after one change, against the same page with the model's answer held constant."""

import itertools
import statistics
import time
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from onlineready.load.shipped import load_sample_plan
from onlineready.model import cases
from onlineready.ui.state import session
from tests.plans import TABLES, resolved

RERUNS = 15


def rerun_ms(page: AppTest) -> float:
    """Median milliseconds of a rerun after the wage was changed, the first one left out."""
    wages = itertools.count(1_700, 10)
    times = []
    for _ in range(RERUNS + 1):
        wage = page.number_input(key="input_wage_yen_per_hour").set_value(float(next(wages)))
        start = time.perf_counter()
        wage.run()
        times.append((time.perf_counter() - start) * 1_000)
    assert not page.exception
    return statistics.median(times[1:])


def test_rerun_against_the_page_without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    page = AppTest.from_file("../../app.py", default_timeout=60).run()
    with_model = rerun_ms(page)

    known = cases.evaluated(load_sample_plan(), resolved({}), TABLES)

    def constant(*_arguments: Any) -> cases.Cases:
        # Copies: the charts of a result that is another object are drawn again.
        return cases.Cases(*map(replace, known))

    monkeypatch.setattr(session, "evaluated", constant)
    floor = rerun_ms(page)
    print(
        f"\nrerun of page 1: {with_model:.0f} ms; the same page with constants: {floor:.0f} ms; "
        f"ratio {with_model / floor:.2f}"
    )
