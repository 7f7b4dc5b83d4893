"""What is wrong with something a reader brought, and the error that carries all of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onlineready.language import mark
from onlineready.language import translate as _

UNKNOWN_KEY = mark("この項目はありません。綴りを確かめるか、削除してください。")

_MOST_NAMED = 5
"""Rows, or runs of rows, that are named; of more it is told how many there are."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a file or a scenario, said in the reader's language.

    `row` counts as a spreadsheet does (the first record of the file is row 1); `column` is the
    column as the file spells it, its canonical name, or the key of a scenario. Both are None
    where the problem concerns the whole file.
    """

    row: int | None
    column: str | None
    message: str


def refusal(row: int | None, column: str, value: object, expected: str) -> Problem:
    """Return the problem that a value is not what is expected, in the reader's language."""
    message = _("「{value}」は使えません。{expected}を入れてください。")
    return Problem(row, column, message.format(value=str(value)[:40], expected=expected))


def by_row(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in the order of the file, those of the whole file first."""
    return sorted(problems, key=lambda problem: problem.row or 0)


class Alike(NamedTuple):
    """What is wrong with a column in the same words in several rows, told once.

    `rows` are in the order in which they were told, each once; none for the whole file.
    """

    rows: tuple[int, ...]
    column: str | None
    message: str


def grouped(problems: Iterable[Problem], most: int) -> list[Alike]:
    """Return equal problems as one, in the order in which each is told first.

    Args:
        problems: all of a source, perhaps hundreds of thousands.
        most: how many groups are returned; later ones are left out.
    """
    rows: dict[tuple[str | None, str], dict[int, None]] = {}
    for problem in problems:
        told = (problem.column, problem.message)
        if told not in rows and len(rows) < most:
            rows[told] = {}
        if told in rows and problem.row is not None:
            rows[told][problem.row] = None
    return [Alike(tuple(found), *told) for told, found in rows.items()]


def rows_named(rows: Sequence[int]) -> str:
    """Return rising rows as they are told, 3、5〜8行目、ほか12行; nothing where there are none."""
    if not rows:
        return ""
    named: list[str] = []
    count = 0
    for first, last in _runs(rows):
        if len(named) == _MOST_NAMED:
            break
        named.append(f"{first}" if first == last else f"{first}〜{last}")
        count += last - first + 1
    listed = _("{rows}行目").format(rows="、".join(named))
    more = len(rows) - count
    return listed + (_("、ほか{count:,}行").format(count=more) if more else "")


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last row of each run of rows that follow one another."""
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last


class ProblemsError(ValueError):
    """Raised with every problem of one source at once, none of them repaired or guessed away.

    `str()` gives a line for each: `SOURCE:row R, column C: what is wrong, and what is expected`.
    """

    def __init__(self, problems: Iterable[Problem], source: str = "") -> None:
        self.problems = tuple(problems)
        self.source = source
        super().__init__(self.problems, source)

    def __str__(self) -> str:
        """Return a line for each problem."""
        return "\n".join(
            f"{self.source}:row {at.row or ''}, column {at.column or ''}: {at.message}"
            for at in self.problems
        )
