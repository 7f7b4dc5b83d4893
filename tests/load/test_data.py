"""The shipped tables: they load, say what they should, and a slip of the pen is told by its row."""

import csv
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from onlineready.domain.problem import Problem, ProblemsError
from onlineready.domain.scenario import fiscal_year
from onlineready.domain.tables import FEES, PLAN, TASKS, Tables
from onlineready.domain.vocabulary import Channel, Driver, Procedure
from onlineready.load import personal_data
from onlineready.load.shipped import (
    load_advantages,
    load_assumptions,
    load_bureaus,
    load_professional_fees,
    load_sample_plan,
    load_tables,
)
from onlineready.load.word_lists import DATA, word_lists
from onlineready.model.fees import NoFeeError, fee
from tests.plans import TABLES, business_case

Records = list[list[str]]
Edit = Callable[[Records], None]
Load = Callable[[Path], Tables | pd.DataFrame]


# What the tables say


def test_the_shipped_tables_load() -> None:
    tables = load_tables()
    assert list(tables.fees.columns) == list(FEES.columns)
    assert list(tables.tasks.columns) == list(TASKS.columns)
    assert set(tables.tasks["driver"]) == set(Driver)
    assert set(load_assumptions().columns) >= {"low", "base", "high", "unit", "source"}


def fees(procedure: str, granted_months: int | None, *accepted: str) -> list[tuple[int, int]]:
    """Return what an application costs at the counter and online, with its charge, by month."""
    counter, online = (
        [
            fee(TABLES.fees, procedure, channel, pd.Period(month, "M"), granted_months)
            for month in accepted
        ]
        for channel in Channel
    )
    return list(zip(counter, online, strict=True))


@pytest.mark.parametrize("procedure", ["change", "extension"])
def test_fees_before_october_2026_do_not_depend_on_the_months_granted(procedure: str) -> None:
    for granted in (1, 12, 36, 60):
        assert fees(procedure, granted, "2020-01", "2025-03", "2025-04", "2026-09") == [
            (4_000, 4_000),
            (4_000, 4_000),
            (6_000, 5_500),
            (6_000, 5_500),
        ]


@pytest.mark.parametrize("procedure", ["change", "extension"])
@pytest.mark.parametrize(
    ("granted", "counter", "online"),
    [
        (1, 10_000, 10_330),
        (3, 10_000, 10_330),
        (4, 18_000, 15_330),
        (6, 18_000, 15_330),
        (7, 25_000, 21_330),
        (11, 25_000, 21_330),
        (12, 33_000, 27_330),
        (13, 48_000, 42_330),
        (35, 48_000, 42_330),
        (36, 64_000, 56_550),
        (59, 64_000, 56_550),
        (60, 75_000, 65_550),
    ],
)
def test_fees_from_october_2026_by_months_granted(
    procedure: str, granted: int, counter: int, online: int
) -> None:
    assert fees(procedure, granted, "2026-10", "2060-12") == [(counter, online)] * 2


def test_a_certificate_of_eligibility_is_free_in_every_month() -> None:
    assert fees("coe", None, "2020-01", "2025-04", "2026-10") == [(0, 0)] * 3


@pytest.mark.parametrize("procedure", Procedure)
def test_before_the_first_row_there_is_no_fee(procedure: Procedure) -> None:
    granted = None if procedure is Procedure.COE else 12
    with pytest.raises(NoFeeError, match="2019-12"):
        fees(str(procedure), granted, "2019-12")


def test_every_prefecture_has_its_bureau() -> None:
    bureaus = load_bureaus()
    assert len(bureaus) == 47
    named = bureaus["bureau"].str.removesuffix("出入国在留管理局")
    assert named["北海道"] == "札幌"
    assert named["沖縄県"] == "福岡"
    assert named[["新潟県", "静岡県", "三重県"]].tolist() == ["東京", "名古屋", "名古屋"]
    assert named.nunique() == 8
    unsure = bureaus["confidence"].ne("R")
    assert set(named[~unsure]) == {"札幌", "仙台", "東京"}
    assert bureaus.loc[unsure, "source"].str.contains("確かめて").all()


def test_what_professionals_ask_is_told_as_an_assumption() -> None:
    prices = load_professional_fees()
    assert set(prices.index) == set(Procedure)
    assert list(prices.loc["extension", ["yen_low", "yen", "yen_high"]]) == [40_000, 60_000, 80_000]
    assert prices["confidence"].eq("A").all()


# The sample plan


def test_the_sample_is_a_company_with_something_of_everything() -> None:
    plan = load_sample_plan()
    assert len(PLAN.validate(plan)) == len(plan)
    assert plan["headcount"].sum() == 40
    assert plan["site"].nunique() == 3
    assert set(plan["route"]) == {"current", "overseas", "domestic"}
    assert set(plan["period"]) == {12, 36}
    hires = plan[plan["route"].ne("current")]
    assert {fiscal_year(month, 4) for month in hires["start"]} == set(range(2026, 2031))


