"""Merged cells of the site's column stand for each of their rows; no other merged cell does."""

import io
from collections.abc import Sequence
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.domain.problem import ProblemsError
from onlineready.load.plans import open_plan
from tests.chance import examples
from tests.plans import Cells

Line = Sequence[str | float | date | None]

HEADER: Line = ["事業所", "分野", "区分", "人数", "開始月"]


def line(site: str | None, headcount: int = 1) -> Line:
    """Return a row of workers hired from abroad."""
    return [site, None, "海外", headcount, "2026-08"]


def merged(cells: Cells, *areas: str) -> bytes:
    """Return a workbook of these cells in which areas are merged; each cell keeps its value."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in cells:
        sheet.append(list(row))
    for area in areas:
        sheet.merged_cells.add(area)
    book.save(content)
    return content.getvalue()


def refused(content: bytes) -> list[tuple[int | None, str | None]]:
    """Return where a workbook has merged cells that are refused."""
    with pytest.raises(ProblemsError) as raised:
        open_plan(content, "plan.xlsx")
    return [(at.row, at.column) for at in raised.value.problems if "結合" in at.message]


def test_a_merged_site_stands_for_each_of_its_rows_and_is_told() -> None:
    cells = [HEADER, line("本社"), line(None), line("仙台"), line(None), line(None)]
    reading = open_plan(merged(cells, "A2:A3", "A4:A6"), "plan.xlsx")
    assert list(reading.plan["site"]) == ["本社"] * 2 + ["仙台"] * 3
    (told,) = reading.told
    assert told.startswith("「事業所」の列の結合されたセル(A2:A3、A4:A6)は、下の3個のセル")


def test_in_a_csv_file_nothing_is_filled_down() -> None:
    plan = open_plan(
        "事業所,区分,人数,開始月\n本社,海外,1,2026-08\n,海外,1,2026-08\n".encode(), "p"
    )
    assert list(plan.plan["site"]) == ["本社", "全社"]
    assert plan.told == ()


def test_a_cell_that_is_empty_but_not_merged_is_not_filled() -> None:
    content = merged([HEADER, line("本社"), line(None), line(None)], "A2:A3")
    assert list(open_plan(content, "plan.xlsx").plan["site"]) == ["本社", "本社", "全社"]


@pytest.mark.parametrize(
    ("area", "place"),
    [
        ("A1:A2", (1, "事業所")),
        ("A2:B3", (2, "事業所")),
        ("A2:B2", (2, "事業所")),
        ("B2:B3", (2, "分野")),
        ("D2:D3", (2, "人数")),
        ("A2:E3", (2, "事業所")),
    ],
)
def test_what_else_is_merged_is_refused(area: str, place: tuple[int, str]) -> None:
    assert refused(merged([HEADER, line("本社"), line("仙台")], area)) == [place]


def test_a_title_merged_over_the_table_and_cells_below_it_change_nothing() -> None:
    cells = [["計画"], HEADER, line("本社"), [], ["注"], []]
    reading = open_plan(merged(cells[:4], "A1:E1", "A4:A9"), "plan.xlsx")
    assert list(reading.plan["site"]) == ["本社"]
    assert not any("結合" in told for told in reading.told)


def test_a_row_of_totals_under_a_merged_site_is_one() -> None:
    # Its site is not its own: with it the row would look like one of the plan.
    cells = [[*HEADER, "備考"], line("本社"), line(None), [None, None, None, 2, None, "小計"]]
    reading = open_plan(merged([*cells, line("仙台")], "A2:A4"), "plan.xlsx")
    assert list(reading.plan["site"]) == ["本社", "本社", "仙台"]
    assert "合計の行(4行目)は数えていません。" in reading.told


def test_totals_over_several_rows_are_totals_in_each() -> None:
    cells = [HEADER, line("本社"), ["合計", None, None, 1], [None, None, None, 100]]
    reading = open_plan(merged(cells, "A3:A4"), "plan.xlsx")
    assert list(reading.rows) == [2]
    assert "合計の行(3〜4行目)は数えていません。" in reading.told


def test_a_row_with_nothing_but_a_merged_site_is_blank() -> None:
    cells = [HEADER, line("本社"), [], line(None), [None, " "]]
    reading = open_plan(merged(cells, "A2:A5"), "plan.xlsx")
    assert list(reading.rows) == [2, 4]
    assert "下の1個のセル" in reading.told[0]


def test_the_sites_of_wide_targets_are_filled_down_too() -> None:
    # Of two rows of a site each has its own months; the corner has no header.
    cells: Cells = [[None, "2026年4月", "2027年4月"], ["本社", 5, None], [None, None, 7]]
    reading = open_plan(merged(cells, "A2:A3"), "plan.xlsx")
    assert list(reading.plan["site"]) == ["本社"] * 2
    assert "A列(見出しなし)の結合されたセル(A2:A3)は、下の1個のセル" in reading.told[0]


def test_a_value_hidden_under_a_merged_site_is_never_guessed_away() -> None:
    cells = [HEADER, line("本社"), line("仙台"), line("本社"), line("本社")]
    assert refused(merged(cells, "A2:A3")) == [(2, "事業所")]
    same = open_plan(merged(cells, "A4:A5"), "plan.xlsx")
    assert list(same.plan["site"]) == ["本社", "仙台", "本社", "本社"]
    assert same.told == ()


def test_areas_that_overlap_are_refused() -> None:
    cells = [HEADER, line("本社"), *[line(None)] * 4]
    assert refused(merged(cells, "A2:A4", "A3:A6")) == [(3, "事業所")]


@examples(8)
@given(lengths=st.lists(st.integers(1, 4), min_size=1, max_size=5))
def test_a_plan_with_merged_sites_is_the_plan_with_every_site_written(lengths: list[int]) -> None:
    cells, full = [HEADER], [HEADER]
    areas = []
    for number, length in enumerate(lengths):
        top = len(cells) + 1
        for row in range(length):
            cells.append(line(None if row else f"第{number}工場", row + 1))
            full.append(line(f"第{number}工場", row + 1))
        if length > 1:
            areas.append(f"A{top}:A{top + length - 1}")
    read = open_plan(merged(cells, *areas), "plan.xlsx").plan
    assert read.equals(open_plan(merged(full), "plan.xlsx").plan)
