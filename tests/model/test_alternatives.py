"""Scenarios side by side: what a preset sets, and that no scenario ever changes another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onlineready.domain.scenario import LONGEST_NAME, Scenario, resolve
from onlineready.domain.vocabulary import Preset
from onlineready.model.alternatives import (
    added,
    based_on,
    differences,
    preset,
    replaced,
    titles,
    unused_name,
    without,
)
from tests.day import TODAY
from tests.plans import TABLES, plain

BASE = resolve(
    {"years": 7, "officers": 4, "tasks": {"counter_print": {"minutes": 99, "yen": 5}}},
    TABLES.tasks,
    TODAY,
)


def named(*names: str) -> tuple[Scenario, ...]:
    return tuple(BASE.model_copy(update={"name": name}) for name in names)


@pytest.mark.parametrize(
    ("kind", "name", "share", "realised", "counter", "online"),
    [
        (Preset.CAUTIOUS, "保守", 0.0, 0.0, "minutes_low", "minutes_high"),
        (Preset.STANDARD, "標準", 1.0, 0.5, "minutes", "minutes"),
        (Preset.BOLD, "積極", 1.0, 1.0, "minutes_high", "minutes_low"),
    ],
)
def test_a_preset_sets_shares_and_minutes_and_nothing_else(
    kind: Preset, name: str, share: float, realised: float, counter: str, online: str
) -> None:
    made = preset(kind, BASE, TABLES.tasks)
    assert (made.name, made.company_fee_share, made.realised_time_share) == (name, share, realised)
    for _number, task in TABLES.tasks.iterrows():
        rate = made.tasks[task["id"]]
        assert rate.minutes == task[counter if task["channel"] == "counter" else online]
        assert rate.yen == BASE.tasks[task["id"]].yen
    set_by_it = {"name", "company_fee_share", "realised_time_share", "tasks"}
    assert made.model_dump(exclude=set_by_it) == BASE.model_dump(exclude=set_by_it)
    # What a preset makes is what a file or a link may hold.
    assert resolve(plain(made), TABLES.tasks, TODAY) == made


def test_the_standard_preset_of_an_untouched_scenario_is_that_scenario() -> None:
    first = resolve({}, TABLES.tasks, TODAY)
    assert preset(Preset.STANDARD, first, TABLES.tasks) == first


@given(
    st.lists(
        st.tuples(st.sampled_from(["add", "change", "rename", "remove", "base"]), st.integers(0, 3))
    )
)
def test_scenarios_never_change_one_another(steps: list[tuple[str, int]]) -> None:
    scenarios: tuple[Scenario, ...] = (BASE,)
    for step, place in steps:
        number = place % len(scenarios)
        before = [plain(scenario) for scenario in scenarios]
        touched = {number}
        match step:
            case "add":
                scenarios = added(scenarios, scenarios[number])
                touched = {len(scenarios) - 1}
            case "change":
                other = preset(Preset.CAUTIOUS, scenarios[number], TABLES.tasks)
                scenarios = replaced(scenarios, number, other)
            case "rename":
                other = scenarios[number].model_copy(update={"name": "案"})
                scenarios = replaced(scenarios, number, other)
            case "remove":
                scenarios = without(scenarios, number)
                del before[number : number + (number > 0)]
                touched = set()
            case "base":
                scenarios = based_on(scenarios, number)
                before.insert(0, before.pop(number))
                touched = set()
        after = [plain(scenario) for scenario in scenarios]
        assert len({scenario.name for scenario in scenarios}) == len(scenarios) >= 1
        for at, scenario in enumerate(before):
            assert at in touched or after[at] == scenario


def test_the_base_is_not_removed() -> None:
    assert without(named("甲", "乙"), 0) == named("甲", "乙")


def test_a_name_that_is_taken_gets_a_number_and_stays_short_enough() -> None:
    assert unused_name("案", []) == "案"
    assert unused_name("案", ["案", "案 2"]) == "案 3"
    long = "長" * LONGEST_NAME
    assert len(unused_name(long, [long])) == LONGEST_NAME


def test_names_that_a_file_has_twice_are_told_apart() -> None:
    assert titles(named("案", "案", "案 2", "案")) == ["案", "案 2", "案 2 2", "案 3"]


def test_only_what_differs_is_told() -> None:
    one, other = named("甲", "乙")
    assert differences([one, other]) == {}
    changed = resolve(
        {
            **plain(other),
            "go_live": "2027-04",
            "sites": {"本社": {"counter_wait_submit": {"minutes": 5}}},
        },
        TABLES.tasks,
        TODAY,
    )
    assert differences([one, changed]) == {
        ("go_live",): [None, "2027-04"],
        ("sites", "本社", "counter_wait_submit", "minutes"): [None, 5.0],
    }
