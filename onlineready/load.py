"""Bytes into checked frames: the only module that reads files. Every problem is told at once."""

import csv
import datetime
import io
import json
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from pandera.errors import SchemaErrors
from pandera.pandas import DataFrameSchema

from onlineready.checklist import Checklist, read_checklist
from onlineready.language import translate as _
from onlineready.problem import Problem, ProblemsError
from onlineready.tables import ASSUMPTIONS, FEES, PLAN, TARGETS, TASKS, Tables, months_numbered

DATA = Path(__file__).parent.parent / "data"
ENCODINGS = ("utf-8-sig", "cp932")
SPREADSHEETS = (".xlsx", ".xlsm")
PLAN_ENDINGS = (".csv", ".tsv", *SPREADSHEETS)
HEADER_ROW = 1
MAX_UNPACKED = 200 * 1024 * 1024
"""Bytes that a spreadsheet may unpack to."""

_DEFAULT_SITE = "全社"
_ROUTE_WORDS = {
    "在籍": "current",
    "海外": "overseas",
    "認定": "overseas",
    "海外(認定)": "overseas",
    "国内": "domestic",
    "変更": "domestic",
    "国内(変更)": "domestic",
}
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])日?"
_MONTH = rf"(?P<year>[0-9]{{4}})[-/年](?P<month>0?[1-9]|1[0-2])(?:月|[-/月]{_DAY})?"
_WHOLE = r"[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3}"
_DECIMAL = r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?"


def load_tables(folder: Path = DATA) -> Tables:
    """Return the fee table and the task table.

    Raises:
        ProblemsError: what is wrong with one of the two files, by row and column.
    """
    return Tables(fees=_table(folder / "fees.csv", FEES), tasks=_table(folder / "tasks.csv", TASKS))


def load_assumptions(folder: Path = DATA) -> pd.DataFrame:
    """Return the range, unit and source of each numeric key of a scenario, indexed by key.

    Raises:
        ProblemsError: what is wrong with the file, by row and column.
    """
    return _table(folder / "assumptions.csv", ASSUMPTIONS).set_index("key")


def load_checklist(folder: Path = DATA) -> Checklist:
    """Return the content of the readiness checklist.

    Raises:
        ProblemsError: what is wrong with the file, by line.
    """
    path = folder / "readiness.toml"
    return read_checklist(path.read_text(ENCODINGS[0]), path.name)


def load_sample_plan(folder: Path = DATA) -> pd.DataFrame:
    """Return the plan that the dashboard shows before a reader brings one."""
    path = folder / "sample_plan.csv"
    return read_plan(path.read_bytes(), path.name)


def read_plan(content: bytes, name: str) -> pd.DataFrame:
    """Return the roster in a file, one row per group of workers, columns as `tables.PLAN`.

    The index counts rows as a spreadsheet does. Optional columns that the file lacks are added,
    empty; an empty site is 全社.

    Args:
        content: CSV or TSV in UTF-8 or CP932, or an Excel workbook (its first sheet).
        name: the file's name, whose ending tells the format; named in every problem.

    Raises:
        ProblemsError: everything that is wrong with the file, by row and column.
    """
    cells, strays = _cells(content, name)
    accepted = {
        _plain(spelling): key
        for key, column in PLAN.columns.items()
        for spelling in (key, str(column.title))
    }
    if problems := list(_header_problems(cells, accepted)):
        raise ProblemsError([*problems, *strays], name)
    spelled = {accepted[_plain(header)]: header for header in cells.columns}
    cells = cells.rename(columns={header: key for key, header in spelled.items()})
    cells = cells.reindex(columns=list(PLAN.columns), fill_value="").astype("str")
    cells["route"] = cells["route"].map(_plain).replace(_ROUTE_WORDS)
    cells["field"] = cells["field"].str.normalize("NFKC")
    cells["site"] = cells["site"].replace("", _DEFAULT_SITE)
    return _checked(cells, PLAN, name, spelled, strays)


