"""What a session holds, and what it held before its last changes, whatever they changed."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.alternatives import differences
from onlineready.model.outline import Said, said_of
from onlineready.report import wording
from onlineready.workbook import Workbook

MOST_EARLIER = 30
MOST_EARLIER_BYTES = 32 * 1024**2
"""Bytes of the earlier states beyond what stands: one plan of as many rows as the page reads."""
RATE_BYTES = 600
"""Bytes of the minutes and yen of one task, the bulk of a scenario."""

Place = tuple[str, ...]
"""Where two states differ: `("actuals",)`, a key of a scenario, `("scenarios", "0", "years")`, or a
number that says the plan, `("plan", "said", "headcount")`."""


@dataclass(frozen=True, eq=False)
class State:
    """Everything that a reader set, with what the page tells of the plan.

    Attributes:
        workbook: what is evaluated, saved and passed on.
        plan_name: what the plan is called.
        told: what is worth telling of how the plan was read.
        typed: the cells of the plan's editor where not all of them can be read, else None.
        named: whether the reader gave the plan its name; else that tells where the plan is from.
    """

    workbook: Workbook
    plan_name: str
    told: tuple[str, ...] = ()
    typed: pd.DataFrame | None = None
    named: bool = False

    @property
    def frames(self) -> tuple[pd.DataFrame, ...]:
        """The tables that it holds; a frame is never changed, but replaced."""
        plan = self.workbook.plan
        return (plan,) if self.typed is None else (plan, self.typed)

    @cached_property
    def said(self) -> Said | None:
        """The numbers that say the plan, where a few can."""
        return said_of(self.workbook.plan, self.workbook.scenarios[0])

    @cached_property
    def sites(self) -> tuple[str, ...]:
        """The names of the plan's sites, in its order."""
        return tuple(map(str, self.workbook.plan["site"].drop_duplicates()))

    @cached_property
    def frame_bytes(self) -> int:
        """Bytes of its tables, measured when they are first asked for."""
        return sum(int(frame.memory_usage(deep=True).sum()) for frame in self.frames)


@dataclass(frozen=True, eq=False)
class History:
    """The state that stands, and those before the last changes.

    Attributes:
        now: the state that stands.
        earlier: the states before, the oldest first: at most `MOST_EARLIER`, together of at most
            `MOST_EARLIER_BYTES`. What states share counts once, and not where it still stands.
    """

    now: State
    earlier: tuple[State, ...] = ()

    def changed(self, to: State) -> "History":
        """Return the history after a change.

        A change of the same keys of one scenario, or of the same numbers that say the plan, as the
        change before continues it: a slider that is drawn along leaves one earlier state, and none
        where it is drawn back.
        """
        places = differing(self.now, to)
        if not places:
            return self
        if _of_one_thing(places) and self.earlier:
            *before, last = self.earlier
            if differing(last, self.now) == places:
                return History(to, self.earlier if differing(last, to) else tuple(before))
        return History(to, _bounded((*self.earlier, self.now), to))

    def undone(self) -> "History":
        """Return the history without its last change; as it is where there was none."""
        return History(self.earlier[-1], self.earlier[:-1]) if self.earlier else self

    def last_change(self) -> str:
        """Return what the last change is about, in a word; empty where there was none."""
        if not self.earlier:
            return ""
        before = self.earlier[-1]
        places = differing(before, self.now)
        parts = {part for part, *_key in places}
        for part, word in _WORDS.items():
            if part in parts:
                return _(word)
        if not any(place[2:] in ((), ("name",)) for place in places):
            return _("前提")
        scenarios = self.now.workbook.scenarios
        gone = [one for one in before.workbook.scenarios if one not in scenarios]
        if len(gone) == 1 and len(scenarios) < len(before.workbook.scenarios):
            return _("削除した「{name}」").format(name=wording.plain(gone[0].name))
        return _("シナリオ")


_WORDS = {
    "readiness": mark("回答"),
    "plan": mark("計画"),
    "plan_name": mark("計画の名前"),
    "actuals": mark("実績"),
    "as_of": mark("基準日"),
}
"""What a part of the state is called; answers first, as they set keys of the base scenario too."""


def differing(one: State, other: State) -> frozenset[Place]:
    """Return where two states differ."""
    first, second = one.workbook, other.workbook
    places: set[Place] = {
        (part,)
        for part in ("as_of", "readiness", "actuals")
        if getattr(first, part) != getattr(second, part)
    }
    if first.plan is not second.plan or one.typed is not other.typed:
        places |= _of_plans(one, other)
    if len(first.scenarios) != len(second.scenarios):
        return frozenset({*places, ("scenarios",)})
    for number, (before, after) in enumerate(zip(first.scenarios, second.scenarios, strict=True)):
        if before.name != after.name:
            places.add(("scenarios", str(number), "name"))
        if before != after:
            places |= {("scenarios", str(number), *key) for key in differences([before, after])}
    if not places and one.plan_name != other.plan_name:
        places.add(("plan_name",))
    return frozenset(places)


def _of_plans(one: State, other: State) -> set[Place]:
    """Return where two plans differ: in the numbers that say both, or as a whole."""
    before, after = one.said, other.said
    renamed = len(one.sites) == len(other.sites) and one.sites != other.sites
    if before is None or after is None or renamed or one.typed is not other.typed:
        return {("plan",)}
    return {
        ("plan", "said", key)
        for key, number, now in zip(Said._fields, before, after, strict=True)
        if number != now
    }


def _of_one_thing(places: frozenset[Place]) -> bool:
    """Tell whether nothing but keys of one scenario, or numbers that say the plan, differs."""
    return len({place[:2] for place in places}) == 1 and all(len(place) > 2 for place in places)


def _bounded(earlier: tuple[State, ...], now: State) -> tuple[State, ...]:
    """Return the last of the earlier states, as many as are kept."""
    room = MOST_EARLIER_BYTES
    counted = {id(part) for part in (*now.frames, *now.workbook.scenarios)}
    kept: list[State] = []
    for state in reversed(earlier[-MOST_EARLIER:]):
        if any(id(frame) not in counted for frame in state.frames):
            room -= state.frame_bytes
        scenarios = [one for one in state.workbook.scenarios if id(one) not in counted]
        room -= sum(map(_bytes, scenarios))
        if room < 0:
            break
        counted |= {id(part) for part in (*state.frames, *scenarios)}
        kept.append(state)
    return tuple(reversed(kept))


def _bytes(scenario: Scenario) -> int:
    return RATE_BYTES * (len(scenario.tasks) + sum(map(len, scenario.sites.values())))
