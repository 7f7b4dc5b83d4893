"""Whatever way a valid plan is written, it is read back equal: spelling, encoding, form, format."""

import csv
import io
import itertools
import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from onlineready.domain.vocabulary import PlanKind
from onlineready.export.csv import to_csv
from onlineready.load.cells import PLAN_WORDS
from onlineready.load.headers import SPELLINGS
from onlineready.load.plans import open_plan, plan_from_rows
from tests.chance import examples
from tests.plans import SITES, outline, plan_rows, roster, rows, target_rows, targets, xlsx_of

ROUTES = {
    "current": ("在籍", "現員", "Current", " 在籍 "),
    "overseas": ("海外", "認定", "海外（認定）", "OVERSEAS"),
    "domestic": ("国内", "変更", "転職", "留学", "ｄｏｍｅｓｔｉｃ"),
}
NOW = (*PLAN_WORDS["columns.headcount"], *PLAN_WORDS["headcounts.now"])
"""Headers of the workers of today."""

FULL_WIDTH = str.maketrans("0123456789/.", "０１２３４５６７８９／．")
CODECS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "UTF-8(BOMつき)": lambda text: text.encode("utf-8-sig"),
    "UTF-16": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 ": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "Shift_JIS(CP932)": lambda text: text.encode("cp932"),
}


class Written(NamedTuple):
    """A file, and how its reader is told it was read."""

    content: bytes
    read_as: str


@st.composite
def headers(draw: st.DrawFn, key: str) -> str:
    """Draw a spelling of a column: any known word, wide, with a unit or a space."""
    word: str = draw(st.sampled_from([key, *SPELLINGS[key]]))
    units = ("",) if word.endswith(")") else ("", "", "(名)", "（月）", " [任意]")
    unit = draw(st.sampled_from(units))
    return draw(st.sampled_from((word, word.upper(), "　".join(word)))) + unit


@st.composite
def months(draw: st.DrawFn, month: str | None) -> str:
    """Draw a spelling of a month; none is empty."""
    if month is None:
        return draw(st.sampled_from(("", " ")))
    year, number = map(int, month.split("-"))
    day = draw(st.integers(1, 28))
    forms = [
        *(month, f"{year}-{number}", f"{year}/{number}", f"{year}/{number:02}/{day}"),
        *(f"{year}年{number}月", f"{year}年 {number}月 {day}日", f"{year}.{number}.{day}"),
        f"{month}-{day:02} 00:00:00",
    ]
    if year > 2019:
        era = year - 2018
        forms += [f"令和{era}年{number}月", f"令和 {era}年{number}月", f"R{era}.{number}"]
        forms += [f"r{era}.{number}.{day}", f"Ｒ{era}/{number}"]
    return _wide(draw, draw(st.sampled_from(forms)))


@st.composite
def headcounts(draw: st.DrawFn, number: int) -> str:
    forms = (str(number), f"{number}名", f"{number} 人", f" {number} ", f"{number:,}", f"0{number}")
    return _wide(draw, draw(st.sampled_from(forms)))


@st.composite
def spans(draw: st.DrawFn, number: int | None) -> str:
    """Draw a spelling of so many months."""
    if number is None:
        return ""
    forms = [str(number), *(f"{number}{unit}" for unit in ("月", "ヶ月", "か月間", "カ月"))]
    years, rest = divmod(number, 12)
    if years:
        forms.append(f"{years}年{rest}か月" if rest else f"{years}年")
    return _wide(draw, draw(st.sampled_from(forms)))


def _wide(draw: st.DrawFn, text: str) -> str:
    return text.translate(FULL_WIDTH) if draw(st.booleans()) else text


@st.composite
def files(draw: st.DrawFn, table: Sequence[Sequence[str]]) -> Written:
    """Draw a file of these cells: CSV of any kind, or a workbook."""
    if draw(st.integers(0, 3)) == 0:
        return Written(xlsx_of(table), "シート「Sheet」。")
    text = io.StringIO(newline="")
    csv.writer(
        text,
        delimiter=draw(st.sampled_from(",\t;")),
        lineterminator=draw(st.sampled_from(("\r\n", "\n", "\r"))),
        quoting=draw(st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))),
    ).writerows(table)
    encoding = draw(st.sampled_from(sorted(CODECS)))
    content = CODECS[encoding](text.getvalue())
    return Written(content, f"文字コードは{encoding.strip()}。")


