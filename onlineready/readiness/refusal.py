"""What pydantic refuses, in the reader's words."""

from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from onlineready.domain.problem import UNKNOWN_KEY, Problem
from onlineready.language import translate as _


def problems(
    error: ValidationError, expected: Mapping[str, str], row: int | None
) -> Iterator[Problem]:
    """Yield a problem for each value refused, by its key; no value is repeated.

    Args:
        error: what pydantic says.
        expected: what a value has to be, by key; under "" what any other has to be.
        row: of the record in its file, if it has one.
    """
    for found in error.errors(include_url=False):
        location = [str(part) for part in found["loc"]]
        wanted = next(key for key in [*reversed(location), ""] if key in expected)
        match found["type"]:
            case "extra_forbidden":
                message = _(UNKNOWN_KEY)
            case "missing":
                message = _("値がありません。{expected}を入れてください。")
            case _:
                message = _("使えない値です。{expected}を入れてください。")
        message = message.format(expected=_(expected[wanted]))
        yield Problem(row, ".".join(location) or None, message)
