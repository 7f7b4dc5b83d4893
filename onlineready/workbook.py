"""The whole state of a reader, as a JSON file and as a link: versioned, checked, never pickled."""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, TypeVar

import pandas as pd

from onlineready import MODEL_CHANGED_ON
from onlineready.domain.problem import Problem, ProblemsError
from onlineready.domain.scenario import Scenario, resolve
from onlineready.domain.tables import MAX_HEADCOUNT, Tables, collapsed, plan_kind
from onlineready.domain.vocabulary import PlanKind
from onlineready.filing.actuals import Actual, read_actuals
from onlineready.language import lettered
from onlineready.language import translate as _
from onlineready.load.plans import PAGE_LIMITS, plan_from_rows
from onlineready.readiness.checklist import Answers, read_answers

VERSION = 1
MAX_SCENARIOS = 4
MAX_TOKEN_CHARACTERS = 64 * 1024
MAX_UNPACKED_BYTES = 1024 * 1024
MAX_FILE_BYTES = 50 * 1024 * 1024
"""A plan of different rows, as many as the page takes in, needs about half of it."""
MAX_PLAN_ROWS = PAGE_LIMITS.rows
SAFE_LINK_CHARACTERS = 2_000
LONGEST_LINK_CHARACTERS = 6_000
MAX_TOKEN_ROWS = 20_000
"""Rows of a plan that a token may hold: a short one can hold hundreds of thousands, all empty."""
MAX_LINK_ROWS = 2_000
"""Different rows beyond which no link is made: none of so many fits into an address."""

FIRST_DAY, LAST_DAY = date(2020, 4, 1), date(2061, 3, 31)
"""Days from which a workbook may count: those whose April is a `start_month` that is allowed."""

_SOURCE = "workbook"
_DEEPEST = 20
"""Levels of a JSON document that are read; a workbook has 6."""
Part = TypeVar("Part")
_TOKEN = re.compile(r"(?P<version>[1-9][0-9]{0,2})\.(?P<packed>[A-Za-z0-9_-]+)")


@dataclass(frozen=True, eq=False)
class Workbook:
    """Everything that a reader set: what the page shows follows from this and the tables alone.

    Attributes:
        as_of: the day from which forecasts, due lists and the line of today count.
        scenarios: the base first; a `go_live` of None follows the readiness forecast.
        plan: a checked plan of any kind, rows numbered from 0.
        readiness: the answers to the checklist.
        actuals: what was filed in fact, by month, procedure and channel; a document without the
            key has none.
    """

    as_of: date
    scenarios: tuple[Scenario, ...]
    plan: pd.DataFrame
    readiness: Answers = field(default_factory=Answers)
    actuals: tuple[Actual, ...] = ()

    def __eq__(self, other: object) -> bool:
        """Two workbooks are equal where they say the same."""
        if self is other:
            return True
        return (
            isinstance(other, Workbook)
            and (self.as_of, self.scenarios) == (other.as_of, other.scenarios)
            and (self.readiness, self.actuals) == (other.readiness, other.actuals)
            and self.plan.equals(other.plan)
        )

    __hash__ = None  # type: ignore[assignment]


def to_document(workbook: Workbook) -> dict[str, Any]:
    """Return the documented JSON object, every scenario key and every task resolved.

    `actuals` is there where something was entered: a list of `{"month": "2026-10", "procedure":
    "extension", "channel": "online", "filed": 3, "minutes": 95}`, minutes left out where nobody
    took the time.
    """
    plan = {key: column.tolist() for key, column in workbook.plan.items()}
    document = {
        "version": VERSION,
        "as_of": workbook.as_of.isoformat(),
        "scenarios": [scenario.model_dump(mode="json") for scenario in workbook.scenarios],
        "plan": [
            {
                key: str(value) if isinstance(value, pd.Period) else value
                for key, value in zip(plan, row, strict=True)
                if not pd.isna(value)
            }
            for row in zip(*plan.values(), strict=True)
        ],
        "readiness": workbook.readiness.model_dump(mode="json"),
    }
    if workbook.actuals:
        document["actuals"] = [
            actual.model_dump(mode="json", exclude_none=True) for actual in workbook.actuals
        ]
    return document


def from_document(document: object, tables: Tables) -> Workbook:
    """Return the workbook that a JSON object describes.

    Raises:
        ProblemsError: every problem at once, `column` naming the key (`scenarios.0.years`), `row`
            the row of the plan, counted from 1.
    """
    if not isinstance(document, Mapping):
        raise _refused(_("保存ファイルではありません(項目と値の組になっていません)。"))
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        message = _(
            "保存ファイルの版(version)がありません。このアプリで保存したものを選んでください。"
        )
        raise _refused(message, "version")
    if version not in _READERS:
        raise _too_new(version)
    return _READERS[version](document, tables)


