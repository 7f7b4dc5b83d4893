"""Scenarios side by side: presets to begin with, the list of them, and where they differ.

A list of scenarios is never empty, and its first is the base. No function changes a scenario that
it is given: each returns a new list.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from onlineready.domain.scenario import LONGEST_NAME, Rate, Scenario
from onlineready.domain.vocabulary import LABELS, Channel, Preset
from onlineready.language import translate as _

_SHARES = {Preset.CAUTIOUS: 0.0, Preset.BOLD: 1.0}
"""How much of the fees the company bears, and of the freed time it puts to use."""

_MINUTES = {
    Preset.CAUTIOUS: {Channel.COUNTER: "minutes_low", Channel.ONLINE: "minutes_high"},
    Preset.BOLD: {Channel.COUNTER: "minutes_high", Channel.ONLINE: "minutes_low"},
}
"""Cautious: the counter takes little time and filing online much. Bold: the other way round."""


def preset(kind: Preset, base: Scenario, tasks: pd.DataFrame) -> Scenario:
    """Return the base under another view of what is uncertain, named after that view.

    Only the company's share of fees, the share of freed time put to use and the minutes of the
    tasks are set: to the ends of their ranges, or (standard) to the defaults. Period, staff and
    whatever else is known of the organization stay as in the base, and so do rates of single
    sites. `tasks` is the task table, with low and high minutes.
    """
    columns = _MINUTES.get(kind, dict.fromkeys(Channel, "minutes"))
    shares = {
        key: _SHARES.get(kind, Scenario.model_fields[key].default)
        for key in ("company_fee_share", "realised_time_share")
    }
    rates = {
        task["id"]: Rate(
            minutes=float(task[columns[task["channel"]]]), yen=base.tasks[task["id"]].yen
        )
        for task in tasks.to_dict("records")
    }
    return base.model_copy(update={"name": _(LABELS[kind]), "tasks": rates, **shares})


def unused_name(name: str, taken: Sequence[str]) -> str:
    """Return a name that is not taken: itself, or followed by the first number that is free."""
    found, number = name, 1
    while found in taken:
        number += 1
        end = f" {number}"
        found = name[: LONGEST_NAME - len(end)] + end
    return found


def added(scenarios: Sequence[Scenario], new: Scenario) -> tuple[Scenario, ...]:
    """Return the scenarios with one more at the end, under a name that is not taken."""
    return replaced((*scenarios, new), len(scenarios), new)


def replaced(scenarios: Sequence[Scenario], number: int, new: Scenario) -> tuple[Scenario, ...]:
    """Return the scenarios with another one in a place, under a name that no other has."""
    others = [scenario.name for at, scenario in enumerate(scenarios) if at != number]
    named = new.model_copy(update={"name": unused_name(new.name, others)})
    return (*scenarios[:number], named, *scenarios[number + 1 :])


def without(scenarios: Sequence[Scenario], number: int) -> tuple[Scenario, ...]:
    """Return the scenarios without the one in a place, which is not the base."""
    return (*scenarios[:number], *scenarios[number + 1 :]) if number > 0 else tuple(scenarios)


def based_on(scenarios: Sequence[Scenario], number: int) -> tuple[Scenario, ...]:
    """Return the scenarios with the one in a place as the base; the others keep their order."""
    return (scenarios[number], *scenarios[:number], *scenarios[number + 1 :])


def titles(scenarios: Sequence[Scenario]) -> list[str]:
    """Return what to call each scenario where they stand side by side: no two the same.

    Names differ where they were given here; a file or a link may hold two that are the same.
    """
    told: list[str] = []
    for scenario in scenarios:
        told.append(unused_name(scenario.name, told))
    return told


def differences(scenarios: Sequence[Scenario]) -> dict[tuple[str, ...], list[Any]]:
    """Return what is not the same in all of the scenarios: its value in each of them.

    Keyed by where it stands, as in `("wage_yen_per_hour",)` or `("tasks", "counter_print", "yen")`;
    None where a scenario leaves it open. The name is not among them.
    """
    values = [dict(_leaves(scenario.model_dump(mode="json"))) for scenario in scenarios]
    places = dict.fromkeys(place for leaves in values for place in leaves if place != ("name",))
    found = {place: [leaves.get(place) for leaves in values] for place in places}
    return {place: row for place, row in found.items() if any(one != row[0] for one in row)}


def _leaves(tree: Mapping[str, Any], *above: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, *above, key)
        else:
            yield (*above, key), value
