"""The minutes to the counter, as a reader says them and as the tasks have them."""

from onlineready.model.travel import ROUND_TRIPS, one_way_minutes, round_trips
from tests.plans import resolved


def test_a_way_is_gone_there_and_back() -> None:
    assert round_trips(35) == {task: {"minutes": 70} for task in ROUND_TRIPS}
    assert one_way_minutes(resolved({"tasks": round_trips(35)})) == 35


def test_two_ways_that_differ_are_not_told_as_one() -> None:
    submit, _collect = ROUND_TRIPS
    assert one_way_minutes(resolved({"tasks": {submit: {"minutes": 10}}})) is None
