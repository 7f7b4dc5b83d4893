"""Bytes into cells of text: what kind of file it is, its encoding, its sheets, its records."""

import csv
import datetime
import io
import itertools
import re
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

import defusedxml.ElementTree
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries

from onlineready.domain.problem import Problem, ProblemsError
from onlineready.language import mark
from onlineready.language import translate as _

SPREADSHEETS = (".xlsx", ".xlsm")
PLAN_ENDINGS = (".csv", ".tsv", *SPREADSHEETS)

HEAD_RECORDS = 10
"""Records at the top of a file in which its header is looked for."""

_RECORDS_LOOKED_AT = 100
"""Records at the top of a sheet among which something has to stand below its header."""

MAX_COLUMNS = 100
_LAST_ROW = 1_048_576
"""The last row of a sheet; a part that tells of later ones was not written by a spreadsheet."""

MAX_UNPACKED_BYTES = 200 * 1024**2
MAX_PARTS = 1_000
"""Files that a spreadsheet may consist of: one has a few dozen."""


class Limits(NamedTuple):
    """How large a file may be; the command line sets none."""

    megabytes: int = sys.maxsize
    rows: int = sys.maxsize

    def refuse_records(self, count: int) -> None:
        """Refuse a file that has so many records, titles and header among them, if too many."""
        if count > self.rows + HEAD_RECORDS:
            message = _("{most:,}行を超えています。行を減らすか、コマンドラインを使ってください。")
            raise _RefusedError(message.format(most=self.rows))


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


def source_of(
    content: bytes,
    name: str,
    recognise: Recognise,
    *,
    sheet: str | None = None,
    limits: Limits,
) -> Source:
    """Return the cells of a CSV file or of a sheet; the content tells which of the two it is.

    Args:
        content: CSV in UTF-8, in UTF-16 with a byte order mark or in CP932, its cells separated by
            commas, tabs or semicolons; or an Excel workbook.
        name: the file's name, named in the error.
        recognise: counts known headers, which tells the delimiter and the sheet.
        sheet: the sheet to read; by default the first one that is shown, has a known header
            and is filled in.
        limits: how large the file may be.

    Raises:
        ProblemsError: the file as a whole cannot be read, and what to do instead.
    """
    try:
        if len(content) > limits.megabytes * 1024**2:
            message = _("{size}MBを超えています。行を減らしてください。")
            raise _RefusedError(message.format(size=limits.megabytes))
        if content.startswith(b"PK\x03\x04"):
            return _from_workbook(content, sheet, recognise, limits)
        if kind := next(
            (kind for start, kind in _OTHER_KINDS.items() if content.startswith(start)), None
        ):
            raise _RefusedError(_(kind))
        return _from_text(content, recognise, limits)
    except _RefusedError as error:
        problem = Problem(error.row, None, str(error))
    # Not within `except`: what went wrong inside has bytes of the file in it, perhaps of a person.
    raise ProblemsError([problem], name)


