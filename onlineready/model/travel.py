"""The way to the counter as people know it: the minutes to get there, once."""

from onlineready.domain.scenario import Scenario

ROUND_TRIPS = ("counter_travel_submit", "counter_travel_collect")
"""The tasks whose minutes are those of a way there and back."""


def one_way_minutes(scenario: Scenario) -> float | None:
    """Return the minutes of the way to the counter; None where the two tasks differ."""
    submit, collect = (scenario.tasks[task].minutes for task in ROUND_TRIPS)
    return submit / 2 if submit == collect else None


def round_trips(one_way_minutes: float) -> dict[str, dict[str, float]]:
    """Return the minutes of both tasks, as a scenario's `tasks` has them."""
    return {task: {"minutes": 2 * one_way_minutes} for task in ROUND_TRIPS}
