"""The tables that come with the program, checked like any other file."""

import csv
import io
from pathlib import Path

import pandas as pd
from pandera.pandas import DataFrameSchema

from onlineready.domain import tables
from onlineready.domain.problem import Problem, ProblemsError
from onlineready.language import translate as _
from onlineready.load.faq import AskedQuestion, read_faq
from onlineready.load.frames import checked
from onlineready.load.plans import read_plan
from onlineready.load.word_lists import DATA, ENCODING
from onlineready.readiness.checklist import Checklist, read_checklist

HEADER_ROW = 1


def load_tables(folder: Path = DATA) -> tables.Tables:
    """Return the tables of fees, of tasks, and of fields whose intake is stopped.

    Raises:
        ProblemsError: what is wrong with one of the files, by row and column.
    """
    return tables.Tables(
        fees=_table(folder / "fees.csv", tables.FEES),
        tasks=_table(folder / "tasks.csv", tables.TASKS),
        intake_stops=_table(folder / "intake_stops.csv", tables.INTAKE_STOPS),
    )


def load_assumptions(folder: Path = DATA) -> pd.DataFrame:
    """Return the range, unit and source of each numeric key of a scenario, indexed by key.

    Raises:
        ProblemsError: what is wrong with the file, by row and column.
    """
    return _table(folder / "assumptions.csv", tables.ASSUMPTIONS).set_index("key")


def load_advantages(folder: Path = DATA) -> pd.DataFrame:
    """Return what is said for filing online, with where it stands in the figures.

    Raises:
        ProblemsError: what is wrong with the file, by row and column.
    """
    return _table(folder / "advantages.csv", tables.ADVANTAGES)


def load_bureaus(folder: Path = DATA) -> pd.DataFrame:
    """Return the regional bureau of each prefecture, indexed by prefecture.

    Raises:
        ProblemsError: what is wrong with the file, by row and column.
    """
    return _table(folder / "bureaus.csv", tables.BUREAUS).set_index("prefecture")


def load_professional_fees(folder: Path = DATA) -> pd.DataFrame:
    """Return what an outside professional asks for one application, indexed by procedure.

    Raises:
        ProblemsError: what is wrong with the file, by row and column.
    """
    return _table(folder / "professional_fees.csv", tables.PROFESSIONAL_FEES).set_index("procedure")


def load_checklist(folder: Path = DATA) -> Checklist:
    """Return the content of the readiness checklist.

    Raises:
        ProblemsError: what is wrong with the file, by line.
    """
    path = folder / "readiness.toml"
    return read_checklist(path.read_text(ENCODING), path.name)


def load_faq(folder: Path = DATA) -> tuple[AskedQuestion, ...]:
    """Return the questions that people ask most, the most asked first.

    Raises:
        ProblemsError: what is wrong with the file, by line.
    """
    path = folder / "faq.toml"
    return read_faq(path.read_text(ENCODING), path.name)


def load_sample_outline(folder: Path = DATA) -> pd.DataFrame:
    """Return the outline that the dashboard shows before a reader sets a number."""
    path = folder / "sample_outline.csv"
    return read_plan(path.read_bytes(), path.name)


def load_sample_plan(folder: Path = DATA) -> pd.DataFrame:
    """Return the second sample, a roster."""
    path = folder / "sample_plan.csv"
    return read_plan(path.read_bytes(), path.name)


def load_sample_targets(folder: Path = DATA) -> pd.DataFrame:
    """Return the third sample: how many workers each site is to have."""
    path = folder / "sample_targets.csv"
    return read_plan(path.read_bytes(), path.name)


def _table(path: Path, schema: DataFrameSchema) -> pd.DataFrame:
    try:
        text = path.read_text(ENCODING)
        header, *records = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (UnicodeDecodeError, csv.Error, ValueError):
        message = _("UTF-8のCSVとして読めません。")
        raise ProblemsError([Problem(None, None, message)], path.name) from None
    strays = [
        Problem(row, None, _("見出しとセルの数が違います。"))
        for row, record in enumerate(records, start=HEADER_ROW + 1)
        if record and len(record) != len(header)
    ]
    cells = pd.DataFrame(
        {
            row: (record + [""] * len(header))[: len(header)]
            for row, record in enumerate(records, start=HEADER_ROW + 1)
            if any(record)
        },
        index=pd.Index(header, dtype="str"),
        dtype="str",
    ).T
    absent = [column for column in schema.columns if column not in cells]
    unknown = [column for column in cells if column not in schema.columns]
    twice = cells.columns[cells.columns.duplicated()]
    problems = [Problem(HEADER_ROW, str(column), _("列がありません。")) for column in absent]
    problems += [Problem(HEADER_ROW, str(column), _("知らない列です。")) for column in unknown]
    problems += [Problem(HEADER_ROW, str(column), _("同じ列が二つあります。")) for column in twice]
    if problems:
        raise ProblemsError([*problems, *strays], path.name)
    return checked(cells, schema, path.name, {}, strays).reset_index(drop=True)
