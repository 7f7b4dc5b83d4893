"""CSV and the like: bytes into text, its encoding and its delimiter, into records."""

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv

from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.load.source import (
    HEAD_RECORDS,
    SAVE_AS,
    Limits,
    Recognise,
    Records,
    RefusedError,
    Source,
    as_cells,
    refuse_columns,
)


def from_text(content: bytes, recognise: Recognise, limits: Limits) -> Source:
    """Return the cells of CSV, as `files.source_of` describes it.

    Raises:
        RefusedError: it cannot be read.
    """
    body, marked = _as_marked(content)
    # Whoever quotes may break lines within a cell: only without quotes is a line a record.
    lines = None if b'"' in body else _different_lines(body)
    if lines:
        limits.refuse_records(len(lines.which))
    text, encoding = _decoded(lines.joined if lines else body, marked)
    if re.match(r"\s*<(!doctype|html|table|\?xml|meta)", text[:200], re.IGNORECASE):
        raise RefusedError(_("HTMLかXMLのファイルです。") + _(SAVE_AS))
    if re.match(r'\s*(\[\s*)?\{\s*"', text[:200]):
        raise RefusedError(
            _("JSONです。保存したファイルは「共有」から開いてください。計画は表で選びます。")
        )
    delimiter = _delimiter(text, recognise)
    cells, lengths = (_regular(text, delimiter) if lines else None), None
    if cells is None:
        records = _records(io.StringIO(text, newline=""), delimiter, limits)
        lengths = np.array([len(record) for record in records])
        cells = as_cells(records)
    which = lines.which if lines else np.arange(len(cells))
    rows = np.arange(1, len(which) + 1)
    return Source(records=Records(cells, which, rows), lengths=lengths, encoding=_(encoding))


class _Lines(NamedTuple):
    """The lines of a text that differ, joined in the order in which they come; which is which."""

    joined: bytes
    which: np.ndarray


def _different_lines(content: bytes) -> _Lines | None:
    """Return the different lines of a text in any encoding that keeps the line breaks of ASCII.

    All that follows, decoding included, has to be done once for each of them. None where they
    cannot be told in one pass: one of a megabyte, one with an escape (which is refused), or none.
    """
    table = _arrow(content, "\x1b", ["line"], pa.binary())
    if table is None:
        return None
    lines = table.column("line").combine_chunks()
    listed = pa.ListArray.from_arrays(pa.array([0, len(lines.dictionary)]), lines.dictionary)
    (joined,) = pyarrow.compute.binary_join(listed, b"\n")
    return _Lines(joined.as_py() + b"\n", lines.indices.to_numpy())


_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", mark("UTF-8(BOMつき)")),
    (b"\xff\xfe", "utf-16-le", mark("UTF-16")),
    (b"\xfe\xff", "utf-16-be", mark("UTF-16")),
)
_NOT_IN_CP932 = re.compile("[\x80\xa0\uf8f0-\uf8f3]")
"""What the codec makes of the bytes 80, A0 and FD to FF, which CP932 leaves without a meaning."""

_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")


def _as_marked(content: bytes) -> tuple[bytes, str | None]:
    """Return the bytes after a byte order mark, in UTF-8, and what the mark tells if there is one.

    Bytes without a mark stay as they are.
    """
    for start, codec, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(start):
            body = content[len(start) :]
            return body if codec == "utf-8" else _unbroken(body, codec).encode(), encoding
    return content, None


def _decoded(content: bytes, marked: str | None) -> tuple[str, str]:
    """Return the text and its encoding: strictly, over the whole file, nothing guessed."""
    save_as = _(SAVE_AS)
    if not content.strip():
        raise RefusedError(_("空のファイルです。見出しの行に列の名前を入れてください。"))
    if b"\x1b" in content:
        raise RefusedError(_("JISコード(ISO-2022-JP)のようです。") + save_as)
    if b"\x00" in content:
        raise RefusedError(_("表の文字ではないデータか、BOMのないUTF-16です。") + save_as)
    if marked:
        return _unbroken(content, "utf-8"), marked
    if (as_utf_8 := _strictly(content, "utf-8")) is not None:
        return as_utf_8, mark("UTF-8")
    as_cp932, as_euc = _strictly(content, "cp932"), _strictly(content, "euc_jp")
    if as_cp932 is not None and _NOT_IN_CP932.search(as_cp932):
        as_cp932 = None
    if as_euc is not None and (as_cp932 is None or _HALF_WIDTH_KANA.search(as_cp932)):
        raise RefusedError(
            _("EUC-JPのようです(Shift_JISとして読むと半角カナになります)。") + save_as
        )
    if as_cp932 is None:
        raise RefusedError(_("文字コードがUTF-8でもShift_JISでもありません。") + save_as)
    return as_cp932, mark("Shift_JIS(CP932)")


def _unbroken(content: bytes, codec: str) -> str:
    text = _strictly(content, codec)
    if text is None:
        message = _("文字が壊れています(途中で切れたファイルかもしれません)。")
        raise RefusedError(message + _(SAVE_AS))
    return text


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _delimiter(text: str, recognise: Recognise) -> str:
    """Return the delimiter under which a record at the top has the most known headers.

    Where none is known, under which there are the most cells.
    """
    head = text[:100_000]

    def fitness(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
        records = list(itertools.islice(_until_broken(reader), HEAD_RECORDS))
        return max(map(recognise, records), default=0), sum(map(len, records))

    return max(",\t;", key=fitness)


def _until_broken(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error:
        return


def _records(text: Iterable[str], delimiter: str, limits: Limits) -> list[list[str]]:
    records = []
    try:
        for record in csv.reader(text, delimiter=delimiter, strict=True):
            records.append(record)
            limits.refuse_records(len(records))
    except csv.Error:
        raise RefusedError(
            _('引用符(")の数が合わず、どこまでが1つのセルかわかりません。') + _(SAVE_AS)
        ) from None
    return records


def _regular(text: str, delimiter: str) -> pd.DataFrame | None:
    """Return the cells of a text without quotes whose records are all as long as the first.

    Such a text, as spreadsheets write it, is read in one pass; None is any other.
    """
    # All columns of one name would be one: they are numbered first.
    width = text.partition("\n")[0].count(delimiter) + 1
    refuse_columns(width)
    names = [str(place) for place in range(width)]
    table = _arrow(text.encode(), delimiter, names, pa.string())
    if table is None:
        return None
    cells: pd.DataFrame = table.to_pandas()
    return cells.set_axis(range(width), axis=1)


def _arrow(
    content: bytes, delimiter: str, names: Sequence[str], kind: pa.DataType
) -> pa.Table | None:
    """Return lines of as many cells as there are names, each different cell held once.

    None where a line has more or fewer, or is too long.
    """
    try:
        return pyarrow.csv.read_csv(
            pa.BufferReader(content),
            read_options=pyarrow.csv.ReadOptions(column_names=names),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=delimiter, quote_char=False, ignore_empty_lines=False
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), kind)),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
