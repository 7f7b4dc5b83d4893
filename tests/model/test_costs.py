"""Visits to the counter, and what tasks take in hours and yen."""

from typing import Any

import numpy as np
import pytest

from onlineready.model.costs import visits_needed
from onlineready.model.result import Result
from tests.plans import business_case, current, domestic, only, overseas, roster

YEAR = {"start_month": "2026-04", "years": 1, "attrition_per_year": 0, "realised_time_share": 1}


def year_of(*rows: dict[str, Any], **raw: Any) -> Result:
    """Return the result of one year, no leavers."""
    return business_case(roster(*rows), {**YEAR, **raw})


def extensions(number: int, site: str = "全社") -> dict[str, Any]:
    """Return a row that files so many extensions in 2026-06 and nothing else in the year."""
    return current(number, "2026-08", "2024-08", site=site, period=36)


def certificates(number: int, site: str = "全社") -> dict[str, Any]:
    """Return a row that files so many COE applications in 2026-06 and nothing else in the year."""
    return overseas(number, "2026-10", site=site)


# Visits


@pytest.mark.parametrize(
    ("applications", "batch", "trips"),
    [
        # A tenth of an application: one trip in a tenth of the cases.
        (0.1, 1, 0.1),
        (0.1, 100, 0.1),
        # 2.5 at two a trip: half the time 2 on one trip, half the time 3 on two.
        (2.5, 2, 1.5),
        # 1.5 at two a trip: 1 or 2, one trip either way.
        (1.5, 2, 1),
        (4, 2, 2),
        (5, 2, 3),
        (100, 100, 1),
        (101, 100, 2),
        (100.25, 100, 1.25),
        (7.5, 1, 7.5),
    ],
)
def test_visits_needed(applications: float, batch: int, trips: float) -> None:
    assert list(visits_needed(np.array([applications]), batch)) == pytest.approx([trips])


def test_all_are_submitted_but_a_certificate_of_eligibility_is_not_collected() -> None:
    # 3 extensions and 2 COE in one month, 2 to a trip: 5 on 3 trips, 3 collected on 2.
    totals = year_of(extensions(3), certificates(2)).totals
    assert (totals["counter_submit_visits"], totals["counter_collect_visits"]) == (3, 2)


def test_sites_and_months_do_not_share_a_trip() -> None:
    # One application each: at two sites, or in two months, two trips for two applications.
    apart = [extensions(1, "本社"), extensions(1, "仙台工場")]
    later = [extensions(1), current(1, "2026-09", "2024-09", period=36)]
    for rows in (apart, later):
        assert year_of(*rows, batch_size=5).totals["counter_submit_visits"] == 2
    assert year_of(extensions(1), extensions(1), batch_size=5).totals["counter_submit_visits"] == 1


def test_visits_of_the_online_case_are_those_of_what_stays_at_the_counter() -> None:
    # 10 extensions, 85 in a hundred online: 1.5 stay, 1 or 2 of them on one trip of 2.
    totals = year_of(extensions(10), online_share=0.85).totals
    assert totals["counter_submit_visits"] == 5
    assert totals["online_submit_visits"] == pytest.approx(1)
    assert year_of(extensions(10)).totals["online_submit_visits"] == 0


def test_trips_to_collect_are_the_collections_not_combined_with_a_submission() -> None:
    # 4 extensions on 2 trips: an hour each to submit, 6 minutes each to collect, and the way, 30
    # minutes, for the three quarters of the collections that no submission is combined with.
    tasks = only(
        counter_travel_submit={"minutes": 60, "yen": 1_000},
        counter_travel_collect={"minutes": 30, "yen": 100},
        counter_wait_collect={"minutes": 6, "yen": 10},
    )
    totals = year_of(extensions(4), tasks=tasks, combined_trip_share=0.25).totals
    assert totals["counter_collect_visits"] == 2
    assert totals["counter_hours"] == pytest.approx(2 * 1 + 1.5 * 0.5 + 2 * 0.1)
    assert totals["counter_outlay_yen"] == pytest.approx(2 * 1_000 + 1.5 * 100 + 2 * 10)


def test_all_collections_combined_leave_no_trip_but_the_wait() -> None:
    tasks = only(counter_travel_collect={"minutes": 60}, counter_wait_collect={"minutes": 30})
    totals = year_of(extensions(4), tasks=tasks, combined_trip_share=1).totals
    assert totals["counter_hours"] == pytest.approx(2 * 0.5)


# Tasks


