"""The whole bill: its parts add up to what the business case says, and are booked by rule."""

import pandas as pd
import pytest
from hypothesis import given

from onlineready.domain.tables import FEES
from onlineready.domain.vocabulary import Procedure
from onlineready.load.shipped import load_professional_fees, load_sample_plan
from onlineready.model.breakdown import (
    fees_by_year,
    given_away_yen,
    largest,
    savings_by,
    work_yen,
    year_on_year,
)
from onlineready.model.fees import fee, without_discount
from onlineready.model.result import evaluate
from tests.chance import examples
from tests.plans import (
    TABLES,
    Situation,
    business_case,
    domestic,
    only,
    overseas,
    resolved,
    roster,
    situations_of_any_kind,
)

SUMS = {
    "fee_saving_yen": "fee_saving_yen",
    "outlay_saving_yen": "outlay_saving_yen",
    "cash_saving_yen": "cash_saving_yen",
    "time_value_yen": "time_value_yen",
    "net_saving_yen": "net_saving_yen",
}
SAMPLE = business_case(load_sample_plan(), {"start_month": "2026-04", "go_live": "2027-02"})


@given(situations_of_any_kind())
@examples(6)
def test_the_parts_add_up_to_the_whole(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    totals, wage = result.totals, result.scenario.wage_yen_per_hour
    hours = float(totals["counter_hours"] + totals["online_hours"] + totals["hours_spent"])
    scale = 1 + float(totals["counter_fee_yen"] + totals["counter_outlay_yen"]) + wage * hours
    for part in ("site", "procedure"):
        savings = savings_by(result, TABLES.fees, part)
        for column, total in SUMS.items():
            assert savings[column].sum() == pytest.approx(totals[total], abs=1e-9 * scale)
        gained = totals["hours_saved"] - totals["hours_spent"]
        assert savings["hours"].sum() == pytest.approx(gained, abs=1e-9 * (1 + hours))
        filed = result.applications["applications"].sum()
        assert savings["applications"].sum() == pytest.approx(filed)
        few = largest(savings, 1)
        assert few["net_saving_yen"].sum() == pytest.approx(
            totals["net_saving_yen"], abs=1e-9 * scale
        )
        assert len(few) <= 3


@given(situations_of_any_kind())
@examples(6)
def test_the_fees_of_the_years_are_those_of_the_business_case(situation: Situation) -> None:
    result = business_case(situation.plan, situation.raw)
    due = fees_by_year(result, TABLES.fees)
    assert (due["company_yen"] + due["worker_yen"]).to_numpy() == pytest.approx(
        due["total_yen"].to_numpy()
    )
    years = year_on_year(result, due)
    for case in ("counter", "online"):
        expected = result.fiscal_years[f"{case}_fee_yen"]
        assert list(years[f"{case}_company_yen"]) == pytest.approx(list(expected), abs=1e-6)
    parts = years["at_counter_yen"] + years["filed_online_yen"]
    assert list(parts) == pytest.approx(list(years["online_yen"]))


def test_the_year_before_counts_only_where_both_years_are_whole() -> None:
    plan = roster(domestic(3, "2027-06", period=12))
    result = business_case(plan, {"start_month": "2026-07", "years": 3})
    years = year_on_year(result, fees_by_year(result, TABLES.fees))
    assert list(years["months"]) == [9, 12, 12, 3]
    assert list(years["counter_change_yen"].isna()) == [True, True, False, True]


def test_fees_in_total_do_not_depend_on_who_pays_them() -> None:
    paid, unpaid = (
        fees_by_year(business_case(load_sample_plan(), {"company_fee_share": share}), TABLES.fees)
        for share in (1, 0)
    )
    pd.testing.assert_series_equal(paid["total_yen"], unpaid["total_yen"])
    assert unpaid["company_yen"].sum() == 0


def test_fees_may_be_held_at_another_table() -> None:
    held = fees_by_year(SAMPLE, TABLES.fees, pd.Period("2025-04", "M"))
    paying = SAMPLE.applications["procedure"].ne("coe")
    number = SAMPLE.applications.loc[paying, "applications"].sum()
    counter = held[held["case"].eq("counter")]["total_yen"].sum()
    assert counter == pytest.approx(6_000 * number)


def test_a_visit_is_divided_by_what_is_carried_on_it() -> None:
    """One COE and three changes in one month: four carried there, three fetched."""
    raw = {
        "start_month": "2026-10",
        "years": 1,
        "batch_size": 10,
        "combined_trip_share": 0,
        "coe_lead_months": 2,
        "change_lead_months": 2,
        "attrition_per_year": 0,
        "company_fee_share": 0,
        "tasks": only(counter_wait_submit={"minutes": 240}, counter_travel_collect={"yen": 3_000}),
    }
    plan = roster(overseas(1, "2027-06"), domestic(3, "2027-06"))
    savings = savings_by(business_case(plan, raw), TABLES.fees, "procedure").set_index("part")
    assert dict(savings["hours"].dropna())["coe"] == pytest.approx(1)
    assert dict(savings["hours"].dropna())["change"] == pytest.approx(3)
    assert savings.at["coe", "outlay_saving_yen"] == 0
    assert savings.at["change", "outlay_saving_yen"] == pytest.approx(3_000)


def test_set_up_and_upkeep_are_a_row_of_their_own() -> None:
    savings = savings_by(SAMPLE, TABLES.fees, "site")
    assert set(savings["part"].iloc[:-1]) == {"本社工場", "仙台工場", "福岡工場"}
    last = savings.iloc[-1]
    assert pd.isna(last["part"])
    assert last["hours"] == -SAMPLE.totals["hours_spent"]
    assert last["outlay_saving_yen"] == -SAMPLE.totals["setup_upkeep_outlay_yen"]


def test_a_plan_without_applications_has_an_empty_bill() -> None:
    result = business_case(roster(overseas(2, "2045-04")), {"start_month": "2026-04"})
    savings = savings_by(result, TABLES.fees, "procedure")
    assert len(savings) == 1
    assert fees_by_year(result, TABLES.fees)["total_yen"].sum() == 0


# The discount abolished


def test_without_the_discount_online_costs_what_the_counter_does_and_the_charge() -> None:
    table = without_discount(TABLES.fees)
    FEES.validate(table)
    for procedure in (Procedure.CHANGE, Procedure.EXTENSION):
        for granted in (1, 3, 4, 6, 7, 11, 12, 35, 36, 60):
            month = pd.Period("2026-10", "M")
            counter = fee(TABLES.fees, procedure, "counter", month, granted)
            assert fee(table, procedure, "counter", month, granted) == counter
            charge = 330 if granted < 36 else 550
            assert fee(table, procedure, "online", month, granted) == counter + charge
    before = pd.Period("2026-09", "M")
    assert fee(table, Procedure.CHANGE, "online", before, 12) == 6_000


def test_a_counter_fee_that_changes_alone_changes_the_undiscounted_fee_too() -> None:
    later = TABLES.fees[
        TABLES.fees["channel"].eq("counter")
        & TABLES.fees["accepted_from"].astype(str).eq("2026-10")
    ]
    raised = later.assign(
        fee_yen=later["fee_yen"] + 1_000, accepted_from=later["accepted_from"] + 15
    )
    table = without_discount(pd.concat([TABLES.fees, raised], ignore_index=True))
    month = pd.Period("2028-01", "M")
    assert fee(table, Procedure.EXTENSION, "online", month, 12) == 33_000 + 1_000 + 330
    assert fee(table, Procedure.EXTENSION, "online", month - 1, 12) == 33_000 + 330


def test_without_the_discount_no_fee_is_saved() -> None:
    scenario = resolved({"start_month": "2026-10"})
    tables = TABLES._replace(fees=without_discount(TABLES.fees))
    result = evaluate(load_sample_plan(), scenario, tables)
    assert (result.months["fee_saving_yen"] <= 0).all()
    assert result.totals["fee_saving_yen"] < 0


# Given away


def test_work_given_away_is_priced_by_the_application() -> None:
    plan = roster(overseas(2, "2027-08", first_period=12, period=12))
    result = business_case(
        plan, {"start_month": "2027-04", "years": 2, "attrition_per_year": 0, "coe_lead_months": 4}
    )
    assert dict(given_away_yen(result, load_professional_fees())) == {
        "low": 2 * 100_000 + 2 * 40_000,
        "base": 2 * 120_000 + 2 * 60_000,
        "high": 2 * 200_000 + 2 * 80_000,
    }


def test_work_in_the_house_is_the_cost_without_the_fees() -> None:
    totals, wage = SAMPLE.totals, SAMPLE.scenario.wage_yen_per_hour
    work, used = work_yen(SAMPLE), SAMPLE.scenario.realised_time_share
    assert work["counter"] == pytest.approx(
        totals["counter_outlay_yen"] + wage * used * totals["counter_hours"]
    )
    assert work["counter"] - work["online"] == pytest.approx(
        totals["net_saving_yen"] - totals["fee_saving_yen"]
    )
