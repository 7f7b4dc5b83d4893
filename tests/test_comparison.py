"""What the comparison of the two cases is worth."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from onlineready.comparison import Worth, worth
from tests.plans import business_case, current, only, overseas, resolved, roster

YEAR = {"start_month": "2026-04", "years": 1, "attrition_per_year": 0}
EXTENSIONS = current(4, "2026-08", "2024-08", period=36)
"""Files four extensions in 2026-06 and nothing else in the year."""


def worth_of(*net_saving_yen: float, setup_yen: float = 0, **raw: Any) -> Worth:
    """Return the worth of a year with these savings in its first months, then none."""
    scenario = resolved({**YEAR, **raw})
    months = pd.DataFrame(0.0, range(scenario.months), ["net_saving_yen", "hours_spent"])
    months["setup_upkeep_outlay_yen"] = [setup_yen] + [0.0] * (scenario.months - 1)
    months.loc[: len(net_saving_yen) - 1, "net_saving_yen"] = list(net_saving_yen)
    return worth(months, np.ones(scenario.months), scenario)


# Payback


@pytest.mark.parametrize(
    ("net_saving_yen", "months"),
    [
        ([-100, 60, 40], 3),
        ([-100, 60, 39], None),
        ([-100, 200], 2),
        ([0, -100], 1),
        ([5], 1),
        # Won back once, lost again: the first time counts.
        ([-100, 150, -100], 2),
        # Short by 0.004 yen is nothing; short by 0.006 is not yet.
        ([-100, 99.996], 2),
        ([-100, 99.994], None),
        ([-0.004], 1),
    ],
)
def test_payback_is_the_first_month_in_which_nothing_is_owed(
    net_saving_yen: list[float], months: int | None
) -> None:
    assert worth_of(*net_saving_yen).payback_months == months


def test_payback_counts_from_go_live() -> None:
    # Savings in 2026-04, 05, 06; what lies before go-live neither helps nor hurts.
    assert worth_of(900, -100, 100, go_live="2026-05").payback_months == 2
    assert worth_of(-900, -100, 100, go_live="2026-05").payback_months == 2
    # Live for long: from the first month of the scenario.
    assert worth_of(-100, 50, 50, go_live="2024-01").payback_months == 3


# Net present value and break-even


def test_a_yen_in_a_year_is_worth_less_by_the_discount_rate() -> None:
    # 21% a year: 1.1 for half a year, 1.21 for a year (the first month of the second year).
    net_saving_yen = [-100.0, 0, 0, 0, 0, 0, 11.0, 0, 0, 0, 0, 0, 121.0]
    value = worth_of(*net_saving_yen, years=2, discount_rate=0.21)
    assert value.npv_yen == pytest.approx(-100 + 10 + 100)


def test_break_even_volume_is_fixed_cost_over_benefit_per_application_and_years() -> None:
    # One application a month. Set-up 600 yen; 12 months bring 100 yen each, set-up not deducted.
    # F = 600, U = 100, A = 12 / 12: 6 applications a year, where 12 were filed.
    undiscounted = worth_of(-500, *[100] * 11, setup_yen=600, discount_rate=0)
    assert undiscounted.break_even_applications_per_year == pytest.approx(6)
    # Over two years half as many a year do.
    two = worth_of(-500, *[100] * 23, setup_yen=600, discount_rate=0, years=2)
    assert two.break_even_applications_per_year == pytest.approx(3)


def test_break_even_discounts_costs_benefits_and_years_alike() -> None:
    # Every month brings 100 yen for its one application, so U = 100 at any rate; F = 600 yen, spent
    # in the first month. Months to come count less in A: more applications a year are needed.
    value = worth_of(-500, *[100] * 11, setup_yen=600, discount_rate=0.21)
    years = sum(1.21 ** (-month / 12) for month in range(12)) / 12
    assert value.break_even_applications_per_year == pytest.approx(600 / (100 * years))
    assert years < 1


@pytest.mark.parametrize(("each_yen", "volume"), [(5e-7, None), (0, None), (-1, None), (2e-6, 0)])
def test_a_benefit_of_a_millionth_of_a_yen_is_none(each_yen: float, volume: float | None) -> None:
    value = worth_of(*[each_yen] * 12, discount_rate=0)
    assert value.break_even_applications_per_year == volume


def test_break_even_at_the_volume_of_the_plan_means_worth_nothing() -> None:
    # Fees alone: 4 extensions filed 2026-06 save 4 × 500 yen, what set-up costs for 2 officers.
    # Ten months of the year are left from go-live on: 2,000 / (500 × 10 / 12) = 4.8 a year.
    tasks = only(setup_declaration={"yen": 1_000})
    raw = {**YEAR, "go_live": "2026-06", "discount_rate": 0, "tasks": tasks}
    value = business_case(roster(EXTENSIONS), raw).worth
    assert value.npv_yen == pytest.approx(0, abs=1e-6)
    assert value.payback_months == 1
    assert value.break_even_applications_per_year == pytest.approx(4.8)


def test_no_break_even_where_an_application_brings_nothing_or_less() -> None:
    # Certificates of eligibility save no fee: with no other task they bring exactly nothing.
    plan = roster(overseas(5, "2026-10"))
    setup = {"setup_declaration": {"minutes": 77, "yen": 1_000}}
    nothing = business_case(plan, {**YEAR, "tasks": only(**setup)})
    assert nothing.totals["applications_coe"] == 5
    assert nothing.worth.break_even_applications_per_year is None
    online = business_case(plan, {**YEAR, "tasks": only(online_enter_new={"minutes": 1})})
    assert online.worth.npv_yen < 0
    assert online.worth.break_even_applications_per_year is None


def test_no_break_even_where_nothing_is_filed_from_go_live_on() -> None:
    result = business_case(roster(EXTENSIONS), {**YEAR, "go_live": "2026-07"})
    assert result.totals["applications_extension"] == 4
    assert result.worth.break_even_applications_per_year is None


def test_break_even_needs_nobody_where_nothing_is_spent() -> None:
    raw = {**YEAR, "tasks": only()}
    volume = business_case(roster(EXTENSIONS), raw).worth.break_even_applications_per_year
    assert volume == 0


# The two cases


def test_a_go_live_after_the_horizon_is_the_counter_case() -> None:
    result = business_case(roster(EXTENSIONS), {**YEAR, "go_live": "2027-04"})
    assert result.worth == Worth(0, None, None)
    assert result.totals["hours_spent"] == 0
    assert result.upkeep.empty
    assert result.totals["online_fee_yen"] == result.totals["counter_fee_yen"] > 0
    assert set(result.per_year) == {0}


def test_online_from_the_go_live_month_on() -> None:
    # Filed in 2026-06: online where that is the month of go-live, at the counter a month before.
    fees = {}
    for go_live in ("2026-05", "2026-06", "2026-07"):
        totals = business_case(roster(EXTENSIONS), {**YEAR, "go_live": go_live}).totals
        fees[go_live] = (totals["online_fee_yen"], totals["online_submit_visits"])
    # Granted 36 months, but before 2026-10 every band is 6,000 at the counter, 5,500 online.
    assert fees == {
        "2026-05": (22_000, 0),
        "2026-06": (22_000, 0),
        "2026-07": (24_000, 2),
    }


def test_freed_hours_count_by_the_share_put_to_use_and_extra_hours_in_full() -> None:
    # 4 extensions: an hour each at the counter saves 4 hours, an hour each online costs 4.
    raw = {**YEAR, "realised_time_share": 0.25, "wage_yen_per_hour": 1_000}
    saved = business_case(
        roster(EXTENSIONS), {**raw, "tasks": only(counter_print={"minutes": 60})}
    ).totals
    assert (saved["hours_saved"], saved["time_value_yen"]) == (4, 1_000)
    lost = business_case(
        roster(EXTENSIONS), {**raw, "tasks": only(online_enter_extension={"minutes": 60})}
    ).totals
    assert (lost["hours_saved"], lost["time_value_yen"]) == (-4, -4_000)


def test_hours_are_weighed_month_by_month_not_over_the_year() -> None:
    # A COE in 2026-06 saves an hour, an extension in 2026-12 costs one: 250 − 1,000 yen, though
    # the hours of the year cancel.
    tasks = only(counter_coe_envelope={"minutes": 60}, online_enter_extension={"minutes": 60})
    plan = roster(overseas(1, "2026-10"), current(1, "2027-02", "2026-02"))
    raw = {**YEAR, "realised_time_share": 0.25, "wage_yen_per_hour": 1_000, "tasks": tasks}
    totals = business_case(plan, raw).totals
    assert (totals["hours_saved"], totals["time_value_yen"]) == (0, -750)


def test_hours_spent_on_set_up_are_no_hours_saved_less() -> None:
    tasks = only(counter_print={"minutes": 60}, setup_training={"minutes": 30})
    raw = {**YEAR, "realised_time_share": 0, "wage_yen_per_hour": 1_000, "tasks": tasks}
    totals = business_case(roster(EXTENSIONS), raw).totals
    assert (totals["hours_saved"], totals["hours_spent"]) == (4, 1)
    assert totals["time_value_yen"] == -1_000
    assert totals["net_saving_yen"] == totals["cash_saving_yen"] - 1_000


def test_per_year_is_the_sum_online_by_months_online_times_twelve() -> None:
    # 4 extensions in 2026-06, 4 months before go-live, and 4 more in 2027-06: 20 months online.
    plan = roster(EXTENSIONS, current(4, "2027-08", "2025-08", period=36))
    result = business_case(plan, {**YEAR, "years": 2, "go_live": "2026-08", "tasks": only()})
    assert result.totals["applications_extension"] == 8
    assert result.per_year["applications_extension"] == pytest.approx(4 / 20 * 12)
    # 36 months since 2026-10: 64,000 at the counter, 56,000 + 550 online.
    assert result.per_year["fee_saving_yen"] == pytest.approx(4 * 7_450 / 20 * 12)
