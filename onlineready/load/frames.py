"""Cells of text into a frame as its schema says, every problem of every row told at once."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from pandera.errors import SchemaErrors
from pandera.pandas import Column, DataFrameSchema

from onlineready.domain.problem import Problem, ProblemsError, by_row, refusal
from onlineready.language import translate as _
from onlineready.load.cells import (
    Values,
    dates,
    decimals,
    months,
    on_one_line,
    texts,
    whole_numbers,
)

Reader = Callable[[Sequence[str]], Values]
"""The different words of a column into a value for each, missing where a word is none."""

Place = Callable[[int, str], tuple[int | None, str]]
"""Where a cell stands in the file: its row and its header, from its position and its column."""

_READERS: Mapping[str, Reader] = {
    "string": texts,
    "period": months,
    "datetime64": dates,
    "Int64": whole_numbers,
    "Float64": decimals,
}
"""How the columns of a type, named without its unit, are read where nothing else is said."""


_LARGEST = np.iinfo(np.int64).max


def different_rows(cells: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the positions of the first of all equal rows, and for each row which of them it is.

    Args:
        cells: categorical columns.
    """
    # Each row is one number, whose digits are its cells, as long as the number does not grow out
    # of its type: then the different ones so far are numbered anew.
    which, numbers = np.zeros(len(cells), dtype=np.int64), 1
    for _name, column in cells.items():
        many = len(column.cat.categories) + 1
        if numbers * many > _LARGEST:
            which, seen = pd.factorize(which)
            numbers = len(seen)
        which = which * many + column.cat.codes.to_numpy(np.int64) + 1
        numbers *= many
    which, _seen = pd.factorize(which)
    firsts = np.zeros(which.max(initial=-1) + 1, dtype=np.int64)
    firsts[which[::-1]] = np.arange(len(which))[::-1]
    return firsts, which


def typed(
    cells: pd.DataFrame, schema: DataFrameSchema, readers: Mapping[str, Reader]
) -> pd.DataFrame:
    """Return the cells in the types of the schema's columns; what cannot be read is missing.

    Args:
        cells: a categorical column of text for each column of the schema.
        schema: names and types.
        readers: how single columns are read.
    """
    return pd.DataFrame(
        {
            key: _typed(cells[key], readers.get(key) or _READERS[str(column.dtype).split("[")[0]])
            for key, column in schema.columns.items()
        },
        index=cells.index,
    )


def _typed(column: pd.Series, reader: Reader) -> pd.Series:
    values = reader(list(column.cat.categories))
    codes = column.cat.codes.to_numpy(np.int64)
    return pd.Series(values.take(codes, allow_fill=True), index=column.index)


def problems_of(
    frame: pd.DataFrame, cells: pd.DataFrame, schema: DataFrameSchema, place: Place
) -> list[Problem]:
    """Return everything that is wrong with a typed frame, one problem for each cell.

    Args:
        frame: as `typed` returns it, index 0, 1, …
        cells: what is written in the file, to be named, as `typed` takes it.
        schema: what each column has to be, and the rules between columns.
        place: where a position stands in the file.
    """
    found: dict[tuple[int | None, str], Problem] = {}
    # Cells are looked up one by one, perhaps 100,000 of them, over which pandas takes its time.
    words = {key: column.cat.categories.tolist() for key, column in cells.items()}
    codes = {key: column.cat.codes.to_numpy() for key, column in cells.items()}
    for key, column in schema.columns.items():
        written = np.array([bool(word.strip()) for word in words[key]], dtype=bool)
        unread = frame[key].isna().to_numpy() & written[codes[key]]
        for at in np.flatnonzero(unread).tolist():
            word = words[key][codes[key][at]]
            found[at, key] = _refused(*place(at, key), word, column)
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as error:
        for failure in error.failure_cases.itertuples():
            position = None if pd.isna(failure.index) else int(failure.index)
            across = failure.schema_context == "DataFrameSchema"
            rule = schema.checks[int(failure.check_number)] if across else None
            key = str(rule.title if rule else failure.column)
            row, header = (None, key) if position is None else place(position, key)
            if rule:
                problem = Problem(row, header, _(rule.error))
            elif failure.check == "not_nullable":
                message = _("空です。{expected}を入れてください。")
                expected = _(schema.columns[key].description)
                problem = Problem(row, header, message.format(expected=expected))
            else:
                word = "" if position is None else words[key][codes[key][position]]
                problem = _refused(row, header, word, schema.columns[key])
            found.setdefault((position, key), problem)
    return list(found.values())


def checked(
    cells: pd.DataFrame,
    schema: DataFrameSchema,
    source: str,
    readers: Mapping[str, Reader],
    strays: Sequence[Problem] = (),
) -> pd.DataFrame:
    """Return the cells in the types of the schema, the index as it is: the rows of the file.

    Args:
        cells: text, a column for each of the schema.
        schema: what each column has to be.
        source: the file, named in the error.
        readers: how single columns are read.
        strays: problems found before, told with the others.

    Raises:
        ProblemsError: everything that is wrong, by row.
    """
    numbered = cells.reset_index(drop=True).astype("category")
    frame = typed(numbered, schema, readers)
    rows = cells.index.tolist()
    problems = problems_of(frame, numbered, schema, lambda at, key: (rows[at], key))
    if problems or strays:
        raise ProblemsError(by_row([*strays, *problems]), source)
    return frame.set_axis(cells.index)


def _refused(row: int | None, header: str, word: str, column: Column) -> Problem:
    return refusal(row, header, on_one_line(word), _(column.description or ""))