class Surroundings(NamedTuple):
    """The table with what people write around it, and the row of each of its lines."""

    table: list[list[str]]
    places: list[int]


@st.composite
def surroundings(draw: st.DrawFn, header: list[str], lines: list[list[str]]) -> Surroundings:
    """Put titles above a table, blank lines into it, totals below, and another column beside."""
    if draw(st.booleans()):
        header = [*header, "備考"]
        lines = [[*line, draw(st.sampled_from(("", "予定", "合計は別表")))] for line in lines]
    order = draw(st.permutations(range(len(header))))
    blank = [""] * len(header)
    title = ["特定技能の計画", *blank[1:]]
    table = [title for _ in range(draw(st.integers(0, 3)))]
    table.append([header[at] for at in order])
    places = []
    for line in lines:
        table += [blank] * draw(st.sampled_from((0, 0, 0, 1)))
        table.append([line[at] for at in order])
        places.append(len(table))
    table += [blank] * draw(st.integers(0, 2))
    return Surroundings(table, places)


@st.composite
def written_rosters(draw: st.DrawFn) -> tuple[pd.DataFrame, Written]:
    """Draw a roster and a file in which it is written."""
    plan = roster(*draw(st.lists(plan_rows("2026-04", 5), min_size=1, max_size=5)))
    given = rows(plan)
    spell: dict[str, Callable[[Any], st.SearchStrategy[str]]] = {
        "site": lambda site: st.sampled_from((site, f" {site}") if site != "全社" else ("", site)),
        "field": lambda field: st.just(field or ""),
        "route": lambda route: st.sampled_from(ROUTES[route]),
        "headcount": headcounts,
        "start": months,
        "expiry": months,
        **dict.fromkeys(("used_months", "first_period", "period"), spans),
    }
    needed = [
        key
        for key in spell
        if key in ("route", "headcount")
        or any(row[key] is not None and row[key] != "全社" for row in given)
        or draw(st.booleans())
    ]
    lines = [[draw(spell[key](row[key])) for key in needed] for row in given]
    header = [draw(headers(key)) for key in needed]
    around = draw(surroundings(header, lines))
    return plan.set_axis(pd.Index(around.places)), draw(files(around.table))


@examples(8)
@given(written=written_rosters())
def test_a_roster_is_read_back(written: tuple[pd.DataFrame, Written]) -> None:
    plan, file = written
    reading = open_plan(file.content, "plan")
    assert reading.kind is PlanKind.ROSTER
    pd.testing.assert_frame_equal(reading.plan, plan)
    assert reading.read_as == file.read_as
    assert reading.added_up["headcount"].sum() == plan["headcount"].sum()
    keys = [key for key in plan if key != "headcount"]
    by_row, added_up = (
        frame.groupby(keys, dropna=False)["headcount"].sum() for frame in (plan, reading.added_up)
    )
    pd.testing.assert_series_equal(by_row, added_up)


@st.composite
def written_targets(draw: st.DrawFn) -> tuple[pd.DataFrame, Written]:
    """Draw targets and a file in which they are written, long or wide."""
    plan = targets(*draw(target_rows("2026-04", 5)))
    key = "month" if plan["month"].notna().all() else "fiscal_year"
    given = rows(plan)
    wide = draw(st.booleans())
    spell: Callable[[Any], st.SearchStrategy[str]] = months if key == "month" else fiscal_years
    if wide:
        dates = sorted({row[key] for row in given})
        sites = list(dict.fromkeys(row["site"] for row in given))
        values = {(row["site"], row[key]): row["headcount"] for row in given}
        header = ["事業所", *(draw(spell(date)) for date in dates)]
        lines = [
            [
                site,
                *(
                    draw(headcounts(values[site, date])) if (site, date) in values else ""
                    for date in dates
                ),
            ]
            for site in sites
        ]
    else:
        header = [draw(headers(name)) for name in ("site", key, "headcount")]
        lines = [
            [row["site"], draw(spell(row[key])), draw(headcounts(row["headcount"]))]
            for row in given
        ]
    around = draw(surroundings(header, lines))
    return plan, draw(files(around.table))


