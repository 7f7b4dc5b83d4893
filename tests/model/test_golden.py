"""The golden vectors (docs/model.md, section 8): what the model gives whatever is inside."""

import numpy as np
import pandas as pd
import pytest

from onlineready.model.costs import visits_needed
from onlineready.model.fees import row_in_force
from onlineready.model.plan import staffing_by_year
from tests.plans import (
    TABLES,
    business_case,
    domestic,
    filed,
    only,
    outline,
    overseas,
    roster,
    target,
    targets,
)


def test_one_overseas_worker_from_certificate_to_last_extension() -> None:
    # Landed 2026-04 for 12 months, extended at every expiry by 12: used 12, 24, 36, 48. At 60, in
    # 2031-04, none is left to extend, though its filing month 2031-02 lies in the horizon.
    result = business_case(
        roster(overseas(1, "2026-04", first_period=12, period=12)),
        {"start_month": "2025-10", "years": 6, "attrition_per_year": 0},
    )
    assert filed(result) == [
        ("2025-12", "coe", None, 1),
        ("2027-02", "extension", 12, 1),
        ("2028-02", "extension", 12, 1),
        ("2029-02", "extension", 12, 1),
        ("2030-02", "extension", 12, 1),
    ]


@pytest.mark.parametrize(
    ("accepted", "counter", "online"),
    [
        ("2025-03", (4_000, 0), (4_000, 0)),
        ("2025-04", (6_000, 0), (5_500, 0)),
        ("2026-09", (6_000, 0), (5_500, 0)),
        ("2026-10", (33_000, 0), (27_000, 330)),
        ("2035-12", (33_000, 0), (27_000, 330)),
    ],
)
def test_fee_of_an_extension_by_twelve_months(
    accepted: str, counter: tuple[int, int], online: tuple[int, int]
) -> None:
    month = pd.Period(accepted, "M")
    for channel, yen in (("counter", counter), ("online", online)):
        row = TABLES.fees.iloc[row_in_force(TABLES.fees, "extension", channel, month, 12)]
        assert (row["fee_yen"], row["payment_charge_yen"]) == yen


@pytest.mark.parametrize(
    ("applications", "trips"), [(7, 3), (0.5, 0.5), (3, 1), (3.5, 1.5), (0, 0)]
)
def test_visits_with_three_applications_to_a_trip(applications: float, trips: float) -> None:
    assert list(visits_needed(np.array([applications]), 3)) == pytest.approx([trips])


@pytest.mark.parametrize("fee_basis", ["dated", "2025-03", "2025-04", "2026-10"])
def test_certificates_of_eligibility_alone_save_no_fee(fee_basis: str) -> None:
    # Filed 2031-01, inside the five years; the first extension, filed 2032-03, is not.
    result = business_case(
        roster(overseas(5, "2031-05")),
        {"start_month": "2026-04", "years": 5, "fee_basis": fee_basis},
    )
    assert filed(result) == [("2031-01", "coe", None, 5)]
    assert set(result.months["fee_saving_yen"]) == {0}


@pytest.mark.parametrize(
    "plan",
    [
        targets(target(2026, 60)),
        outline({"headcount": 60}),
        outline({"headcount": 60, "hires_per_year": 12}),
    ],
    ids=["targets", "outline, held", "outline, hiring"],
)
def test_sixty_workers_all_along_hire_one_and_extend_four_a_month(plan: pd.DataFrame) -> None:
    # A sixtieth of 60 reaches 60 months each month and is replaced, 0.3 of a hire from abroad; of
    # the 60 a twelfth expires each month, of these 5 all extend but the one with 60 months.
    # The same held without naming a year, or hired without looking at how many there are.
    raw = {"start_month": "2026-04", "years": 5, "attrition_per_year": 0}
    result = business_case(plan, raw)
    assert list(result.fiscal_years.index) == [2026, 2027, 2028, 2029, 2030]
    for procedure, number in (("coe", 3.6), ("change", 8.4), ("extension", 48)):
        found = list(result.fiscal_years[f"applications_{procedure}"])
        assert found == pytest.approx([number] * 5), procedure


def test_long_periods_change_nothing_in_who_is_hired() -> None:
    raw = {"start_month": "2026-04", "years": 6, "attrition_per_year": 0}
    plan = targets(target(2026, 60))
    result = business_case(plan, {**raw, "period_months": 36, "first_period_months": 12})
    assert list(staffing_by_year(plan, result.scenario)["hires"]) == pytest.approx([12] * 6)
    first = result.fiscal_years["applications_coe"] + result.fiscal_years["applications_change"]
    assert list(first) == pytest.approx([12] * 6)


def test_grants_of_36_months_end_at_60() -> None:
    # 12 + 36 = 48 used, so the last extension grants the 12 that are left.
    result = business_case(
        roster(domestic(1, "2026-06", first_period=12, period=36)),
        {"start_month": "2026-04", "years": 10, "attrition_per_year": 0},
    )
    assert filed(result) == [
        ("2026-04", "change", 12, 1),
        ("2027-04", "extension", 36, 1),
        ("2030-04", "extension", 12, 1),
    ]


@pytest.mark.parametrize(
    ("period", "extensions", "last_grant"), [(4, 14, 4), (6, 9, 6), (12, 4, 12), (36, 1, 24)]
)
def test_extensions_of_a_worker_over_60_months(
    period: int, extensions: int, last_grant: int
) -> None:
    result = business_case(
        roster(domestic(1, "2026-06", first_period=period, period=period)),
        {"start_month": "2026-04", "years": 10, "attrition_per_year": 0, "tasks": only()},
    )
    granted = [grant for _month, procedure, grant, _n in filed(result) if procedure == "extension"]
    assert len(granted) == extensions
    assert granted[-1] == last_grant
