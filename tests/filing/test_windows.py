"""When applications have to be filed: the windows of the plan, and what is due soon."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from pandas.testing import assert_frame_equal

from onlineready.domain.scenario import PRICING
from onlineready.filing.settlement import outstanding
from onlineready.filing.windows import (
    DUE_DAYS,
    agenda,
    by_month_and_site,
    due,
    due_within,
    filing_windows,
    keys,
    months_shown,
    still_open,
)
from onlineready.model.plan import staffing_by_year
from tests.chance import examples
from tests.day import TODAY
from tests.plans import (
    SAMPLE_PLAN,
    Situation,
    business_case,
    current,
    domestic,
    only,
    overseas,
    resolved,
    roster,
    situations_of_any_kind,
)

HORIZON = {"start_month": "2026-04", "years": 5, "attrition_per_year": 0}


def windows(plan: pd.DataFrame, **raw: Any) -> list[tuple[Any, ...]]:
    """Return procedure, first month, filing month, last month and number of each window."""
    found = filing_windows(plan, resolved({**HORIZON, **raw})).to_dict("records")
    months = ("opens", "month", "closes")
    return [
        (row["procedure"], *(str(row[key]) for key in months), row["applications"]) for row in found
    ]


def test_an_extension_opens_three_months_before_expiry_and_closes_with_it() -> None:
    assert windows(roster(current(3, "2027-02", "2024-02")))[0] == (
        *("extension", "2026-11", "2026-12", "2027-02", 3),
    )


def test_a_permission_below_six_months_has_no_such_rule() -> None:
    opens = {
        period: windows(roster(current(1, "2027-02", "2024-02", period=period)))[0][1]
        for period in (5, 6)
    }
    assert opens == {5: "2026-12", 6: "2026-11"}
    # The first grant decides on the first extension, the period on those that follow.
    found = windows(roster(domestic(1, "2026-08", first_period=4, period=12)))
    assert [row[:3] for row in found[:3]] == [
        ("change", "2026-06", "2026-06"),
        ("extension", "2026-10", "2026-10"),
        ("extension", "2027-09", "2027-10"),
    ]


def test_coe_and_change_are_filed_by_the_month_in_which_work_begins() -> None:
    assert windows(roster(overseas(2, "2027-04")))[0] == (
        *("coe", "2026-12", "2026-12", "2027-04", 2),
    )
    assert windows(roster(domestic(2, "2027-04")))[0] == (
        *("change", "2027-02", "2027-02", "2027-04", 2),
    )


def test_a_grant_of_36_months_has_its_window_in_year_3() -> None:
    found = windows(roster(domestic(1, "2026-06", first_period=36)))
    assert found[1] == ("extension", "2029-03", "2029-04", "2029-06", 1)


def test_what_was_filed_before_the_horizon_is_told_while_its_window_is_open() -> None:
    plan = roster(current(3, "2026-05", "2023-05"), current(4, "2026-03", "2023-03"))
    assert windows(plan)[0] == ("extension", "2026-02", "2026-03", "2026-05", 3)


@examples(12)
@given(situations_of_any_kind())
def test_the_filing_month_lies_in_each_window_and_the_months_add_up(situation: Situation) -> None:
    scenario = resolved(situation.raw)
    found = filing_windows(situation.plan, scenario)
    assert (found["opens"] <= found["month"]).all()
    assert (found["month"] <= found["closes"]).all()
    assert not pd.Series(keys(found)).duplicated().any()
    inside = found[found["month"].ge(scenario.start_month)]
    by = ["month", "site", "procedure"]
    counted = inside.groupby(by)["applications"].sum()
    result = business_case(situation.plan, {**situation.raw, "tasks": only()})
    expected = result.applications.groupby(by)["applications"].sum()
    pd.testing.assert_series_equal(counted, expected, rtol=1e-9)


def test_an_event_keeps_its_name_when_the_leads_change_or_the_site_is_another() -> None:
    plan = roster(current(3, "2027-02", "2024-02", site="仙台工場"))
    first, later = (
        filing_windows(plan, resolved({**HORIZON, "extension_lead_months": lead}))
        for lead in (1, 3)
    )
    assert keys(first)[0] == keys(later)[0]
    assert keys(first)[0].isascii()
    elsewhere = filing_windows(plan.assign(site="本社"), resolved(HORIZON))
    assert not set(keys(elsewhere)) & set(keys(first))


# What is due


def test_what_is_due_is_told_by_30_60_and_90_days() -> None:
    plan = roster(
        current(1, "2026-10", "2025-10"),  # over
        current(2, "2026-11", "2024-11"),  # this month
        current(3, "2026-12", "2024-12"),  # 8 days
        current(4, "2027-01", "2024-01"),  # 39
        current(5, "2027-02", "2024-02"),  # 70
        current(6, "2027-03", "2024-03"),  # 98
    )
    found = outstanding(filing_windows(plan, resolved(HORIZON)), (), date(2026, 11, 23))
    soon = due_within(found, date(2026, 11, 23))
    assert due(soon) == ((2, 3, 4, 5), (2, 3, 4, 5))
    assert list(soon["days_left"]) == [-22, 8, 39, 70]
    later = outstanding(found, (), date(2026, 12, 1))
    assert due(due_within(later, date(2026, 12, 1))).counts == (3, 0, 4, 11)
    assert still_open(found, date(2026, 11, 23))["closes"].min() == pd.Period("2026-11")
    assert DUE_DAYS == (30, 60, 90)


def test_sites_are_added_up_where_they_are_too_many_to_list() -> None:
    rows = [current(n % 3 + 1, "2027-02", "2024-02", site=f"第{n}工場") for n in range(30)]
    found = filing_windows(roster(*rows), resolved({**HORIZON, "attrition_per_year": 0.1}))
    soon = due_within(outstanding(found, (), TODAY), TODAY)
    assert len(agenda(soon, 30)) == 30
    (one,) = agenda(soon, 20).to_dict("records")
    assert one["site"] is None
    assert one["count"] == agenda(soon, 30)["count"].sum() == due(soon).counts[3]


def test_months_and_sites_add_up_to_the_plan_also_where_sites_are_many() -> None:
    rows = [current(n, "2027-02", "2024-02", site=f"第{n}工場") for n in range(1, 21)]
    scenario = resolved(HORIZON)
    found = filing_windows(roster(*rows), scenario)
    months = months_shown(scenario, pd.Period("2026-11", "M"), 12)
    table, others = by_month_and_site(found, months, most_sites=5)
    assert list(table.index)[:-1] == ["第20工場", "第19工場", "第18工場", "第17工場"]
    assert pd.isna(table.index[-1])
    assert others == 16
    assert table.to_numpy().sum() == 210
    assert list(table.columns) == list(months)
    few, none = by_month_and_site(found, months, most_sites=20)
    assert (len(few), none) == (20, 0)


@pytest.mark.parametrize(
    ("first", "count", "expected"),
    [
        ("2026-11", 12, ("2026-11", "2027-10")),
        ("2026-01", 12, ("2026-04", "2027-03")),
        ("2031-02", 12, ("2030-04", "2031-03")),
        ("2040-01", 12, ("2030-04", "2031-03")),
    ],
)
def test_the_months_shown_lie_in_the_horizon(
    first: str, count: int, expected: tuple[str, str]
) -> None:
    months = months_shown(resolved(HORIZON), pd.Period(first, "M"), count)
    assert (str(months[0]), str(months[-1])) == expected


@pytest.mark.parametrize("key", PRICING)
def test_what_only_prices_moves_neither_windows_nor_head_counts(key: str) -> None:
    first = resolved({})
    other = {
        "name": "別の案",
        "fee_basis": "2025-04",
        "batch_size": 5,
        "wage_yen_per_hour": 2_500,
        "tasks": {"counter_print": {"yen": 1}},
        "sites": {"第一工場": {"counter_travel_submit": {"minutes": 5}}},
    }
    changed = resolved({key: other.get(key, 0.25)})
    assert changed != first
    assert changed.unpriced == first.unpriced
    assert_frame_equal(filing_windows(SAMPLE_PLAN, changed), filing_windows(SAMPLE_PLAN, first))
    assert_frame_equal(staffing_by_year(SAMPLE_PLAN, changed), staffing_by_year(SAMPLE_PLAN, first))
