"""What is wrong with something a reader brought, and the error that carries all of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from onlineready.language import mark
from onlineready.language import translate as _

UNKNOWN_KEY = mark("この項目はありません。綴りを確かめるか、削除してください。")


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
