"""Who files what, when, and for how many months."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.load.shipped import load_sample_plan
from onlineready.model import applications
from onlineready.model.applications import CHANGE, expected_applications
from onlineready.model.plan import cohorts
from tests.chance import examples
from tests.plans import (
    business_case,
    current,
    domestic,
    filed,
    only,
    overseas,
    resolved,
    roster,
    target,
    targets,
)

HORIZON = {"start_month": "2026-04", "years": 5, "attrition_per_year": 0}


def filings(row: dict[str, Any], **raw: Any) -> list[tuple[str, str, int | None, float]]:
    """Return what one row files over five years, no leavers unless said."""
    return filed(business_case(roster(row), {**HORIZON, "tasks": only(), **raw}))


def test_each_procedure_is_filed_its_own_lead_before() -> None:
    leads = {"coe_lead_months": 7, "change_lead_months": 5, "extension_lead_months": 3, "years": 1}
    assert filings(overseas(2, "2027-01"), **leads) == [("2026-06", "coe", None, 2)]
    assert filings(domestic(2, "2027-01"), **leads) == [("2026-08", "change", 12, 2)]
    assert filings(current(2, "2027-01", "2026-01"), **leads) == [("2026-10", "extension", 12, 2)]
    at_once = {"extension_lead_months": 0, "years": 1}
    assert filings(current(2, "2027-01", "2026-01"), **at_once) == [("2027-01", "extension", 12, 2)]


def test_only_filings_inside_the_horizon_count() -> None:
    # Filed two months before the expiry: 2026-03 is too early, 2027-04 too late for one year.
    one_year = {"years": 1, "period_months": 36}
    assert filings(current(1, "2026-05", "2024-05"), **one_year) == []
    assert filings(current(1, "2026-06", "2024-06"), **one_year) == [
        ("2026-04", "extension", 36, 1)
    ]
    assert filings(current(1, "2027-05", "2025-05"), **one_year) == [
        ("2027-03", "extension", 36, 1)
    ]
    assert filings(current(1, "2027-06", "2025-06"), **one_year) == []


def test_the_last_extension_grants_what_is_left_of_60_months() -> None:
    # 25 used at 2026-10; 25 + 20 = 45 at 2028-06; 15 are left of 60.
    assert filings(current(1, "2026-10", "2024-09", period=20)) == [
        ("2026-08", "extension", 20, 1),
        ("2028-04", "extension", 15, 1),
    ]


def test_a_change_that_uses_up_60_months_is_the_last_application() -> None:
    assert filings(domestic(1, "2026-08", used_months=52)) == [("2026-06", "change", 8, 1)]


@examples(40)
@given(
    used=st.integers(0, 59),
    first=st.integers(1, 36),
    period=st.integers(1, 36),
    lead=st.integers(0, 3),
)
def test_all_grants_of_a_worker_add_up_to_60_months(
    used: int, first: int, period: int, lead: int
) -> None:
    scenario = resolved({**HORIZON, "years": 10, "extension_lead_months": lead})
    row = domestic(1, "2026-08", used_months=used, first_period=first, period=period)
    found = expected_applications(cohorts(roster(row), scenario), scenario)
    assert (found.granted * found.applications).sum() == 60 - used
    assert (found.procedure == CHANGE).sum() == 1


def test_leavers_are_counted_at_the_expiry_from_the_start_of_a_hire() -> None:
    # Of 8 hired 2026-10 half leave in a year: 8 COE, 4 extend at 2027-10, 2 at 2028-10, …
    assert filings(overseas(8, "2026-10"), attrition_per_year=0.5) == [
        ("2026-06", "coe", None, 8),
        ("2027-08", "extension", 12, 4),
        ("2028-08", "extension", 12, 2),
        ("2029-08", "extension", 12, 1),
        ("2030-08", "extension", 12, 0.5),
    ]


def test_leavers_before_the_scenario_have_left_the_headcount_already() -> None:
    # Here now, whenever they started: leavers count from 2026-04, so 1 year to 2027-04.
    half = {"attrition_per_year": 0.5, "years": 1}
    for row in (
        current(8, "2027-04", "2025-04"),
        domestic(8, "2025-04", period=24, first_period=24),
        overseas(8, "2025-04", first_period=12, period=12),
    ):
        assert filings(row, **half)[-1] == ("2027-02", "extension", row.get("period", 12), 4)


def test_staff_whose_permission_ended_before_the_scenario_are_all_still_here() -> None:
    # Expired 2026-02 and, extended by 3 months, 2026-05 (filed before 2026-04), 2026-08, 2026-11:
    # at 2026-08 4/12 of a year has passed, at 2026-11 7/12.
    rows = filings(current(16, "2026-02", "2025-02", period=3), attrition_per_year=0.75, years=1)
    assert [row[:3] for row in rows[:2]] == [
        ("2026-06", "extension", 3),
        ("2026-09", "extension", 3),
    ]
    assert [row[3] for row in rows[:2]] == pytest.approx(
        [16 * 0.25 ** (4 / 12), 16 * 0.25 ** (7 / 12)]
    )


def test_a_share_of_those_with_60_months_moves_to_ssw2_and_extends_without_limit() -> None:
    # 8 reach 60 months at 2027-04, half of the time here 4 are left: a quarter of them changes.
    # They extend at 2028-04, 2029-04, …, halved each year: 0.5, 0.25, 0.125; leads 3 and 2.
    rows = filings(
        current(8, "2027-04", "2022-04"),
        attrition_per_year=0.5,
        ssw2_share=0.25,
        ssw2_period_months=12,
        change_lead_months=3,
    )
    assert rows == [
        ("2027-01", "change", 12, 1),
        ("2028-02", "extension", 12, 0.5),
        ("2029-02", "extension", 12, 0.25),
        ("2030-02", "extension", 12, 0.125),
        ("2031-02", "extension", 12, 0.0625),
    ]


def test_extensions_under_ssw2_of_those_who_moved_before_the_scenario() -> None:
    # 60 months used at 2024-04. SSW(ii) for 36 months until 2027-04, then until 2030-04.
    rows = filings(current(2, "2024-04", "2019-04"), ssw2_share=0.5)
    assert rows == [("2027-02", "extension", 36, 1), ("2030-02", "extension", 36, 1)]


def test_sites_file_apart_and_rows_of_one_kind_together() -> None:
    plan = roster(
        current(2, "2026-10", "2025-10", site="仙台工場"),
        current(3, "2026-10", "2025-10", site="本社"),
        current(4, "2026-10", "2024-10", site="本社"),
    )
    result = business_case(plan, {**HORIZON, "years": 1})
    applications = result.applications
    assert list(zip(applications["site"], applications["applications"], strict=True)) == [
        ("仙台工場", 2),
        ("本社", 7),
    ]


TARGETS = targets(
    *(target(2026 + year, 5 * year, "本社") for year in range(5)),
    *(target(2026 + year, 30 - 7 * year, "仙台工場") for year in range(5)),
)


@pytest.mark.parametrize("plan", [TARGETS, load_sample_plan()], ids=["targets", "roster"])
@pytest.mark.parametrize(
    "raw",
    [{}, {"ssw2_share": 0.3, "ssw2_period_months": 6}, {"period_months": 7, "overseas_share": 0}],
    ids=str,
)
def test_following_each_situation_once_gives_what_following_each_cohort_gives(
    plan: pd.DataFrame, raw: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = resolved({"start_month": "2026-04", **raw})
    groups = cohorts(plan, scenario)
    each = expected_applications(groups, scenario)
    monkeypatch.setattr(applications, "MANY_COHORTS", 0)
    once = expected_applications(groups, scenario)
    one, other = (pd.DataFrame(found._asdict()) for found in (once, each))
    pd.testing.assert_frame_equal(one, other, rtol=1e-12)
