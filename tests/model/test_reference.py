"""The reference is held to docs/model.md, section 8, and to a year worked out by hand."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.reference import (
    Filing,
    derived_cohorts,
    evaluate,
    fee_yen,
    filings_of_row,
    month_number,
    month_text,
    visits,
)

FEES = """\
procedure,channel,accepted_from,granted_months_from,granted_months_to,fee_yen,payment_charge_yen
coe,counter,2020-01,,,0,0
coe,online,2020-01,,,0,0
change,counter,2020-01,,,4000,0
change,online,2020-01,,,4000,0
change,counter,2025-04,,,6000,0
change,online,2025-04,,,5500,0
change,counter,2026-10,1,12,33000,0
change,counter,2026-10,13,,48000,0
change,online,2026-10,1,12,27000,330
change,online,2026-10,13,,42000,330
extension,counter,2020-01,,,4000,0
extension,online,2020-01,,,4000,0
extension,counter,2025-04,,,6000,0
extension,online,2025-04,,,5500,0
extension,counter,2026-10,7,11,25000,0
extension,counter,2026-10,12,12,33000,0
extension,counter,2026-10,13,,48000,0
extension,online,2026-10,7,11,21000,330
extension,online,2026-10,12,12,27000,330
extension,online,2026-10,13,,42000,330
"""

TASKS = """\
id,channel,driver,per,interval_months,procedures,share,minutes,yen
print,counter,application,,,,,30,200
stamps,counter,application,,,change extension,,15,0
more_papers,counter,application,,,,0.2,40,600
travel_submit,counter,submit_visit,,,,,999,999
travel_collect,counter,collect_trip,,,,,120,1500
wait_collect,counter,collect_visit,,,,,60,0
enter,online,application,,,,,30,0
register,online,setup,officer,,,,30,0
seminar,online,setup,uncertified_officer,,,,480,20000
learn,online,upkeep,organization,3,,,60,0
report,online,upkeep,officer,id_validity_months,,,90,0
"""


def table(text: str) -> list[dict[str, str]]:
    """Read a table written in this file."""
    return list(csv.DictReader(io.StringIO(text)))


def scenario(**changes: Any) -> dict[str, Any]:
    """Return a resolved scenario, the tasks as in the table above except ``travel_submit``."""
    tasks = {
        row["id"]: {"minutes": float(row["minutes"]), "yen": float(row["yen"])}
        for row in table(TASKS)
    }
    tasks["travel_submit"] = {"minutes": 120.0, "yen": 1500.0}
    resolved: dict[str, Any] = {
        "name": "test",
        "start_month": "2026-04",
        "years": 5,
        "fiscal_year_start_month": 4,
        "go_live": "2026-04",
        "fee_basis": "dated",
        "company_fee_share": 1.0,
        "online_share": 1.0,
        "officers": 2,
        "uncertified_officers": 0,
        "wage_yen_per_hour": 1673.0,
        "realised_time_share": 0.5,
        "batch_size": 2,
        "combined_trip_share": 0.5,
        "attrition_per_year": 0.0,
        "coe_lead_months": 4,
        "change_lead_months": 2,
        "extension_lead_months": 2,
        "first_period_months": 12,
        "period_months": 12,
        "overseas_share": 0.3,
        "ssw2_share": 0.0,
        "ssw2_period_months": 36,
        "id_validity_months": 36,
        "discount_rate": 0.04,
        "tasks": tasks,
        "sites": {},
    }
    return {**resolved, **changes}


def plan_row(route: str, headcount: int, **values: Any) -> dict[str, Any]:
    """Return a plan row with every key, the ones not given empty."""
    row: dict[str, Any] = {
        "site": "全社",
        "route": route,
        "headcount": headcount,
        "start": None,
        "used_months": None,
        "expiry": None,
        "first_period": None,
        "period": None,
    }
    return {**row, **values}


def told(filings: list[Filing]) -> list[tuple[str, str, int | None]]:
    """Return month, procedure and months granted of filings, in order of time."""
    return [(month_text(f.month), f.procedure, f.granted_months) for f in sorted(filings)]


def test_golden_vector_1_one_overseas_worker() -> None:
    row = plan_row("overseas", 1, start="2026-04")
    assert told(filings_of_row(row, scenario(start_month="2025-10", years=6))) == [
        ("2025-12", "coe", None),
        ("2027-02", "extension", 12),
        ("2028-02", "extension", 12),
        ("2029-02", "extension", 12),
        ("2030-02", "extension", 12),
    ]


@pytest.mark.parametrize(
    ("month", "counter", "online"),
    [
        ("2025-03", 4_000, 4_000),
        ("2025-04", 6_000, 5_500),
        ("2026-09", 6_000, 5_500),
        ("2026-10", 33_000, 27_330),
    ],
)
def test_golden_vector_2_fee_of_the_month_of_acceptance(
    month: str, counter: int, online: int
) -> None:
    fees = table(FEES)
    assert fee_yen(fees, "extension", "counter", month_number(month), 12) == counter
    assert fee_yen(fees, "extension", "online", month_number(month), 12) == online


@pytest.mark.parametrize(
    ("number", "expected"), [(7, 3), (0.5, 0.5), (3, 1), (3.5, 1.5), (0, 0), (6.5, 2.5)]
)
def test_golden_vector_3_visits(number: float, expected: float) -> None:
    assert visits(number, 3) == expected


def test_golden_vector_4_coe_saves_no_fee() -> None:
    row = plan_row("overseas", 5, start="2031-05")
    for basis in ("dated", "2025-03", "2025-04", "2026-10"):
        result = evaluate([row], scenario(fee_basis=basis), table(FEES), table(TASKS))
        assert result["totals"]["applications"] == {"coe": 5, "change": 0, "extension": 0}
        assert {month["fee_saving_yen"] for month in result["monthly"]} == {0.0}


def target_row(month: str, headcount: int) -> dict[str, Any]:
    """Return a row of targets by month."""
    return {"site": "全社", "month": month, "fiscal_year": None, "headcount": headcount}


def test_golden_vector_5_sixty_workers_all_along() -> None:
    result = evaluate([target_row("2026-04", 60)], scenario(), table(FEES), table(TASKS))
    assert [year["fiscal_year"] for year in result["fiscal_years"]] == list(range(2026, 2031))
    for year in result["fiscal_years"]:
        assert year["applications"] == pytest.approx({"coe": 3.6, "change": 8.4, "extension": 48})


def test_golden_vector_6_hires_do_not_depend_on_the_period() -> None:
    given = scenario(years=6, period_months=36, first_period_months=12)
    cohorts, below = derived_cohorts([(month_number("2026-04"), 60)], given)
    assert below == []
    for year in range(6):
        first = month_number("2026-04") + 12 * year
        hired = [
            cohort.headcount
            for cohort in cohorts
            if cohort.route != "current" and first <= cohort.start < first + 12
        ]
        assert sum(hired) == pytest.approx(12)


def test_a_target_that_falls_lays_nobody_off() -> None:
    # Kept at 60 to 2026-09, one hire a month; in 2026-10 59 are left, where 10 are wanted.
    plan = [target_row("2026-04", 60), target_row("2026-10", 10)]
    cohorts, below = derived_cohorts(
        [(month_number(row["month"]), row["headcount"]) for row in plan], scenario(years=1)
    )
    assert month_text(below[0]) == "2026-10"
    assert [month_text(c.start) for c in cohorts if c.route == "overseas"] == [
        f"2026-{month:02d}" for month in range(4, 10)
    ]
    assert evaluate(plan, scenario(), table(FEES), table(TASKS))["sites_told"] == {
        "first_target_later": 0,
        "target_below_stock": 1,
    }


def test_golden_vector_7_grants_end_at_60_months() -> None:
    row = plan_row("domestic", 1, start="2026-06", first_period=12, period=36)
    assert told(filings_of_row(row, scenario(years=10))) == [
        ("2026-04", "change", 12),
        ("2027-04", "extension", 36),
        ("2030-04", "extension", 12),
    ]


@pytest.mark.parametrize(("period", "expected"), [(4, 14), (6, 9), (12, 4), (36, 1)])
def test_extensions_per_worker_over_60_months(period: int, expected: int) -> None:
    row = plan_row("domestic", 1, start="2026-06", first_period=period, period=period)
    extensions = [f for f in filings_of_row(row, scenario(years=10)) if f.procedure == "extension"]
    assert len(extensions) == expected


def test_first_grant_of_the_default_is_cut_at_12_for_overseas_only() -> None:
    given = scenario(years=10, first_period_months=36, period_months=36)
    assert told(filings_of_row(plan_row("overseas", 1, start="2026-08"), given)) == [
        ("2026-04", "coe", None),
        ("2027-06", "extension", 36),
        ("2030-06", "extension", 12),
    ]
    assert told(
        filings_of_row(plan_row("domestic", 1, start="2026-08", used_months=30), given)
    ) == [("2026-06", "change", 30)]


def test_ssw2_change_and_extensions_by_survivors() -> None:
    # Expiry 2027-04, one year after the start month: half of 8 are left, a quarter of those
    # change. At 2030-04, four years after it, 8 / 16 are left, a quarter of those extend.
    row = plan_row("current", 8, start="2022-04", expiry="2027-04")
    given = scenario(attrition_per_year=0.5, ssw2_share=0.25, change_lead_months=3)
    assert filings_of_row(row, given) == [
        Filing(month_number("2027-01"), "全社", "change", 36, 1.0),
        Filing(month_number("2030-02"), "全社", "extension", 36, 0.125),
    ]


def test_unknown_start_is_split_evenly() -> None:
    # u = 24 or 48: one half extends by 24, the other by the 12 months left.
    row = plan_row("current", 6, expiry="2026-08", period=24)
    result = evaluate([row], scenario(years=1), table(FEES), table(TASKS))
    assert result["applications"] == [
        {
            "month": "2026-06",
            "site": "全社",
            "procedure": "extension",
            "granted_months": granted,
            "applications": 3.0,
        }
        for granted in (12, 24)
    ]


def test_a_year_worked_out_by_hand() -> None:
    # April 2026 to March 2027, go-live in October (m = 6), three quarters online, half of the
    # fee is the company's, 1,200 yen an hour, half of the time put to use, 2 per trip.
    #
    # Applications: 2 changes at 本社 in April, 3 extensions there and 2 COE at 工場 in October.
    #
    # Counter           fee              minutes                                   yen
    # April, 2 changes  2×6,000/2        60+30+16+120+60+60                  = 346  400+240+1,500
    #                   = 6,000          (print stamps more submit trip wait)       +750 = 2,890
    # Oct, 3 ext.       3×33,000/2       90+45+24+2×120+120+120              = 639  600+360+3,000
    #                   = 49,500                                                    +1,500 = 5,460
    # Oct, 2 COE        0                60+16+60 (nearer to 工場)            = 136  400+240+1,500
    #                                                                               = 2,140
    # year              55,500                                               1,121  10,490
    #                   4 submissions, 3 collections
    #
    # Online            April as above: 6,000, 346, 2,890
    # Oct, ext. 2.25    2.25×27,330/2    67.5                                       0
    #                   = 30,746.25
    # still counter .75 .75×33,000/2     22.5+11.25+6+90+45+45               = 219.75
    #                   = 12,375         V(.75, 2) = .75                            150+90+1,125
    #                                                                               +562.5 = 1,927.5
    # Oct, COE 1.5      0                45                                         0
    # still counter .5  0                15+4+30                             = 49   100+60+750 = 910
    # year              49,121.25                                            727.25 5,727.5
    #                   1 + .75 + .5 = 2.25 submissions, 1.75 collections
    #
    # Set-up in October: 2×30 + 1×480 minutes, 20,000 yen. Upkeep in January (m = 9): 60 minutes.
    plan = [
        plan_row("domestic", 2, site="本社", start="2026-06"),
        plan_row("current", 3, site="本社", start="2025-12", expiry="2026-12"),
        plan_row("overseas", 2, site="工場", start="2027-02"),
    ]
    given = scenario(
        years=1,
        go_live="2026-10",
        company_fee_share=0.5,
        online_share=0.75,
        uncertified_officers=1,
        wage_yen_per_hour=1200,
        id_validity_months=12,
        discount_rate=0.21,
        sites={"工場": {"travel_submit": {"minutes": 60}}},
    )
    result = evaluate(plan, given, table(FEES), table(TASKS))

    (year,) = result["fiscal_years"]
    assert year["fiscal_year"] == 2026
    assert year["applications"] == {"coe": 2, "change": 2, "extension": 3}
    assert year["counter"] == pytest.approx(
        {
            "fee_yen": 55_500,
            "outlay_yen": 10_490,
            "hours": 1_121 / 60,
            "submit_visits": 4,
            "collect_visits": 3,
        }
    )
    assert year["online"] == pytest.approx(
        {
            "fee_yen": 49_121.25,
            "outlay_yen": 5_727.5,
            "hours": 727.25 / 60,
            "submit_visits": 2.25,
            "collect_visits": 1.75,
        }
    )
    assert year["setup_upkeep"] == pytest.approx({"outlay_yen": 20_000, "hours": 10})
    assert year["fee_saving_yen"] == pytest.approx(6_378.75)
    assert year["outlay_saving_yen"] == pytest.approx(10_490 - 5_727.5 - 20_000)
    assert year["hours_saved"] == pytest.approx(6.5625)
    assert year["hours_spent"] == pytest.approx(10)
    assert year["cash_saving_yen"] == pytest.approx(-8_858.75)
    assert year["time_value_yen"] == pytest.approx(-8_062.5)  # 1,200 × (6.5625 / 2 − 10)
    assert year["net_saving_yen"] == pytest.approx(-16_921.25)
    assert {"fiscal_year": 2026, **result["totals"]} == year

    # 1.21 a year is 1.1 in half a year; January's 1,200 yen are three quarters of a year away.
    # A benefit of 15,078.75 yen from 5 applications, all in October: 3,015.75 each.
    assert result["npv_yen"] == pytest.approx(-15_721.25 / 1.1 - 1_200 / 1.21**0.75)
    assert result["payback_months"] is None
    fixed_yen = (20_000 + 9 * 1_200) / 1.1 + 1_200 / 1.21**0.75
    years = sum(1.21 ** (-m / 12) for m in range(6, 12)) / 12
    assert result["break_even_applications_per_year"] == pytest.approx(
        fixed_yen / (3_015.75 * years)
    )
    assert result["before_horizon"] == 0


def test_go_live_before_start_and_after_the_horizon() -> None:
    plan = [plan_row("current", 3, start="2025-12", expiry="2026-12")]
    early = evaluate(
        plan, scenario(years=1, go_live="2026-02", wage_yen_per_hour=60), table(FEES), table(TASKS)
    )
    # Set-up of 2 × 30 minutes in April; learning every 3 months from February: m = 1, 4, 7, 10.
    spent = {m: month["hours_spent"] for m, month in enumerate(early["monthly"])}
    assert [m for m, hours in spent.items() if hours > 0] == [0, 1, 4, 7, 10]
    # Nothing comes in before October, month 7 from the first, then far more than was spent.
    assert early["payback_months"] == 7

    late = evaluate(plan, scenario(years=1, go_live="2027-04"), table(FEES), table(TASKS))
    assert late["totals"]["hours_spent"] == 0
    assert late["npv_yen"] == 0
    assert late["payback_months"] is None
    assert late["break_even_applications_per_year"] is None


def test_fiscal_years_cut_by_the_horizon_and_filings_before_it() -> None:
    plan = [
        plan_row("overseas", 2, start="2026-09"),
        plan_row("current", 3, start="2025-11", expiry="2026-11"),
    ]
    result = evaluate(plan, scenario(start_month="2026-07", years=1), table(FEES), table(TASKS))
    assert [year["fiscal_year"] for year in result["fiscal_years"]] == [2026, 2027]
    assert result["before_horizon"] == 2
    assert result["totals"]["applications"] == {"coe": 0, "change": 0, "extension": 3}
    assert len(result["monthly"]) == 12
