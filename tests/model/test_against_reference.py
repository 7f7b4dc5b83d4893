"""The engine agrees with a second, slower reading of the model on every number that it prints.

Two sums of the same amounts in another order differ in their last digits: amounts may differ by a
billionth of what was added up. Where a figure is decided by a threshold (payback, break-even) the
test works out which answers such a difference allows; everywhere else that is exactly one.
"""

from typing import Any

import pytest
from hypothesis import given

from onlineready.__main__ import as_json
from onlineready.domain.notice import NoticeKind
from onlineready.load.word_lists import DATA
from tests import reference
from tests.chance import examples
from tests.plans import (
    SITES,
    Situation,
    business_case,
    outline_situations,
    plain,
    resolved,
    rows,
    situations,
    target_situations,
)

FEES = reference.read_rows(DATA / "fees.csv")
TASKS = reference.read_rows(DATA / "tasks.csv")
CLOSE = 1e-9


def magnitudes(period: dict[str, Any], wage: float) -> dict[str, float]:
    """Return how much was added up in a period, by the last word of a figure's name."""
    parts = [period["counter"], period["online"], period["setup_upkeep"]]
    hours = sum(part["hours"] for part in parts)
    yen = sum(part["outlay_yen"] + part.get("fee_yen", 0) for part in parts) + wage * hours
    number = sum(period["applications"].values())
    return {"yen": yen, "hours": hours, "saved": hours, "spent": hours, "number": number}


def assert_period(got: dict[str, Any], wanted: dict[str, Any], wage: float) -> None:
    """Compare one fiscal year, or the totals, key by key."""
    assert list(got) == list(wanted)
    size = magnitudes(wanted, wage)
    for key, value in wanted.items():
        figures = value if isinstance(value, dict) else {key: value}
        found = got[key] if isinstance(value, dict) else {key: got[key]}
        assert list(found) == list(figures)
        for name, figure in figures.items():
            scale = size.get(name.rpartition("_")[2], size["number"])
            assert found[name] == pytest.approx(figure, rel=CLOSE, abs=CLOSE * scale), (key, name)


def possible_paybacks(net_yen: list[float], doubt_yen: float) -> set[int | None]:
    """Return the paybacks that sums `doubt_yen` more or less would give."""
    possible: set[int | None] = set()
    total = 0.0
    for months, yen in enumerate(net_yen, start=1):
        total += yen
        above = total + reference.PAYBACK_TOLERANCE_YEN
        if above > doubt_yen:
            return possible | {months}
        if above >= -doubt_yen:
            possible.add(months)
    return possible | {None}


def assert_break_even(
    got: float | None, wanted: dict[str, Any], scenario: dict[str, Any], live: range
) -> None:
    """Compare the break-even volume, whose U is compared with a millionth of a yen."""
    begin = reference.month_number(scenario["start_month"])
    factor = {m: reference.discount_factor(m, scenario) for m in live}
    number = sum(
        factor.get(reference.month_number(row["month"]) - begin, 0) * row["applications"]
        for row in wanted["applications"]
    )
    expected = wanted["break_even_applications_per_year"]
    if number == 0:
        assert expected is None
        assert got is None
        return
    wage, realised = scenario["wage_yen_per_hour"], scenario["realised_time_share"]
    benefit = gross = 0.0
    for m in live:
        month = wanted["monthly"][m]
        outlay = month["outlay_saving_yen"] + reference.setup_and_upkeep(m, scenario, TASKS)[0]
        hours = month["hours_saved"]
        value = wage * (realised * max(hours, 0) + min(hours, 0))
        benefit += factor[m] * (month["fee_saving_yen"] + outlay + value)
        gross += factor[m] * (abs(month["net_saving_yen"]) + abs(outlay) + abs(value))
    each, doubt = benefit / number, 1e-12 * gross / number
    answers: list[Any] = []
    if each <= reference.SMALLEST_BENEFIT_YEN + doubt:
        answers.append(None)
    if each > reference.SMALLEST_BENEFIT_YEN - doubt and expected is not None:
        answers.append(pytest.approx(expected, rel=CLOSE + doubt / each))
    assert expected in answers
    assert got in answers


