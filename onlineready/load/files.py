"""A file into cells of text, its content telling of which kind it is."""

from collections.abc import Mapping

from onlineready.domain.problem import Problem, ProblemsError
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.load.delimited import from_text
from onlineready.load.excel import from_workbook
from onlineready.load.source import Limits, Recognise, RefusedError, Source

PLAN_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm")

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
            raise RefusedError(message.format(size=limits.megabytes))
        if content.startswith(b"PK\x03\x04"):
            return from_workbook(content, sheet, recognise, limits)
        if kind := next(
            (kind for start, kind in _OTHER_KINDS.items() if content.startswith(start)), None
        ):
            raise RefusedError(_(kind))
        return from_text(content, recognise, limits)
    except RefusedError as error:
        problem = Problem(error.row, None, str(error))
    # Not within `except`: what went wrong inside has bytes of the file in it, perhaps of a person.
    raise ProblemsError([problem], name)
