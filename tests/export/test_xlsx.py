"""The Excel workbook calculates what the engine computes, also after a cell was changed in it."""

import html
import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from onlineready import MODEL_CHANGED_ON, __version__
from onlineready.domain.scenario import Rate, Scenario
from onlineready.domain.tables import Tables
from onlineready.export.xlsx import to_xlsx
from onlineready.export.xlsx.layout import MOST_SITES, Model
from onlineready.export.xlsx.spreadsheet import serial
from onlineready.load.shipped import load_assumptions, load_sample_plan
from onlineready.model.result import evaluate
from onlineready.report.stamp import stamp
from tests import chance, libreoffice
from tests.day import TODAY
from tests.plans import (
    TABLES,
    Situation,
    current,
    outline,
    overseas,
    resolved,
    roster,
    situations_of_any_kind,
)

ASSUMPTIONS = load_assumptions()
LINK = "https://example.jp/?w=1.abc"
SAMPLE = {"start_month": "2026-04", "go_live": "2027-02", "years": 5}
EXAMPLES = chance.count(2, 20)
MOST_YEARS = 2
RUBBISH = "13579.24"
TASK = "counter_travel_submit"
FEE: dict[str, Any] = {
    "procedure": "extension",
    "channel": "online",
    "accepted_from": pd.Period("2026-10", "M"),
}

Place = tuple[str, str]
Values = dict[Place, float | str]


class Trial(NamedTuple):
    """A workbook with what was changed in it, and one that the engine made of the same changes."""

    made: bytes
    changes: dict[Place, float]
    expected: bytes


def workbook(
    plan: pd.DataFrame, scenario: Scenario, tables: Tables = TABLES, link: str = LINK
) -> bytes:
    result = evaluate(plan, scenario, tables)
    return to_xlsx(
        result, plan, tables, ASSUMPTIONS, stamp(scenario, "計画", TODAY, tables.fees, link)
    )


def many_sites() -> pd.DataFrame:
    """Return a plan of more sites than are told apart."""
    return roster(
        *(current(3 + n % 4, f"2027-{n % 12 + 1:02d}", site=f"事業所{n}") for n in range(40))
    )


# What stands in a workbook