class _RefusedError(Exception):
    """The file is not read any further: why, in the reader's words, and at which row if at one."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


_SAVE_AS = mark("Excelで開き、「Excelブック(.xlsx)」か「CSV UTF-8」で保存し直してください。")
_PICTURE = mark("画像です。元の表をExcelかCSVで用意してください。")
_OTHER_KINDS: Mapping[bytes, str] = {
    b"\xd0\xcf\x11\xe0": mark(
        "古い形式のExcel(.xls)か、パスワードつきのファイルです。"
        "Excelで開き、パスワードを外して「Excelブック(.xlsx)」で保存し直してください。"
    ),
    b"%PDF": mark("PDFです。元の表をExcelかCSVで用意してください。"),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"{\\rtf": mark("文書(RTF)です。元の表をExcelかCSVで用意してください。"),
    b"\x1f\x8b": mark("圧縮ファイル(gzip)です。中の表を取り出して選んでください。"),
    b"7z\xbc\xaf": mark("圧縮ファイル(7z)です。中の表を取り出して選んでください。"),
    b"Rar!": mark("圧縮ファイル(RAR)です。中の表を取り出して選んでください。"),
}
"""What a file is that begins with these bytes."""

_ZIPPED_KINDS: Mapping[str, str] = {
    "xl/workbook.bin": mark(
        "Excelバイナリブック(.xlsb)です。「Excelブック(.xlsx)」で保存し直してください。"
    ),
    "content.xml": mark("OpenDocument(.ods)です。「Excelブック(.xlsx)」で保存し直してください。"),
    "Index/Document.iwa": mark("Numbersの書類です。Excelに書き出してから選んでください。"),
    "word/document.xml": mark("Wordの文書です。表をExcelに移してから選んでください。"),
}
"""What a ZIP file is that has this part."""


# Text


def _from_text(content: bytes, recognise: Recognise, limits: Limits) -> Source:
    body, marked = _as_marked(content)
    # Whoever quotes may break lines within a cell: only without quotes is a line a record.
    lines = None if b'"' in body else _different_lines(body)
    if lines:
        limits.refuse_records(len(lines.which))
    text, encoding = _decoded(lines.joined if lines else body, marked)
    if re.match(r"\s*<(!doctype|html|table|\?xml|meta)", text[:200], re.IGNORECASE):
        raise _RefusedError(_("HTMLかXMLのファイルです。") + _(_SAVE_AS))
    if re.match(r'\s*(\[\s*)?\{\s*"', text[:200]):
        raise _RefusedError(
            _("JSONです。保存したファイルは「共有」から開いてください。計画は表で選びます。")
        )
    delimiter = _delimiter(text, recognise)
    cells, lengths = (_regular(text, delimiter) if lines else None), None
    if cells is None:
        records = _records(io.StringIO(text, newline=""), delimiter, limits)
        lengths = np.array([len(record) for record in records])
        cells = _as_cells(records)
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
    save_as = _(_SAVE_AS)
    if not content.strip():
        raise _RefusedError(_("空のファイルです。見出しの行に列の名前を入れてください。"))
    if b"\x1b" in content:
        raise _RefusedError(_("JISコード(ISO-2022-JP)のようです。") + save_as)
    if b"\x00" in content:
        raise _RefusedError(_("表の文字ではないデータか、BOMのないUTF-16です。") + save_as)
    if marked:
        return _unbroken(content, "utf-8"), marked
    if (as_utf_8 := _strictly(content, "utf-8")) is not None:
        return as_utf_8, mark("UTF-8")
    as_cp932, as_euc = _strictly(content, "cp932"), _strictly(content, "euc_jp")
    if as_cp932 is not None and _NOT_IN_CP932.search(as_cp932):
        as_cp932 = None
    if as_euc is not None and (as_cp932 is None or _HALF_WIDTH_KANA.search(as_cp932)):
        raise _RefusedError(
            _("EUC-JPのようです(Shift_JISとして読むと半角カナになります)。") + save_as
        )
    if as_cp932 is None:
        raise _RefusedError(_("文字コードがUTF-8でもShift_JISでもありません。") + save_as)
    return as_cp932, mark("Shift_JIS(CP932)")


def _unbroken(content: bytes, codec: str) -> str:
    text = _strictly(content, codec)
    if text is None:
        message = _("文字が壊れています(途中で切れたファイルかもしれません)。")
        raise _RefusedError(message + _(_SAVE_AS))
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
        raise _RefusedError(
            _('引用符(")の数が合わず、どこまでが1つのセルかわかりません。') + _(_SAVE_AS)
        ) from None
    return records


def _regular(text: str, delimiter: str) -> pd.DataFrame | None:
    """Return the cells of a text without quotes whose records are all as long as the first.

    Such a text, as spreadsheets write it, is read in one pass; None is any other.
    """
    # All columns of one name would be one: they are numbered first.
    width = text.partition("\n")[0].count(delimiter) + 1
    _refuse_columns(width)
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


# Spreadsheets


def _from_workbook(
    content: bytes, wanted: str | None, recognise: Recognise, limits: Limits
) -> Source:
    try:
        return _workbook(content, wanted, recognise, limits)
    except _RefusedError:
        raise
    except Exception:  # whatever a parser raises on a broken file, the file cannot be read
        raise _RefusedError(
            _("Excelのファイルとして読めません(壊れているようです)。") + _(_SAVE_AS)
        ) from None


def _workbook(content: bytes, wanted: str | None, recognise: Recognise, limits: Limits) -> Source:
    parts = _parts(content)
    _refuse_entities(parts)
    # It remarks on missing styles and the like, which say nothing about the values.
    warnings.filterwarnings("ignore", module="openpyxl")
    reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    reader.read()
    paths = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
    sheets = {sheet.title: sheet for sheet in reader.wb.worksheets}
    if wanted is not None and wanted not in sheets:
        raise _RefusedError(_("「{sheet}」というシートはありません。").format(sheet=wanted))
    shown = [title for title, sheet in sheets.items() if sheet.sheet_state == "visible"]
    chosen = wanted or _sheet_with_header(sheets, shown or list(sheets), recognise)
    structure = _structure(parts, paths[chosen])
    rows = _rows(sheets[chosen], limits)
    cells = _as_cells(list(rows.values()))
    return Source(
        records=Records(cells, np.arange(len(cells)), np.fromiter(rows, dtype=int)),
        sheet=chosen,
        sheets=tuple(sheets),
        hidden_sheets=tuple(title for title in sheets if title not in shown),
        remarks=tuple(_comments(parts)),
        first_serial=reader.wb.epoch.date(),
        **structure,
    )


def _parts(content: bytes) -> zipfile.ZipFile:
    """Open a spreadsheet, its size looked at before anything is unpacked."""
    parts = zipfile.ZipFile(io.BytesIO(content))
    names = set(parts.namelist())
    if "xl/workbook.xml" not in names:
        kind = next((kind for part, kind in _ZIPPED_KINDS.items() if part in names), None)
        raise _RefusedError(
            _(kind) if kind else _("ZIPファイルです。中の表を取り出して選んでください。")
        )
    unpacked = sum(part.file_size for part in parts.infolist())
    if unpacked > MAX_UNPACKED_BYTES or len(parts.infolist()) > MAX_PARTS:
        raise _RefusedError(
            _("展開すると大きすぎます。計画のシートだけを新しいブックに移してください。")
        )
    return parts


def _refuse_entities(parts: zipfile.ZipFile) -> None:
    """Refuse XML that declares entities, which may swell or reach out, in every small part.

    openpyxl reads these with whatever library is there. Sheets and texts, which may be long, are
    read by one that refuses entities itself.
    """
    for name in parts.namelist():
        if name.endswith((".xml", ".rels")) and not _LONG_PART.match(name):
            defusedxml.ElementTree.fromstring(parts.read(name))


def _sheet_with_header(sheets: dict[str, Any], shown: Sequence[str], recognise: Recognise) -> str:
    """Return the first sheet with a known header at its top and something below, else without.

    Of a template with a sheet for each kind of plan it is the one that is filled in. Where no sheet
    has a header it is the first one.
    """

    def has_header(title: str, *, filled: bool) -> bool:
        sheets[title].reset_dimensions()
        rows = sheets[title].iter_rows(
            max_row=_RECORDS_LOOKED_AT, max_col=MAX_COLUMNS, values_only=True
        )
        texts = [[_as_text(cell) for cell in row] for row in rows]
        headers = (at for at, row in enumerate(texts[:HEAD_RECORDS]) if recognise(row) > 1)
        header = next(headers, None)
        return header is not None and (not filled or any(map(any, texts[header + 1 :])))

    found = (
        title for filled in (True, False) for title in shown if has_header(title, filled=filled)
    )
    return next(found, shown[0])


_LONG_PART = re.compile(r"xl/(worksheets/[^/]*|sharedStrings)\.xml$")


def _structure(parts: zipfile.ZipFile, path: str) -> dict[str, Any]:
    """Return what the values of a sheet do not tell, as attributes of `Source`."""
    hidden, merged, without_value = [], [], []
    row = 0
    with parts.open(path.lstrip("/")) as part:
        for _event, element in defusedxml.ElementTree.iterparse(part):
            kind = element.tag.rpartition("}")[2]
            if kind == "row":
                before, row = row, int(element.get("r") or row + 1)
                if not before < row <= _LAST_ROW:
                    raise _RefusedError(_("シートの行の番号が正しくありません。") + _(_SAVE_AS))
                if element.get("hidden") in ("1", "true"):
                    hidden.append(row)
                without_value += [f"{letters}{row}" for letters in _without_value(element)]
                element.clear()
            elif kind == "mergeCell":
                merged.append(element.get("ref", ""))
                corners_of(merged[-1])
    return {
        "hidden_rows": tuple(hidden),
        "merged": tuple(merged),
        "without_value": tuple(without_value),
    }


def _without_value(row: Element) -> Iterator[str]:
    """Yield the columns, by letter, in which a row has a formula and no value saved with it."""
    column = 0
    for cell in row:
        at = cell.get("r")
        column = coordinate_to_tuple(at)[1] if at else column + 1
        inside = {child.tag.rpartition("}")[2]: child.text for child in cell}
        # An empty text is a value: its type is told. Programs that do not calculate tell none.
        empty = inside.get("v") is None and not (cell.get("t") == "str" and "v" in inside)
        if "f" in inside and empty and "is" not in inside:
            yield get_column_letter(column)


def _comments(parts: zipfile.ZipFile) -> Iterator[str]:
    """Yield what is written in comments, old and new kind, on any sheet."""
    for name in parts.namelist():
        if re.fullmatch(r"xl/(comments/?|threadedComments/threadedComment)[^/]*\.xml", name):
            tree = defusedxml.ElementTree.fromstring(parts.read(name))
            for comment in tree.iter():
                if comment.tag.rpartition("}")[2] in ("comment", "threadedComment"):
                    yield "".join(comment.itertext())


def _rows(sheet: Any, limits: Limits) -> dict[int, list[str]]:
    """Return the values of a sheet as text, by row; blank rows are left out.

    It is read row by row, whatever area it claims to have: a sheet with one stray cell in its last
    corner must not be built up whole.
    """
    sheet.reset_dimensions()
    rows: dict[int, list[str]] = {}
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        values = [_as_text(cell) for cell in row]
        while values and not values[-1]:
            values.pop()
        if values:
            _refuse_columns(len(values), number)
            rows[number] = values
        limits.refuse_records(len(rows))
    return rows


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


# Both


def _as_cells(records: list[list[str]]) -> pd.DataFrame:
    width = max(map(len, records), default=0)
    _refuse_columns(width)
    full = [record + [""] * (width - len(record)) for record in records]
    return pd.DataFrame(full, columns=range(width), dtype="str").astype("category")


def _refuse_columns(width: int, row: int | None = None) -> None:
    if width > MAX_COLUMNS:
        message = _("{width}列あります。計画の列だけにしてください({most}列まで)。")
        raise _RefusedError(message.format(width=width, most=MAX_COLUMNS), row)


def corners_of(area: str) -> tuple[int, int, int, int]:
    """Return the first and last row and the first and last column (from 0) of a range of cells."""
    left, top, right, bottom = (number or 1 for number in range_boundaries(area))
    return top, bottom, left - 1, right - 1
