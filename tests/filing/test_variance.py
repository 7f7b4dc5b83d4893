"""Plan against actual: differences by month, and measured minutes as task values."""

from typing import Any

import pandas as pd
import pytest

from onlineready.filing.actuals import Actual, read_actuals, with_actuals
from onlineready.filing.variance import (
    measured_minutes,
    month_sheet,
    variances,
)
from onlineready.load.shipped import load_sample_plan
from tests.plans import TABLES, business_case, resolved

RESULT = business_case(load_sample_plan(), {"go_live": "2027-02", "online_share": 0.7})


def actual(
    month: str, procedure: str, channel: str, filed: int, minutes: float | None = None
) -> Actual:
    row: dict[str, Any] = {"month": month, "procedure": procedure, "channel": channel}
    (read,) = read_actuals([{**row, "filed": filed, "minutes": minutes}])
    return read


def applications_in(month: str) -> float:
    rows = RESULT.applications["month"].astype("str").eq(month)
    return float(RESULT.applications.loc[rows, "applications"].sum())


def test_the_plan_by_channel_adds_up_to_the_applications() -> None:
    for month in RESULT.months.index:
        planned = month_sheet(RESULT, [], month)["planned"].sum()
        assert planned == pytest.approx(applications_in(str(month)))
    assert month_sheet(RESULT, [], RESULT.months.index[0] - 1)["planned"].sum() == 0


def test_the_sheet_of_a_month_has_every_procedure_in_every_channel() -> None:
    month = pd.Period("2027-04", "M")
    sheet = month_sheet(RESULT, [actual("2027-04", "extension", "online", 2, 50)], month)
    assert len(sheet) == 6
    entered = sheet[sheet["filed"].notna()].iloc[0]
    assert (entered["procedure"], entered["channel"]) == ("extension", "online")
    assert (entered["filed"], entered["minutes"]) == (2, 50)
    expected = applications_in("2027-04")
    assert sheet["planned"].sum() == pytest.approx(expected)


def test_the_difference_of_a_month_is_filed_less_planned_whatever_the_channel() -> None:
    found = variances(
        RESULT,
        [actual("2027-02", "extension", "counter", 3), actual("2027-02", "coe", "online", 1, 40)],
    )
    (row,) = found.to_dict("records")
    expected = applications_in("2027-02")
    assert row["planned"] == pytest.approx(expected)
    assert (row["filed"], row["minutes"]) == (4, 40)
    assert row["difference"] == pytest.approx(4 - expected)
    assert variances(RESULT, []).empty


def test_minutes_are_measured_by_the_task_that_handles_the_application() -> None:
    rows = [
        actual("2027-02", "extension", "online", 2, 50),
        actual("2027-03", "extension", "online", 3, 55),
        actual("2027-03", "coe", "online", 1, 70),
        actual("2027-03", "change", "online", 1, 50),
        actual("2027-03", "extension", "counter", 2, 80),
        actual("2027-04", "change", "counter", 9),
    ]
    found = measured_minutes(rows, TABLES.tasks, resolved({})).set_index("id")
    assert list(found.index) == ["counter_print", "online_enter_new", "online_enter_extension"]
    assert list(found["measured"]) == [40, 60, 21]
    assert list(found["filed"]) == [2, 2, 5]
    assert list(found["difference"]) == [10, 15, -9]
    taken = resolved({"tasks": {"online_enter_extension": {"minutes": 21}}})
    found = measured_minutes(rows, TABLES.tasks, taken)
    assert list(found["difference"].eq(0)) == [False, False, True]
    assert measured_minutes([], TABLES.tasks, resolved({})).empty


def test_a_row_replaces_the_one_of_its_month_and_nothing_filed_is_no_row() -> None:
    first = (
        actual("2027-02", "extension", "online", 2, 50),
        actual("2027-01", "coe", "online", 1),
    )
    kept = with_actuals(
        first,
        [
            actual("2027-02", "extension", "online", 3),
            actual("2027-02", "change", "online", 0),
            actual("2027-01", "coe", "online", 0),
        ],
    )
    assert kept == (actual("2027-02", "extension", "online", 3),)
