"""What holds for every plan and every scenario, whatever the figures are."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.__main__ import as_json
from onlineready.domain.scenario import fiscal_year, resolve
from onlineready.domain.vocabulary import Procedure
from onlineready.model.plan import TARGET_TOLERANCE, staffing, staffing_by_year
from onlineready.model.result import Result, evaluate
from tests.chance import examples
from tests.plans import (
    FEE_CHANGES,
    TABLES,
    Situation,
    business_case,
    outline_situations,
    overseas,
    resolved,
    roster,
    rows,
    scenarios,
    situations,
    situations_of_any_kind,
    target,
    target_situations,
    targets,
)
from tests.tolerance import APPLICATIONS, CLOSE, rounding

COUNTER_TASK_IDS = tuple(
    str(task) for task in TABLES.tasks.loc[TABLES.tasks["channel"].eq("counter"), "id"]
)
VISITS = [
    f"{case}_{visits}"
    for case in ("counter", "online")
    for visits in ("submit_visits", "collect_visits")
]
SAVINGS = ["fee_saving_yen", "outlay_saving_yen", "hours_saved", "time_value_yen", "net_saving_yen"]

law = examples(5, 100)


def unit_of(column: str) -> str:
    """Return what a series of the result counts."""
    return "hours" if "hours" in column else column.rpartition("_")[2]


def assert_same_months(one: Result, other: Result) -> None:
    """Compare two results, every series month by month over the months of the first."""
    assert list(one.months) == list(other.months)
    for column in one.months.columns.drop("fiscal_year"):
        expected = list(other.months[column][: len(one.months)])
        tolerance = rounding(other, unit_of(column))
        assert list(one.months[column]) == pytest.approx(expected, rel=CLOSE, abs=tolerance), column


def assert_same(one: Result, other: Result) -> None:
    """Compare two results as a whole."""
    assert_same_months(one, other)
    keys = ["month", "site", "procedure", "granted_months"]
    pd.testing.assert_frame_equal(one.applications[keys], other.applications[keys])
    assert list(one.applications["applications"]) == pytest.approx(
        list(other.applications["applications"]), rel=CLOSE
    )
    npv_yen = pytest.approx(other.worth.npv_yen, rel=CLOSE, abs=rounding(other, "yen"))
    assert one.worth.npv_yen == npv_yen


# Parts and wholes


@law
@given(situation=situations_of_any_kind())
def test_savings_are_the_sum_of_their_parts(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    months, yen, hours = result.months, rounding(result, "yen"), rounding(result, "hours")
    fee = months["counter_fee_yen"] - months["online_fee_yen"]
    outlay = months["counter_outlay_yen"] - months["online_outlay_yen"]
    outlay -= months["setup_upkeep_outlay_yen"]
    freed = months["counter_hours"] - months["online_hours"]
    cash = months["fee_saving_yen"] + months["outlay_saving_yen"]
    net = months["cash_saving_yen"] + months["time_value_yen"]
    assert list(months["fee_saving_yen"]) == pytest.approx(list(fee), abs=yen)
    assert list(months["outlay_saving_yen"]) == pytest.approx(list(outlay), abs=yen)
    assert list(months["hours_saved"]) == pytest.approx(list(freed), abs=hours)
    assert list(months["hours_spent"]) == list(months["setup_upkeep_hours"])
    assert list(months["cash_saving_yen"]) == pytest.approx(list(cash), abs=yen)
    assert list(months["net_saving_yen"]) == pytest.approx(list(net), abs=yen)


@law
@given(situation=situations_of_any_kind())
def test_single_applications_and_tasks_make_the_months(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    done = rates = result.quantities.done
    for procedure in Procedure:
        filed = result.applications[result.applications["procedure"].eq(procedure)]
        by_month = filed.groupby("month")["applications"].sum()
        expected = by_month.reindex(result.months.index, fill_value=0.0)
        assert list(result.months[f"applications_{procedure}"]) == pytest.approx(list(expected))
    for case in ("counter", "online"):
        lasting = ["setup_upkeep_hours", "setup_upkeep_outlay_yen"] if case == "online" else []
        for amount, rate in (("hours", rates.minutes / 60), ("outlay_yen", rates.yen)):
            of_tasks = done.by_task(rate)[("counter", "online").index(case)].sum()
            series = [f"{case}_{amount}", *(name for name in lasting if name.endswith(amount))]
            assert result.totals[series].sum() == pytest.approx(of_tasks)


@law
@given(situation=situations_of_any_kind())
def test_months_make_fiscal_years_and_these_make_the_totals(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    first = result.scenario.fiscal_year_start_month
    for column in result.months.columns.drop("fiscal_year"):
        tolerance = rounding(result, unit_of(column))
        by_year: dict[int, float] = {}
        for month, amount in zip(result.months.index, result.months[column], strict=True):
            year = month.year - (month.month < first)
            by_year[year] = by_year.get(year, 0.0) + amount
        assert result.fiscal_years[column].to_dict() == pytest.approx(by_year, abs=tolerance)
        assert result.totals[column] == pytest.approx(sum(by_year.values()), abs=tolerance)


@law
@given(situation=situations_of_any_kind(), share=st.sampled_from([None, 0.0, 1.0]))
def test_the_costs_of_both_cases_differ_by_the_net_saving(
    situation: Situation, share: float | None
) -> None:
    used = {} if share is None else {"realised_time_share": share}
    result = business_case(situation.plan, {**situation.raw, **used})
    tolerance = rounding(result, "yen")
    cost = result.cost_by_year.pivot_table("yen", "fiscal_year", "case", aggfunc="sum")
    saved = (cost["counter"] - cost["online"]).tolist()
    assert saved == pytest.approx(list(result.fiscal_years["net_saving_yen"]), abs=tolerance)
    assert sum(saved) == pytest.approx(result.totals["net_saving_yen"], abs=tolerance)


@law
@given(situation=situations_of_any_kind())
def test_what_is_saved_until_a_month_is_the_line_of_the_month_before(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    line = result.cumulative_yen
    saved = [result.saved_until(month + 1) for month in line.index]
    assert saved == pytest.approx(line.tolist(), rel=CLOSE, abs=rounding(result, "yen"))


@law
@given(situation=situations_of_any_kind())
def test_a_future_that_is_not_discounted_is_worth_its_sum(situation: Situation) -> None:
    result = business_case(situation.plan, {**situation.raw, "discount_rate": 0})
    assert result.worth.npv_yen == pytest.approx(
        result.totals["net_saving_yen"], rel=CLOSE, abs=rounding(result, "yen")
    )


# What does not matter


@law
@given(situation=situations_of_any_kind(), random=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(situation: Situation, random: Random) -> None:
    order = list(range(len(situation.plan)))
    random.shuffle(order)
    one = business_case(situation.plan, situation.raw)
    other = business_case(situation.plan.iloc[order], situation.raw)
    assert_same(one, other)
    for notice, same in zip(one.notices, other.notices, strict=True):
        assert replace(notice, applications=0) == replace(same, applications=0)
        assert notice.applications == pytest.approx(same.applications, rel=CLOSE)


@law
@given(situation=situations(), part=st.integers(1, 50), rest=st.integers(1, 50))
def test_a_row_may_be_split_into_two_of_the_same_situation(
    situation: Situation, part: int, rest: int
) -> None:
    first, *others = rows(situation.plan)
    one = roster({**first, "headcount": part + rest}, *others)
    two = roster({**first, "headcount": part}, *others, {**first, "headcount": rest})
    assert_same(business_case(one, situation.raw), business_case(two, situation.raw))


@law
@given(situation=situations_of_any_kind())
def test_the_day_of_the_computation_does_not_matter(situation: Situation) -> None:
    told = []
    for today in (date(2021, 1, 1), date(2049, 12, 31)):
        scenario = resolve(situation.raw, TABLES.tasks, today)
        scenario = scenario.going_live(scenario.start_month)
        told.append(as_json(evaluate(situation.plan, scenario, TABLES)))
    assert told[0] == told[1]


@law
@given(situation=situations(), begin=st.integers(0, 12 * 40 - 1))
def test_under_the_fees_of_one_month_only_distances_in_time_matter(
    situation: Situation, begin: int
) -> None:
    raw, plan = {**situation.raw, "fee_basis": "2026-10"}, situation.plan
    now = business_case(plan, raw)
    start = pd.Period("2020-01", "M") + begin
    later = start.ordinal - now.scenario.start_month.ordinal
    go_live = pd.Period(ordinal=start.ordinal + now.scenario.online_from, freq="M")
    then = business_case(
        plan.assign(start=plan["start"] + later, expiry=plan["expiry"] + later),
        {**raw, "start_month": str(start), "go_live": str(go_live)},
    )
    assert list(then.months.index) == [month + later for month in now.months.index]
    assert_same_months(now, then)
    assert now.worth.npv_yen == pytest.approx(then.worth.npv_yen, abs=rounding(then, "yen"))


@law
@given(situation=situations_of_any_kind(), more=st.integers(1, 5))
def test_a_longer_horizon_adds_months_and_changes_none(situation: Situation, more: int) -> None:
    years = situation.raw["years"]
    longer = {**situation.raw, "years": min(years + more, 10)}
    one, other = business_case(situation.plan, situation.raw), business_case(situation.plan, longer)
    assert len(other.months) == 12 * longer["years"]
    assert_same_months(one, other)


# What grows with what


@law
@given(situation=situations_of_any_kind())
def test_twice_the_workers_file_twice_as_much(situation: Situation) -> None:
    raw = {**situation.raw, "batch_size": 1}
    counts = situation.plan.filter(["headcount", "hires_per_year"])
    once = business_case(situation.plan, raw)
    twice = business_case(situation.plan.assign(**(counts * 2)), raw)
    for column in [*APPLICATIONS, *VISITS]:
        assert list(twice.months[column]) == pytest.approx(
            list(once.months[column] * 2), rel=CLOSE, abs=rounding(once, "number")
        ), column


@law
@given(situation=situations(), fewer=st.integers(0, 1000))
def test_leavers_file_nothing_more(situation: Situation, fewer: int) -> None:
    attrition = resolved(situation.raw).attrition_per_year
    less = {**situation.raw, "attrition_per_year": attrition * fewer / 1000}
    one, other = business_case(situation.plan, situation.raw), business_case(situation.plan, less)
    for column in APPLICATIONS:
        assert (one.months[column] <= other.months[column] * (1 + CLOSE)).all(), column


@law
@given(situation=situations())
def test_sites_of_their_own_need_at_least_as_many_visits(situation: Situation) -> None:
    split = business_case(situation.plan, situation.raw)
    together = business_case(situation.plan.assign(site="全社"), situation.raw)
    tolerance = rounding(split, "number")
    for column in VISITS:
        assert (split.months[column] >= together.months[column] - tolerance).all(), column


@law
@given(situation=situations_of_any_kind(), more=st.integers(1, 50))
def test_more_applications_on_a_trip_need_no_more_visits(situation: Situation, more: int) -> None:
    batch = min(resolved(situation.raw).batch_size, 50)
    few = business_case(situation.plan, {**situation.raw, "batch_size": batch})
    many = business_case(situation.plan, {**situation.raw, "batch_size": batch + more})
    for column in VISITS:
        assert (many.months[column] <= few.months[column] + rounding(few, "number")).all(), column


@law
@given(
    situation=situations_of_any_kind(),
    task=st.sampled_from(COUNTER_TASK_IDS),
    minutes=st.lists(st.integers(0, 10_000), min_size=2, max_size=2).map(sorted),
)
def test_more_minutes_at_the_counter_never_lower_the_net_saving(
    situation: Situation, task: str, minutes: list[int]
) -> None:
    results = []
    for each in minutes:
        tasks = {**situation.raw.get("tasks", {})}
        tasks[task] = {**tasks.get(task, {}), "minutes": each}
        results.append(business_case(situation.plan, {**situation.raw, "tasks": tasks}))
    less, more = results
    tolerance = rounding(more, "yen")
    assert (more.months["net_saving_yen"] >= less.months["net_saving_yen"] - tolerance).all()
    assert more.worth.npv_yen >= less.worth.npv_yen - tolerance


@law
@given(situation=situations_of_any_kind())
def test_fees_follow_the_share_that_the_company_bears_and_nothing_else_does(
    situation: Situation,
) -> None:
    share = resolved(situation.raw).company_fee_share
    part = business_case(situation.plan, situation.raw)
    full = business_case(situation.plan, {**situation.raw, "company_fee_share": 1})
    for column in ("counter_fee_yen", "online_fee_yen"):
        assert list(part.months[column]) == pytest.approx(list(full.months[column] * share))
    for column in ("outlay_saving_yen", "hours_saved", "hours_spent", "time_value_yen"):
        assert list(part.months[column]) == list(full.months[column])


@law
@given(situation=situations_of_any_kind())
def test_the_wage_values_time_and_moves_no_cash(situation: Situation) -> None:
    wage = min(resolved(situation.raw).wage_yen_per_hour, 50_000)
    one = business_case(situation.plan, {**situation.raw, "wage_yen_per_hour": wage})
    twice = business_case(situation.plan, {**situation.raw, "wage_yen_per_hour": 2 * wage})
    assert list(one.months["cash_saving_yen"]) == list(twice.months["cash_saving_yen"])
    assert list(one.months["hours_saved"]) == list(twice.months["hours_saved"])
    assert list(twice.months["time_value_yen"]) == pytest.approx(
        list(one.months["time_value_yen"] * 2), rel=CLOSE
    )


# Targets


@law
@given(situation=target_situations())
def test_a_stock_is_brought_up_to_its_target_and_never_beyond(situation: Situation) -> None:
    scenario = resolved(situation.raw)
    staff = staffing(situation.plan, scenario)
    survivors = staff.stock - staff.hires
    before = np.column_stack([staff.opening, staff.stock[:, :-1]])
    assert (staff.stock <= np.maximum(staff.target, survivors) + TARGET_TOLERANCE).all()
    assert (staff.stock >= staff.target - TARGET_TOLERANCE).all()
    assert (staff.hires >= 0).all()
    assert (survivors <= before + TARGET_TOLERANCE).all()


@law
@given(situation=st.one_of(target_situations(), outline_situations()))
def test_a_stock_is_the_one_before_it_and_hires_less_leavers(situation: Situation) -> None:
    scenario = resolved(situation.raw)
    years = staffing_by_year(situation.plan, scenario)
    staff = staffing(situation.plan, scenario)
    last = staff.stock[:, scenario.months - 1].sum()
    assert years["stock"].iloc[-1] == pytest.approx(last, rel=CLOSE, abs=TARGET_TOLERANCE)
    stock = float(staff.opening.sum())
    for end, hires, leavers in zip(years["stock"], years["hires"], years["leavers"], strict=True):
        stock += hires - leavers
        assert stock == pytest.approx(end, rel=CLOSE, abs=TARGET_TOLERANCE)
    first = scenario.fiscal_year_start_month
    last_month = scenario.month(scenario.months - 1)
    expected = range(fiscal_year(scenario.start_month, first), fiscal_year(last_month, first) + 1)
    assert list(years["fiscal_year"]) == list(expected)


@law
@given(situation=target_situations())
def test_every_hire_files_one_first_application_a_share_of_them_for_a_certificate(
    situation: Situation,
) -> None:
    at_once = {"coe_lead_months": 0, "change_lead_months": 0, "ssw2_share": 0}
    result = business_case(situation.plan, {**situation.raw, **at_once})
    scenario, months = result.scenario, result.months
    hires = staffing(situation.plan, scenario).hires.sum(axis=0)[: scenario.months]
    share = scenario.overseas_share
    tolerance = rounding(result, "number")
    coe, change = months["applications_coe"], months["applications_change"]
    assert list(coe) == pytest.approx(list(hires * share), abs=tolerance)
    assert list(change) == pytest.approx(list(hires * (1 - share)), abs=tolerance)


@law
@given(situation=target_situations())
def test_each_site_meets_its_targets_alone(situation: Situation) -> None:
    assert_the_sum_of_its_sites(situation)


def assert_the_sum_of_its_sites(situation: Situation) -> None:
    """Compare what a plan files, and how often, with its sites one by one."""
    every = business_case(situation.plan, situation.raw)
    sites = situation.plan.groupby("site")
    alone = [business_case(plan, situation.raw).months for _site, plan in sites]
    for column in (*APPLICATIONS, *VISITS):
        together = np.sum([months[column] for months in alone], axis=0)
        tolerance = rounding(every, "number")
        assert list(every.months[column]) == pytest.approx(list(together), abs=tolerance)


@law
@given(situation=target_situations())
def test_a_target_holds_until_the_next_one(situation: Situation) -> None:
    # Saying the same again, a month or a year later, says nothing new.
    known = {
        (row["site"], row["month"] or row["fiscal_year"]): row["headcount"]
        for row in rows(situation.plan)
    }
    again = {(site, later(date)): number for (site, date), number in known.items()}
    said = [target(date, number, site) for (site, date), number in {**again, **known}.items()]
    assert_same(
        business_case(targets(*said), situation.raw), business_case(situation.plan, situation.raw)
    )


def later(date: str | int) -> str | int:
    """Return the next month, or the next fiscal year."""
    return date + 1 if isinstance(date, int) else str(pd.Period(date, "M") + 1)


# Outlines


@law
@given(situation=outline_situations())
def test_each_site_of_an_outline_is_as_if_alone(situation: Situation) -> None:
    assert_the_sum_of_its_sites(situation)


@law
@given(situation=outline_situations())
def test_a_head_count_that_is_held_is_a_target_in_every_month(situation: Situation) -> None:
    plan = situation.plan.assign(hires_per_year=pd.array([None] * len(situation.plan), "Float64"))
    begin = situation.raw["start_month"]
    same = targets(*(target(begin, row["headcount"], row["site"]) for row in rows(plan)))
    assert_same(business_case(plan, situation.raw), business_case(same, situation.raw))


@law
@given(situation=outline_situations())
def test_without_hires_nobody_who_leaves_is_replaced(situation: Situation) -> None:
    plan = situation.plan.assign(hires_per_year=0.0)
    result = business_case(plan, {**situation.raw, "ssw2_share": 0})
    assert result.totals[["applications_coe", "applications_change"]].sum() == 0
    staff = staffing(plan, result.scenario)
    stock = np.column_stack([staff.opening, staff.stock])
    assert (np.diff(stock) <= 0).all()
    years = staffing_by_year(plan, result.scenario)
    assert not years["hires"].any()
    gone = float(staff.opening.sum() - staff.stock[:, result.scenario.months - 1].sum())
    assert years["leavers"].sum() == pytest.approx(gone, abs=TARGET_TOLERANCE)


# What saves nothing


@law
@given(situation=situations_of_any_kind())
def test_nothing_filed_online_saves_nothing_and_still_costs_set_up(situation: Situation) -> None:
    raw = {**situation.raw, "tasks": {}}
    none = business_case(situation.plan, {**raw, "online_share": 0})
    every = business_case(situation.plan, {**raw, "online_share": 1})
    tolerance = rounding(none, "yen")
    zero = pytest.approx(0, abs=tolerance)
    assert none.months["fee_saving_yen"].abs().max() == zero
    assert none.months["hours_saved"].abs().max() == pytest.approx(0, abs=rounding(none, "hours"))
    for column in ("setup_upkeep_outlay_yen", "setup_upkeep_hours"):
        assert list(none.months[column]) == list(every.months[column])
    assert list(none.months["outlay_saving_yen"]) == pytest.approx(
        list(-none.months["setup_upkeep_outlay_yen"]), abs=tolerance
    )
    begun = none.scenario.online_from < none.scenario.months
    assert (none.totals["hours_spent"] > 0) == begun


@law
@given(raw=scenarios(), data=st.data(), fee_basis=st.sampled_from(("dated", *FEE_CHANGES)))
def test_certificates_of_eligibility_alone_save_no_fee(
    raw: dict[str, Any], data: st.DataObject, fee_basis: str
) -> None:
    # Hired so late that the first extension, 12 months on, is filed after the horizon.
    scenario = resolved({**raw, "fee_basis": fee_basis})
    lead = scenario.coe_lead_months
    earliest = max(scenario.months - 12 + scenario.extension_lead_months, lead)
    start = data.draw(st.integers(earliest, scenario.months - 1 + lead))
    headcount = data.draw(st.integers(1, 50))
    plan = roster(overseas(headcount, str(scenario.month(start)), first_period=12))
    result = evaluate(plan, scenario, TABLES)
    assert list(result.totals[APPLICATIONS]) == [headcount, 0, 0]
    assert set(result.months["fee_saving_yen"]) == {0}


@law
@given(situation=situations_of_any_kind(), late=st.integers(0, 6))
def test_a_go_live_after_the_horizon_changes_nothing(situation: Situation, late: int) -> None:
    scenario = resolved(situation.raw)
    years = min(scenario.years, 9)
    go_live = str(min(scenario.month(12 * years + late), pd.Period("2070-12", "M")))
    result = business_case(situation.plan, {**situation.raw, "years": years, "go_live": go_live})
    for column in [*SAVINGS, "hours_spent"]:
        assert result.months[column].abs().max() == 0, column
    assert result.worth == (0, None, None)
