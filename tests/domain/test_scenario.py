"""What a reader may change: defaults, bounds, and every mistake told by its key."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given

from onlineready.domain.problem import ProblemsError
from onlineready.domain.scenario import Scenario, bounds, fiscal_year, resolve
from onlineready.load.shipped import load_assumptions
from tests.chance import examples
from tests.day import TODAY
from tests.documents import DOCS, numbers, table
from tests.plans import TABLES, plain, scenarios

SCENARIO = {row["key"]: row for row in table(DOCS / "interface.md", "key", "kind")}
"""The keys of a scenario as they are documented: kind, unit, default and range."""

DOCUMENTED: dict[str, tuple[Any, ...]] = {
    key: (*numbers(row["default"]), *numbers(row["range"]))
    for key, row in SCENARIO.items()
    if row["kind"] in ("number", "whole number")
}
"""Default, least and greatest value of each numeric key."""

WHOLE = [key for key, row in SCENARIO.items() if row["kind"] == "whole number"]


def scenario(**raw: Any) -> Scenario:
    """Return what a reader's keys resolve to."""
    return resolve(raw, TABLES.tasks, TODAY)


def blamed(raw: dict[str, Any]) -> dict[str, str]:
    """Return the message for each key that is refused."""
    with pytest.raises(ProblemsError) as told:
        resolve(raw, TABLES.tasks, TODAY)
    assert all(problem.row is None for problem in told.value.problems)
    messages = {str(problem.column): problem.message for problem in told.value.problems}
    assert len(messages) == len(told.value.problems)
    return messages


# Defaults


def test_every_key_is_documented_and_every_documented_key_exists() -> None:
    fields = Scenario.model_fields
    assert list(SCENARIO) == list(fields)
    assert [key for key, field in fields.items() if field.annotation is int] == WHOLE


def test_defaults_are_the_documented_ones() -> None:
    found = scenario().model_dump()
    for key, (default, _low, _high) in DOCUMENTED.items():
        assert found.pop(key) == default, key
    assert found.pop("tasks") == {
        row.id: {"minutes": row.minutes, "yen": row.yen} for row in TABLES.tasks.itertuples()
    }
    assert found == {
        "name": SCENARIO["name"]["default"],
        "start_month": pd.Period("2026-04", "M"),
        "go_live": None,
        "fee_basis": SCENARIO["fee_basis"]["default"],
        "id_validity_months": int(SCENARIO["id_validity_months"]["default"]),
        "sites": {},
    }


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 4, 1), "2026-04"),
        (date(2027, 3, 31), "2026-04"),
        (date(2026, 3, 31), "2025-04"),
        (date(2026, 12, 31), "2026-04"),
        (date(2027, 1, 1), "2026-04"),
    ],
)
def test_the_default_start_is_april_of_the_current_japanese_year(today: date, start: str) -> None:
    # Whatever the organization's own fiscal year.
    for raw in ({}, {"fiscal_year_start_month": 1}):
        assert str(resolve(raw, TABLES.tasks, today).start_month) == start


def test_an_open_go_live_is_filled_once_and_a_set_one_kept() -> None:
    month = pd.Period("2027-01", "M")
    assert scenario().going_live(month).go_live == month
    assert str(scenario(go_live="2026-08").going_live(month).go_live) == "2026-08"
    with pytest.raises(ValueError, match="go_live"):
        _ = scenario().online_from


def test_a_task_keeps_the_half_that_is_left_out() -> None:
    tasks = scenario(tasks={"counter_print": {"yen": 7}}).tasks
    assert (tasks["counter_print"].minutes, tasks["counter_print"].yen) == (30, 7)
    assert (tasks["counter_stamps"].minutes, tasks["counter_stamps"].yen) == (10, 0)


@examples(30)
@given(raw=scenarios())
def test_a_resolved_scenario_resolves_to_itself(raw: dict[str, Any]) -> None:
    resolved = scenario(**raw)
    assert resolve(plain(resolved), TABLES.tasks, date(2040, 1, 1)) == resolved


@pytest.mark.parametrize("key", ["years", "go_live", "tasks"])
def test_a_scenario_does_not_change(key: str) -> None:
    with pytest.raises(ValueError, match="frozen"):
        setattr(scenario(), key, None)


