"""The fee in force in the month of acceptance, and what of it the company pays."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from onlineready.model.applications import CHANGE, GRANTS, PROCEDURES
from onlineready.model.fees import (
    NoFeeError,
    changes_within,
    due,
    fee_by_kind,
    in_newest_bands,
    is_stale,
    last_checked,
    row_in_force,
    tariff,
)
from onlineready.model.result import evaluate
from tests.plans import TABLES, business_case, current, domestic, only, overseas, resolved, roster


def fee_table(*rows: tuple[str, str, str, int | None, int | None, int, int]) -> pd.DataFrame:
    """Return a fee table: procedure, channel, from month, band, fee and charge."""
    columns = [
        *("procedure", "channel", "accepted_from", "granted_months_from", "granted_months_to"),
        *("fee_yen", "payment_charge_yen"),
    ]
    dtypes: dict[Any, str] = dict.fromkeys(columns[3:], "Int64")
    table = pd.DataFrame(rows, columns=columns).astype(dtypes)
    return table.assign(accepted_from=pd.PeriodIndex(table["accepted_from"], freq="M"))


FEES = fee_table(
    ("change", "counter", "2026-10", 1, 11, 250, 0),
    ("change", "counter", "2026-10", 12, None, 330, 0),
    ("change", "counter", "2025-04", 1, None, 60, 0),
    ("change", "online", "2026-10", 1, None, 270, 3),
    ("change", "online", "2025-04", 1, None, 55, 0),
    ("coe", "counter", "2025-04", None, None, 0, 0),
)


def fee(accepted: str, granted_months: int | None, procedure: str = "change") -> int:
    """Return the fee at the counter."""
    row = row_in_force(FEES, procedure, "counter", pd.Period(accepted, "M"), granted_months)
    return int(FEES["fee_yen"].iloc[row])


@pytest.mark.parametrize(
    ("accepted", "granted", "yen"),
    [
        ("2025-04", 12, 60),
        ("2026-09", 36, 60),
        ("2026-10", 11, 250),
        ("2026-10", 12, 330),
        ("2026-10", 1, 250),
        ("2099-12", 60, 330),
    ],
)
def test_the_newest_table_in_force_and_its_band_that_fits(
    accepted: str, granted: int, yen: int
) -> None:
    assert fee(accepted, granted) == yen


def test_a_certificate_of_eligibility_has_no_band() -> None:
    assert fee("2026-10", None, "coe") == 0


@pytest.mark.parametrize(
    ("procedure", "accepted", "granted", "words"),
    [
        ("change", "2025-03", 12, ("change", "counter", "2025-03", "12")),
        ("extension", "2026-10", 12, ("extension", "counter", "2026-10", "12")),
        ("change", "2026-10", 0, ("change", "counter", "2026-10", "0")),
        ("coe", "2020-01", None, ("coe", "counter", "2020-01")),
    ],
    ids=["before the first row", "no such procedure", "no such band", "no months granted"],
)
def test_where_no_fee_is_known_the_error_names_what_was_looked_for(
    procedure: str, accepted: str, granted: int | None, words: tuple[str, ...]
) -> None:
    with pytest.raises(NoFeeError) as told:
        fee(accepted, granted, procedure)
    assert all(word in str(told.value) for word in words)
    error = told.value
    assert (error.procedure, error.channel) == (procedure, "counter")
    assert (error.accepted, error.granted_months) == (pd.Period(accepted, "M"), granted)


def test_one_unknown_fee_among_known_ones_is_told() -> None:
    months = pd.PeriodIndex(["2026-10", "2024-01"], freq="M").asi8
    needed = np.zeros((2, len(PROCEDURES), GRANTS), bool)
    needed[0, CHANGE, 12] = True
    assert fee_by_kind(FEES, "online", months, needed)[0, CHANGE, 12] == 273
    needed[1, CHANGE, 12] = True
    with pytest.raises(NoFeeError, match="change, online, 2024-01, 12"):
        fee_by_kind(FEES, "online", months, needed)


def paid(**raw: Any) -> list[float]:
    """Return the yen for 2 changes filed 2026-04, then 3 filed online 2026-12, 12 months each."""
    scenario = resolved({"start_month": "2026-04", "years": 1, "go_live": "2026-05", **raw})
    by_kind = np.zeros((12, len(PROCEDURES), GRANTS))
    by_kind[0, CHANGE, 12], by_kind[8, CHANGE, 12] = 2, 3
    _counter, online = due(by_kind, scenario, FEES)
    yen = online.sum(axis=0) * scenario.company_fee_share
    assert not yen[[1, 7, 9, 11]].any()
    return [float(yen[0]), float(yen[8])]


def test_the_company_pays_its_share_of_fee_and_charge() -> None:
    # 2 × 60 in 2026-04; 3 × (270 + 3) in 2026-12.
    assert paid() == [120, 819]
    assert paid(company_fee_share=0.5) == [60, 409.5]
    assert paid(company_fee_share=0) == [0, 0]


def test_a_fee_basis_holds_the_table_of_its_month() -> None:
    assert paid(fee_basis="2026-10") == [660, 819]
    assert paid(fee_basis="2026-09") == [120, 165]
    assert paid(fee_basis="dated") == [120, 819]


def test_a_basis_before_the_first_row_is_an_error_not_a_fee_of_nothing() -> None:
    plan = roster(domestic(1, "2026-08", first_period=24))
    scenario = resolved({"start_month": "2026-04", "years": 1})
    scenario = scenario.model_copy(update={"fee_basis": pd.Period("2019-12", "M")})
    with pytest.raises(NoFeeError) as told:
        evaluate(plan, scenario, TABLES)
    error = told.value
    assert (error.procedure, error.accepted, error.granted_months) == (
        "change",
        pd.Period("2019-12", "M"),
        24,
    )


def test_fees_of_both_cases_in_the_month_of_acceptance() -> None:
    # Shipped fees. 4 extensions by 12 months filed 2026-09 and again 2027-09, go-live 2026-10.
    # Counter: 4 × 6,000, then 4 × 33,000. Online: 4 × 6,000 still at the counter, then a quarter
    # at the counter, 33,000, and 3 × (27,000 + 330) = 81,990 online.
    result = business_case(
        roster(current(4, "2026-11", "2025-11")),
        {
            "start_month": "2026-04",
            "years": 2,
            "go_live": "2026-10",
            "online_share": 0.75,
            "attrition_per_year": 0,
            "tasks": only(),
        },
    )
    years = result.fiscal_years
    assert list(years["counter_fee_yen"]) == [24_000, 132_000]
    assert list(years["online_fee_yen"]) == [24_000, 114_990]
    assert list(years["fee_saving_yen"]) == [0, 17_010]


def test_no_fee_is_due_for_a_certificate_of_eligibility() -> None:
    result = business_case(roster(overseas(9, "2026-10")), {"start_month": "2026-04", "years": 1})
    assert result.totals["applications_coe"] == 9
    assert (result.totals["counter_fee_yen"], result.totals["online_fee_yen"]) == (0, 0)


def test_changes_within_the_horizon_are_those_of_a_dated_table() -> None:
    begin = {"start_month": "2025-04", "years": 2}
    assert list(map(str, changes_within(resolved(begin), TABLES.fees))) == ["2026-10"]
    before = resolved({**begin, "start_month": "2025-03"})
    assert list(map(str, changes_within(before, TABLES.fees))) == ["2025-04", "2026-10"]
    held = resolved({**begin, "fee_basis": "2025-04"})
    assert changes_within(held, TABLES.fees) == []


# What they were


def test_the_fees_before_are_told_by_the_bands_of_the_newest_table() -> None:
    fees = fee_table(
        ("change", "counter", "2025-04", 1, None, 60, 0),
        ("change", "online", "2025-04", 1, None, 55, 0),
        ("change", "counter", "2026-10", 1, 11, 250, 0),
        ("change", "counter", "2026-10", 12, None, 330, 0),
        ("change", "online", "2026-10", 1, 11, 210, 3),
        ("change", "online", "2026-10", 12, None, 270, 3),
    )
    before, after = (
        in_newest_bands(fees, "change", pd.Period(month, "M")) for month in ("2026-09", "2026-10")
    )
    assert before.to_dict("list") == {"counter": [60, 60], "online": [55, 55]}
    assert after.to_dict("list") == {"counter": [250, 330], "online": [213, 273]}
    assert before.index.equals(after.index)


def test_in_its_own_month_the_newest_table_is_the_tariff() -> None:
    month = pd.Period("2026-10", "M")
    found = in_newest_bands(TABLES.fees, "extension", month)
    assert (found == tariff(TABLES.fees, "extension", month)).all(axis=None)
    assert found.max(axis=None) == 75_000


# How old they are


@pytest.mark.parametrize(("days", "stale"), [(0, False), (180, False), (181, True)])
def test_fees_are_stale_after_180_days(days: int, stale: bool) -> None:
    checked = last_checked(TABLES.fees)
    assert checked == date(2026, 11, 24)
    assert is_stale(TABLES.fees, date.fromordinal(checked.toordinal() + days)) is stale


def test_only_the_newest_modelled_fees_count_as_checked() -> None:
    older = TABLES.fees["accepted_from"].lt(TABLES.fees["accepted_from"].max())
    other = TABLES.fees["procedure"].eq("permanent_residence")
    fees = TABLES.fees.assign(
        checked_on=TABLES.fees["checked_on"].mask(older | other, pd.Timestamp("2027-05-01"))
    )
    assert last_checked(fees) == last_checked(TABLES.fees)
