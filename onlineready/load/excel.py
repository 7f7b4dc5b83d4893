"""Excel workbooks: the sheet with a plan, its values, and what the values do not tell."""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import defusedxml.ElementTree
import numpy as np
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import coordinate_to_tuple, get_column_letter, range_boundaries

from onlineready.domain.vocabulary import LABELS, PlanKind
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.load.source import (
    HEAD_RECORDS,
    MAX_COLUMNS,
    SAVE_AS,
    Limits,
    Recognise,
    Records,
    RefusedError,
    Source,
    as_cells,
    refuse_columns,
)

_RECORDS_LOOKED_AT = 100
"""Records at the top of a sheet among which something has to stand below its header."""

_LAST_ROW = 1_048_576
"""The last row of a sheet; a part that tells of later ones was not written by a spreadsheet."""

MAX_UNPACKED_BYTES = 200 * 1024**2
MAX_PARTS = 1_000
"""Files that a spreadsheet may consist of: one has a few dozen."""

_ZIPPED_KINDS: Mapping[str, str] = {
    "xl/workbook.bin": mark(
        "Excelバイナリブック(.xlsb)です。「Excelブック(.xlsx)」で保存し直してください。"
    ),
    "content.xml": mark("OpenDocument(.ods)です。「Excelブック(.xlsx)」で保存し直してください。"),
    "Index/Document.iwa": mark("Numbersの書類です。Excelに書き出してから選んでください。"),
    "word/document.xml": mark("Wordの文書です。表をExcelに移してから選んでください。"),
}
"""What a ZIP file is that has this part."""


def from_workbook(
    content: bytes, wanted: str | None, recognise: Recognise, limits: Limits
) -> Source:
    """Return the cells of a sheet, as `files.source_of` describes it.

    Raises:
        RefusedError: it cannot be read.
    """
    try:
        return _workbook(content, wanted, recognise, limits)
    except RefusedError:
        raise
    except Exception:  # whatever a parser raises on a broken file, the file cannot be read
        raise RefusedError(
            _("Excelのファイルとして読めません(壊れているようです)。") + _(SAVE_AS)
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
        raise RefusedError(_("「{sheet}」というシートはありません。").format(sheet=wanted))
    shown = [title for title, sheet in sheets.items() if sheet.sheet_state == "visible"]
    chosen = wanted or _sheet_with_header(sheets, shown or list(sheets), recognise)
    structure = _structure(parts, paths[chosen])
    rows = _rows(sheets[chosen], limits)
    cells = as_cells(list(rows.values()))
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
        raise RefusedError(
            _(kind) if kind else _("ZIPファイルです。中の表を取り出して選んでください。")
        )
    unpacked = sum(part.file_size for part in parts.infolist())
    if unpacked > MAX_UNPACKED_BYTES or len(parts.infolist()) > MAX_PARTS:
        raise RefusedError(
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

    Raises:
        RefusedError: of a template, more than one sheet is filled in.
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

    kinds = {_(LABELS[kind]) for kind in PlanKind}
    written = [title for title in shown if title in kinds and has_header(title, filled=True)]
    if len(written) > 1:
        message = _(
            "{sheets} のそれぞれに入力があり、どれが計画か決められません。一つのシートだけに書き、"
            "ほかは見出しの下を消してから選んでください。"
        )
        raise RefusedError(message.format(sheets="".join(f"「{title}」" for title in written)))
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
                    raise RefusedError(_("シートの行の番号が正しくありません。") + _(SAVE_AS))
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
            refuse_columns(len(values), number)
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


def corners_of(area: str) -> tuple[int, int, int, int]:
    """Return the first and last row and the first and last column (from 0) of a range of cells."""
    left, top, right, bottom = (number or 1 for number in range_boundaries(area))
    return top, bottom, left - 1, right - 1
