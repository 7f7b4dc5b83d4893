"""What is settled leaves what is due, fills the actuals, and can be opened again."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.domain.scenario import Scenario
from onlineready.domain.vocabulary import Channel, Procedure
from onlineready.filing.actuals import Actual, read_actuals
from onlineready.filing.apportionment import nearest
from onlineready.filing.settlement import Item, items, outstanding, with_settled, without
from onlineready.filing.windows import agenda, due, due_within, filing_windows
from tests.chance import examples
from tests.day import TODAY
from tests.plans import Situation, current, resolved, roster, situations_of_any_kind

MOST_ROWS = 20
SCENARIO = resolved({"go_live": "2026-12", "online_share": 0.7, "attrition_per_year": 0})
PLAN = roster(
    current(10, "2027-01", "2025-01", site="本社"),
    current(3, "2027-01", "2025-01", site="仙台"),
    current(5, "2027-02", "2025-02", site="本社"),
)
WINDOWS = filing_windows(PLAN, SCENARIO)
NOVEMBER = Item(pd.Period("2026-11", "M"), Procedure.EXTENSION)
DECEMBER = Item(pd.Period("2026-12", "M"), Procedure.EXTENSION)


def filed(number: int, month: str = "2026-11", **more: Any) -> tuple[Actual, ...]:
    row = {"month": month, "procedure": "extension", "channel": "counter", "filed": number}
    return read_actuals([{**row, **more}])


def counts(actuals: tuple[Actual, ...], as_of: date = TODAY) -> tuple[int, ...]:
    return due(due_within(outstanding(WINDOWS, actuals, as_of), as_of)).counts


def test_what_was_filed_in_the_running_month_is_taken_off_until_all_is() -> None:
    assert counts(()) == (0, 0, 13, 5)
    assert counts(filed(4)) == (0, 0, 9, 5)
    left = outstanding(WINDOWS, filed(4), TODAY)
    november = left[left["month"] == NOVEMBER.month]
    assert november["applications"].tolist() == pytest.approx([3 * 9 / 13, 10 * 9 / 13])
    assert not november["settled"].any()
    assert counts(filed(13)) == counts(filed(20)) == (0, 0, 0, 5)


def test_nothing_filed_settles_nothing() -> None:
    assert counts(filed(0), date(2026, 12, 1)) == counts((), date(2026, 12, 1))


def test_actuals_of_a_month_that_is_over_are_its_last_word() -> None:
    assert counts(filed(4), date(2026, 12, 1)) == (0, 0, 0, 5)


def test_a_mark_files_what_the_plan_does_in_the_channels_of_its_month() -> None:
    left = outstanding(WINDOWS, (), TODAY)
    november = with_settled((), left, NOVEMBER, SCENARIO)
    assert [(one.channel, one.filed) for one in november] == [(Channel.COUNTER, 13)]
    december = with_settled((), left, DECEMBER, SCENARIO)
    told = {one.channel: one.filed for one in december}
    assert told == {Channel.COUNTER: 2, Channel.ONLINE: 3}  # 1.5 and 3.5
    assert counts(november + december) == (0, 0, 0, 0)
    assert without(november + december, NOVEMBER) == december


def test_a_mark_adds_what_is_missing_and_keeps_what_was_typed() -> None:
    typed = filed(4, channel="online", minutes=90)
    marked = with_settled(typed, outstanding(WINDOWS, typed, TODAY), NOVEMBER, SCENARIO)
    assert {one.channel: one.filed for one in marked} == {Channel.COUNTER: 9, Channel.ONLINE: 4}
    assert {one.channel: one.minutes for one in marked}[Channel.ONLINE] == 90


def test_less_than_one_application_is_filed_as_one() -> None:
    few = roster(current(1, "2027-01", "2025-01")).assign(headcount=0.2)
    left = outstanding(filing_windows(few, SCENARIO), (), TODAY)
    (one,) = with_settled((), left, NOVEMBER, SCENARIO)
    assert one.filed == 1


def test_what_may_not_be_filed_yet_cannot_be_settled() -> None:
    plan = roster(current(1, "2027-02", "2026-10", period=4), current(1, "2027-02", "2025-02"))
    listed = agenda(due_within(outstanding(filing_windows(plan, SCENARIO), (), TODAY), TODAY), 20)
    assert listed["opens"].astype(str).tolist() == ["2026-12", "2026-11"]
    assert items(listed[listed["early"]], TODAY) == {DECEMBER: pd.Period("2027-02", "M")}
    assert items(listed[~listed["early"]], TODAY) == {}


def added_up(left: pd.DataFrame, as_of: date) -> None:
    """See that list, parts and total show numbers that add up."""
    soon = due_within(left, as_of)
    number = due(soon)
    assert sum(number.counts) == nearest(sum(number.expected))
    for count, expected in zip(number.counts, number.expected, strict=True):
        assert count >= 0
        assert abs(count - expected) < 1
    listed = agenda(soon, MOST_ROWS)
    assert len(listed) <= MOST_ROWS
    by_part = listed.groupby("part")["count"].sum().reindex(range(4), fill_value=0)
    assert tuple(by_part) == number.counts
    assert listed.loc[listed["settled"], "count"].eq(0).all()


@examples(40)
@given(situations_of_any_kind(), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_the_calendar_adds_up_for_any_plan_on_any_day(situation: Situation, as_of: date) -> None:
    scenario: Scenario = resolved(situation.raw).going_live(pd.Period("2027-01", "M"))
    windows = filing_windows(situation.plan, scenario)
    left = outstanding(windows, (), as_of)
    added_up(left, as_of)
    marks = items(agenda(due_within(left, as_of), MOST_ROWS), as_of)
    actuals: tuple[Actual, ...] = ()
    for item in marks:
        actuals = with_settled(actuals, left, item, scenario)
        added_up(outstanding(windows, actuals, as_of), as_of)
    then = outstanding(windows, actuals, as_of)
    settled = then[then["settled"]]
    assert set(zip(settled["month"], settled["procedure"], strict=True)) == set(marks)
    for item in marks:
        actuals = without(actuals, item)
    assert actuals == ()