def test_the_sample_files_in_every_year_and_leaves_nothing_to_remark() -> None:
    result = business_case(load_sample_plan(), {"start_month": "2026-04", "years": 5})
    filed = result.fiscal_years[[f"applications_{procedure}" for procedure in Procedure]]
    assert (filed.sum() > 0).all()
    assert (filed["applications_extension"] > 0).all()
    assert result.notices == ()


# Slips of the pen

LOADS: dict[str, Load] = {
    "fees.csv": load_tables,
    "tasks.csv": load_tables,
    "assumptions.csv": load_assumptions,
    "bureaus.csv": load_bureaus,
    "professional_fees.csv": load_professional_fees,
    "advantages.csv": load_advantages,
}


def records(file: str) -> Records:
    """Return the cells of a shipped table, its header first."""
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def row_of(file: str, *start: str) -> int:
    """Return the row, as a spreadsheet counts, of the one record that begins so."""
    found = [n for n, line in enumerate(records(file), start=1) if line[: len(start)] == [*start]]
    (row,) = found
    return row


def told(folder: Path, file: str, *edits: Edit) -> list[Problem]:
    """Return the problems of one of the shipped tables after it was edited."""
    for name in LOADS:
        table = records(name)
        for edit in edits if name == file else ():
            edit(table)
        with (folder / name).open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows(table)
    with pytest.raises(ProblemsError) as caught:
        LOADS[file](folder)
    assert all(line.startswith(f"{file}:row ") for line in str(caught.value).splitlines())
    return list(caught.value.problems)


def put(row: int, column: str, value: str) -> Edit:
    """Return an edit of one cell."""

    def edit(table: Records) -> None:
        table[row - 1][table[0].index(column)] = value

    return edit


def repeat(row: int) -> Edit:
    """Return an edit that adds a row once more, at the end."""

    def edit(table: Records) -> None:
        table.append(table[row - 1])

    return edit


def drop(row: int) -> Edit:
    """Return an edit that leaves a row out."""

    def edit(table: Records) -> None:
        del table[row - 1]

    return edit


FEE = ("change", "counter", "2026-10", "4", "6")


@pytest.mark.parametrize(
    "first", [("coe", "online", "2020-01"), ("change", "counter", "2020-01")], ids=str
)
def test_a_fee_missing_for_a_month_is_told(tmp_path: Path, first: tuple[str, ...]) -> None:
    # No row is wrong: the one that should be there is not.
    (problem,) = told(tmp_path, "fees.csv", drop(row_of("fees.csv", *first)))
    assert problem.column == "accepted_from"
    assert "2020-01" in problem.message


@pytest.mark.parametrize(
    ("file", "key"),
    [("fees.csv", FEE), ("tasks.csv", ("online_pay",)), ("assumptions.csv", ("years",))],
)
def test_two_rows_of_one_key_are_told_by_the_second(
    tmp_path: Path, file: str, key: tuple[str, ...]
) -> None:
    found = told(tmp_path, file, repeat(row_of(file, *key)))
    twice = [problem.row for problem in found if "二つあります" in problem.message]
    assert twice == [len(records(file)) + 1]


@pytest.mark.parametrize(
    ("file", "key", "column", "value"),
    [
        ("fees.csv", FEE, "source", ""),
        ("fees.csv", FEE, "checked_on", ""),
        ("fees.csv", FEE, "checked_on", "2026-11-31"),
        ("fees.csv", FEE, "check_at", "www.moj.go.jp"),
        ("fees.csv", FEE, "confidence", "X"),
        ("fees.csv", FEE, "fee_yen", "18000円"),
        ("fees.csv", FEE, "fee_yen", "-1"),
        ("fees.csv", FEE, "fee_yen", ""),
        ("fees.csv", FEE, "accepted_from", "2026-13"),
        ("fees.csv", FEE, "channel", "post"),
        ("tasks.csv", ("counter_print",), "source", ""),
        ("tasks.csv", ("counter_print",), "minutes", "10001"),
        ("tasks.csv", ("counter_print",), "driver", "visit"),
        ("tasks.csv", ("counter_print",), "procedures", "coe visa"),
        ("tasks.csv", ("counter_print",), "share", "1.2"),
        ("tasks.csv", ("counter_print",), "per", "officer"),
        ("tasks.csv", ("counter_print",), "interval_months", "12"),
        ("tasks.csv", ("setup_training",), "per", ""),
        ("tasks.csv", ("upkeep_learning",), "interval_months", ""),
        ("tasks.csv", ("upkeep_learning",), "interval_months", "yearly"),
        ("assumptions.csv", ("batch_size",), "source", ""),
        ("assumptions.csv", ("batch_size",), "base", ""),
        ("assumptions.csv", ("batch_size",), "unit", ""),
        ("bureaus.csv", ("札幌出入国在留管理局",), "prefecture", ""),
        ("bureaus.csv", ("札幌出入国在留管理局",), "source", ""),
        ("professional_fees.csv", ("coe",), "yen", "-1"),
        ("professional_fees.csv", ("coe",), "procedure", "visa"),
        ("advantages.csv", ("no_visit",), "tasks", ""),
        ("advantages.csv", ("no_visit",), "instead_of", "online_pay"),
        ("advantages.csv", ("lower_fee",), "valued", "yes"),
        ("advantages.csv", ("lower_fee",), "caveat_ja", ""),
    ],
)
def test_a_bad_cell_is_told_by_row_and_column(
    tmp_path: Path, file: str, key: tuple[str, ...], column: str, value: str
) -> None:
    row = row_of(file, *key)
    found = told(tmp_path, file, put(row, column, value))
    assert (row, column) in [(problem.row, problem.column) for problem in found]


