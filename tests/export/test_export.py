"""What leaves the page as a file: spreadsheets open it, and run nothing in it."""

import csv
import io
from datetime import date, datetime
from typing import Any

import icalendar
import openpyxl
import pandas as pd
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from onlineready.export.csv import to_csv
from onlineready.export.ics import to_ics
from onlineready.export.sheet import to_sheet
from onlineready.report.filing_tables import Event
from tests.chance import examples

Read = tuple[str, str, str, str, date, date, int, datetime]
"""UID, summary, description, transparency, first day, day after the last, sequence, stamp."""


def records(table: pd.DataFrame) -> list[list[str]]:
    text = to_csv(table).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_words_cannot_start_a_formula(formula: str) -> None:
    table = pd.DataFrame({formula: [formula]}, index=pd.Index([formula], name="年度"))
    harmless = f"'{formula}"
    assert records(table) == [["年度", harmless], [harmless, harmless]]


def test_numbers_stay_numbers_and_are_not_rounded() -> None:
    table = pd.DataFrame({"円": [-1234.5678]}, index=pd.Index(["2026年度"], name="年度"))
    assert to_csv(table).startswith(b"\xef\xbb\xbf")
    assert records(table) == [["年度", "円"], ["2026年度", "-1234.5678"]]


# Excel


def cells(table: pd.DataFrame) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(to_sheet(table, "表")))
    (sheet,) = book.worksheets
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_a_book_is_a_formula(formula: str) -> None:
    table = pd.DataFrame({formula: [formula]}, index=pd.Index([formula], name="年度"))
    harmless = f"'{formula}"
    assert cells(table) == [["年度", harmless], [harmless, harmless]]


def test_days_and_numbers_of_a_book_stay_what_they_are() -> None:
    days = pd.DatetimeIndex(["2027-01-11", "2027-05-31"], name="期限")
    table = pd.DataFrame({"件数": [-1.25, None], "名前": ["髙﨑\x07①", None]}, index=days)
    assert cells(table) == [
        ["期限", "件数", "名前"],
        [datetime(2027, 1, 11), -1.25, "髙﨑 ①"],  # noqa: DTZ001
        [datetime(2027, 5, 31), None, None],  # noqa: DTZ001
    ]


def test_the_same_table_gives_the_same_cells_again() -> None:
    table = pd.DataFrame({"a": [1]}, index=pd.Index(["x"], name="b"))
    assert cells(table) == cells(table)


# Calendars


AS_OF = date(2026, 11, 23)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80)


def events(*rows: tuple[str, str, str, str, str, int]) -> list[Event]:
    return [
        Event(key, date.fromisoformat(first), date.fromisoformat(last), summary, more, remind)
        for key, first, last, summary, more, remind in rows
    ]


def by_icalendar(content: bytes) -> list[Read]:
    read: list[Any] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return [
        (
            str(event["uid"]),
            str(event["summary"]),
            str(event["description"]),
            str(event["transp"]),
            event["dtstart"].dt,
            event["dtend"].dt,
            int(event["sequence"]),
            event["dtstamp"].dt,
        )
        for event in read
    ]


def by_vobject(content: bytes) -> list[Read]:
    calendar = vobject.readOne(content.decode())
    return [
        (
            event.uid.value,
            event.summary.value,
            event.description.value,
            event.transp.value,
            event.dtstart.value,
            event.dtend.value,
            int(event.sequence.value),
            event.dtstamp.value,
        )
        for event in calendar.contents.get("vevent", [])
    ]


@examples(60)
@given(
    st.lists(
        st.tuples(
            st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True),
            st.dates(date(2020, 1, 1), date(2060, 1, 1)).map(str),
            TEXTS,
            TEXTS,
            st.sampled_from((0, 30)),
        ),
        max_size=4,
    )
)
def test_two_libraries_read_back_what_was_written(
    rows: list[tuple[str, str, str, str, int]],
) -> None:
    made = events(
        *((key, day, day, summary, more, remind) for key, day, summary, more, remind in rows)
    )
    content = to_ics(made, AS_OF, "申請カレンダー")
    read = by_icalendar(content)
    assert read == by_vobject(content)
    assert [row[:3] for row in read] == [
        (f"{key}@onlineready", summary, description) for key, _day, summary, description, _r in rows
    ]
    assert [str(row[4]) for row in read] == [row[1] for row in rows]


def test_an_event_is_of_whole_days_the_last_one_within() -> None:
    made = events(("extension-2027-01", "2026-10-01", "2027-01-01", "更新", "説明", 30))
    content = to_ics(made, AS_OF, "申請カレンダー").decode()
    assert "DTSTART;VALUE=DATE:20261001\r\n" in content
    assert "DTEND;VALUE=DATE:20270102\r\n" in content
    assert "DTSTAMP:20261123T000000Z\r\n" in content
    assert "X-WR-TIMEZONE:Asia/Tokyo\r\n" in content
    # 92 days long, reminded 30 days before the last.
    assert "TRIGGER:P62D\r\n" in content
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))


def test_a_later_file_updates_the_events_of_an_earlier_one() -> None:
    made = events(("a", "2027-01-01", "2027-01-01", "更新", "説明", 0))
    moved = [event._replace(due_on=date(2027, 1, 2)) for event in made]
    assert to_ics(made, AS_OF, "x") == to_ics(made, AS_OF, "x")
    first, later = (
        by_icalendar(to_ics(made, AS_OF, "x")),
        by_icalendar(to_ics(moved, date(2026, 11, 24), "x")),
    )
    assert first[0][0] == later[0][0]
    assert first[0][6] < later[0][6]
    assert first[0][7] < later[0][7]
