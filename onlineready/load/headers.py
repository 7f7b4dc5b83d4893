"""Which record of a file is its header, and which column of a plan each header stands for."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from onlineready.domain.tables import OUTLINE, PLAN, PLANS, TARGETS
from onlineready.domain.vocabulary import PlanKind
from onlineready.load import cells
from onlineready.load.source import MAX_COLUMNS

_COLUMNS = {**OUTLINE.columns, **PLAN.columns, **TARGETS.columns}

_SENSES = {
    word: sense for sense in ("now", "planned") for word in cells.PLAN_WORDS[f"headcounts.{sense}"]
}
"""Headers of a headcount that say whether it is the one of today."""

SPELLINGS = {
    key: [*cells.PLAN_WORDS[f"columns.{key}"], *(_SENSES if key == "headcount" else ())]
    for key in _COLUMNS
}
"""How people write the columns of a plan, in one spelling (see `spelled`)."""

_LONGEST = 60
"""Letters of the longest header that is looked at: spellings with their units are far shorter."""

PLAN_KEYS = frozenset(SPELLINGS)
_KEYS = {word: key for key, words in SPELLINGS.items() for word in words}
_LIKE_A_PERIOD = re.compile("(?:fy|令和|平成|昭和|[rhs])?[0-9元][0-9元年度月日/.-]*[末頃]?")
"""What names a month or a year to a reader, whether or not there is such a one."""

_BRACKETS = re.compile(r"[(\[<〈《【〔「『][^)\]>〉》】〕」』]*[)\]>〉》】〕」』]")


class _Form(NamedTuple):
    """A form in which a kind of plan is written: the columns that it has, and those it never has.

    `periods` stands for the columns of a wide table, each of a month or a fiscal year, `others` for
    columns that no plan has, `planned` for a headcount that is not the one of today.
    """

    kind: PlanKind
    has: frozenset[str]
    never: frozenset[str] = frozenset()


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOT_AN_OUTLINE = _names("start used_months expiry first_period period periods planned")

_FORMS = (
    _Form(PlanKind.ROSTER, _names("headcount route")),
    _Form(PlanKind.TARGETS, _names("headcount month")),
    _Form(PlanKind.TARGETS, _names("headcount fiscal_year")),
    _Form(PlanKind.TARGETS, _names("periods"), _names("headcount route")),
    # Only who is here already has an expiry: the route is known.
    _Form(PlanKind.ROSTER, _names("headcount expiry"), _names("hires_per_year periods planned")),
    _Form(PlanKind.OUTLINE, _names("headcount hires_per_year"), _NOT_AN_OUTLINE),
    # A column that is not known may be the route or the date of another kind of plan.
    _Form(PlanKind.OUTLINE, _names("headcount"), _NOT_AN_OUTLINE | {"others"}),
)
"""All forms of a plan: a table is of the first that fits."""


def kind_of(columns: Collection[str]) -> PlanKind | None:
    """Return the kind of plan that has these columns, None where they make none."""
    there = frozenset(columns)
    fits = (form for form in _FORMS if form.has <= there and not form.never & there)
    return next((form.kind for form in fits), None)


def spelled(header: str) -> str:
    """Return a header in one spelling: half width, without spaces, hyphens, units in brackets."""
    plain = cells.plain(header)
    if len(plain) > _LONGEST:
        return plain
    return re.sub(r"[-_*※:]", "", _BRACKETS.sub("", plain))


def key_of(header: str) -> str | None:
    """Return the column of a plan that a header stands for, if it is one."""
    return _meaning(header, _KEYS)


def _meaning(header: str, words: Mapping[str, str]) -> str | None:
    return words.get(cells.plain(header)) or words.get(spelled(header))


def known(record: Sequence[str], mapping: Collection[str] = ()) -> int:
    """Count the headers in a record: a plan's columns, months or fiscal years, those of a mapping.

    Months stand in other records too: they do not count beside a headcount or a route, nor does a
    single one in a title.
    """
    filled = [cell for cell in record[:MAX_COLUMNS] if cell.strip()]
    columns = sum(key_of(cell) is not None for cell in filled)
    chosen = set(map(cells.plain, mapping))
    said = sum(cells.plain(cell) in chosen for cell in record) if chosen else 0
    if _has_values(filled):
        return columns + said
    periods = sum(period_of(cell) is not None for cell in filled if key_of(cell) is None)
    return columns + said + (periods if columns or periods > 1 else 0)


def _has_values(record: Iterable[str]) -> bool:
    return any(map(cells.is_value, record))


def period_of(header: str) -> tuple[str, str] | None:
    """Return the fiscal year or the month that a header of a wide table names, as key and value.

    A bare number names neither: a headcount could stand there.
    """
    plain = cells.plain(header)
    if plain.isdigit():
        return None
    if (year := cells.fiscal_year(plain)) is not None:
        return "fiscal_year", str(year)
    month = cells.month(header)
    return None if month is None else ("month", str(month))


@dataclass(frozen=True, kw_only=True)
class Header:
    """The header of a plan: where it stands and what its columns are.

    Attributes:
        row: its record.
        texts: every header as the file spells it, by the place of its column.
        places: the place of each column of a plan, by key.
        periods: of a wide table, the fiscal year or month of each column, by place.
        twice: places whose header means the same as one before, with the place of that one.
        undated: of a wide table, places whose header names a month or a year that cannot be told.
        kind: of the plan; None where the columns of no kind are all there.
        missing: keys of columns that would make it a plan, where it is none.
    """

    row: int
    texts: tuple[str, ...]
    places: Mapping[str, int]
    periods: Mapping[int, tuple[str, str]]
    twice: Mapping[int, int]
    undated: tuple[int, ...]
    kind: PlanKind | None
    missing: tuple[str, ...]

    @property
    def unknown(self) -> list[int]:
        """The places of columns that a plan does not have."""
        used = {*self.places.values(), *self.periods, *self.twice, *self.undated}
        return [place for place in range(len(self.texts)) if place not in used]


def header_of(head: pd.DataFrame, mapping: Mapping[str, str]) -> Header | None:
    """Return the header among the records at the top of a file; None where all are empty.

    It is the record with the most known headers, of two alike the one with more columns of a plan,
    and the first one with any cell where none is known.

    Args:
        head: the first records, one row each, text.
        mapping: which column of a plan a header stands for, where a reader has said so.
    """
    texts = head.astype("str").to_numpy().tolist()
    records: dict[int, list[str]] = dict(zip(head.index.tolist(), texts, strict=True))
    filled = [number for number, record in records.items() if any(map(str.strip, record))]
    if not filled:
        return None

    def fitness(number: int) -> tuple[int, int]:
        record = records[number]
        return known(record, mapping), sum(key_of(cell) is not None for cell in record)

    row = max(filled, key=fitness)
    return _header(row, records[row], mapping)


def _header(row: int, record: Sequence[str], mapping: Mapping[str, str]) -> Header:
    texts = [cells.on_one_line(cell) for cell in record]
    said = {cells.plain(header): key for header, key in mapping.items()}
    keys = [said.get(cells.plain(text)) or key_of(text) for text in texts]
    periods = {
        place: period
        for place, text in enumerate(texts)
        if keys[place] is None and (period := period_of(text)) is not None
    }
    if not any(keys) and _has_values(texts):
        periods = {}  # no header, but the first row of a plan without one
    senses = [
        _meaning(text, _SENSES) if key == "headcount" else None
        for key, text in zip(keys, texts, strict=True)
    ]
    if periods or keys.count("headcount") > senses.count("now"):
        # The headcount of today stands beside that of the plan.
        keys = [None if sense == "now" else key for key, sense in zip(keys, senses, strict=True)]
    places, twice = _places(keys)
    marks = {
        "periods": bool(periods),
        "planned": "planned" in senses,
        "others": any(
            text and keys[place] is None and place not in periods
            for place, text in enumerate(texts)
        ),
    }
    there = {*places, *(mark for mark, found in marks.items() if found)}
    kind = kind_of(there)
    if kind is not PlanKind.TARGETS or "headcount" in places:
        periods = {}
    if (periods or kind is PlanKind.OUTLINE) and "site" not in places and not texts[0]:
        places["site"] = 0  # the corner of such a table is often left empty
    taken = _columns(kind, wide=bool(periods))
    places = {key: place for key, place in places.items() if key in taken}
    twice = {place: first for place, first in twice.items() if first in places.values()}
    undated = tuple(
        place
        for place, text in enumerate(texts)
        if periods
        and keys[place] is None
        and place not in periods
        and _LIKE_A_PERIOD.fullmatch(cells.plain(text))
    )
    return Header(
        row=row,
        texts=tuple(texts),
        places=places,
        periods=periods,
        twice=twice,
        undated=undated,
        kind=kind,
        missing=() if kind else _missing(there),
    )


def _places(keys: Sequence[str | None]) -> tuple[dict[str, int], dict[int, int]]:
    """Return the first place of each key, and for each later place of a key the first one."""
    places: dict[str, int] = {}
    twice: dict[int, int] = {}
    for place, key in enumerate(keys):
        if key in places:
            twice[place] = places[key]
        elif key is not None:
            places[key] = place
    return places, twice


def _missing(there: Collection[str]) -> tuple[str, ...]:
    """Return what the nearest kinds of plan have, and columns that make none lack."""
    if "headcount" in there:
        outline = _NOT_AN_OUTLINE.isdisjoint(there) and "hires_per_year" not in there
        return ("route", "hires_per_year") if outline else ("route",)
    if "route" not in there and {"month", "fiscal_year", "hires_per_year"} & {*there}:
        return ("headcount",)
    return tuple(key for key in ("route", "headcount") if key not in there)


def _columns(kind: PlanKind | None, *, wide: bool) -> Collection[str]:
    """Return the columns that a plan of a kind has; those of other kinds mean nothing in it."""
    if kind is None:
        return SPELLINGS
    return ("site",) if wide else PLANS[kind].columns


def spellings(key: str) -> list[str]:
    """Return how a column of a plan may be written: its title, its key, the most common others."""
    return list(dict.fromkeys([title(key), key, *SPELLINGS[key]]))[:6]


def title(key: str) -> str:
    """Return what a column of a plan is called in Japanese."""
    return str(_COLUMNS[key].title)