@pytest.mark.parametrize(
    ("file", "key", "column", "value", "blamed"),
    [
        ("tasks.csv", "counter_print", "minutes_low", "31", "minutes_low"),
        ("tasks.csv", "counter_print", "minutes_high", "29", "minutes_low"),
        ("tasks.csv", "counter_print", "yen_low", "201", "yen_low"),
        ("tasks.csv", "counter_print", "yen_high", "199", "yen_low"),
        ("assumptions.csv", "batch_size", "low", "3", "low"),
        ("assumptions.csv", "batch_size", "high", "1", "low"),
        ("professional_fees.csv", "coe", "yen_high", "1", "yen_low"),
    ],
)
def test_a_low_above_a_base_or_a_base_above_a_high_is_told(
    tmp_path: Path, file: str, key: str, column: str, value: str, blamed: str
) -> None:
    row = row_of(file, key)
    (problem,) = told(tmp_path, file, put(row, column, value))
    assert (problem.row, problem.column) == (row, blamed)


@pytest.mark.parametrize(
    ("band", "column", "value"),
    [
        (("4", "6"), "granted_months_from", "5"),  # nobody knows the fee for 4 months
        (("4", "6"), "granted_months_from", "3"),  # two fees for 3 months
        (("4", "6"), "granted_months_to", "5"),  # none for 6
        (("1", "3"), "granted_months_from", "2"),  # none for 1
        (("60", ""), "granted_months_to", "120"),  # none for 121
    ],
    ids=str,
)
def test_a_gap_or_an_overlap_between_bands_is_told_next_to_it(
    tmp_path: Path, band: tuple[str, str], column: str, value: str
) -> None:
    row = row_of("fees.csv", "change", "counter", "2026-10", *band)
    found = told(tmp_path, "fees.csv", put(row, column, value))
    assert {problem.row for problem in found} <= {row, row + 1}
    assert all(str(problem.column).startswith("granted_months_") for problem in found)


def test_a_band_left_out_is_told(tmp_path: Path) -> None:
    row = row_of("fees.csv", *FEE)
    (problem,) = told(tmp_path, "fees.csv", drop(row))
    assert (problem.row, problem.column) == (row, "granted_months_from")


def test_columns_of_the_shipped_tables_are_those_expected(tmp_path: Path) -> None:
    found = told(tmp_path, "fees.csv", put(1, "fee_yen", "fee"))
    assert [(problem.row, problem.column) for problem in found] == [(1, "fee_yen"), (1, "fee")]


def test_a_column_that_is_there_twice_is_told(tmp_path: Path) -> None:
    def edit(table: Records) -> None:
        for row, line in enumerate(table):
            line.append("source" if row == 0 else "x")

    (problem,) = told(tmp_path, "fees.csv", edit)
    assert (problem.row, problem.column) == (1, "source")


def test_every_slip_of_a_table_is_told_at_once(tmp_path: Path) -> None:
    places = {
        (row_of("tasks.csv", "counter_print"), "minutes"),
        (row_of("tasks.csv", "online_pay"), "label_ja"),
        (row_of("tasks.csv", "online_pay"), "confidence"),
    }
    found = told(tmp_path, "tasks.csv", *(put(*place, "") for place in places))
    assert {(problem.row, problem.column) for problem in found} == places


# The words by which personal data is told


@pytest.mark.parametrize(
    ("edit", "column"),
    [
        (("[given]", "[given"), None),
        (("[persons]", "persons = 1"), None),
        (('"van", "thi"', '"van", "van"'), "vietnamese.middle"),
        (('"van", "thi"', '"van", ""'), "vietnamese.middle"),
        (('"van", "thi"', '"van", 1'), "vietnamese.middle"),
        (('["van", "thi"]', '"van thi"'), "vietnamese.middle"),
        (('["van", "thi"]', "[]"), "vietnamese.middle"),
    ],
)
def test_a_slip_in_the_words_is_told_by_its_list(
    tmp_path: Path, edit: tuple[str, str], column: str | None
) -> None:
    text = (DATA / "personal_data.toml").read_text("utf-8")
    assert edit[0] in text
    (tmp_path / "personal_data.toml").write_text(text.replace(*edit), "utf-8")
    with pytest.raises(ProblemsError) as caught:
        word_lists(tmp_path / "personal_data.toml")
    assert [problem.column for problem in caught.value.problems] == [column]


def test_every_list_of_words_is_used() -> None:
    rules = Path(personal_data.__file__).read_text("utf-8")
    unused = [
        key
        for key in word_lists(DATA / "personal_data.toml")
        if key not in rules
        and key.partition(".")[0] not in set(personal_data.PersonalData)
        and f'_header("{key.partition(".")[0]}")' not in rules
    ]
    assert unused == []
