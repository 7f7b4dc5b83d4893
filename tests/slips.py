"""Slips in a TOML file of the data: what is told of them, and on which line."""

from collections.abc import Callable

import pytest

from onlineready.domain.problem import ProblemsError

Place = tuple[int | None, str | None]
"""Row and column of a problem."""


def problems(read: Callable[[str, str], object], text: str, name: str) -> list[Place]:
    """Return row and column of all that is wrong with a file of this name, each told in words."""
    with pytest.raises(ProblemsError) as error:
        read(text, name)
    assert error.value.source == name
    assert all(problem.message for problem in error.value.problems)
    return [(problem.row, problem.column) for problem in error.value.problems]


def line_of(name: str, text: str) -> int:
    """Return the line on which an id stands."""
    return text.splitlines().index(f'id = "{name}"') + 1