@st.composite
def fiscal_years(draw: st.DrawFn, year: int) -> str:
    forms = [f"{year}年度", f"{year}年 度", f"FY{year}"]
    if year > 2018:
        forms.append(f"令和{year - 2018}年度")
    return _wide(draw, draw(st.sampled_from(forms)))


@examples(8)
@given(written=written_targets())
def test_targets_are_read_back(written: tuple[pd.DataFrame, Written]) -> None:
    plan, file = written
    reading = open_plan(file.content, "plan")
    assert reading.kind is PlanKind.TARGETS

    def in_order(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
        return sorted(tuple(map(str, row.values())) for row in rows(frame))

    assert in_order(reading.plan) == in_order(plan)
    assert in_order(reading.added_up) == in_order(plan)


@st.composite
def hires(draw: st.DrawFn, number: float | None) -> str:
    """Draw a spelling of so many people a year; none is empty."""
    if number is None:
        return draw(st.sampled_from(("", " ")))
    forms = (f"{number}", f"{number}名", f"{number:,} 人/年", f"毎年{number}人", f"年 {number}名")
    return _wide(draw, draw(st.sampled_from(forms)))


@st.composite
def written_outlines(draw: st.DrawFn) -> tuple[pd.DataFrame, Written]:
    """Draw an outline and a file in which it is written, the hires left out where all are held."""
    numbers = st.one_of(
        st.none(), st.integers(0, 2_000), st.floats(0, 100_000).map(lambda x: round(x, 3))
    )
    given: list[dict[str, Any]] = [
        {"site": site, "headcount": draw(st.integers(0, 100_000)), "hires_per_year": draw(numbers)}
        for site in draw(st.lists(st.sampled_from(SITES), min_size=1, unique=True))
    ]
    header = [draw(headers("site")), draw(st.sampled_from(NOW))]
    lines = [[row["site"], draw(headcounts(row["headcount"]))] for row in given]
    if any(row["hires_per_year"] is not None for row in given):
        header.append(draw(headers("hires_per_year")))
        lines = [
            [*line, draw(hires(row["hires_per_year"]))]
            for line, row in zip(lines, given, strict=True)
        ]
        around = draw(surroundings(header, lines))
    else:
        around = Surroundings([header, *lines], [*range(2, len(lines) + 2)])
    return outline(*given).set_axis(pd.Index(around.places)), draw(files(around.table))


@examples(8)
@given(written=written_outlines())
def test_an_outline_is_read_back(written: tuple[pd.DataFrame, Written]) -> None:
    plan, file = written
    reading = open_plan(file.content, "plan")
    assert reading.kind is PlanKind.OUTLINE
    pd.testing.assert_frame_equal(reading.plan, plan)
    pd.testing.assert_frame_equal(reading.added_up, plan.reset_index(drop=True))
    assert reading.read_as == file.read_as


@examples(15)
@given(written=written_outlines())
def test_an_outline_in_a_file_of_the_page_is_read_back(
    written: tuple[pd.DataFrame, Written],
) -> None:
    plan = written[0].reset_index(drop=True)
    reading = open_plan(to_csv(plan.set_index("site")), "plan.csv")
    pd.testing.assert_frame_equal(reading.plan.reset_index(drop=True), plan)
    raw = json.loads(plan.to_json(orient="records", double_precision=15))
    assert plan_from_rows(raw, "plan").equals(plan)


def test_every_known_word_for_a_column_is_read() -> None:
    # Each as the only one of its kind: no word may stand for two columns, or be a month.
    words = [word for known in SPELLINGS.values() for word in known]
    assert len(words) == len(set(words))
    for site, route, number in itertools.zip_longest(
        *(SPELLINGS[key] for key in ("site", "route", "headcount")), fillvalue=None
    ):
        header = f"{site or 'site'},{route or 'route'},{number or 'headcount'},開始月"
        reading = open_plan(f"{header}\n{SITES[1]},海外,3,2026-08\n".encode(), "plan")
        assert reading.told == ()
        assert list(reading.plan["headcount"]) == [3]
