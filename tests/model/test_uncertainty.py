"""How far the figures move with the assumptions, and what holds however they move."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import Side
from onlineready.load.shipped import load_assumptions, load_sample_plan
from onlineready.model.result import Result, evaluate
from onlineready.model.uncertainty import (
    Simulation,
    assuming,
    band,
    break_even_line,
    by_task,
    drivers,
    histogram,
    monte_carlo,
    npv_yen,
    npvs_yen,
    own_values,
    ranges,
    switching_values,
    tornado,
    triangular,
)
from tests.chance import examples
from tests.plans import (
    TABLES,
    TASK_IDS,
    VISIT_TASK_IDS,
    Situation,
    business_case,
    current,
    only,
    plain,
    resolved,
    roster,
    situations,
    situations_of_any_kind,
    target,
    targets,
)
from tests.tolerance import CLOSE, rounding

ASSUMPTIONS = load_assumptions()
SAMPLE = load_sample_plan()
YEAR = {"start_month": "2026-04", "years": 1, "attrition_per_year": 0, "discount_rate": 0}
EXTENSIONS = roster(current(4, "2026-08", "2024-08", period=36))
"""Files four extensions in 2026-06 and nothing else in the year."""

FIVE_YEARS: dict[str, Any] = {
    "start_month": "2026-04",
    "go_live": "2027-01",
    "online_share": 0.8,
    "uncertified_officers": 1,
    "ssw2_share": 0.2,
    "tasks": {"counter_print": {"minutes": 33}},
    "sites": {
        "本社工場": {"counter_travel_submit": {"minutes": 200}},
        "仙台工場": {"counter_travel_submit": {"yen": 90}, "counter_wait_collect": {"minutes": 0}},
    },
}
"""Departs from the defaults wherever the sample plan can feel it."""

law = examples(7)


def without_task_ranges() -> Tables:
    """Return the tables, no task with a low or a high."""
    bounds = [f"{amount}_{end}" for amount in ("minutes", "yen") for end in ("low", "high")]
    return TABLES._replace(tasks=TABLES.tasks.assign(**dict.fromkeys(bounds, np.nan)))


def with_task_range(task: str, **bounds: float) -> Tables:
    """Return the tables, no task but one with these ends."""
    tables = without_task_ranges()
    tasks = tables.tasks.set_index("id")
    for bound, value in bounds.items():
        tasks.loc[task, bound] = value
    return tables._replace(tasks=tasks.reset_index())


def with_range(key: str, low: float, high: float) -> pd.DataFrame:
    """Return one of the assumptions with these ends."""
    return ASSUMPTIONS.loc[[key]].assign(low=low, high=high)


NO_RANGES = ASSUMPTIONS.iloc[:0]


# The NPV as arrays


@law
@given(situation=situations_of_any_kind())
def test_the_drivers_hold_all_that_the_npv_is_made_of(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    npv = npv_yen(drivers(result), result.scenario)
    assert npv == pytest.approx(result.worth.npv_yen, rel=CLOSE, abs=rounding(result, "yen"))


@law
@given(
    situation=situations(),
    task=st.sampled_from(TASK_IDS),
    amount=st.sampled_from(("minutes", "yen")),
    value=st.integers(0, 10_000),
)
def test_the_drivers_tell_the_npv_at_other_minutes_and_yen(
    situation: Situation, task: str, amount: str, value: int
) -> None:
    result = business_case(situation.plan, situation.raw)
    other = assuming(result.scenario, f"tasks.{task}.{amount}", value)
    npv = npv_yen(drivers(result), other)
    there = evaluate(situation.plan, other, TABLES)
    assert npv == pytest.approx(there.worth.npv_yen, rel=CLOSE, abs=rounding(there, "yen"))


def test_what_a_site_sets_itself_does_not_follow_the_task() -> None:
    sites = {"全社": {"counter_travel_submit": {"minutes": 30}}}
    raw = {**YEAR, "tasks": only(counter_travel_submit={"minutes": 60, "yen": 500}), "sites": sites}
    result = business_case(EXTENSIONS, raw)
    known = drivers(result)
    column = known.tasks.index("counter_travel_submit")
    # Two visits in the third month: an hour in all at the site's 30 minutes, and 1,000 yen.
    assert known.timed[:, column].sum() == 0
    assert list(known.site_hours) == [0, 0, 1, *[0] * 9]
    assert list(known.paid[:, column]) == [0, 0, 2, *[0] * 9]
    assert set(known.site_outlay_yen) == {0}


@law
@given(situation=situations(), wage=st.integers(0, 100_000))
def test_the_fee_saving_does_not_depend_on_the_wage(situation: Situation, wage: int) -> None:
    one = business_case(situation.plan, situation.raw)
    other = business_case(situation.plan, {**situation.raw, "wage_yen_per_hour": wage})
    fees = [list(drivers(result).fee_saving_yen) for result in (one, other)]
    assert fees[0] == fees[1]


@law
@given(
    situation=situations(),
    task=st.sampled_from([task for task in TASK_IDS if task.startswith("counter_")]),
    more=st.integers(0, 1_000),
)
def test_more_minutes_at_the_counter_never_lower_the_npv(
    situation: Situation, task: str, more: int
) -> None:
    result = business_case(situation.plan, situation.raw)
    known = drivers(result)
    drawn = np.repeat(own_values(known, result.scenario), 2, axis=1)
    drawn[known.tasks.index(task), 1] += more
    less, much = npvs_yen(known, drawn, result.scenario.discount_rate)
    assert much >= less - rounding(result, "yen")


@law
@given(situation=situations(), seed=st.integers(0, 2**32))
def test_many_draws_at_once_are_each_what_they_are_alone(situation: Situation, seed: int) -> None:
    # From no minutes to far too many: in most months hours are freed in some draws, lost in others.
    result = business_case(situation.plan, situation.raw)
    known, random = drivers(result), np.random.default_rng(seed)
    tasks = (len(TASK_IDS), 300)
    minutes, yen = random.uniform(0, 300, tasks), random.uniform(0, 3_000, tasks)
    wage, used = random.uniform(0, 5_000, 300), random.uniform(0, 1, 300)
    many = np.vstack([minutes, yen, wage, used])
    together = npvs_yen(known, many, result.scenario.discount_rate)
    tolerance = 10 * rounding(result, "yen") + CLOSE * abs(together).max()
    for draw in (0, 1, 255, 256, 299):
        alone = many[:, draw : draw + 1]
        (npv,) = npvs_yen(known, alone, result.scenario.discount_rate)
        assert together[draw] == pytest.approx(npv, rel=CLOSE, abs=tolerance)


# One assumption at a time


def test_one_assumption_is_changed_and_the_scenario_stays() -> None:
    scenario = resolved(FIVE_YEARS)
    before = plain(scenario)
    assert assuming(scenario, "wage_yen_per_hour", 2_000).wage_yen_per_hour == 2_000
    batch = assuming(scenario, "batch_size", 3.0).batch_size
    assert (batch, type(batch)) == (3, int)
    other = assuming(scenario, "tasks.counter_print.minutes", 45)
    assert (other.tasks["counter_print"].minutes, other.tasks["counter_print"].yen) == (45, 200)
    assert plain(scenario) == before
    for key, value in (("batch_size", 3), ("tasks.counter_print.yen", 1)):
        Scenario.model_validate(assuming(scenario, key, value).model_dump())


def test_ranges_are_those_of_the_tables_around_the_readers_own_values() -> None:
    scenario = resolved({"start_month": "2026-04", "tasks": {"counter_print": {"minutes": 99}}})
    found = ranges(scenario, TABLES, ASSUMPTIONS)
    assert (found["low"] < found["high"]).all()
    assert list(found.loc["wage_yen_per_hour"]) == [1177, 1673, 2543]
    assert list(found.loc["tasks.counter_print.minutes"]) == [20, 99, 45]
    assert list(found.loc["tasks.counter_print.yen"]) == [100, 200, 400]
    assert not {"years", "coe_lead_months", "tasks.counter_stamps.yen"} & set(found.index)


def test_tornado_by_hand() -> None:
    # 4 extensions: 4 × 500 yen of fees; set-up 2 × 500 yen. The company bears none, half, or all.
    tasks = only(setup_declaration={"yen": 500})
    result = business_case(EXTENSIONS, {**YEAR, "company_fee_share": 0.25, "tasks": tasks})
    tables = with_task_range("setup_declaration", yen_low=100, yen_high=600)
    found = tornado(EXTENSIONS, result, tables, with_range("company_fee_share", 0, 1))
    assert found.to_dict("records") == [
        {
            "key": "company_fee_share",
            "low": 0,
            "base": 0.25,
            "high": 1,
            "npv_low": -1_000,
            "npv_high": 1_000,
            "swing": 2_000,
        },
        {
            "key": "tasks.setup_declaration.yen",
            "low": 100,
            "base": 500,
            "high": 600,
            "npv_low": 300,
            "npv_high": -700,
            "swing": 1_000,
        },
    ]


def assert_ends_are_those_of_the_whole_model(
    found: pd.DataFrame, plan: pd.DataFrame, result: Result
) -> None:
    """Evaluate the plan at both ends of each row of a tornado."""
    ends = found[["key", "low", "high", "npv_low", "npv_high"]]
    for key, low, high, npv_low, npv_high in ends.itertuples(index=False):
        for value, npv in ((low, npv_low), (high, npv_high)):
            there = evaluate(plan, assuming(result.scenario, key, value), TABLES).worth.npv_yen
            assert npv == pytest.approx(there, rel=CLOSE, abs=rounding(result, "yen")), key


def test_the_ends_of_the_tornado_are_those_of_the_whole_model() -> None:
    scenario = resolved(FIVE_YEARS)
    before, plan_before = plain(scenario), SAMPLE.copy()
    result = evaluate(SAMPLE, scenario, TABLES)
    found = tornado(SAMPLE, result, TABLES, ASSUMPTIONS)
    assert set(found["key"]) == set(ranges(scenario, TABLES, ASSUMPTIONS).index)
    assert {"attrition_per_year", "batch_size", "company_fee_share"} <= set(found["key"])
    assert_ends_are_those_of_the_whole_model(found, SAMPLE, result)
    assert list(found["swing"]) == sorted((found["npv_high"] - found["npv_low"]).abs())[::-1]
    assert plain(result.scenario) == plain(scenario) == before
    pd.testing.assert_frame_equal(SAMPLE, plan_before)


def test_minutes_and_yen_of_a_task_swing_together() -> None:
    result = business_case(SAMPLE, FIVE_YEARS)
    ends = tornado(SAMPLE, result, TABLES, ASSUMPTIONS)
    found = by_task(ends, result.worth.npv_yen)
    assert sorted(key for keys in found["keys"] for key in keys) == sorted(ends["key"])
    assert list(found["swing"]) == sorted(found["swing"])[::-1]
    pairs = found[found["keys"].map(len).eq(2)]
    assert len(pairs) > 3
    for row in pairs.to_dict("records"):
        minutes, yen = row["keys"]
        assert (minutes, yen) == (minutes, minutes.replace(".minutes", ".yen"))
        for end in ("low", "high"):
            both = assuming(result.scenario, minutes, row[end][0])
            there = evaluate(SAMPLE, assuming(both, yen, row[end][1]), TABLES)
            assert row[f"npv_{end}"] == pytest.approx(there.worth.npv_yen, rel=CLOSE)
    alone = found[found["keys"].map(len).eq(1)]
    kept = ends.set_index("key").loc[[keys[0] for keys in alone["keys"]]]
    for end in ("npv_low", "npv_high"):
        assert list(alone[end]) == pytest.approx(list(kept[end]), rel=CLOSE)


def test_the_share_from_overseas_moves_what_targets_are_worth() -> None:
    plan = targets(target("2026-04", 30, "本社工場"), target("2028-04", 45, "仙台工場"))
    keys = ["overseas_share", "attrition_per_year", "batch_size", "company_fee_share"]
    result = business_case(plan, FIVE_YEARS)
    found = tornado(plan, result, without_task_ranges(), ASSUMPTIONS.loc[keys])
    assert (found["swing"] > 1).all()
    assert_ends_are_those_of_the_whole_model(found, plan, result)


def test_a_fee_share_of_nothing_still_has_a_tornado() -> None:
    result = business_case(EXTENSIONS, {**YEAR, "company_fee_share": 0, "tasks": only()})
    tables, assumptions = without_task_ranges(), with_range("company_fee_share", 0, 1)
    found = tornado(EXTENSIONS, result, tables, assumptions)
    assert list(found["npv_high"]) == [2_000]


def test_a_plan_without_applications_has_a_tornado_of_what_is_spent() -> None:
    late = roster(current(4, "2040-08", "2038-08", period=36))
    result = business_case(late, {**YEAR, "company_fee_share": 0.5})
    found = tornado(late, result, TABLES, ASSUMPTIONS)
    assert (found["npv_high"] < 0).all()
    moved = set(found.loc[found["swing"].gt(0), "key"])
    assert "wage_yen_per_hour" in moved
    assert all("setup" in key for key in moved - {"wage_yen_per_hour"})
    assert switching_values(late, result, TABLES, found)["switching_value"].isna().all()
    assert result.break_even.applications == 0


# Switching values


def switched(plan: pd.DataFrame, raw: dict[str, Any], key: str, low: float, high: float) -> Any:
    """Return value and side of the one assumption that has a range."""
    result = business_case(plan, raw)
    tables = without_task_ranges()
    ends = tornado(plan, result, tables, with_range(key, low, high))
    found = switching_values(plan, result, tables, ends)
    assert list(found) == ["key", "base", "switching_value", "pays"]
    return found["switching_value"].iloc[0], found["pays"].iloc[0]


def test_switching_value_by_hand() -> None:
    # Fees of 2,000 yen against a set-up of 1,000.
    raw = {**YEAR, "tasks": only(setup_declaration={"yen": 500})}
    assert switched(EXTENSIONS, raw, "company_fee_share", 0, 1) == (pytest.approx(0.5), Side.ABOVE)
    # Set-up of 1,000 yen and of two hours; no fees.
    tasks = only(setup_declaration={"yen": 500, "minutes": 60}, counter_print={"yen": 1_000})
    raw = {**YEAR, "company_fee_share": 0, "tasks": tasks}
    wage = switched(EXTENSIONS, raw, "wage_yen_per_hour", 0, 5_000)
    assert wage == (pytest.approx(1_500), Side.BELOW)


def test_of_whole_numbers_the_first_past_the_change() -> None:
    # 4 extensions: 4, 2, 2, 1, 1 visits of 1,000 yen for batches of 1 to 5; set-up 2 × 750 yen.
    tasks = only(counter_travel_submit={"yen": 1_000}, setup_declaration={"yen": 750})
    raw = {**YEAR, "company_fee_share": 0, "tasks": tasks}
    assert switched(EXTENSIONS, raw, "batch_size", 1, 5) == (4, Side.BELOW)
    assert switched(EXTENSIONS, raw, "batch_size", 2, 4) == (4, Side.BELOW)


def test_no_switching_value_where_the_sign_does_not_change() -> None:
    raw = {**YEAR, "tasks": only(setup_declaration={"yen": 500})}
    for low, high in ((0, 0.4), (0.6, 1)):
        value, side = switched(EXTENSIONS, raw, "company_fee_share", low, high)
        assert pd.isna(value)
        assert pd.isna(side)


@examples(6)
@given(situation=situations(most_rows=2, most=2))
def test_at_a_switching_value_the_whole_model_finds_nothing_gained(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    check_switching_values(situation.plan, result)


def test_switching_values_of_every_stage_of_the_model() -> None:
    # Set-up as dear as what is saved: nearly every assumption decides.
    scenario = resolved({"start_month": "2026-04"})
    result = evaluate(SAMPLE, scenario, TABLES)
    yen = scenario.tasks["setup_declaration"].yen + result.worth.npv_yen / 2
    result = evaluate(SAMPLE, assuming(scenario, "tasks.setup_declaration.yen", yen - 1), TABLES)
    found = check_switching_values(SAMPLE, result)
    assert {
        *("company_fee_share", "wage_yen_per_hour", "batch_size", "combined_trip_share"),
        *("attrition_per_year", "discount_rate", "tasks.counter_print.yen"),
    } <= set(found)


def check_switching_values(plan: pd.DataFrame, result: Result) -> list[str]:
    """Assert of every switching value what it means; return the keys that have one."""
    ends = tornado(plan, result, TABLES, ASSUMPTIONS)
    found = switching_values(plan, result, TABLES, ends)
    has_one = np.sign(ends["npv_low"]) != np.sign(ends["npv_high"])
    assert list(found["switching_value"].notna()) == list(has_one) == list(found["pays"].notna())
    pays_above = (ends["npv_high"] > ends["npv_low"])[has_one]
    assert list(found.loc[has_one, "pays"].eq(Side.ABOVE)) == list(pays_above)
    assert found["switching_value"].between(ends["low"], ends["high"])[has_one].all()
    tolerance = 1 + rounding(result, "yen")
    for key, value in found.loc[has_one, ["key", "switching_value"]].itertuples(index=False):
        npv = evaluate(plan, assuming(result.scenario, key, value), TABLES).worth.npv_yen
        if key == "batch_size":
            before = assuming(result.scenario, key, value - 1)
            assert np.sign(npv) != np.sign(evaluate(plan, before, TABLES).worth.npv_yen)
        else:
            assert abs(npv) < tolerance, key
    return [str(key) for key in found.loc[has_one, "key"]]


# Break-even


@law
@given(situation=situations())
def test_at_the_volume_of_the_plan_the_curve_gives_its_npv(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    curve, npv, tolerance = result.break_even, result.worth.npv_yen, rounding(result, "yen")
    if not curve.applications:
        assert result.worth.break_even_applications_per_year is None
        return
    volume = np.array([0.0, curve.plan_applications_per_year])
    at_nothing, at_plan = curve.npv_yen(volume)
    assert at_nothing == -curve.fixed_yen
    assert at_plan == pytest.approx(npv, rel=CLOSE, abs=tolerance)
    needed = curve.applications_per_year
    assert needed == result.worth.break_even_applications_per_year
    if needed is not None and abs(npv) > tolerance:
        assert (npv > 0) == (curve.plan_applications_per_year > needed)


# All at once


@law
@given(situation=situations(), seed=st.integers(0, 2**32))
def test_percentiles_rise_and_the_same_seed_gives_the_same(situation: Situation, seed: int) -> None:
    result = business_case(situation.plan, situation.raw)
    one, same = (monte_carlo(result, TABLES, ASSUMPTIONS, 500, seed) for _ in range(2))
    assert one.p10_yen <= one.p50_yen <= one.p90_yen
    assert 0 <= one.probability_positive <= 1
    assert len(one.npv_yen) == 500
    assert list(one.npv_yen) == list(same.npv_yen)
    assert one[1:] == same[1:]


def test_another_seed_gives_other_draws() -> None:
    result = business_case(EXTENSIONS, YEAR)
    one, other = (monte_carlo(result, TABLES, ASSUMPTIONS, 10, seed) for seed in (1, 2))
    assert not set(one.npv_yen) & set(other.npv_yen)


def assert_a_point(simulation: Simulation, result: Result) -> None:
    """Compare every draw with the NPV of the result."""
    npv = pytest.approx(result.worth.npv_yen, rel=CLOSE, abs=rounding(result, "yen"))
    assert simulation.npv_yen.min() == npv
    assert simulation.npv_yen.max() == npv
    assert simulation.p50_yen == npv


@law
@given(situation=situations())
def test_without_ranges_every_draw_is_the_npv(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    assert_a_point(monte_carlo(result, without_task_ranges(), NO_RANGES, 20), result)


def test_ranges_without_width_are_points_too() -> None:
    tasks = TABLES.tasks
    narrow = {
        f"{amount}_{end}": tasks[amount] for amount in ("minutes", "yen") for end in ("low", "high")
    }
    tables = TABLES._replace(tasks=tasks.assign(**narrow))
    assumptions = ASSUMPTIONS.assign(low=ASSUMPTIONS["base"], high=ASSUMPTIONS["base"])
    result = business_case(SAMPLE, {"start_month": "2026-04"})
    assert_a_point(monte_carlo(result, tables, assumptions, 20), result)


@pytest.mark.parametrize("task", VISIT_TASK_IDS)
def test_a_task_that_the_site_sets_itself_is_not_left_to_chance(task: str) -> None:
    sites = {"全社": {task: {"minutes": 50, "yen": 50}}}
    result = business_case(EXTENSIONS, {**YEAR, "sites": sites})
    tables = with_task_range(task, minutes_low=0, minutes_high=600, yen_low=0, yen_high=9_000)
    assert_a_point(monte_carlo(result, tables, NO_RANGES, 20), result)


def test_a_value_outside_its_range_widens_it() -> None:
    # Set-up of 2 × 1,500 yen, thought to lie between 500 and 1,000 yen each.
    result = business_case(EXTENSIONS, {**YEAR, "tasks": only(setup_declaration={"yen": 1_500})})
    tables = with_task_range("setup_declaration", yen_low=500, yen_high=1_000)
    drawn = monte_carlo(result, tables, NO_RANGES, 10_000).npv_yen
    each = (2_000 - drawn) / 2
    assert 500 <= each.min() < 550
    assert 1_450 < each.max() <= 1_500
    # Most likely at its upper end: mean (500 + 1,500 + 1,500) / 3.
    assert each.mean() == pytest.approx(3_500 / 3, abs=4 * 236 / 100)


def test_the_share_that_the_company_bears_is_no_chance() -> None:
    result = business_case(EXTENSIONS, {**YEAR, "tasks": only()})
    assumptions = with_range("company_fee_share", 0, 1)
    assert_a_point(monte_carlo(result, without_task_ranges(), assumptions, 20), result)


def test_the_probability_counts_the_draws_above_nothing() -> None:
    # Fees of 2,000 yen; set-up of 2 × 0 to 2,000 yen, most likely 1,000: it pays below 1,000.
    result = business_case(EXTENSIONS, {**YEAR, "tasks": only(setup_declaration={"yen": 1_000})})
    tables = with_task_range("setup_declaration", yen_low=0, yen_high=2_000)
    found = monte_carlo(result, tables, NO_RANGES, 10_000)
    assert found.probability_positive == pytest.approx(0.5, abs=4 * 0.5 / 100)
    # A tenth of a symmetric triangle lies below low + width × √(0.1 / 2).
    tail = 4_000 * np.sqrt(0.05)
    assert found.p10_yen == pytest.approx(-2_000 + tail, abs=60)
    assert found.p50_yen == pytest.approx(0, abs=60)
    assert found.p90_yen == pytest.approx(2_000 - tail, abs=60)


def test_extra_hours_are_weighed_in_full_draw_by_draw() -> None:
    # 4 × 60 minutes at the counter against 4 × 0 to 120 online: hours saved run from 4 to −4.
    tasks = only(counter_print={"minutes": 60}, online_enter_extension={"minutes": 60})
    raw = {**YEAR, "company_fee_share": 0, "wage_yen_per_hour": 1_000, "tasks": tasks}
    result = business_case(EXTENSIONS, {**raw, "realised_time_share": 0.25})
    tables = with_task_range("online_enter_extension", minutes_low=0, minutes_high=120)
    drawn = monte_carlo(result, tables, NO_RANGES, 10_000).npv_yen
    assert -4_000 <= drawn.min() < -3_900
    assert 975 < drawn.max() <= 1_000
    # Half the draws each way, 4 hours / 3 on average: (0.25 − 1) × 1,000 × 4 / 3 / 2.
    assert drawn.mean() == pytest.approx(-500, abs=4 * drawn.std() / 100)


def test_where_hours_are_always_freed_the_mean_is_the_npv_at_the_means() -> None:
    # One application a trip: the counter takes longer even at its shortest. Then the NPV is a sum
    # of products of independent draws, and its mean that of their means.
    result = business_case(EXTENSIONS, {**YEAR, "batch_size": 1})
    scenario, found = result.scenario, ranges(result.scenario, TABLES, ASSUMPTIONS)
    for key, low, base, high in found.itertuples():
        if key.startswith("tasks.") or key in ("wage_yen_per_hour", "realised_time_share"):
            scenario = assuming(scenario, key, (low + base + high) / 3)
    mean = evaluate(EXTENSIONS, scenario, TABLES).worth.npv_yen
    drawn = monte_carlo(result, TABLES, ASSUMPTIONS, 40_000).npv_yen
    assert drawn.mean() == pytest.approx(mean, abs=4 * drawn.std() / 200)
    assert drawn.mean() != pytest.approx(result.worth.npv_yen, abs=4 * drawn.std() / 200)


@pytest.mark.parametrize(
    ("low", "mode", "high"), [(0, 1, 4), (0, 0, 1), (2, 5, 5), (-3, 1, 2), (60, 120, 240)]
)
def test_triangular_draws_have_the_mean_and_spread_of_their_triangle(
    low: float, mode: float, high: float
) -> None:
    number = 40_000
    (drawn,) = triangular(np.array([low]), np.array([mode]), np.array([high]), number, seed=1)
    mean = (low + mode + high) / 3
    squares = low**2 + mode**2 + high**2
    variance = (squares - low * mode - low * high - mode * high) / 18
    assert low <= drawn.min()
    assert drawn.max() <= high
    assert drawn.mean() == pytest.approx(mean, abs=4 * np.sqrt(variance / number))
    assert drawn.var() == pytest.approx(variance, rel=0.05)


def test_each_quantity_has_random_numbers_of_its_own() -> None:
    low, mode, high = np.array([[0, 0, 0], [1, 1, 1], [2, 2, 2]])
    one = triangular(low, mode, high, 1_000, seed=1)
    low, mode, high = np.array([[0, 1, 0], [1, 1, 2], [2, 1, 3]])
    other = triangular(low, mode, high, 1_000, seed=1)
    assert abs(np.corrcoef(one)[np.triu_indices(3, 1)]).max() < 4 / np.sqrt(1_000)
    # The second has become a point, the third another triangle: the first is what it was, and the
    # third moves with what it was.
    assert list(other[0]) == list(one[0])
    assert set(other[1]) == {1}
    assert list(np.argsort(other[2])) == list(np.argsort(one[2]))


# What is drawn of it


@examples(30)
@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=50))
@example([41.0, -5e-324])
@example([-3.0, 2.0**-60, 0.0])
def test_every_draw_is_in_one_bar_and_a_bar_begins_at_zero(npv: list[float]) -> None:
    bars = histogram(np.array(npv))
    assert bars["draws"].sum() == len(npv)
    assert len(bars) <= 45
    width = (bars["to_yen"] - bars["from_yen"]).iloc[0]
    assert np.allclose(bars["from_yen"] % width, 0) or np.allclose(
        bars["from_yen"] % width, width, atol=1e-6
    )
    for bar in bars.to_dict("records"):
        inside = [yen for yen in npv if bar["from_yen"] <= yen < bar["to_yen"]]
        assert len(inside) == bar["draws"]


def test_the_line_of_break_even_reaches_beyond_plan_and_break_even() -> None:
    curve = business_case(SAMPLE, {"go_live": "2027-02"}).break_even
    line = break_even_line(curve)
    assert line["npv_yen"].iloc[0] == pytest.approx(-curve.fixed_yen)
    assert curve.applications_per_year is not None
    beyond = max(curve.plan_applications_per_year, curve.applications_per_year)
    assert line["applications_per_year"].iloc[1] > beyond


# All at once, month by month


@law
@given(situation=situations_of_any_kind())
def test_a_band_without_ranges_is_the_line_itself(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    found = band(result, without_task_ranges(), NO_RANGES, 20)
    assert found.shape == (2, result.scenario.months)
    near = pytest.approx(result.cumulative_yen.to_numpy(), rel=CLOSE, abs=rounding(result, "yen"))
    assert found[0] == near
    assert found[1] == near


@law
@given(situation=situations_of_any_kind())
def test_the_last_month_of_the_band_is_what_the_simulation_says(situation: Situation) -> None:
    result = business_case(situation.plan, {**situation.raw, "discount_rate": 0})
    low, high = band(result, TABLES, ASSUMPTIONS, 50)[:, -1]
    drawn = monte_carlo(result, TABLES, ASSUMPTIONS, 50)
    near = pytest.approx([drawn.p10_yen, drawn.p90_yen], rel=CLOSE, abs=rounding(result, "yen"))
    assert [low, high] == near


def test_a_thousand_draws_are_enough_for_the_band() -> None:
    result = business_case(SAMPLE, {**FIVE_YEARS, "discount_rate": 0})
    low, high = band(result, TABLES, ASSUMPTIONS)[:, -1]
    many = monte_carlo(result, TABLES, ASSUMPTIONS)
    noise = 0.15 * many.npv_yen.std()
    assert low == pytest.approx(many.p10_yen, abs=noise)
    assert high == pytest.approx(many.p90_yen, abs=noise)


def test_the_line_of_the_sample_lies_inside_its_band() -> None:
    result = business_case(SAMPLE, {"start_month": "2026-04"})
    low, high = band(result, TABLES, ASSUMPTIONS)
    line = result.cumulative_yen.to_numpy()
    assert (low <= line).all()
    assert (line <= high).all()
    assert low[-1] < line[-1] < high[-1]
