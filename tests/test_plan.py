"""Rows of a roster into workers whose permissions expire in the same month, and the remarks."""

from typing import Any

import pandas as pd
import pytest

from onlineready.notice import Notice, NoticeKind
from onlineready.plan import cohorts, remarks
from tests.plans import business_case, current, domestic, filed, overseas, resolved, roster

FIVE_YEARS = {"start_month": "2026-04", "years": 5, "attrition_per_year": 0}


def situations_of(plan: pd.DataFrame, **raw: Any) -> list[tuple[float, int, int]]:
    """Return headcount, first expiry in months from the start, and months used by then."""
    groups = cohorts(plan, resolved({**FIVE_YEARS, **raw}))
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
    ],
)
def test_a_remark_names_its_numbers(notice: Notice, text: str) -> None:
    assert notice.text() == text
