"""Trials: each is the evaluation that it stands for, and what half online is short of adds up."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.domain.scenario import FIXED_FEES
from onlineready.domain.vocabulary import Trial
from onlineready.load.shipped import load_sample_plan
from onlineready.model.fees import without_discount
from onlineready.model.plan import without_periods
from onlineready.model.result import evaluate
from onlineready.model.trials import (
    DELAYS,
    case_under,
    is_scenario,
    scenario_under,
    shortfall,
    tried,
)
from tests.plans import TABLES, Situation, business_case, current, resolved, roster, situations

UNDISCOUNTED = TABLES._replace(fees=without_discount(TABLES.fees))
PLAN = load_sample_plan()
RAW = {"start_month": "2026-04", "go_live": "2027-01"}


@given(situations(), st.sampled_from(Trial))
def test_a_trial_is_the_evaluation_of_its_scenario(situation: Situation, trial: Trial) -> None:
    result = business_case(situation.plan, situation.raw)
    case = case_under(trial, situation.plan, result, TABLES)
    assert case is not None
    scenario = scenario_under(trial, result.scenario)
    plan = without_periods(situation.plan) if trial is Trial.GRANTS_36 else situation.plan
    tables = UNDISCOUNTED if trial is Trial.NO_DISCOUNT else TABLES
    pd.testing.assert_series_equal(case.totals, evaluate(plan, scenario, tables).totals)


@given(situations())
def test_doing_nothing_saves_and_spends_nothing(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    case = case_under(Trial.NOTHING, situation.plan, result, TABLES)
    assert case is not None
    assert case.totals["net_saving_yen"] == 0
    assert case.totals["setup_upkeep_hours"] == 0
    assert case.totals["online_fee_yen"] == pytest.approx(result.totals["counter_fee_yen"])


SET: dict[Trial, dict[str, Any]] = {
    Trial.NOTHING: {"go_live": "2031-04"},
    Trial.HALF: {"online_share": 0.5},
    Trial.LATER_12: {"go_live": "2028-01"},
    Trial.LATER_6: {"go_live": "2027-07"},
    Trial.LATER_3: {"go_live": "2027-04"},
    Trial.LATER_1: {"go_live": "2027-02"},
    Trial.OLD_FEES: {"fee_basis": "2025-04"},
    Trial.NEW_FEES: {"fee_basis": "dated"},
    Trial.NO_DISCOUNT: {},
    Trial.WORKER_PAYS: {"company_fee_share": 0},
    Trial.STRICT: {"company_fee_share": 0, "realised_time_share": 0},
    Trial.GRANTS_36: {"period_months": 36},
    Trial.ID_12: {"id_validity_months": 12},
    Trial.ID_36: {"id_validity_months": 36},
    # Half an hour farther is an hour there and back, on top of two and of 100 minutes.
    Trial.FARTHER: {
        "tasks": {
            "counter_travel_submit": {"minutes": 180},
            "counter_travel_collect": {"minutes": 160},
        }
    },
}


@pytest.mark.parametrize("trial", Trial)
def test_a_trial_sets_what_it_is_called_and_nothing_else(trial: Trial) -> None:
    raw: dict[str, Any] = {
        **RAW,
        "fee_basis": "2026-10",
        "id_validity_months": 12 if trial is Trial.ID_36 else 36,
        "tasks": {"counter_travel_collect": {"minutes": 100}},
    }
    assert scenario_under(trial, resolved(raw)) == resolved({**raw, **SET[trial]})


def test_what_changes_nothing_is_not_tried() -> None:
    new = business_case(PLAN, RAW)
    assert set(Trial) - tried(PLAN, new, TABLES).keys() == {
        Trial.NEW_FEES,
        Trial.ID_36,
    }
    old = business_case(PLAN, {**RAW, "fee_basis": str(FIXED_FEES), "id_validity_months": 12})
    assert set(Trial) - tried(PLAN, old, TABLES).keys() == {
        Trial.OLD_FEES,
        Trial.ID_12,
    }


def test_a_plan_without_months_of_its_rows_makes_long_grants_a_scenario() -> None:
    assert not is_scenario(Trial.GRANTS_36, PLAN)
    assert is_scenario(Trial.GRANTS_36, roster(current(3, "2027-06")))
    assert not is_scenario(Trial.NO_DISCOUNT, PLAN)


def test_delays_beyond_the_last_month_are_not_calculated() -> None:
    result = business_case(PLAN, {"start_month": "2060-04", "years": 10, "go_live": "2070-09"})
    cases = tried(PLAN, result, TABLES)
    assert [trial for trial, case in cases.items() if case is None] == [
        Trial.LATER_12,
        Trial.LATER_6,
    ]


def test_delays_lose_more_the_longer_they_are() -> None:
    cases = tried(PLAN, business_case(PLAN, RAW), TABLES)
    totals = [cases[trial].totals["net_saving_yen"] for trial in DELAYS]  # type: ignore[union-attr]
    assert totals == sorted(totals)
    assert totals[0] < totals[-1]


@given(situations(), st.sampled_from([1.0, 0.8]))
def test_what_half_online_is_short_of_adds_up(situation: Situation, share: float) -> None:
    result = business_case(situation.plan, {**situation.raw, "online_share": share})
    half = case_under(Trial.HALF, situation.plan, result, TABLES)
    assert half is not None
    short = shortfall(result, half)
    if short is None:
        assert not result.starts
        return
    assert short.share == pytest.approx(0.5 / share)
    assert short.setup_upkeep >= 0
    # Half of all applications takes at least half of the trips; it is valued so where every month
    # frees time.
    if share == 1 and (result.series["hours_saved"] >= 0).all():
        assert short.trips >= -0.01
    total = short.in_proportion - short.setup_upkeep - short.trips
    assert half.totals["net_saving_yen"] == pytest.approx(total, abs=0.01)


def test_no_share_is_short_where_it_is_no_smaller() -> None:
    result = business_case(PLAN, {**RAW, "online_share": 0.5})
    more = business_case(PLAN, {**RAW, "online_share": 0.9})
    assert shortfall(result, more) is None
    assert Trial.HALF not in tried(PLAN, result, TABLES)


def test_set_up_stays_whole_by_hand() -> None:
    """One task of 100 yen an application, set-up of 30 yen and 6 minutes at 1,000 yen an hour.

    Half of 10 applications is 500 less 130.
    """
    rates = {task: {"minutes": 0, "yen": 0} for task in TABLES.tasks["id"]}
    rates["counter_print"] = {"minutes": 0, "yen": 100}
    rates["setup_declaration"] = {"minutes": 6, "yen": 30}
    raw = {
        "start_month": "2026-04",
        "years": 1,
        "go_live": "2026-04",
        "officers": 1,
        "company_fee_share": 0.0,
        "wage_yen_per_hour": 1_000,
        "attrition_per_year": 0.0,
        "tasks": rates,
    }
    plan = roster(current(10, "2026-12", start="2025-12"))
    result = business_case(plan, raw)
    half = evaluate(plan, scenario_under(Trial.HALF, resolved(raw)), TABLES)
    assert result.totals["net_saving_yen"] == pytest.approx(870)
    assert half.totals["net_saving_yen"] == pytest.approx(370)
    assert shortfall(result, half) == pytest.approx((0.5, 435, 65, 0))
