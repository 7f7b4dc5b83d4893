"""What the comparison of the two cases is worth."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onlineready.model.comparison import (
    Worth,
    break_even,
    internal_rate_of_return,
    npv_by_rate,
    present_value,
    returns,
    worth,
    yearly_flow,
)
from tests.chance import examples
from tests.plans import business_case, current, only, overseas, resolved, roster

YEAR = {"start_month": "2026-04", "years": 1, "attrition_per_year": 0}
EXTENSIONS = current(4, "2026-08", "2024-08", period=36)
"""Files four extensions in 2026-06 and nothing else in the year."""


def worth_of(*net_saving_yen: float, setup_yen: float = 0, **raw: Any) -> Worth:
    """Return the worth of a year with these savings in its first months, then none."""
    scenario = resolved({**YEAR, **raw})
    months = savings_of(*net_saving_yen, setup_yen=setup_yen, months=scenario.months)
    return worth(months, scenario)


def savings_of(
    *net_saving_yen: float, setup_yen: float = 0, months: int = 12
) -> dict[str, np.ndarray]:
    """Return months with these savings in the first of them, then none; set-up in the first.

    In each of them one extension is filed.
    """
    keys = ("net_saving_yen", "hours_spent", "setup_upkeep_outlay_yen")
    series = {key: np.zeros(months) for key in (*keys, "applications_coe", "applications_change")}
    series["applications_extension"] = np.ones(months)
    series["net_saving_yen"][: len(net_saving_yen)] = net_saving_yen
    series["setup_upkeep_outlay_yen"][0] = setup_yen
    return series


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


def test_npv_is_a_line_over_the_volume_through_break_even_and_the_plan() -> None:
    # One application a month at 100 yen, set-up 600: U = 100, A = 1, F = 600; 12 filed a year.
    months = savings_of(-500, *[100] * 11, setup_yen=600)
    line = break_even(months, resolved({**YEAR, "discount_rate": 0}))
    assert (line.unit_yen, line.years, line.fixed_yen) == pytest.approx((100, 1, 600))
    assert line.plan_applications_per_year == pytest.approx(12)
    assert list(line.npv_yen(np.array([0, 6, 12]))) == pytest.approx([-600, 0, 600])
    assert line.applications_per_year == pytest.approx(6)


def test_the_line_falls_where_an_application_costs_more_than_it_saves() -> None:
    months = savings_of(*[-10] * 12)
    line = break_even(months, resolved({**YEAR, "discount_rate": 0}))
    assert line.unit_yen == pytest.approx(-10)
    assert line.applications_per_year is None
    assert list(line.npv_yen(np.array([12]))) == pytest.approx([-120])


def test_net_present_value_at_other_discount_rates() -> None:
    # 121 yen a year later: 1.1² at 21%.
    values = npv_by_rate(savings_of(-100, *[0] * 11, 121, months=24), [0, 0.1, 0.21])
    assert values.index.name == "discount_rate"
    assert values.to_dict() == pytest.approx({0: 21, 0.1: 10, 0.21: 0})


# Returns


@pytest.mark.parametrize(
    ("flow_yen", "rate"),
    [
        ([-100, *[0] * 11, 121], 0.21),
        ([-100, 0, 0, 0, 0, 0, 110], 0.21),
        ([-100, *[0] * 11, 50], -0.5),
        ([-100, 100], 0.0),
        # Before go-live there is nothing, and nothing earns no interest.
        ([0, 0, -100, *[0] * 11, 121], 0.21),
        # Gains first: the rate at which they were borrowed.
        ([100, *[0] * 11, -121], 0.21),
        # A thousandth of a yen is rounding, no change of sign.
        ([0.001, -100, 0.001, -0.001, *[0] * 9, 121], 0.21),
        # A hundredfold in a month.
        ([-1, 100], 100**12 - 1),
        ([-100, 1], 0.01**12 - 1),
    ],
)
def test_internal_rate_of_return(flow_yen: list[float], rate: float) -> None:
    found = internal_rate_of_return(np.array(flow_yen, float))
    assert found == pytest.approx(rate, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    "flow_yen", [[], [0, 0], [5, 5], [-5, -5], [-100, 200, -50], [100, -200, 150], [-0.004, 100]]
)
def test_no_internal_rate_of_return_unless_the_sign_changes_once(flow_yen: list[float]) -> None:
    assert internal_rate_of_return(np.array(flow_yen, float)) is None


@examples(50)
@given(
    costs=st.lists(st.integers(1, 10**9), min_size=1, max_size=60),
    gains=st.lists(st.integers(1, 10**9), min_size=1, max_size=60),
    wait=st.integers(0, 60),
)
def test_at_the_internal_rate_of_return_a_flow_is_worth_nothing(
    costs: list[int], gains: list[int], wait: int
) -> None:
    flow = np.array([*[-yen for yen in costs], *[0] * wait, *gains], float)
    rate = internal_rate_of_return(flow)
    assert rate is not None
    assume(rate > -0.99)  # nearer to -1 the share keeps too few digits for the factor below
    # Later gains weigh too much at a lower rate, too little at a higher one.
    factor = (1 + rate) ** (-1 / 12)
    months = np.arange(len(flow)) - len(costs)
    for much, sign in ((factor * 1.000001, 1), (factor / 1.000001, -1)):
        assert np.sign(flow @ much**months) == sign


def test_benefit_cost_ratio_and_return_on_investment() -> None:
    # 21% a year, set-up 400 yen: a benefit of 400 at once and of 121 in a year are worth 500.
    months = savings_of(0, *[0] * 11, 121, setup_yen=400, months=24)
    found = returns(months, resolved({**YEAR, "years": 2, "discount_rate": 0.21}))
    assert found.benefit_cost_ratio == pytest.approx(500 / 400)
    assert found.roi == pytest.approx(100 / 400)


def test_hours_of_set_up_are_a_cost_at_the_wage() -> None:
    months = savings_of(-1_000, 3_000)
    months["hours_spent"][0] = 2
    scenario = resolved({**YEAR, "discount_rate": 0, "wage_yen_per_hour": 1_000})
    found = returns(months, scenario)
    assert found.benefit_cost_ratio == pytest.approx((1_000 + 3_000) / 2_000)
    assert found.roi == pytest.approx(1)


def test_no_ratios_where_nothing_is_spent() -> None:
    assert returns(savings_of(*[100] * 12), resolved(YEAR)) == (None, None, None)


@pytest.mark.parametrize(("months", "tied_up"), [(1, False), (12, False), (13, True), (None, True)])
def test_what_is_paid_back_within_a_year_ties_up_no_money(
    months: int | None, tied_up: bool
) -> None:
    assert Worth(1.0, months, None).ties_up_money is tied_up


def amounts(flow_yen: np.ndarray) -> dict[int, float]:
    """Return what a flow holds, by month, months of nothing left out."""
    return {month: float(flow_yen[month]) for month in np.flatnonzero(flow_yen).tolist()}


def test_the_flow_of_years_begins_with_what_it_takes_to_begin() -> None:
    months = savings_of(*[-400 + 10, *[10] * 26], setup_yen=400, months=27)
    flow = yearly_flow(months, resolved({**YEAR, "years": 3}))
    # Three months are left after the second year: counted with it.
    assert amounts(flow) == {0: -400, 12: 120, 27: 150}


def test_the_flow_of_years_counts_from_go_live() -> None:
    months = savings_of(0, 0, -90, 20, 20, 20, months=12)
    months["setup_upkeep_outlay_yen"][2] = 100
    flow = yearly_flow(months, resolved({**YEAR, "go_live": "2026-06"}))
    assert amounts(flow) == {0: -100, 10: 70}
    after = resolved({**YEAR, "go_live": "2030-01"})
    assert not yearly_flow(months, after).size
    assert returns(months, after).irr is None


def test_a_month_of_upkeep_alone_leaves_the_internal_rate_of_return() -> None:
    # Set-up of 100; a year later 121 in all, though its last month only costs.
    months = savings_of(-100, *[0] * 9, 131, -10, setup_yen=100)
    assert internal_rate_of_return(months["net_saving_yen"]) is None
    assert returns(months, resolved(YEAR)).irr == pytest.approx(0.21)


def test_no_rate_of_return_where_years_change_sign_twice() -> None:
    months = savings_of(-100, *[0] * 10, 200, -50, setup_yen=100, months=24)
    assert returns(months, resolved({**YEAR, "years": 2})).irr is None


def test_present_value_of_a_flow() -> None:
    assert present_value(np.array([1, 0, 0, 0, 0, 0, 1.1]), 0.21) == pytest.approx(2)


# The two cases


def test_a_go_live_after_the_horizon_is_the_counter_case() -> None:
    result = business_case(roster(EXTENSIONS), {**YEAR, "go_live": "2027-04"})
    assert result.worth == Worth(0, None, None)
    assert result.totals["hours_spent"] == 0
    assert not result.quantities.done.lasting.any()
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