def test_a_task_is_done_for_the_procedures_it_lists_and_its_share_of_them() -> None:
    # 3 extensions, 2 COE, 1 change. Stamps for change and extension: 4; an envelope for each COE:
    # 2; further papers for a fifth of all 6: 1.2.
    rows = (extensions(3), certificates(2), domestic(1, "2026-08"))
    for task, times in (
        ("counter_print", 6),
        ("counter_stamps", 4),
        ("counter_coe_envelope", 2),
        ("counter_further_papers", 1.2),
    ):
        totals = year_of(*rows, tasks=only(**{task: {"minutes": 60, "yen": 7}})).totals
        assert totals["counter_hours"] == pytest.approx(times), task
        assert totals["counter_outlay_yen"] == pytest.approx(times * 7), task
        assert totals["online_hours"] == 0, task
    for task, times in (
        ("online_enter_new", 3),
        ("online_enter_extension", 3),
        ("online_pay", 4),
        ("online_card_by_post", 4),
        ("online_further_papers", 1.2),
    ):
        totals = year_of(*rows, tasks=only(**{task: {"minutes": 60, "yen": 7}})).totals
        assert totals["online_hours"] == pytest.approx(times), task
        assert totals["online_outlay_yen"] == pytest.approx(times * 7), task
        assert totals["counter_hours"] == 0, task


def test_a_site_changes_minutes_and_yen_of_its_own_visits_alone() -> None:
    # 2 applications on one trip at each of two sites. 本社: 60 minutes and 1,000 yen; 仙台工場 is
    # nearer, 15 minutes at the same 1,000 yen, and its wait is dearer, 0 minutes but 50 yen.
    tasks = only(counter_travel_submit={"minutes": 60, "yen": 1_000})
    near = {"counter_travel_submit": {"minutes": 15}, "counter_wait_submit": {"yen": 50}}
    rows = (extensions(2, "本社"), extensions(2, "仙台工場"))
    totals = year_of(*rows, tasks=tasks, sites={"仙台工場": near}).totals
    assert totals["counter_hours"] == pytest.approx(1 + 0.25)
    assert totals["counter_outlay_yen"] == pytest.approx(1_000 + 1_000 + 50)
    elsewhere = year_of(*rows, tasks=tasks, sites={"福岡工場": near}).totals
    assert elsewhere["counter_hours"] == pytest.approx(2)


def test_a_site_may_set_a_task_to_nothing() -> None:
    tasks = only(counter_travel_submit={"minutes": 60, "yen": 1_000})
    next_door = {"counter_travel_submit": {"minutes": 0, "yen": 0}}
    totals = year_of(extensions(2), tasks=tasks, sites={"全社": next_door}).totals
    assert (totals["counter_hours"], totals["counter_outlay_yen"]) == (0, 0)


# Set-up and upkeep


def spent(task: str, **raw: Any) -> dict[str, float]:
    """Return the hours of a task of one hour in the months in which it is booked."""
    tasks = only(**{task: {"minutes": 60, "yen": 10}})
    months = year_of(extensions(1), tasks=tasks, **raw).months
    assert list(months["setup_upkeep_outlay_yen"]) == list(months["hours_spent"] * 10)
    booked = months["hours_spent"]
    return {str(month): hours for month, hours in booked[booked > 0].items()}


def test_set_up_is_booked_once_in_the_go_live_month() -> None:
    assert spent("setup_training", go_live="2026-09") == {"2026-09": 2}
    assert spent("setup_training", go_live="2025-01") == {"2026-04": 2}
    assert spent("setup_training", go_live="2027-03") == {"2027-03": 2}
    assert spent("setup_training", go_live="2027-04") == {}


@pytest.mark.parametrize(
    ("task", "times"), [("setup_registration", 5), ("setup_agent_approval", 3)]
)
def test_set_up_is_done_for_each_person_it_concerns(task: str, times: int) -> None:
    assert spent(task, officers=5, uncertified_officers=3) == {"2026-04": times}


def test_nobody_without_approval_needs_no_approval() -> None:
    assert spent("setup_agent_approval", officers=5) == {}


def test_upkeep_counts_from_go_live_inside_the_horizon() -> None:
    # Once a year per organization: 12 months after go-live, not in its month.
    years = {"years": 3, "officers": 5}
    assert spent("upkeep_learning", go_live="2026-09", **years) == {"2027-09": 1, "2028-09": 1}
    assert spent("upkeep_learning", go_live="2026-04", **years) == {"2027-04": 1, "2028-04": 1}
    # Before the start: 2026-01 is left out, 2027-01 and so on are not.
    assert spent("upkeep_learning", go_live="2025-01", **years) == {
        "2027-01": 1,
        "2028-01": 1,
        "2029-01": 1,
    }
    # Exactly a year before the start: the first month is due.
    assert "2026-04" in spent("upkeep_learning", go_live="2025-04", **years)
    assert spent("upkeep_learning", go_live="2029-04", **years) == {}


@pytest.mark.parametrize(
    ("validity", "months"),
    [(12, ["2027-06", "2028-06", "2029-06", "2030-06"]), (36, ["2029-06"])],
)
def test_the_periodic_report_follows_the_validity_of_the_id(
    validity: int, months: list[str]
) -> None:
    booked = spent(
        "upkeep_periodic_report", go_live="2026-06", years=5, id_validity_months=validity
    )
    assert booked == dict.fromkeys(months, 1)
