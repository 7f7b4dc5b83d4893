"""The tables of a TOML file, each checked by its model: what is wrong is told by line."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from onlineready.domain.problem import UNKNOWN_KEY, Problem, ProblemsError
from onlineready.language import translate as _
from onlineready.readiness import refusal


class Record(NamedTuple):
    """A table of the file: the line and the text of its id, its content where that is valid."""

    line: int
    name: str
    content: Any


def read_records(
    text: str, name: str, kinds: Mapping[str, type[BaseModel]], expected: Mapping[str, str]
) -> tuple[dict[str, list[Record]], list[Problem]]:
    """Return the tables of a TOML file by kind, in its order, and what is wrong with them.

    Args:
        text: the content of the file.
        name: the file's name.
        kinds: what a table has to be, by its heading: `[[items]]` is of the kind `items`.
        expected: as `refusal.problems` takes it.

    Raises:
        ProblemsError: it is no TOML.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        message = _("TOMLとして読めません。引用符・括弧・等号を確かめてください。")
        raise ProblemsError([Problem(int(at[1]) if at else None, None, message)], name) from None
    problems = [Problem(None, key, _(UNKNOWN_KEY)) for key in raw.keys() - kinds.keys()]
    records: dict[str, list[Record]] = {}
    for kind, model in kinds.items():
        tables, lines = raw.get(kind), _lines(text, kind)
        if not isinstance(tables, list) or not tables or len(tables) != len(lines):
            message = _("[[{kind}]] の形で並べてください。").format(kind=kind)
            problems.append(Problem(None, kind, message))
            tables, lines = [], []
        records[kind] = []
        for line, table in zip(lines, tables, strict=True):
            content = None
            try:
                content = model.model_validate_json(json.dumps(table, default=str))
            except ValidationError as error:
                problems += refusal.problems(error, expected, line)
            records[kind].append(Record(line, str(table.get("id", line)), content))
    return records, problems


def twice(records: Iterable[Record]) -> Iterator[Problem]:
    """Yield a problem for each id that stands above already."""
    told = set()
    for record in records:
        if record.name in told:
            yield Problem(record.line, "id", _("同じidが二つあります。"))
        told.add(record.name)


def _lines(text: str, kind: str) -> list[int]:
    """Return the line of each table of a kind: that of its id, else of its header."""
    lines: list[int] = []
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("[["):
            inside = re.match(rf"\s*\[\[\s*{kind}\s*\]\]", line) is not None
            lines += [number] if inside else []
        elif inside and re.match(r"\s*id\s*=", line):
            lines[-1] = number
    return lines
