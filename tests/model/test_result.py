"""The pipeline as a whole: the same facts seen by year, by kind of cost, under several fees."""

import pandas as pd
import pytest

from onlineready.domain.scenario import FeeBasis
from onlineready.model.result import Result, evaluate, under
from tests.plans import TABLES, business_case, current, only, resolved, roster

BEGIN = {"start_month": "2026-04", "years": 2, "attrition_per_year": 0}
EXTENSIONS = roster(
    current(4, "2026-12", "2024-12", period=36), current(2, "2027-12", "2025-12", period=36)
)
"""Files 4 extensions in 2026-10 and 2 in 2027-10, each granting 36 months."""


def test_what_each_case_costs_by_year_and_kind() -> None:
    # Shipped fees for 36 months: 64,000 at the counter, 56,000 + 550 online. An hour and 100 yen
    # each at the counter, half an hour each online; set-up 2 × 3 hours and 2 × 500 yen in 2026-10.
    tasks = only(
        counter_print={"minutes": 60, "yen": 100},
        online_enter_extension={"minutes": 30},
        setup_declaration={"minutes": 180, "yen": 500},
    )
    raw = {**BEGIN, "go_live": "2026-10", "wage_yen_per_hour": 1_000, "tasks": tasks}
    raw["realised_time_share"] = 0.25  # of all but the set-up
    found = business_case(EXTENSIONS, raw).cost_by_year
    yen = found.set_index(["fiscal_year", "case", "kind"])["yen"].to_dict()
    assert len(found) == len(yen)
    assert yen == {
        (2026, "counter", "fee"): 256_000,
        (2026, "counter", "outlay"): 400,
        (2026, "counter", "staff_time"): 1_000,
        (2026, "online", "fee"): 226_200,
        (2026, "online", "outlay"): 1_000,
        (2026, "online", "staff_time"): 500 + 6_000,
        (2027, "counter", "fee"): 128_000,
        (2027, "counter", "outlay"): 200,
        (2027, "counter", "staff_time"): 500,
        (2027, "online", "fee"): 113_100,
        (2027, "online", "outlay"): 0,
        (2027, "online", "staff_time"): 250,
    }


def test_time_that_online_filing_takes_more_is_a_cost_in_full() -> None:
    # In 2026-10 four hours more than at the counter, in 2027-10 two.
    tasks = only(counter_print={"minutes": 60}, online_enter_extension={"minutes": 120})
    raw = {**BEGIN, "wage_yen_per_hour": 1_000, "tasks": tasks, "realised_time_share": 0.25}
    found = business_case(EXTENSIONS, raw).cost_by_year
    staff = found[found["kind"].eq("staff_time")].set_index(["fiscal_year", "case"])["yen"]
    assert staff.to_dict() == {
        (2026, "counter"): 1_000,
        (2027, "counter"): 500,
        (2026, "online"): 1_000 + 4_000,
        (2027, "online"): 500 + 2_000,
    }


def test_the_net_saving_adds_up_from_the_start() -> None:
    # 4 × 7,450 yen in 2026-10 and 2 × 7,450 in 2027-10, less 2 × 1,000 yen of set-up in 2026-04.
    raw = {**BEGIN, "tasks": only(setup_declaration={"yen": 1_000})}
    total = business_case(EXTENSIONS, raw).cumulative_yen
    assert {str(month): total[month] for month in total.drop_duplicates().index} == {
        "2026-04": -2_000,
        "2026-10": 27_800,
        "2027-10": 42_700,
    }


@pytest.mark.parametrize(
    ("month", "saved"),
    [
        ("2026-03", 0),
        ("2026-04", 0),
        ("2026-05", -2_000),
        ("2026-10", -2_000),
        ("2026-11", 27_800),
        ("2028-03", 42_700),
        ("2030-01", 42_700),
    ],
)
def test_what_is_saved_until_a_month_leaves_that_month_out(month: str, saved: float) -> None:
    raw = {**BEGIN, "go_live": "2025-01", "tasks": only(setup_declaration={"yen": 1_000})}
    result = business_case(EXTENSIONS, raw)
    assert result.saved_until(pd.Period(month, "M")) == pytest.approx(saved)


def test_a_case_under_other_fees_is_what_it_is_alone() -> None:
    scenario = resolved({**BEGIN, "go_live": "2026-08", "online_share": 0.75})
    bases: list[FeeBasis] = [pd.Period("2025-03", "M"), "dated", pd.Period("2026-10", "M")]
    result = evaluate(EXTENSIONS, scenario, TABLES)
    others = [scenario.model_copy(update={"fee_basis": basis}) for basis in bases]
    results = [under(result, other, TABLES) for other in others]
    assert [result.scenario.fee_basis for result in results] == bases
    for other, result in zip(others, results, strict=True):
        assert_equal(result, evaluate(EXTENSIONS, other, TABLES))
    fees = [result.totals["counter_fee_yen"] for result in results]
    assert fees == [6 * 4_000, 6 * 64_000, 6 * 64_000]


def assert_equal(one: Result, other: Result) -> None:
    """Compare two results, every figure."""
    assert one.scenario == other.scenario
    assert one.worth == other.worth
    assert one.notices == other.notices
    assert (one.quantities.done.often == other.quantities.done.often).all()
    assert (one.quantities.done.lasting == other.quantities.done.lasting).all()
    for table in ("applications", "months"):
        pd.testing.assert_frame_equal(getattr(one, table), getattr(other, table))


def test_visits_of_a_site_with_rates_of_its_own_are_told_apart() -> None:
    far = {"counter_travel_submit": {"minutes": 300}}
    raw = {**BEGIN, "online_share": 0.75, "sites": {"仙台工場": far, "青森工場": far}}
    sites = ("本社", "仙台工場", "福岡工場")
    plan = roster(*(current(3, "2026-12", "2024-12", period=36, site=site) for site in sites))
    done = business_case(plan, raw).quantities.done
    assert done.sites == ["仙台工場"]
    travel = done.tasks.ids.index("counter_travel_submit")
    # Three on two trips at each site, at the counter; a quarter of three on one, in three of four.
    assert done.often[:, :, :, travel].sum(axis=2).tolist() == [[4, 2], [1.5, 0.75]]
    assert done.minutes[:, travel].tolist() == [120, 300]


def test_an_open_go_live_is_refused() -> None:
    scenario = resolved(BEGIN).model_copy(update={"go_live": None})
    with pytest.raises(ValueError, match="go_live"):
        evaluate(EXTENSIONS, scenario, TABLES)


def test_a_plan_is_left_as_it_was() -> None:
    plan = EXTENSIONS.copy()
    business_case(plan, BEGIN)
    pd.testing.assert_frame_equal(plan, EXTENSIONS)


@pytest.mark.parametrize(
    ("first_month", "years"),
    [
        (4, {2026: 12, 2027: 12}),
        (1, {2026: 9, 2027: 12, 2028: 3}),
        (3, {2026: 11, 2027: 12, 2028: 1}),
    ],
)
def test_a_fiscal_year_cut_by_the_horizon_has_the_months_it_has(
    first_month: int, years: dict[int, int]
) -> None:
    result = business_case(EXTENSIONS, {**BEGIN, "fiscal_year_start_month": first_month})
    assert result.months["fiscal_year"].value_counts(sort=False).to_dict() == years
    assert list(result.fiscal_years.index) == list(years)