def opened(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def sheet_names(package: zipfile.ZipFile) -> list[str]:
    listed = package.read("xl/workbook.xml").decode()
    return [html.unescape(name) for name in re.findall(r'<sheet name="([^"]*)"', listed)]


def values_of_formulas(content: bytes) -> Values:
    """Return the value that a workbook keeps of every formula."""
    found: Values = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for number, name in enumerate(sheet_names(package), start=1):
            xml = package.read(f"xl/worksheets/sheet{number}.xml").decode()
            cells = re.findall(
                r'<c r="(\w+)"([^>]*)><f(?: [^>]*)?(?:/>|>[^<]*</f>)<v>([^<]*)</v></c>', xml
            )
            assert len(cells) == len(re.findall("<f[ >]", xml))
            for place, look, value in cells:
                words = 't="str"' in look or 't="e"' in look
                found[name, place] = html.unescape(value) if words else float(value)
    return found


def different(expected: Values, found: Values) -> list[str]:
    """Return the cells that differ by more than a thousandth."""
    told = []
    for place, want in expected.items():
        have = found.get(place)
        if isinstance(want, float) and isinstance(have, float):
            same = abs(want - have) <= 0.001 + 1e-9 * abs(want)
        else:
            same = want == have
        if not same:
            told.append(f"{place}: {want!r} became {have!r}")
    return told


@cache
def sample() -> bytes:
    """Return the workbook of the sample plan."""
    return workbook(load_sample_plan(), resolved(SAMPLE))


def named(book: openpyxl.Workbook) -> dict[str, Place]:
    """Return sheet and place of each named cell."""
    places = {}
    for name, defined in book.defined_names.items():
        ((sheet, place),) = defined.destinations
        places[name] = (sheet, place.replace("$", ""))
    return places


def row_of(book: openpyxl.Workbook, sheet: str, *words: object) -> int:
    """Return the first row that begins with some words."""
    for number, row in enumerate(book[sheet].iter_rows(), start=1):
        if [cell.value for cell in row[: len(words)]] == list(words):
            return number
    raise LookupError(words)


# What a reader does to a workbook


def edited(content: bytes, changes: Mapping[Place, float]) -> bytes:
    """Return a workbook with rubbish for the value of every formula, and other inputs."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        names = sheet_names(old)
        for entry in old.namelist():
            data = old.read(entry)
            if number := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", entry):
                name = names[int(number[1]) - 1]
                inputs = {place: value for (on, place), value in changes.items() if on == name}
                data = _rewritten(data.decode(), inputs).encode()
            new.writestr(entry, data)
    return made.getvalue()


def _rewritten(xml: str, inputs: Mapping[str, float]) -> str:
    def spoiled(cell: re.Match[str]) -> str:
        value = "無" if 't="str"' in cell[1] else RUBBISH
        return f"<c{cell[1]}><f>{cell[2]}</f><v>{value}</v></c>"

    xml, number = re.subn(r"<c([^>]*)><f>([^<]*)</f><v>[^<]*</v></c>", spoiled, xml)
    assert number == xml.count("<f>")
    for place, value in inputs.items():
        xml, number = re.subn(
            rf'<c r="{place}"( s="\d+")?(?:/>|>(?:<f>[^<]*</f>)?<v>[^<]*</v></c>)',
            rf'<c r="{place}"\1><v>{value!r}</v></c>',
            xml,
        )
        assert number == 1, place
    return xml


def trial(plan: pd.DataFrame, scenario: Scenario, **changes: Any) -> Trial:
    """Return a workbook, its inputs changed, and what the engine says of the same changes.

    Wage, a fee and the minutes of a task are always changed where anything is.
    """
    made = workbook(plan, scenario)
    if not changes:
        return Trial(made, {}, made)
    book = opened(made, values=True)
    places, moved = named(book), dict[Place, float]()
    for key, value in changes.items():
        place = places[NAMES[key]]
        moved[place] = serial(value) if isinstance(value, pd.Period) else value
    rate = Rate(minutes=77.5, yen=1234.0)
    row = row_of(book, "作業", *TABLES.tasks.loc[TABLES.tasks["id"].eq(TASK), "label_ja"])
    moved["作業", f"J{row}"], moved["作業", f"K{row}"] = rate.minutes, rate.yen
    band = TABLES.fees["granted_months_from"].eq(12).fillna(False)
    for key, value in FEE.items():
        band &= TABLES.fees[key].eq(value)
    fees = TABLES.fees.assign(fee_yen=TABLES.fees["fee_yen"].mask(band, 31_111))
    row = row_of(book, "手数料表", "更新", "オンライン", datetime(2026, 10, 1))  # noqa: DTZ001
    moved["手数料表", f"G{row + 3}"] = 31_111
    changed = scenario.model_copy(update={**changes, "tasks": {**scenario.tasks, TASK: rate}})
    return Trial(made, moved, workbook(plan, changed, TABLES._replace(fees=fees)))


NAMES = {
    "wage_yen_per_hour": "時間単価",
    "realised_time_share": "他の業務に使える割合",
    "company_fee_share": "会社負担割合",
    "online_share": "オンライン割合",
    "go_live": "オンライン開始月",
    "fee_basis": "手数料試算月",
    "discount_rate": "割引率",
    "batch_size": "まとめ件数",
    "combined_trip_share": "受取兼用割合",
    "officers": "担当者数",
    "uncertified_officers": "未承認者数",
    "id_validity_months": "利用者ID有効月数",
}

EVERYTHING = {
    "wage_yen_per_hour": 2500.0,
    "realised_time_share": 0.25,
    "company_fee_share": 0.6,
    "online_share": 0.7,
    "discount_rate": 0.1,
    "batch_size": 3,
    "combined_trip_share": 0.2,
    "officers": 4,
    "uncertified_officers": 1,
    "id_validity_months": 12,
}


def random_situations() -> list[Situation]:
    """Return the same random plans and scenarios on every run."""
    found: list[Situation] = []

    @settings(
        max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(situations_of_any_kind())
    def collect(situation: Situation) -> None:
        found.append(situation)

    collect()
    return found


def trials() -> dict[str, Trial]:
    plan, scenario = load_sample_plan(), resolved(SAMPLE)
    short = resolved({**SAMPLE, "years": 2})
    later = pd.Period("2027-07", "M")
    slow = resolved({**SAMPLE, "years": 2, "tasks": {"online_enter_extension": {"minutes": 600}}})
    made = {
        "the sample": trial(plan, scenario),
        "every input": trial(plan, short, go_live=later, **EVERYTHING),
        "fees of one month": trial(plan, short, fee_basis=pd.Period("2025-06", "M")),
        "a start before the horizon": trial(plan, short, go_live=pd.Period("2024-05", "M")),
        "a start after the horizon": trial(plan, short, go_live=pd.Period("2035-01", "M")),
        "many sites, changed": trial(
            many_sites(), short, wage_yen_per_hour=99.0, go_live=later, combined_trip_share=0.9
        ),
        "more time online": trial(plan, slow, realised_time_share=0.25),
        "nothing to file": trial(roster(overseas(1, "2059-04")), short),
        "an outline": trial(outline({"headcount": 25, "hires_per_year": 2.5}), short),
    }
    for number, (raw, plan) in enumerate(random_situations()):
        # Most of the time goes into the months; the engine's own tests have ten years of them.
        scenario = resolved({**raw, "years": min(raw["years"], MOST_YEARS)})
        changes = EVERYTHING if number % 4 == 0 else {}
        made[f"random {number}"] = trial(plan, scenario, **changes)
    return made


@pytest.mark.office
def test_a_spreadsheet_finds_what_the_engine_finds(tmp_path: Path) -> None:
    all_trials = trials()
    assert len(all_trials) > EXAMPLES
    files = []
    for number, one in enumerate(all_trials.values()):
        files.append(tmp_path / f"{number}.xlsx")
        files[-1].write_bytes(edited(one.made, one.changes))
    (tmp_path / "out").mkdir()
    found = libreoffice.recalculated(files, tmp_path / "out")
    wrong: dict[str, list[str]] = {}
    for (name, one), file in zip(all_trials.items(), found, strict=True):
        typed = set(one.changes)
        expected = values_of_formulas(one.expected)
        assert len(expected) > 500
        kept = {place: value for place, value in expected.items() if place not in typed}
        if told := different(kept, values_of_formulas(file.read_bytes())):
            wrong[name] = told[:5]
    assert wrong == {}


def test_the_totals_are_those_of_the_screen() -> None:
    plan, scenario = load_sample_plan(), resolved(SAMPLE)
    result, made = evaluate(plan, scenario, TABLES), workbook(plan, scenario)
    sheet = opened(made, values=True)["年度別"]
    total = {row[0].value: row for row in sheet.iter_rows()}
    for label, key in (
        ("現金の節約", "cash_saving_yen"),
        ("差引きの効果", "net_saving_yen"),
        ("申請で減る時間", "hours_saved"),
    ):
        years = len(result.fiscal_years)
        assert total[label][2 + years].value == pytest.approx(result.totals[key])
    assert total["正味現在価値(全期間)"][2].value == pytest.approx(result.worth.npv_yen)
    assert total["回収まで(オンライン開始から)"][2].value == result.worth.payback_months


def test_every_formula_carries_its_value() -> None:
    values = values_of_formulas(sample())
    assert len(values) > 4_000
    assert sum(value != 0 for value in values.values()) > len(values) / 3


def test_only_inputs_can_be_changed_and_only_within_bounds() -> None:
    made = sample()
    book = opened(made)
    places = named(book)
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        checked = {
            cell.coordinate
            for rule in sheet.data_validations.dataValidation
            for area in rule.sqref.ranges
            for row in sheet[area.coord : area.coord]
            for cell in row
        }
        unlocked = {
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked
        }
        assert unlocked == checked
    for key in NAMES.values():
        name, place = places[key]
        assert not book[name][place].protection.locked
    wage = places["時間単価"][1]
    (rule,) = (rule for rule in book["前提"].data_validations.dataValidation if wage in rule.sqref)
    assert (rule.type, rule.formula1, rule.formula2) == ("decimal", "0", "100000")


def test_more_sites_than_are_told_apart_bring_visits_as_values_and_the_sheet_says_so() -> None:
    scenario = resolved(SAMPLE)
    made = workbook(many_sites(), scenario)
    notes = [row[0].value for row in opened(made)["来庁回数"].iter_rows(max_row=3)]
    assert any(f"{MOST_SITES}か所" in str(note) and "値" in str(note) for note in notes)
    sheet, place = named(opened(made))["まとめ件数"]
    assert opened(made)[sheet][place].protection.locked
    result = evaluate(many_sites(), scenario, TABLES)
    assert not Model(result, TABLES).by_site


@pytest.mark.parametrize("site", ["=1+1", "+1", "-1", "@SUM(A1)", "*", "A?", ">5"])
def test_a_site_can_be_called_anything(site: str) -> None:
    plan = roster(current(3, "2027-04", site=site), current(3, "2027-04", site="本社"))
    made = workbook(plan, resolved(SAMPLE))
    harmless = f"'{site}" if site[0] in "=+-@" else site
    for sheet, column in (("申請件数", "C"), ("計画", "A")):
        cells = {cell.value: cell for cell in opened(made)[sheet][column]}
        assert cells[harmless].data_type == "s"
    text = [
        cell.value
        for sheet in opened(made).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "s"
    ]
    assert not any(str(value).startswith(("=", "+", "@")) for value in text)


def test_numbers_and_months_stay_what_they_are() -> None:
    book = opened(sample())
    headcounts = [
        cell for column in book["計画"].columns for cell in column if cell.data_type == "n"
    ]
    assert any(cell.value == 12 for cell in headcounts)
    first = book["申請件数"]["A6"]
    assert first.is_date
    assert isinstance(book["申請件数"]["F6"].value, float | int)


def test_the_first_sheet_says_where_the_figures_come_from() -> None:
    scenario = resolved({**SAMPLE, "name": "楽観"})
    plan = load_sample_plan()
    words = [
        str(cell.value)
        for row in opened(workbook(plan, scenario)).worksheets[0].iter_rows()
        for cell in row
    ]
    assert {"楽観", "計画", str(TODAY), __version__, str(MODEL_CHANGED_ON), LINK} <= set(words)
    words = [
        str(cell.value)
        for row in opened(workbook(plan, scenario, link="")).worksheets[0].iter_rows()
        for cell in row
    ]
    assert not any("リンク" in word for word in words)


def test_sheets_stand_in_the_order_in_which_they_are_read() -> None:
    book = opened(sample())
    assert book.sheetnames[:6] == ["前提", "計画", "申請件数", "費用比較", "年度別", "チャート"]
    assert set(book.sheetnames[6:]) == {"手数料表", "作業", "来庁回数"}


def test_no_function_is_newer_than_excel_2016() -> None:
    with zipfile.ZipFile(io.BytesIO(sample())) as package:
        used = {
            function
            for entry in package.namelist()
            if entry.startswith("xl/worksheets/sheet")
            for formula in re.findall(r"<f>([^<]*)</f>", package.read(entry).decode())
            for function in re.findall(r"([A-Z.]+)\(", formula)
        }
    known = (
        "SUM SUMIFS SUMPRODUCT IF AND INT ROUNDUP ROUND MOD MIN MAX MATCH IFERROR ISNUMBER "
        "YEAR MONTH DATE"
    )
    assert used <= set(known.split())


def test_the_same_case_gives_the_same_file() -> None:
    assert workbook(load_sample_plan(), resolved(SAMPLE)) == sample()