def to_file(workbook: Workbook) -> bytes:
    """Return the workbook as a JSON file in UTF-8: all of it, a line for each row and scenario."""
    parts = [
        f"{json.dumps(key)}: {_lines(value) if isinstance(value, list) else _text(value)}"
        for key, value in to_document(workbook).items()
    ]
    return "{{\n{}\n}}\n".format(",\n".join(parts)).encode()


def from_file(content: bytes, tables: Tables) -> Workbook:
    """Return the workbook of a JSON file.

    Raises:
        ProblemsError: as `from_document`; or the file is no JSON, or larger than 50 MB.
    """
    if len(content) > MAX_FILE_BYTES:
        message = _("保存ファイルが大きすぎます({size}MBまで)。")
        raise _refused(message.format(size=MAX_FILE_BYTES // 1024**2))
    return from_document(_refuse_rows(_parsed(content), MAX_PLAN_ROWS), tables)


def to_token(workbook: Workbook, *, site_names: bool = False) -> str:
    """Return the workbook as a token for a link: version, a dot, compressed JSON, URL-safe.

    Equal rows of a roster are added up. Sites are called 事業所A, B, … unless `site_names`; their
    order stays, so that they are called the same when the link is opened and passed on.
    """
    shared = workbook if site_names else _with_sites_lettered(workbook)
    if plan_kind(shared.plan) is PlanKind.ROSTER:
        shared = replace(shared, plan=_added_up(shared.plan))
    packed = base64.urlsafe_b64encode(zlib.compress(_text(to_document(shared)).encode(), level=9))
    return f"{VERSION}.{packed.rstrip(b'=').decode()}"


def _added_up(roster: pd.DataFrame) -> pd.DataFrame:
    """Return equal rows as one, sites in their order, unless a row would become too large."""
    rows = collapsed(roster)
    if rows["headcount"].gt(MAX_HEADCOUNT).any():
        return roster
    places = {site: place for place, site in enumerate(roster["site"].drop_duplicates())}
    rows = rows.sort_values("site", key=lambda sites: sites.map(places), kind="stable")
    return rows.reset_index(drop=True)


def to_link(workbook: Workbook, *, site_names: bool = False) -> str | None:
    """Return the token as `to_token` does, or None where it would be too long for an address."""
    # Adding up can only shorten a plan: one that is short already need not be added up for this.
    rows = workbook.plan
    if len(rows) > MAX_LINK_ROWS and len(collapsed(rows)) > MAX_LINK_ROWS:
        return None
    token = to_token(workbook, site_names=site_names)
    return token if len(token) <= LONGEST_LINK_CHARACTERS else None


def from_token(token: str, tables: Tables) -> Workbook:
    """Return the workbook of a token.

    Raises:
        ProblemsError: as `from_document`; or the token is cut, altered, newer or too large.
    """
    parts = _TOKEN.fullmatch(token) if len(token) <= MAX_TOKEN_CHARACTERS else None
    if parts is None:
        raise _broken()
    if int(parts["version"]) not in _READERS:
        raise _too_new(int(parts["version"]))
    document = _refuse_rows(_parsed(_unpacked(parts["packed"])), MAX_TOKEN_ROWS)
    return from_document(document, tables)


def sites_lettered(workbook: Workbook) -> bool:
    """Tell whether its sites are called by letters already, as a link without names calls them."""
    return _with_sites_lettered(workbook) == workbook


def changes_since(workbook: Workbook, tables: Tables) -> list[date]:
    """Return the days after `as_of` on which the model or the fee table changed, in order."""
    fees_on = tables.fees["checked_on"].max().date()
    return sorted({day for day in (MODEL_CHANGED_ON, fees_on) if day > workbook.as_of})


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _lines(values: list[Any]) -> str:
    return "[\n{}\n]".format(",\n".join(map(_text, values)))


def _unpacked(packed: str) -> bytes:
    """Unpack at most the allowed size: a small token can hold gigabytes."""
    unpacker = zlib.decompressobj()
    try:
        compressed = base64.b64decode(packed + "=" * (-len(packed) % 4), b"-_", validate=True)
        content = unpacker.decompress(compressed, MAX_UNPACKED_BYTES)
    except (binascii.Error, zlib.error):
        raise _broken() from None
    if not unpacker.eof or unpacker.unused_data:
        raise _broken()
    return content


def _parsed(content: bytes) -> object:
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in pairs:
            if key in values:
                twice.append(key)
            values[key] = value
        return values

    try:
        document: object = json.loads(content, parse_constant=_no_number, object_pairs_hook=once)
        _refuse_depth(document)
        # Half of a surrogate pair is no text: neither a page nor a file can hold it.
        json.dumps([document, twice], ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise _broken() from None
    if twice:
        message = _("この項目が二つあります。片方を削除してください。")
        raise ProblemsError([Problem(None, key, message) for key in twice], _SOURCE)
    return document


def _no_number(name: str) -> float:
    raise ValueError(name)


def _refuse_depth(document: object) -> None:
    level = [document]
    for _depth in range(_DEEPEST):
        parts = [value for value in level if isinstance(value, dict | list)]
        level = [
            child for part in parts for child in (part.values() if isinstance(part, dict) else part)
        ]
    if level:
        raise ValueError


def _refused(message: str, column: str | None = None) -> ProblemsError:
    return ProblemsError([Problem(None, column, message)], _SOURCE)


def _broken() -> ProblemsError:
    return _refused(
        _("途中で切れているか、書き換わっているため読めません。もう一度受け取ってください。")
    )


def _too_new(version: int) -> ProblemsError:
    message = _("新しい版({version})で作られています。アプリを新しくしてから開いてください。")
    return _refused(message.format(version=version), "version")


def _read_version_1(document: Mapping[str, Any], tables: Tables) -> Workbook:
    known = [field.name for field in fields(Workbook)]
    problems = [
        Problem(None, str(key), _("この項目はありません。"))
        for key in document.keys() - {"version", *known}
    ]

    def part(name: str, read: Callable[[Any], Part], instead: Part, absent: object = None) -> Part:
        """Return a part as it is read; tell what is wrong with it and go on with something else."""
        try:
            return read(document.get(name, absent))
        except ProblemsError as error:
            problems.extend(error.problems if name == "plan" else _placed(name, error.problems))
            return instead

    as_of = part("as_of", _day, MODEL_CHANGED_ON)
    read = Workbook(
        as_of=as_of,
        scenarios=part("scenarios", lambda raw: _scenarios(raw, tables, as_of), ()),
        plan=part("plan", lambda raw: plan_from_rows(raw, _SOURCE), pd.DataFrame()),
        readiness=part("readiness", read_answers, Answers(), absent={}),
        actuals=part("actuals", read_actuals, (), absent=[]),
    )
    if problems:
        raise ProblemsError(problems, _SOURCE)
    return read


def _placed(part: str, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems of a part by where they stand in the document: `actuals.0.filed`."""
    for problem in problems:
        number = None if problem.row is None else str(problem.row - 1)
        place = ".".join(filter(None, (part, number, problem.column)))
        yield Problem(None, place, problem.message)


_READERS: Mapping[int, Callable[[Mapping[str, Any], Tables], Workbook]] = {1: _read_version_1}
"""How each version was written; a reader is never removed, links live for years."""


def _day(text: object) -> date:
    try:
        day = date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        message = _("基準日がありません。{first}〜{last}の日付(例 2026-11-23)にしてください。")
        raise _refused(message.format(first=FIRST_DAY, last=LAST_DAY))
    return day


def _refuse_rows(document: object, most: int) -> object:
    """Return the document, unless its plan has too many rows to look at each."""
    rows = document.get("plan") if isinstance(document, Mapping) else None
    if isinstance(rows, list) and len(rows) > most:
        raise _refused(_("計画の行が多すぎます({most:,}行まで)。").format(most=most), "plan")
    return document


def _scenarios(raw: object, tables: Tables, today: date) -> tuple[Scenario, ...]:
    if not isinstance(raw, list) or not 1 <= len(raw) <= MAX_SCENARIOS:
        message = _("シナリオを1〜{most}個、角かっこの一覧にしてください。")
        raise _refused(message.format(most=MAX_SCENARIOS))
    scenarios, problems = [], []
    for row, keys in enumerate(raw, start=1):
        if not isinstance(keys, Mapping):
            problems.append(Problem(row, None, _("項目と値の組にしてください。")))
            continue
        try:
            scenarios.append(resolve(keys, tables.tasks, today))
        except ProblemsError as error:
            problems += [replace(problem, row=row) for problem in error.problems]
    if problems:
        raise ProblemsError(problems, _SOURCE)
    return tuple(scenarios)


def _with_sites_lettered(workbook: Workbook) -> Workbook:
    sites = [*workbook.plan["site"].drop_duplicates()]
    sites += [site for scenario in workbook.scenarios for site in scenario.sites]
    letters = {
        site: _("事業所{letters}").format(letters=lettered(number))
        for number, site in enumerate(dict.fromkeys(sites))
    }
    scenarios = tuple(
        scenario.model_copy(
            update={"sites": {letters[site]: rates for site, rates in scenario.sites.items()}}
        )
        for scenario in workbook.scenarios
    )
    plan = workbook.plan.assign(site=workbook.plan["site"].map(letters))
    return replace(workbook, plan=plan, scenarios=scenarios)
