"""What a rerun of a page takes and sends, in one run with what it is held against.

The processor time is the server's: of the script, and of what it sends.
"""

import itertools
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from onlineready.model import cases
from onlineready.ui.state import session
from tests.benchmarks.large import company
from tests.benchmarks.load import WAGE, Inputs, Load, load
from tests.benchmarks.test_earlier_benchmark import EARLIER, earlier
from tests.briefings import FORECAST
from tests.pages import hold, in_session, opened, workbook_of
from tests.plans import TABLES
from tests.server import APP, ROOT, serving

__all__ = ["earlier"]

ROUNDS, RERUNS = 3, 20
WAGES = {WAGE: range(1_100, 3_000)}

OF_CONSTANTS = 1.15
OF_SAMPLE = 2.0
MOST_BYTES = 50e3


class Goal(NamedTuple):
    """What a reader of a page changes, and what its rerun may take and send.

    Attributes:
        page: its name in the address.
        inputs: what is changed; without any, the page is run again as it stands: no widget of it
            has the key that it had at the earlier commit.
        share: of the processor time at the earlier commit.
        messages: the most that are sent.
    """

    page: str
    inputs: Inputs
    share: float
    messages: int


GOALS = [
    Goal("", WAGES, 1 / 4, 80),
    Goal("readiness", {}, 1 / 3, 60),
    Goal("sources", {}, 1 / 3, 60),
    # One screen at a time, as it was: a page without inputs takes about as much.
    Goal("presentation", {}, 1.25, 60),
    Goal("calendar", {}, 1 / 3, 60),
]

ROWS = 240
RISK = "結果の幅とリスク"


def reruns(home: Path, root: Path, run: Sequence[str], goal: Goal) -> Load:
    """Return what one reader of a page meets in a process of its own."""
    home.mkdir()
    with serving(home, root=root, run=run) as server:
        return load(server, 1, RERUNS, inputs=goal.inputs, page=goal.page)


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.page or "page 1")
def test_rerun_against_the_earlier_commit(
    goal: Goal, earlier: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = ("-m", "streamlit", "run", "app.py")
    rounds = [
        (
            reruns(tmp_path / f"before{number}", earlier, before, goal),
            reruns(tmp_path / f"now{number}", ROOT, APP, goal),
        )
        for number in range(ROUNDS)
    ]
    was, now = (
        statistics.median(one[which].processor / RERUNS for one in rounds) for which in (0, 1)
    )
    sent = rounds[0][1].reruns
    messages = statistics.median(one.messages for one in sent)
    size = statistics.median(one.bytes for one in sent)
    with capsys.disabled():
        print(
            f"\nrerun of {goal.page or 'page 1'}: {now * 1000:.0f} ms of processor time,"
            f" {was / now:.1f} times less than at {EARLIER} ({was * 1000:.0f} ms;"
            f" goal {1 / goal.share:.1f}); {messages:.0f} messages"
            f" ({statistics.median(one.messages for one in rounds[0][0].reruns):.0f} then),"
            f" {size / 1000:.1f} kB"
        )
    assert messages <= goal.messages
    assert size <= MOST_BYTES
    assert now <= was * goal.share


def rerun_ms(page: AppTest) -> float:
    """Median milliseconds of processor time of a rerun after the wage was changed."""
    wages = itertools.count(1_700, 10)
    taken = []
    for _ in range(RERUNS + 1):
        wage = page.number_input(key=WAGE).set_value(float(next(wages)))
        began = time.process_time()
        wage.run()
        taken.append((time.process_time() - began) * 1_000)
    assert not page.exception
    return statistics.median(taken[1:])


def in_turn(first: Callable[[], float], second: Callable[[], float]) -> tuple[float, float]:
    """Return the medians of two measurements, taken in turn: a busier minute meets both."""
    found = [(first(), second()) for _ in range(ROUNDS)]
    return (
        statistics.median(one for one, _other in found),
        statistics.median(other for _one, other in found),
    )


def test_rerun_against_the_page_without_the_model(capsys: pytest.CaptureFixture[str]) -> None:
    page = opened()
    book = in_session(page)
    known = cases.evaluated(
        book.plan, book.scenarios[0].going_live(pd.Period(FORECAST, freq="M")), TABLES
    )

    def constant(*_arguments: Any) -> cases.Cases:
        # Copies: the charts of a result that is another object are drawn again.
        return cases.Cases(*map(replace, known))

    def without_model() -> float:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(session, "evaluated", constant)
            return rerun_ms(page)

    with_model, floor = in_turn(lambda: rerun_ms(page), without_model)
    with capsys.disabled():
        print(
            f"\nrerun of page 1: {with_model:.1f} ms; with constants: {floor:.1f} ms;"
            f" ratio {with_model / floor:.2f} (goal {OF_CONSTANTS})"
        )
    assert with_model <= floor * OF_CONSTANTS


@pytest.mark.parametrize("topic", [None, RISK])
def test_forty_sites_against_the_sample(
    topic: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    def page_of(plan: pd.DataFrame | None) -> AppTest:
        page = opened()
        if plan is not None:
            hold(page, workbook_of(plan))
        page.run()
        return page if topic is None else page.segmented_control(key="topic").set_value(topic).run()

    sample, large = page_of(None), page_of(company(ROWS))
    of_sample, of_large = in_turn(lambda: rerun_ms(sample), lambda: rerun_ms(large))
    with capsys.disabled():
        print(
            f"\n{ROWS} rows of 40 sites{f', {topic}' if topic else ''}: {of_large:.1f} ms a rerun,"
            f" {of_large / of_sample:.2f} times the sample ({of_sample:.1f} ms; goal {OF_SAMPLE})"
        )
    assert of_large <= of_sample * OF_SAMPLE