def plan_from_rows(rows: object, source: str) -> pd.DataFrame:
    """Return the plan that a list of JSON objects describes, keys as `tables.PLAN` or `TARGETS`.

    Raises:
        ProblemsError: everything that is wrong with it; rows are counted from 1.
    """
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        message = _("計画の行がありません。項目と値の組の一覧にしてください。")
        raise ProblemsError([Problem(None, "plan", message)], source)
    keys = {key for row in rows for key in row}
    schema = TARGETS if "route" not in keys and keys & {"month", "fiscal_year"} else PLAN
    problems = [
        Problem(number, str(key), _unfit_for_plan(key, schema))
        for number, row in enumerate(rows, start=1)
        for key, value in row.items()
        if key not in schema.columns
        or isinstance(value, bool)
        or not isinstance(value, str | int | None)
    ]
    if problems:
        raise ProblemsError(problems, source)
    names = list(schema.columns)
    cells = pd.DataFrame(
        [["" if row.get(key) is None else str(row[key]) for key in names] for row in rows],
        columns=names,
        index=pd.RangeIndex(1, len(rows) + 1),
        dtype="str",
    )
    return _checked(cells, schema, source, {}).reset_index(drop=True)


def _unfit_for_plan(key: object, schema: DataFrameSchema) -> str:
    if key not in schema.columns and (key in PLAN.columns or key in TARGETS.columns):
        return _(
            "名簿の項目(区分など)と目標の人数の項目(月・年度)が一つの計画に混ざっています。"
            "どちらか一方にしてください。"
        )
    return _("計画にない項目か、文字でも整数でもない値です。")


def read_scenario(content: bytes, name: str) -> dict[str, Any]:
    """Return the keys and values of a scenario file, a JSON object, still unchecked.

    Raises:
        ProblemsError: the file is not a JSON object.
    """
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        message = _(
            "JSONとして読めません。{line}行目あたりの括弧・引用符・カンマを確かめてください。"
        )
        raise ProblemsError([Problem(line, None, message.format(line=line or 1))], name) from None
    if not isinstance(raw, dict):
        message = _("項目と値の組({ }で囲んだJSON)ではありません。")
        raise ProblemsError([Problem(None, None, message)], name)
    return raw


def _table(path: Path, schema: DataFrameSchema) -> pd.DataFrame:
    cells, strays = _cells(path.read_bytes(), path.name)
    absent = [column for column in schema.columns if column not in cells]
    unknown = [column for column in cells if column not in schema.columns]
    twice = cells.columns[cells.columns.duplicated()]
    problems = [Problem(HEADER_ROW, str(column), _("列がありません。")) for column in absent]
    problems += [Problem(HEADER_ROW, str(column), _("知らない列です。")) for column in unknown]
    problems += [Problem(HEADER_ROW, str(column), _("同じ列が二つあります。")) for column in twice]
    if problems:
        raise ProblemsError([*problems, *strays], path.name)
    return _checked(cells, schema, path.name, {}, strays).reset_index(drop=True)