@pytest.mark.parametrize(
    ("month", "first_month", "year"),
    [
        ("2026-04", 4, 2026),
        ("2027-03", 4, 2026),
        ("2026-03", 4, 2025),
        ("2026-01", 1, 2026),
        ("2026-12", 1, 2026),
        ("2026-11", 12, 2025),
        ("2026-12", 12, 2026),
    ],
)
def test_a_fiscal_year_is_named_after_the_year_in_which_it_begins(
    month: str, first_month: int, year: int
) -> None:
    assert fiscal_year(pd.Period(month, "M"), first_month) == year


# Bounds


@pytest.mark.parametrize("key", DOCUMENTED)
def test_the_ends_of_a_range_are_accepted_and_what_lies_beyond_is_refused(key: str) -> None:
    _default, low, high = DOCUMENTED[key]
    assert bounds(key) == (low, high)
    step = 1 if key in WHOLE else 0.001
    company = {"officers": 1_000} if key == "uncertified_officers" else {}
    for value in (low, high):
        assert getattr(scenario(**company, **{key: value}), key) == value
    for value in (low - step, high + step):
        message = blamed({key: value})[key]
        assert str(value) in message
        assert f"{low:,}〜{high:,}" in message


@pytest.mark.parametrize("key", WHOLE)
def test_whole_numbers_are_whole(key: str) -> None:
    low = DOCUMENTED[key][1]
    assert list(blamed({key: low + 0.5})) == [key]
    assert "整数" in blamed({key: low + 0.5})[key]


@pytest.mark.parametrize("key", DOCUMENTED)
@pytest.mark.parametrize("value", ["1", None, True, [1], {}, float("nan"), float("inf")], ids=str)
def test_what_is_no_number_is_refused(key: str, value: Any) -> None:
    assert list(blamed({key: value})) == [key]


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("start_month", ("2020-01", "2060-12"), ("2019-12", "2061-01")),
        ("go_live", ("2010-01", "2070-12"), ("2009-12", "2071-01")),
        ("fee_basis", ("2020-01", "2100-12", "dated"), ("2019-12", "2101-01", "Dated", "")),
    ],
)
def test_months_and_their_ranges(key: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    assert SCENARIO[key]["range"].split(" – ") == list(good[:2])
    for value in good:
        assert str(getattr(scenario(**{key: value}), key)) == value
    no_months = ("2026-13", "2026-00", "2026-4", "2026/04", "2026-04-01", 202604, 2026.04)
    for refused in (*bad, *no_months):
        assert list(blamed({key: refused})) == [key], refused


def test_go_live_may_be_null_and_the_start_may_not() -> None:
    assert scenario(go_live=None).go_live is None
    assert list(blamed({"start_month": None, "fee_basis": None})) == ["start_month", "fee_basis"]


def test_the_validity_of_an_id_is_one_year_or_three() -> None:
    allowed = numbers(SCENARIO["id_validity_months"]["range"])
    assert [scenario(id_validity_months=v).id_validity_months for v in allowed] == [12, 36]
    for value in (0, 24, 35, "36", None, True):
        assert list(blamed({"id_validity_months": value})) == ["id_validity_months"]


def test_a_name_has_1_to_60_characters() -> None:
    assert scenario(name="あ" * 60).name == "あ" * 60
    for value in ("", "あ" * 61, 5, None):
        assert list(blamed({"name": value})) == ["name"]


def test_not_more_people_lack_the_approval_than_there_are() -> None:
    assert scenario(officers=3, uncertified_officers=3).uncertified_officers == 3
    assert list(blamed({"officers": 3, "uncertified_officers": 4})) == ["uncertified_officers"]
    assert list(blamed({"uncertified_officers": 3})) == ["uncertified_officers"]


# Tasks and sites


@pytest.mark.parametrize("where", ["tasks", "sites.本社"])
@pytest.mark.parametrize(("key", "low", "high"), [("minutes", 0, 10_000), ("yen", 0, 1_000_000)])
def test_minutes_and_yen_have_bounds(where: str, key: str, low: int, high: int) -> None:
    assert f"{key} {low}–{high:,}" in SCENARIO["tasks"]["range"]
    task = "counter_travel_submit"

    def raw(value: Any) -> dict[str, Any]:
        rates = {task: {key: value}}
        return {"tasks": rates} if where == "tasks" else {"sites": {"本社": rates}}

    for value in (low, high, 0.5):
        found = scenario(**raw(value))
        rate = found.tasks[task] if where == "tasks" else found.sites["本社"][task]
        assert getattr(rate, key) == value
    for refused in (low - 1, high + 1, "5", True, float("nan")):
        assert list(blamed(raw(refused))) == [f"{where}.{task}.{key}"]


def test_an_unknown_task_is_an_error_that_lists_the_known() -> None:
    message = blamed({"tasks": {"counter_prints": {"minutes": 1, "yen": 1}}})
    assert list(message) == ["tasks.counter_prints"]
    assert "counter_print," in message["tasks.counter_prints"]
    assert "tasks.counter_prints.yen" in blamed({"tasks": {"counter_prints": {"minutes": 1}}})


def test_a_site_changes_visit_tasks_only() -> None:
    for task in ("counter_print", "online_pay", "setup_training", "nothing"):
        raw = {"sites": {"本社": {task: {"minutes": 1}}}}
        assert list(blamed(raw)) == [f"sites.本社.{task}"]
    for task in ("counter_wait_submit", "counter_wait_collect", "counter_travel_collect"):
        assert scenario(sites={"本社": {task: {"yen": 1}}}).sites["本社"][task].yen == 1


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ({"tasks": []}, "tasks"),
        ({"tasks": None}, "tasks"),
        ({"tasks": {"counter_print": 30}}, "tasks.counter_print"),
        ({"tasks": {"counter_print": {"hours": 1}}}, "tasks.counter_print.hours"),
        ({"tasks": {"counter_print": {"minutes": None}}}, "tasks.counter_print.minutes"),
        ({"sites": []}, "sites"),
        ({"sites": {"本社": 5}}, "sites.本社"),
        ({"sites": {"本社": {"counter_wait_submit": 5}}}, "sites.本社.counter_wait_submit"),
    ],
)
def test_a_wrong_shape_is_told_where_it_is(raw: dict[str, Any], key: str) -> None:
    assert list(blamed(raw)) == [key]


