"""A workbook in the making: its cells by kind, each with the look, lock and check that kind has."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from onlineready.domain.scenario import Scenario, bounds, expected
from onlineready.export.csv import harmless
from onlineready.export.fonts import FAMILY
from onlineready.language import translate as _
from onlineready.report.palette import TEXT

Cells = Mapping[str, str]
"""Cells by the key by which formulas name them."""


class Form(StrEnum):
    """How numbers are shown."""

    YEN = "#,##0;[Red]-#,##0"
    NUMBER = "#,##0.0;[Red]-#,##0.0"
    RATE = "#,##0.0"
    TWO_PLACES = "#,##0.00"
    PRECISE = "0.0000"
    WHOLE = "#,##0"
    PLAIN = "0"
    SHARE = "0.0%"
    MONTH = "yyyy-mm"


_HEAD_FILL, _LINE = "#E8EBF5", "#BFC5D6"
_HEAD = {"bold": True, "bg_color": _HEAD_FILL, "border": 1, "border_color": _LINE}
_WORDS = {"border": 1, "border_color": _LINE, "indent": 1}
_INPUT = {"bg_color": "#FFF4B8", "font_color": "#0000C8"}
_A4 = 9
A3 = 8
"""Where there are many columns; A4 elsewhere."""

_LINE_HEIGHT = 13.5
_LONGEST_URL = 2_079


class Check(NamedTuple):
    """What may be typed into a cell: a kind of `xlsxwriter`, its bounds, and both in words."""

    kind: str
    bounds: Sequence[Any]
    words: str


def bounded(key: str) -> Check:
    """Return what may be typed in for a numeric key of a scenario, or of a rate: within bounds."""
    low, high = bounds(key)
    if key.endswith("_share") or key == "discount_rate":
        words = _("{low:.0%}〜{high:.0%}を入れてください。").format(low=low, high=high)
        return Check("decimal", (low, high), words)
    whole = key in Scenario.model_fields and Scenario.model_fields[key].annotation is int
    words = _("{expected}を入れてください。").format(expected=expected(key))
    return Check("integer" if whole else "decimal", (low, high), words)


class Line(NamedTuple):
    """A column of figures, or a row: what it is called and how its cells are calculated.

    Attributes:
        key: by which formulas name it.
        title: what it is called.
        number: the format of its cells.
        formula: of a cell, naming others by key; empty where it holds values.
        unit: of the figures, where the title does not say it.
        group: the heading that it stands under.
        note: what it means.
    """

    key: str
    title: str
    number: str = Form.NUMBER
    formula: str = ""
    unit: str = ""
    group: str = ""
    note: str = ""

    @property
    def head(self) -> str:
        """The header of a column: title and unit."""
        return f"{self.title}({self.unit})" if self.unit else self.title


class Book:
    """A workbook and the styles of its cells, each made once."""

    def __init__(self, content: io.BytesIO, created: date) -> None:
        self.workbook = xlsxwriter.Workbook(
            content,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                # On every Windows since 2018; other systems take a Gothic of their own.
                "default_format_properties": {"font_name": FAMILY, "font_size": 10},
            },
        )
        # A day, not the clock: the same case gives the same file.
        self.workbook.set_properties({"created": pd.Timestamp(created).to_pydatetime()})
        self._styles: dict[frozenset[tuple[str, Any]], Any] = {}

    def style(self, **look: Any) -> Any:
        """Return the format with these properties."""
        key = frozenset(look.items())
        if key not in self._styles:
            base = {"font_color": TEXT, "valign": "vcenter"}
            self._styles[key] = self.workbook.add_format({**base, **look})
        return self._styles[key]


class Sheet:
    """A worksheet that can be changed where it asks for input, and nowhere else."""

    def __init__(self, book: Book, name: str, widths: Sequence[float]) -> None:
        self.book, self.name = book, name
        self.sheet = book.workbook.add_worksheet(name)
        # The library looks for functions newer than Excel 2016 in some thirty passes over each
        # formula, half of the time that a file takes; there are none here, which a test holds.
        self.sheet._prepare_formula = _without_sign
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.set_footer("&L&A&R&P / &N")
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        # No password: it keeps a formula from being overwritten by mistake, nothing else.
        self.sheet.protect(
            "", {"format_columns": True, "format_rows": True, "select_locked_cells": True}
        )

    def name_cell(self, row: int, column: int, name: str) -> None:
        """Give a cell a name that formulas use."""
        place = f"={quoted(self.name)}!{fixed(row, column)}"
        self.book.workbook.define_name(name, place)

    def title(self, text: str, *notes: str) -> int:
        """Write the title and what has to be known of the sheet; return the next free row."""
        self.sheet.write_string(0, 0, text, self.book.style(bold=True, font_size=14))
        for row, note in enumerate(notes, start=1):
            self.note(row, 0, note)
        return len(notes) + 2

    def note(self, row: int, column: int, text: str) -> None:
        """Write a remark without a frame."""
        self.sheet.write_string(row, column, text, self.book.style())

    def heading(self, row: int, text: str) -> None:
        """Write the heading of a part of the sheet."""
        self.sheet.write_string(row, 0, text, self.book.style(bold=True, font_size=11))

    def heads(
        self, row: int, texts: Sequence[str], *, left: int = 0, height: float | None = None
    ) -> None:
        """Write the headers of columns from the column `left` on, in a row that is so high."""
        style = self.book.style(**_HEAD, text_wrap=True, align="center")
        if height:
            self.sheet.set_row(row, height)
        for column, text in enumerate(texts, start=left):
            self.sheet.write_string(row, column, text, style)

    def group(self, row: int, column: int, last: int, text: str) -> None:
        """Write a header over the headers of several columns."""
        self.sheet.write_string(row, column, text, self.book.style(**_HEAD, align="left"))
        # Not merged: a merged cell runs over the edge where a page ends inside it.
        rest = self.book.style(bg_color=_HEAD_FILL, top=1, bottom=1, border_color=_LINE)
        for beside in range(column + 1, last + 1):
            self.sheet.write_blank(row, beside, None, rest)

    def text(self, row: int, column: int, *texts: str, wrap: bool = False) -> None:
        """Write words, side by side where there are several: never a formula, whoever wrote it."""
        style = self.book.style(**_WORDS, text_wrap=wrap)
        for place, text in enumerate(texts, start=column):
            self.sheet.write_string(row, place, harmless(text), style)

    def paragraph(self, row: int, column: int, text: str, width: int) -> None:
        """Write a longer text into a column that is so wide, and make its row high enough."""
        self.text(row, column, text, wrap=True)
        # A letter of Japanese is as wide as two digits; not every program fits the height itself.
        digits = sum(1 if letter.isascii() else 2 for letter in text)
        self.sheet.set_row(row, _LINE_HEIGHT * max(-(-digits // (width - 4)), 1) + 3)

    def link(self, row: int, column: int, address: str) -> None:
        """Write an address; one that is too long for a link as words."""
        style = self.book.style(**_WORDS)
        if len(address) <= _LONGEST_URL and address.startswith(("http://", "https://")):
            self.sheet.write_url(row, column, address, style, string=address)
        else:
            self.sheet.write_string(row, column, harmless(address), style)

    def value(self, row: int, column: int, value: Any, number: str = Form.NUMBER) -> None:
        """Write a number or a month that is no input; missing leaves the cell empty."""
        self._put(row, column, value, self._plain(number))

    def table(
        self,
        first: int,
        lines: Sequence[Line],
        values: pd.DataFrame,
        cells: Callable[[int], Cells] = lambda _n: {},
        *,
        height: float | None = None,
        above: int = 1,
        kept: int = 0,
    ) -> None:
        """Write columns under their headers, which stay in sight and on every page.

        Args:
            first: the row of the first of their cells.
            lines: the columns from the first one on; without values their cells are left out.
            values: of each line by key, those of formulas included.
            cells: returns, for each row from 0 on, what its formulas name by key.
            height: of the headers.
            above: how many rows above `first` they stand.
            kept: how many columns stay in sight as well.
        """
        self.heads(first - above, [line.head for line in lines], height=height)
        self.sheet.freeze_panes(first, kept)
        self.sheet.repeat_rows(first - above, first - 1)
        shown = [(column, line) for column, line in enumerate(lines) if line.key in values]
        rows = zip(*(values[line.key] for _column, line in shown), strict=True)
        for n, row in enumerate(rows):
            known = cells(n)
            for (column, line), value in zip(shown, row, strict=True):
                self.cell(first + n, column, line, value, known)

    def cell(
        self, row: int, column: int, line: Line, value: Any, cells: Cells, *, bold: bool = False
    ) -> None:
        """Write a cell of a line: its formula, which names `cells` by key, words or a number."""
        if line.formula:
            self.formula(row, column, filled(line.formula, cells), value, line.number, bold=bold)
        elif isinstance(value, str):
            self.text(row, column, value)
        else:
            self.value(row, column, value, line.number)

    def formula(
        self, row: int, column: int, formula: str, value: Any, number: str, *, bold: bool = False
    ) -> None:
        """Write a formula with the value it has: programs that do not calculate show that one.

        The sheet's own name, which every place may have before it, is left out.
        """
        own = formula.replace(f"{quoted(self.name)}!", "")
        kept = value.item() if isinstance(value, np.generic) else value
        look: dict[str, Any] = {"bold": True} if bold else {}
        if isinstance(kept, str):
            look |= {"align": "right", "shrink": True}
        self.sheet.write_formula(row, column, own, self._plain(number, **look), kept)

    def input(
        self, row: int, column: int, value: Any, number: str, check: Check, formula: str = ""
    ) -> None:
        """Write a cell that a reader may change, within bounds; first `formula`, if any."""
        style = self._plain(number, **_INPUT, locked=False)
        if formula:
            self.sheet.write_formula(row, column, formula, style, value)
        else:
            self._put(row, column, value, style)
        kind, bounds, words = check
        limits: dict[str, Any] = {"source": list(bounds)}
        if kind != "list":
            limits = {"criteria": "between", "minimum": bounds[0], "maximum": bounds[1]}
        told = {"error_title": _("入力できる値"), "error_message": words}
        rule = {"validate": kind, **limits, **told}
        self.sheet.data_validation(row, column, row, column, rule)

    def legend(self, row: int) -> None:
        """Show what an input cell looks like."""
        style = self._plain(Form.WHOLE, **_INPUT, align="center")
        self.sheet.write_string(row, 0, _("入力"), style)
        self.note(row, 1, _("この色のセルだけを変えられます。ほかは数式か、アプリで決まる値です。"))

    def _plain(self, number: str, **look: Any) -> Any:
        return self.book.style(num_format=number, border=1, border_color=_LINE, **look)

    def _put(self, row: int, column: int, value: Any, style: Any) -> None:
        if pd.isna(value):
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, pd.Period):
            self.sheet.write_datetime(row, column, value.to_timestamp().to_pydatetime(), style)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, harmless(value), style)
        else:
            self.sheet.write_number(row, column, float(value), style)


def _without_sign(formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG001
    """Return a formula as the file keeps it."""
    return formula.removeprefix("=")


def rate_number(value: float) -> str:
    """Return the format of minutes or yen: with decimals where there are some."""
    return "#,##0.##" if value % 1 else Form.WHOLE


def serial(month: pd.Period) -> int:
    """Return the number by which spreadsheets know the first day of a month."""
    return int((month.to_timestamp() - pd.Timestamp(1899, 12, 30)).days)


def fixed(row: int, column: int) -> str:
    """Return a cell of the same sheet, absolute."""
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def quoted(name: str) -> str:
    """Return the name of a sheet as formulas write it."""
    return "'{}'".format(name.replace("'", "''"))


def said(text: str) -> str:
    """Return words as a formula writes them."""
    return '"{}"'.format(text.replace('"', '""'))


def filled(template: str, cells: Cells) -> str:
    """Return a formula with the cells that it names by key."""
    return "=" + template.format_map(cells)