@examples(60, 400)
@given(situation=situations())
def test_every_number_of_a_roster_is_that_of_the_reference(situation: Situation) -> None:
    assert_as_the_reference(situation)


@examples(20, 120)
@given(situation=target_situations(sites=SITES[:2]))
def test_every_number_of_targets_is_that_of_the_reference(situation: Situation) -> None:
    assert_as_the_reference(situation)


@examples(20, 120)
@given(situation=outline_situations(sites=SITES[:2]))
def test_every_number_of_an_outline_is_that_of_the_reference(situation: Situation) -> None:
    assert_as_the_reference(situation)


def assert_as_the_reference(situation: Situation) -> None:
    """Compare everything that the command line prints, and the months and notices behind it."""
    scenario = plain(resolved(situation.raw))
    wanted = reference.evaluate(rows(situation.plan), scenario, FEES, TASKS)
    result = business_case(situation.plan, situation.raw)
    got = as_json(result)
    wage = scenario["wage_yen_per_hour"]

    assert len(got["applications"]) == len(wanted["applications"])
    for row, expected in zip(got["applications"], wanted["applications"], strict=True):
        assert row == {**expected, "applications": row["applications"]}
        # A hire is the difference of a target and a stock: its last digits are those of the stock.
        assert row["applications"] == pytest.approx(
            expected["applications"],
            rel=CLOSE,
            abs=1e-12 * magnitudes(wanted["totals"], wage)["number"],
        )

    years = [year["fiscal_year"] for year in wanted["fiscal_years"]]
    assert [year["fiscal_year"] for year in got["fiscal_years"]] == years
    for year, expected in zip(got["fiscal_years"], wanted["fiscal_years"], strict=True):
        assert_period(year, expected, wage)
    assert_period(got["totals"], wanted["totals"], wage)

    size = magnitudes(wanted["totals"], wage)
    assert [str(month) for month in result.months.index] == [
        month["month"] for month in wanted["monthly"]
    ]
    for key in ("net_saving_yen", "fee_saving_yen", "outlay_saving_yen"):
        expected_yen = [month[key] for month in wanted["monthly"]]
        assert list(result.months[key]) == pytest.approx(
            expected_yen, rel=CLOSE, abs=CLOSE * size["yen"]
        )
    for key in ("hours_saved", "hours_spent"):
        expected_hours = [month[key] for month in wanted["monthly"]]
        assert list(result.months[key]) == pytest.approx(
            expected_hours, rel=CLOSE, abs=CLOSE * size["hours"]
        )

    begin = reference.month_number(scenario["start_month"])
    first = max(reference.month_number(scenario["go_live"]) - begin, 0)
    live = range(first, 12 * scenario["years"])
    net_yen = [wanted["monthly"][m]["net_saving_yen"] for m in live]
    doubt_yen = 1e-6 + 1e-12 * size["yen"]
    assert got["npv_yen"] == pytest.approx(wanted["npv_yen"], rel=CLOSE, abs=CLOSE * size["yen"])
    assert wanted["payback_months"] in possible_paybacks(net_yen, doubt_yen)
    assert got["payback_months"] in possible_paybacks(net_yen, doubt_yen)
    assert_break_even(got["break_even_applications_per_year"], wanted, scenario, live)

    told = [n.applications for n in result.notices if n.kind is NoticeKind.BEFORE_HORIZON]
    before = wanted["before_horizon"]
    assert told == ([pytest.approx(before, rel=CLOSE)] if before else [])
    sites_told = {str(n.kind): n.sites for n in result.notices if n.sites}
    assert sites_told == {kind: sites for kind, sites in wanted["sites_told"].items() if sites}


def test_the_answers_that_rounding_allows_are_one_unless_a_sum_lies_on_the_threshold() -> None:
    # Sums −10, −4, 0 against −0.005: only the third is past it, by far.
    assert possible_paybacks([-10, 6, 4], 1e-6) == {3}
    assert possible_paybacks([-10, 6], 1e-6) == {None}
    # Sums −10, −0.005, −1, 0: the second lies on the threshold, the fourth is past it.
    assert possible_paybacks([-10, 9.995, -0.995, 1], 1e-6) == {2, 4}