# All at once


def test_an_unknown_key_is_refused_by_name() -> None:
    assert sorted(blamed({"Years": 5, "": 1, "期間": 5})) == ["", "Years", "期間"]


def every_mistake() -> Iterator[tuple[dict[str, Any], str]]:
    """Yield mistakes that have nothing to do with one another, and the key to blame."""
    yield {"years": 0}, "years"
    yield {"wage_yen_per_hour": "1673"}, "wage_yen_per_hour"
    yield {"start_month": "2026年4月"}, "start_month"
    yield {"yaers": 5}, "yaers"
    yield {"tasks": {"online_pay": {"yen": -1}}}, "tasks.online_pay.yen"
    yield (
        {"sites": {"本社": {"counter_wait_submit": {"minute": 1}}}},
        ("sites.本社.counter_wait_submit.minute"),
    )


def test_all_mistakes_are_told_at_once() -> None:
    raw: dict[str, Any] = {}
    for part, _key in every_mistake():
        raw |= part
    assert sorted(blamed(raw)) == sorted(key for _part, key in every_mistake())


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ({"tasks": {"nothing": {"minutes": 1, "yen": 1}}}, "tasks.nothing"),
        ({"sites": {"本社": {"counter_print": {"minutes": 1}}}}, "sites.本社.counter_print"),
        ({"officers": 2, "uncertified_officers": 3}, "uncertified_officers"),
    ],
)
def test_mistakes_between_keys_are_told_with_the_others(raw: dict[str, Any], key: str) -> None:
    assert sorted(blamed({**raw, "years": 0})) == sorted([key, "years"])


def test_the_error_gives_a_line_for_each_mistake() -> None:
    with pytest.raises(ProblemsError) as told:
        resolve({"years": 0, "x": 1}, TABLES.tasks, TODAY)
    lines = str(told.value).splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        ":row , column years",
        ":row , column x",
    ]


# The ranges of the data folder


def test_the_base_of_each_assumption_is_the_default_and_its_range_is_allowed() -> None:
    assumptions = load_assumptions()
    defaults = scenario().model_dump()
    for key, row in assumptions.iterrows():
        name = str(key)
        assert row["base"] == defaults[name], name
        if name == "id_validity_months":
            continue
        least, greatest = bounds(name)
        low, high = row[["low", "high"]].fillna(row["base"])
        assert least <= low <= row["base"] <= high <= greatest, name
    assert set(assumptions.index) == {*DOCUMENTED, "id_validity_months"}
