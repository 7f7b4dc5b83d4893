"""Cells of text, and where they come from: what every kind of file is read into."""

import datetime
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.language import mark
from onlineready.language import translate as _

HEAD_RECORDS = 10
"""Records at the top of a file in which its header is looked for."""

MAX_COLUMNS = 100
"""Of a file: its plan has a dozen, or one for each month of some years."""

SAVE_AS = mark("Excelで開き、「Excelブック(.xlsx)」か「CSV UTF-8」で保存し直してください。")


class RefusedError(Exception):
    """The file is not read any further: why, in the reader's words, and at which row if at one."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


class Limits(NamedTuple):
    """How large a file may be; the command line sets none."""

    megabytes: int = sys.maxsize
    rows: int = sys.maxsize

    def refuse_records(self, count: int) -> None:
        """Refuse a file that has so many records, titles and header among them, if too many."""
        if count > self.rows + HEAD_RECORDS:
            message = _("{most:,}行を超えています。行を減らすか、コマンドラインを使ってください。")
            raise RefusedError(message.format(most=self.rows))


Recognise = Callable[[Sequence[str]], int]
"""Counts the headers that are known in a record."""


@dataclass(frozen=True)
class Records:
    """Records of a file, all text. A long plan says the same many times over: it is held once.

    Attributes:
        different: one row per different record, in the order in which they first come, index 0, 1,
            …; one categorical column per column of the file, by its place. A record that is too
            short ends in empty cells.
        which: for each record, which of the different ones it is.
        rows: the number of each record as a spreadsheet counts, rising.
    """

    different: pd.DataFrame
    which: np.ndarray
    rows: np.ndarray

    def __contains__(self, row: int) -> bool:
        at = np.searchsorted(self.rows, row)
        return bool(at < len(self.rows) and self.rows[at] == row)

    def between(self, above: int, below: int) -> "Records":
        """Return the records from a row on up to another, that one left out."""
        begin, end = np.searchsorted(self.rows, [above, below])
        which = self.which[begin:end]
        there = np.bincount(which, minlength=len(self.different)) > 0
        return Records(self.different, which, self.rows[begin:end]).being(there)

    def being(self, kept: np.ndarray) -> "Records":
        """Return the records that are one of those different ones that are marked."""
        number = np.cumsum(kept) - 1
        chosen = kept[self.which]
        different = self.different[kept].reset_index(drop=True)
        return Records(different, number[self.which[chosen]], self.rows[chosen])

    def rows_of(self, marked: np.ndarray) -> list[int]:
        """Return the rows of the records that are one of the different ones that are marked."""
        rows: list[int] = self.rows[marked[self.which]].tolist()
        return rows

    def each(self, most: int | None = None) -> pd.DataFrame:
        """Return every record, or the first ones, equal ones again and again, by row."""
        return self.different.take(self.which[:most]).set_axis(pd.Index(self.rows[:most]))


@dataclass(frozen=True, kw_only=True)
class Source:
    """The records of a file, and what is known of where they come from.

    Attributes:
        records: all of them, blank ones too; of a spreadsheet those with something in them.
        lengths: cells of each different record of a CSV file; None where all are alike, and for a
            sheet.
        encoding: of a CSV file, in the reader's words; None for a spreadsheet.
        sheet: the sheet that was read, of all `sheets` of the file; empty for a CSV file.
        hidden_rows, hidden_sheets: what the sheet's reader does not see.
        merged: the ranges of cells merged into one, as `A3:A5`.
        without_value: the cells whose formula has no value saved with it, as `B7`.
        remarks: the texts of comments on cells, on any sheet.
        first_serial: the day that a spreadsheet counts as 0; None for a CSV file.
    """

    records: Records
    lengths: np.ndarray | None = None
    encoding: str | None = None
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    without_value: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    first_serial: datetime.date | None = None


def as_cells(records: list[list[str]]) -> pd.DataFrame:
    """Return records of text as `Records.different` has them, equal ones again and again."""
    width = max(map(len, records), default=0)
    refuse_columns(width)
    full = [record + [""] * (width - len(record)) for record in records]
    return pd.DataFrame(full, columns=range(width), dtype="str").astype("category")


def refuse_columns(width: int, row: int | None = None) -> None:
    """Refuse a record of so many cells, if too many."""
    if width > MAX_COLUMNS:
        message = _("{width}列あります。計画の列だけにしてください({most}列まで)。")
        raise RefusedError(message.format(width=width, most=MAX_COLUMNS), row)
