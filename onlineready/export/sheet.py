"""A table as the single sheet of an Excel book, in which nothing runs."""

import io
from datetime import datetime

import openpyxl
import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from onlineready.export.csv import harmless

WIDEST = 60
MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - a book knows no zones


def to_sheet(table: pd.DataFrame, title: str) -> bytes:
    """Return a table with its index as an Excel book: header in bold, fixed while scrolling.

    Words that could start a formula get an apostrophe before them, as `csv.to_csv` does; numbers
    and days stay what they are, unrounded.

    Args:
        table: what to write.
        title: the name of the sheet.
    """
    plain = table.reset_index()
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = MADE
    sheet = book.worksheets[0]
    sheet.title = title
    for place, name in enumerate(plain.columns, start=1):
        column = plain[name]
        words = not pd.api.types.is_numeric_dtype(column.dtype)
        if words and not pd.api.types.is_datetime64_any_dtype(column.dtype):
            column = column.astype("str").map(_legal, na_action="ignore")
        header = sheet.cell(1, place, _legal(str(name)))
        header.font = Font(bold=True)
        header.alignment = Alignment(wrap_text=True, vertical="top")
        width = len(str(name))
        for row, value in enumerate(column.tolist(), start=2):
            if pd.isna(value):
                continue
            day = value.date() if isinstance(value, datetime) else value
            cell = sheet.cell(row, place, day)
            if isinstance(value, datetime):
                cell.number_format = "yyyy-mm-dd"
            width = max(width, len(str(day)))
        # A Japanese character is as wide as two Latin ones.
        sheet.column_dimensions[get_column_letter(place)].width = min(2 * width + 2, WIDEST)
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _legal(word: str) -> str:
    """Return a word that no book runs, and that it can hold: no control characters."""
    return harmless(ILLEGAL_CHARACTERS_RE.sub(" ", word))
