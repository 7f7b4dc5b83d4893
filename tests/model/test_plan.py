"""Rosters and targets into workers whose permissions expire in the same month, and the remarks."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from onlineready.domain.notice import Notice, NoticeKind
from onlineready.domain.vocabulary import Route
from onlineready.model.plan import cohorts, remarks, staffing, staffing_by_year
from onlineready.model.result import evaluate
from tests.plans import (
    TABLES,
    business_case,
    current,
    domestic,
    filed,
    outline,
    overseas,
    resolved,
    roster,
    target,
    targets,
)

FIVE_YEARS = {"start_month": "2026-04", "years": 5, "attrition_per_year": 0}


def groups_of(plan: pd.DataFrame, **raw: Any) -> pd.DataFrame:
    """Return the cohorts as a frame, `route` as a word."""
    groups = pd.DataFrame(cohorts(plan, resolved({**FIVE_YEARS, **raw}))._asdict())
    return groups.assign(route=[str(list(Route)[route]) for route in groups["route"]])


def situations_of(plan: pd.DataFrame, **raw: Any) -> list[tuple[float, int, int]]:
    """Return headcount, first expiry in months from the start, and months used by then."""
    groups = groups_of(plan, **raw)
    found = zip(groups["headcount"], groups["expiry"], groups["used_months"], strict=True)
    return sorted((float(head), int(expiry), int(used)) for head, expiry, used in found)


@pytest.mark.parametrize(
    ("period", "used"),
    [
        (12, [12, 24, 36, 48, 60]),
        (24, [24, 48]),
        (36, [36]),
        (7, [7, 14, 21, 28, 35, 42, 49, 56]),
    ],
)
def test_staff_whose_start_is_unknown_are_spread_over_the_extensions_they_may_have_had(
    period: int, used: list[int]
) -> None:
    # Expiry 2026-10 is 6 months from the start; of 40 workers an even part for each possibility.
    plan = roster(current(40, "2026-10", period=period))
    assert situations_of(plan) == [(40 / len(used), 6, months) for months in used]


def test_the_spread_follows_the_period_of_the_scenario_where_the_row_has_none() -> None:
    plan = roster(current(4, "2026-10"))
    assert situations_of(plan, period_months=30) == [(2, 6, 30), (2, 6, 60)]


def test_the_spread_of_an_unknown_start_in_applications() -> None:
    # Of 10 workers 2 each have used 12, 24, 36, 48, 60 months at 2026-10. The last 2 file nothing
    # more; 8 extend at 2026-10, 6 at 2027-10, 4 at 2028-10, 2 at 2029-10.
    result = business_case(roster(current(10, "2026-10")), FIVE_YEARS)
    assert filed(result) == [
        ("2026-08", "extension", 12, 8),
        ("2027-08", "extension", 12, 6),
        ("2028-08", "extension", 12, 4),
        ("2029-08", "extension", 12, 2),
    ]


def test_months_used_at_the_first_expiry() -> None:
    # With us since 2024-10: 24 months at 2026-10. Hired abroad in 2026-06 for 12 months: 12 used at
    # 2027-06 (14 from the start). Hired here with 30 months used, 12 granted: 42 used at 2027-06.
    assert situations_of(roster(current(3, "2026-10", "2024-10"))) == [(3, 6, 24)]
    assert situations_of(roster(overseas(3, "2026-06"))) == [(3, 14, 12)]
    assert situations_of(roster(domestic(3, "2026-06", used_months=30))) == [(3, 14, 42)]


@pytest.mark.parametrize(
    ("row", "granted"),
    [
        (overseas(1, "2026-04"), 12),
        (overseas(1, "2026-04", first_period=6), 6),
        (domestic(1, "2026-04"), 36),
        (domestic(1, "2026-04", first_period=6), 6),
        (domestic(1, "2026-04", used_months=40), 20),
        (domestic(1, "2026-04", used_months=59, first_period=12), 1),
    ],
    ids=["landing at most 12", "as the row says", "default", "as the row says", "60", "60"],
)
def test_the_first_grant_is_cut_at_a_landing_and_at_60_months(
    row: dict[str, Any], granted: int
) -> None:
    # The scenario grants 36 months first; a landing is at most 12, the total at most 60.
    used = row.get("used_months", 0)
    assert situations_of(roster(row), first_period_months=36) == [(1, granted, used + granted)]


def test_rows_in_equal_situations_are_one_group_whatever_their_number() -> None:
    rows = [current(n, "2026-10", "2024-10") for n in (1, 2, 3)]
    assert situations_of(roster(*rows)) == [(6, 6, 24)]


def test_the_first_period_of_current_staff_is_ignored() -> None:
    plan = roster(current(1, "2026-10", "2025-10", first_period=1))
    same = roster(current(1, "2026-10", "2025-10"))
    assert filed(business_case(plan, FIVE_YEARS)) == filed(business_case(same, FIVE_YEARS))


def test_remarks_count_the_workers_concerned() -> None:
    plan = roster(
        current(1, "2026-10"),
        current(2, "2027-10"),
        current(3, "2027-10", "2026-05"),  # starts after the start of the scenario
        current(4, "2026-03", "2025-03"),  # expired before it
        current(5, "2026-04", "2025-04"),  # expires in its first month: not before
        current(6, "2027-10", "2026-04"),  # starts in its first month: not after
        overseas(7, "2027-01"),
    )
    assert remarks(plan, resolved(FIVE_YEARS)) == [
        Notice(NoticeKind.START_UNKNOWN, begin="2026-04", workers=3),
        Notice(NoticeKind.START_AFTER_BEGIN, begin="2026-04", workers=3),
        Notice(NoticeKind.EXPIRY_PAST, begin="2026-04", workers=4),
    ]


def test_nothing_is_remarked_on_a_plan_in_order() -> None:
    plan = roster(current(5, "2026-10", "2025-10"), domestic(2, "2026-06"), overseas(1, "2026-08"))
    assert business_case(plan, FIVE_YEARS).notices == ()


def test_applications_before_the_horizon_are_told() -> None:
    # Change for 2026-05 filed 2026-03; COE for 2026-07 and 2026-08 filed 2026-03 and 2026-04.
    plan = roster(domestic(2, "2026-05"), overseas(3, "2026-07"), overseas(4, "2026-08"))
    (notice,) = business_case(plan, FIVE_YEARS).notices
    assert notice == Notice(NoticeKind.BEFORE_HORIZON, begin="2026-04", applications=5)


def test_leavers_do_not_count_before_the_horizon() -> None:
    # Expired 2026-02, so filed 2025-12, by all 10 who are here in 2026-04.
    plan = roster(current(10, "2026-02", "2025-02", period=36))
    notices = business_case(plan, {**FIVE_YEARS, "attrition_per_year": 0.5}).notices
    assert Notice(NoticeKind.BEFORE_HORIZON, begin="2026-04", applications=10) in notices


def test_a_plan_without_applications_is_told() -> None:
    # 60 months used at the expiry: nobody extends, nobody moves on.
    result = business_case(roster(current(3, "2027-04", "2022-04")), FIVE_YEARS)
    assert result.applications.empty
    assert result.notices == (Notice(NoticeKind.NO_APPLICATIONS),)


# Targets


def stocks(plan: pd.DataFrame, months: int, **raw: Any) -> dict[str, list[float]]:
    """Return target, stock, hires and leavers of all sites in the first months."""
    staff = staffing(plan, resolved({**FIVE_YEARS, **raw}))
    before = np.column_stack([staff.opening, staff.stock[:, :-1]])
    series = {
        "target": staff.target,
        "stock": staff.stock,
        "hires": staff.hires,
        "leavers": before + staff.hires - staff.stock,
    }
    return {name: series[name].sum(axis=0)[:months].tolist() for name in series}


@pytest.mark.parametrize(
    ("dates", "first_month", "expected"),
    [
        # From each month on; the value before the start holds at the start.
        ({"2026-02": 3, "2026-06": 5, "2026-08": 0}, 4, [3, 3, 5, 5, 0, 0]),
        # From the first month of each fiscal year on.
        ({2025: 3, 2026: 5}, 4, [5] * 6),
        ({2025: 3, 2026: 5}, 7, [3, 3, 3, 5, 5, 5]),
        # Before its first value a site has that value.
        ({"2026-08": 4, "2026-09": 6}, 4, [4, 4, 4, 4, 4, 6]),
        ({"2026-04": 0, "2026-08": 4}, 4, [0, 0, 0, 0, 4, 4]),
    ],
)
def test_a_target_holds_from_its_date_until_the_next(
    dates: dict[str | int, int], first_month: int, expected: list[float]
) -> None:
    plan = targets(*(target(date, number) for date, number in dates.items()))
    found = stocks(plan, 6, fiscal_year_start_month=first_month)
    assert found["target"] == expected


def test_those_who_reach_60_months_are_replaced() -> None:
    found = stocks(targets(target("2026-04", 60)), 120, years=10)
    assert found["leavers"] == pytest.approx([1] * 120)
    assert found["hires"] == pytest.approx([1] * 120)
    assert found["stock"] == pytest.approx([60] * 120)


def test_leavers_by_attrition_are_replaced() -> None:
    # Of 60 one reaches 60 months at once; 59 and the hire of April are there, 58 of the 59 and the
    # hire remain in May, but for those who leave in a month at a half each year.
    found = stocks(targets(target("2026-04", 60)), 2, attrition_per_year=0.5)
    kept = 0.5 ** (1 / 12)
    assert found["leavers"] == pytest.approx([1, 60 - (58 + 1) * kept])
    assert found["hires"] == pytest.approx(found["leavers"])


def test_a_site_that_grows_hires_the_difference() -> None:
    plan = targets(target("2026-04", 0), target("2026-07", 6))
    found = stocks(plan, 5, attrition_per_year=0)
    assert found["hires"] == [0, 0, 0, 6, 0]
    # A quarter from abroad: 1.5 certificates 3 months before, 4.5 changes 2 months before.
    raw = {**FIVE_YEARS, "years": 1, "coe_lead_months": 3, "overseas_share": 0.25}
    assert filed(business_case(plan, raw)) == [
        ("2026-04", "coe", None, 1.5),
        ("2026-05", "change", 12, 4.5),
    ]


def test_hires_after_the_horizon_file_inside_it() -> None:
    # Landed 2027-10, six months past the horizon, the certificate asked for 12 months before.
    plan = targets(target("2026-04", 0), target("2027-10", 5))
    raw = {**FIVE_YEARS, "years": 1, "overseas_share": 1, "coe_lead_months": 12}
    assert filed(business_case(plan, raw)) == [("2026-10", "coe", None, 5)]


def test_nobody_is_laid_off_where_a_target_falls() -> None:
    # Kept at 60 to September, then one fewer a month: 59, 58, 57; hired is from January on.
    plan = targets(target("2026-04", 60), target("2026-10", 57))
    found = stocks(plan, 12, attrition_per_year=0)
    assert found["hires"] == pytest.approx([1] * 6 + [0] * 3 + [1] * 3)
    assert found["stock"] == pytest.approx([60] * 6 + [59, 58, 57, 57, 57, 57])


@pytest.mark.parametrize(
    ("first", "period", "used"),
    [
        # Here for 1 … 12 months: expiry at 12 used; 13 … 24: at 24; …
        (12, 12, {12: 12, 24: 12, 36: 12, 48: 12, 60: 12}),
        # 12 first, then 36: at 12, 48 and, cut at the total, 60.
        (12, 36, {12: 12, 48: 36, 60: 12}),
        # A landing is at most 12, whatever the first period.
        (36, 24, {12: 12, 36: 24, 60: 24}),
        (4, 25, {4: 4, 29: 25, 54: 25, 60: 6}),
    ],
)
def test_the_stock_at_the_start_is_spread_over_the_months_it_may_have_been_here(
    first: int, period: int, used: dict[int, int]
) -> None:
    raw = {"first_period_months": first, "period_months": period}
    groups = groups_of(targets(target(2026, 60)), **raw)
    opening = groups[groups["route"].eq("current")]
    assert opening.groupby("used_months")["headcount"].sum().to_dict() == pytest.approx(used)
    here = opening["used_months"] - opening["expiry"]
    assert sorted(here) == list(range(1, 61))
    assert opening["expiry"].ge(0).all()


def test_derived_hires_are_granted_the_first_period_a_landing_at_most_12() -> None:
    raw = {"first_period_months": 36, "period_months": 6, "overseas_share": 0.25}
    groups = groups_of(targets(target("2026-04", 0), target("2026-06", 8)), **raw)
    columns = ["route", "headcount", "first_grant", "expiry", "used_months", "period"]
    assert groups.loc[groups["start"].eq(2), columns].to_numpy().tolist() == [
        ["overseas", 2, 12, 14, 12, 6],
        ["domestic", 6, 36, 38, 36, 6],
    ]


def test_a_share_of_nobody_is_no_cohort() -> None:
    plan = targets(target("2026-04", 60))
    for share, routes in ((0, {"current", "domestic"}), (1, {"current", "overseas"})):
        groups = groups_of(plan, overseas_share=share)
        assert set(groups["route"]) == routes
    assert groups_of(targets(target("2026-04", 0))).empty


def test_staffing_by_fiscal_year() -> None:
    # From July on: 9 months of the first fiscal year, 12 of the next, 3 of the last.
    plan = targets(target("2026-07", 60), target("2027-04", 90), target("2027-04", 6, "仙台工場"))
    raw = {**FIVE_YEARS, "start_month": "2026-07", "years": 2}
    found = staffing_by_year(plan, resolved(raw))
    assert list(found.columns) == ["fiscal_year", "stock", "hires", "leavers"]
    assert list(found["fiscal_year"]) == [2026, 2027, 2028]
    assert list(found["stock"]) == pytest.approx([66, 96, 96])
    assert list(found["hires"]) == pytest.approx([9.9, 30 + 13.2, 3.3])
    assert list(found["leavers"]) == pytest.approx([9.9, 13.2, 3.3])


def test_workers_of_a_roster_by_fiscal_year() -> None:
    plan = roster(
        current(60, "2026-10", "2025-10"),  # 60 months in 2030-10
        current(10, "2026-03", "2021-03"),  # reached them before the start
        domestic(5, "2027-01", used_months=48),  # and again in 2028-01
        overseas(2, "2026-03"),  # here when the scenario starts
        overseas(3, "2031-05"),  # hired past the horizon
    )
    found = staffing_by_year(plan, resolved(FIVE_YEARS))
    assert list(found["hires"]) == [5, 0, 0, 0, 0]
    assert list(found["leavers"]) == [0, 5, 0, 0, 62]
    assert list(found["stock"]) == [67, 62, 62, 62, 0]


def test_leavers_of_a_roster_are_those_expected_by_the_end_of_a_year() -> None:
    # Staff leave from the start on, hires from when they come: 11 and 5 months in.
    plan = roster(current(60, "2026-10", "2025-10"), domestic(4, "2026-10"))
    found = staffing_by_year(plan, resolved({**FIVE_YEARS, "years": 1, "attrition_per_year": 0.5}))
    stock = 60 * 0.5 ** (11 / 12) + 4 * 0.5 ** (5 / 12)
    assert list(found["stock"]) == pytest.approx([stock])
    assert list(found["leavers"]) == pytest.approx([64 - stock])


def test_an_outline_hires_its_number_and_replaces_nobody_beyond() -> None:
    plan = outline({"headcount": 60, "hires_per_year": 6}, {"site": "本社", "headcount": 30})
    found = stocks(plan, 3)
    # 60 lose one a month and hire a half; 30 lose a half and hire it.
    assert found["hires"] == pytest.approx([1.0, 1.0, 1.0])
    assert found["stock"] == pytest.approx([89.5, 89.0, 88.5])
    assert remarks(plan, resolved(FIVE_YEARS)) == []


def test_targets_that_begin_late_or_fall_fast_are_told_by_the_number_of_sites() -> None:
    plan = targets(
        target("2026-04", 60),
        target("2027-10", 10),
        target("2026-01", 60, "本社"),
        target("2028-01", 59, "本社"),  # one a month reaches 60 months: 59 are left
        target("2026-05", 60, "仙台工場"),
        target("2027-08", 5, "仙台工場"),
    )
    assert remarks(plan, resolved(FIVE_YEARS)) == [
        Notice(NoticeKind.FIRST_TARGET_LATER, begin="2026-04", sites=1),
        Notice(NoticeKind.TARGET_BELOW_STOCK, month="2027-08", sites=2),
    ]


def test_targets_of_nobody_file_nothing() -> None:
    result = business_case(targets(target(2026, 0)), FIVE_YEARS)
    assert result.applications.empty
    assert result.notices == (Notice(NoticeKind.NO_APPLICATIONS),)


# The words


@pytest.mark.parametrize(
    ("notice", "text"),
    [
        (
            Notice(NoticeKind.START_UNKNOWN, workers=1200),
            "在籍1,200人は開始月が空です。通算期間を更新の周期ごとに均等に割り振って計算しました。",
        ),
        (
            Notice(NoticeKind.BEFORE_HORIZON, begin="2026-04", applications=2.5),
            "計算の開始月(2026-04)より前に出す申請2.5件は、件数にも費用にも含めていません。",
        ),
        (
            Notice(NoticeKind.FIRST_TARGET_LATER, begin="2026-04", sites=3),
            "3か所の事業所は、計算の開始月(2026-04)の人数がありません。最初に書かれた人数が開始月からいるものとして"
            "計算しました。後から開く事業所には、開始月かそれより前の月(年度)に0を入れてください。",
        ),
        (
            Notice(NoticeKind.TARGET_BELOW_STOCK, month="2027-10", sites=1),
            "1か所の事業所で、目標の人数がその時の見込みの人数を下回ります(最初は2027-10)。"
            "人を減らすことはせず、離職と通算60か月で減るのを待つものとして計算しました。",
        ),
    ],
)
def test_a_remark_names_its_numbers(notice: Notice, text: str) -> None:
    assert notice.text() == text


# Fields whose intake is stopped


@pytest.mark.parametrize(
    ("start", "told"),
    [("2026-07", 0), ("2026-08", 3), ("2026-11", 3), ("2026-12", 0)],
    ids=["filed before", "filed in the first month", "in the last", "when it has resumed"],
)
def test_hires_from_overseas_are_told_while_their_field_takes_none_in(
    start: str, told: int
) -> None:
    # The COE is asked for 4 months before the start; the stop lasts from 2026-04 to 2026-07.
    stops = pd.DataFrame(
        {
            "field": ["外食業"],
            "stopped_from": pd.PeriodIndex(["2026-04"], freq="M"),
            "resumed_from": pd.PeriodIndex(["2026-08"], freq="M"),
        }
    )
    plan = roster(
        overseas(3, start, field="外食業"),
        overseas(5, start, field="農業"),
        domestic(7, start, field="外食業"),
    )
    tables = TABLES._replace(intake_stops=stops)
    notices = evaluate(plan, resolved({"start_month": "2026-01"}), tables).notices
    workers = [one.workers for one in notices if one.kind is NoticeKind.INTAKE_STOPPED]
    assert workers == ([told] if told else [])
    lasting = tables._replace(
        intake_stops=stops.assign(resumed_from=pd.PeriodIndex([pd.NaT], freq="M"))
    )
    later = evaluate(plan, resolved({"start_month": "2026-01"}), lasting).notices
    assert any(one.field == "外食業" and "外食業は2026-04から" in one.text() for one in later) == (
        start != "2026-07"
    )


def test_shipped_stops_are_told_for_no_plan_that_has_none() -> None:
    assert not any(
        notice.kind is NoticeKind.INTAKE_STOPPED
        for notice in business_case(roster(overseas(1, "2027-04")), {}).notices
    )