def _header_problems(cells: pd.DataFrame, accepted: Mapping[str, str]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for header in map(str, cells.columns):
        key = accepted.get(_plain(header))
        if key is None:
            known = "、".join(str(column.title) for column in PLAN.columns.values())
            message = _(
                "計画にない列です。列ごと消してください(氏名などの個人情報は要りません)。"
                "使える列: {known}"
            )
            yield Problem(HEADER_ROW, header, message.format(known=known))
        elif key in first:
            message = _("「{other}」と同じ意味の列です。片方を消してください。")
            yield Problem(HEADER_ROW, header, message.format(other=first[key]))
        else:
            first[key] = header
    for key, column in PLAN.columns.items():
        if column.required and key not in first:
            message = _("「{title}」の列がありません。見出しの行に加えてください。")
            yield Problem(HEADER_ROW, key, message.format(title=column.title))
    if first and cells.empty:
        message = _("計画の行がありません。見出しの下に1行以上入れてください。")
        yield Problem(None, None, message)


def _cells(content: bytes, name: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the cells as text, indexed by row as a spreadsheet counts, blank rows left out."""
    try:
        spreadsheet = name.lower().endswith(SPREADSHEETS)
        records = _sheet(content) if spreadsheet else _records(content, name)
    except Exception:  # whatever a parser raises on a broken file, the file cannot be read
        message = _(
            "ファイルを読めません。"
            "Excelなら「CSV UTF-8」か「Excelブック(.xlsx)」で保存し直してください。"
        )
        raise ProblemsError([Problem(None, None, message)], name) from None
    header = [cell.strip() for cell in records.pop(HEADER_ROW, [])]
    while header and not header[-1]:
        header.pop()
    if not header:
        message = _("1行目に見出しがありません。列の名前を入れてください。")
        raise ProblemsError([Problem(None, None, message)], name)
    problems = []
    rows = {}
    for row, record in records.items():
        values = [cell.strip() for cell in record]
        if any(values[len(header) :]):
            message = _(
                "見出しより多くのセルがあります。余分なセルを消すか、見出しを加えてください。"
            )
            problems.append(Problem(row, None, message))
        if any(values[: len(header)]):
            rows[row] = (values + [""] * len(header))[: len(header)]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=header, dtype="str")
    return frame, problems


def _records(content: bytes, name: str) -> dict[int, list[str]]:
    delimiter = "\t" if name.lower().endswith(".tsv") else ","
    text = io.StringIO(_decoded(content), newline="")
    return dict(enumerate(csv.reader(text, delimiter=delimiter, strict=True), start=1))


def _decoded(content: bytes) -> str:
    try:
        return content.decode(ENCODINGS[0])
    except UnicodeDecodeError:
        return content.decode(ENCODINGS[1])


def _sheet(content: bytes) -> dict[int, list[str]]:
    """Return the first sheet's values as text, by row; blank rows are left out.

    It is read row by row, whatever area it claims to have: a sheet with one stray cell in its last
    corner must not be built up whole.
    """
    if (
        sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist())
        > MAX_UNPACKED
    ):
        raise ValueError("unpacked size")
    # It remarks on missing styles and the like, which say nothing about the values.
    warnings.filterwarnings("ignore", module="openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    return {
        number: [_as_text(cell) for cell in row]
        for number, row in rows
        if any(cell is not None for cell in row)
    }


def _as_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _plain(text: object) -> str:
    """Return a header or word in one spelling: half width, no spaces, lower case."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split()).casefold()


def _checked(
    cells: pd.DataFrame,
    schema: DataFrameSchema,
    source: str,
    spelled: Mapping[str, str],
    strays: Sequence[Problem] = (),
) -> pd.DataFrame:
    """Return the cells in the types of the schema, or raise with all that breaks it.

    `spelled` gives, for a canonical column, its header in the file; `strays` are problems found
    before, told with the others.
    """
    typed = pd.DataFrame(
        {key: _typed(cells[key], str(column.dtype)) for key, column in schema.columns.items()}
    )
    problems: dict[tuple[int | None, str | None], Problem] = {}
    for key, column in schema.columns.items():
        written = cells[key].ne("")
        for row in cells.index[written & typed[key].isna()]:
            problem = _refusal(row, spelled.get(key, key), cells[key][row], column.description)
            problems[row, key] = problem
    try:
        schema.validate(typed, lazy=True)
    except SchemaErrors as error:
        for failure in error.failure_cases.itertuples():
            row = None if pd.isna(failure.index) else int(failure.index)
            across = failure.schema_context == "DataFrameSchema"
            rule = schema.checks[int(failure.check_number)] if across else None
            key = str(rule.title if rule else failure.column)
            header = spelled.get(key, key)
            if rule:
                problem = Problem(row, header, _(rule.error))
            elif failure.check == "not_nullable":
                message = _("空です。{expected}を入れてください。")
                expected = _(schema.columns[key].description)
                problem = Problem(row, header, message.format(expected=expected))
            else:
                value = "" if row is None else cells[key][row]
                problem = _refusal(row, header, value, schema.columns[key].description)
            problems.setdefault((row, key), problem)
    if problems or strays:
        told = sorted([*strays, *problems.values()], key=lambda problem: problem.row or 0)
        raise ProblemsError(told, source)
    return typed


def _refusal(row: int | None, header: str, value: object, expected: str | None) -> Problem:
    message = _("「{value}」は使えません。{expected}を入れてください。")
    return Problem(row, header, message.format(value=str(value)[:40], expected=_(expected or "")))


def _typed(text: pd.Series, dtype: str) -> pd.Series:
    """Return text in the type of its column; what cannot be read is missing."""
    if dtype.startswith("string"):
        return text.where(text.ne(""))
    plain = text.str.normalize("NFKC").str.strip()
    if dtype == "period[M]":
        parts = plain.str.extract(f"^{_MONTH}$").astype("Int64")
        ordinals = (parts["year"] - 1970) * 12 + parts["month"] - 1
        known = ordinals.notna()
        return months_numbered(ordinals[known]).reindex(ordinals.index).astype(pd.PeriodDtype("M"))
    if dtype.startswith("datetime"):
        return pd.to_datetime(plain, format="%Y-%m-%d", errors="coerce")
    if dtype == "Int64":
        return plain.where(plain.str.fullmatch(_WHOLE)).str.replace(",", "").astype("Int64")
    return plain.where(plain.str.fullmatch(_DECIMAL)).astype("Float64")
