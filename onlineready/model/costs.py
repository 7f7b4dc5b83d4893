"""Applications into visits, and into hours and outlay: quantities × rates (Standard Cost Model)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import kept_by_table
from onlineready.domain.vocabulary import Channel, Driver, Per
from onlineready.model.applications import PROCEDURES, VISITS, Volume, carried


class Tasks(NamedTuple):
    """The task table as arrays: how often each task is done for one of what it is done for.

    Attributes:
        ids: what the tasks are called.
        channel: task × channel: 1.0 where the task belongs to it.
        driver: what each is done once for.
        per_application: channel × procedure × task.
        per_visit: submission and collection × task, a collection always being a trip of its own.
        lasting: of set-up and upkeep: place of the task, per whom, and interval (set-up: missing).
    """

    ids: tuple[str, ...]
    channel: np.ndarray
    driver: np.ndarray
    per_application: np.ndarray
    per_visit: np.ndarray
    lasting: tuple[tuple[int, str, str | None], ...]


class Done(NamedTuple):
    """How often each task is done, and what it takes: all hours and all outlay are products of it.

    The first place is all sites together, each of the others a site with rates of its own.

    Attributes:
        tasks: the task table.
        sites: those with rates of their own: the places after the first, which is all others.
        minutes: what a task takes each time: place × task.
        yen: likewise.
        own_minutes: whether they are those of the site, not of the scenario: place × task.
        own_yen: likewise.
        often: case × place × month × task; of an application always at the first place.
        lasting: set-up and upkeep of the online case, at the first place: month × task.
    """

    tasks: Tasks
    sites: list[str]
    minutes: np.ndarray
    yen: np.ndarray
    own_minutes: np.ndarray
    own_yen: np.ndarray
    often: np.ndarray
    lasting: np.ndarray

    def places(self, sites: Sequence[str | None]) -> list[int]:
        """Return the place of each site."""
        own = {site: place for place, site in enumerate(self.sites, start=1)}
        return [own.get(site or "", 0) for site in sites]

    def by_month(self, rate: np.ndarray) -> np.ndarray:
        """Return quantity × rate (place × task) without set-up and upkeep: case × month."""
        taken: np.ndarray = np.einsum("cpmt,pt->cm", self.often, rate)
        return taken

    def by_task(self, rate: np.ndarray) -> np.ndarray:
        """Return quantity × rate (place × task) over the horizon, set-up included: case × task."""
        taken: np.ndarray = np.einsum("cpmt,pt->ct", self.often, rate)
        taken[-1] += self.lasting.sum(axis=0) * rate[0]
        return taken


@kept_by_table
def tasks_of(table: pd.DataFrame) -> Tasks:
    """Return the task table as arrays (docs/model.md, section 5)."""
    ids = tuple(map(str, table["id"]))
    per_application = np.zeros((len(Channel), len(PROCEDURES), len(ids)))
    per_visit = np.zeros((len(VISITS), len(ids)))
    lasting = []
    columns = ("channel", "driver", "procedures", "share", "per", "interval_months")
    rows = zip(*(table[key] for key in columns), strict=True)
    for task, (channel, driver, procedures, share, per, interval) in enumerate(rows):
        match driver:
            case Driver.APPLICATION:
                every = pd.isna(procedures)
                done = [every or procedure in procedures.split() for procedure in PROCEDURES]
                often = 1.0 if pd.isna(share) else float(share)
                per_application[list(Channel).index(channel), :, task] = often * np.array(done)
            case Driver.SETUP | Driver.UPKEEP:
                lasting.append((task, str(per), None if pd.isna(interval) else str(interval)))
            case _ if channel == Channel.COUNTER:
                per_visit[0 if driver == Driver.SUBMIT_VISIT else 1, task] = 1.0
    channels = np.array([table["channel"] == channel for channel in Channel], float).T
    drivers = table["driver"].to_numpy(str)
    return Tasks(ids, channels, drivers, per_application, per_visit, tuple(lasting))


def per_visit(tasks: Tasks, scenario: Scenario) -> np.ndarray:
    """Return how often each task is done for a visit: submission and collection × task.

    A trip made to collect alone is a collection not combined with a submission.
    """
    trip = tasks.driver == Driver.COLLECT_TRIP
    return tasks.per_visit * np.where(trip, 1 - scenario.combined_trip_share, 1.0)


def visits_needed(applications: np.ndarray, batch_size: int) -> np.ndarray:
    """Return the expected trips for an expected number of applications of one site and month.

    Between two whole numbers each is weighted by how likely it is (docs/model.md, section 3).
    """
    whole = np.floor(applications)
    rest = applications - whole
    few, many = np.ceil(whole / batch_size), np.ceil((whole + 1) / batch_size)
    trips: np.ndarray = (1 - rest) * few + rest * many
    return trips


def trips(by_site: np.ndarray, scenario: Scenario) -> np.ndarray:
    """Return the visits to the counter that applications need, whenever online filing begins.

    Of applications as `applications.Volume.by_site`: where every one is filed at the counter, and
    where `online_share` of each is filed online × submission and collection × month × site.
    """
    number = carried(by_site).sum(axis=3)
    rest = number - number * scenario.online_share
    return visits_needed(np.stack([number, rest]), scenario.batch_size)


def visited(filed: Volume, apart: Sequence[str], scenario: Scenario) -> np.ndarray:
    """Return the visits of `trips` by place: all sites but those `apart` together, then these.

    They are as many as there are months then, whatever the number of sites.
    """
    made = trips(filed.by_site, scenario)
    own = np.isin(filed.sites, apart)
    others = made[..., ~own].sum(axis=-1, keepdims=True)
    return np.concatenate([others, made[..., own]], axis=-1)


def by_case(made: np.ndarray, scenario: Scenario) -> np.ndarray:
    """Return the visits of `trips` by case, the first axis: online filing begins at go-live."""
    online = (np.arange(scenario.months) >= scenario.online_from)[:, np.newaxis]
    return np.stack([made[0], np.where(online, made[1], made[0])])


def setup_and_upkeep(tasks: Tasks, scenario: Scenario) -> np.ndarray:
    """Return how often it takes each task to begin filing online and to stay able to: month × task.

    Set-up is booked in the go-live month (month 0 where that lies earlier), upkeep every interval
    after go-live inside the horizon; nothing where that ends before (docs/model.md, section 5).
    """
    people: dict[str, int] = {
        Per.ORGANIZATION: 1,
        Per.OFFICER: scenario.officers,
        Per.UNCERTIFIED_OFFICER: scenario.uncertified_officers,
    }
    booked = np.zeros((scenario.months, len(tasks.ids)))
    month = np.arange(scenario.months)
    online_for = month - scenario.online_from
    for task, per, interval in tasks.lasting:
        if interval is None:
            due = month == max(scenario.online_from, 0)
        else:
            validity = interval == "id_validity_months"
            every = scenario.id_validity_months if validity else int(interval)
            due = (online_for > 0) & (online_for % every == 0)
        booked[due, task] = people[per]
    return booked


def done(
    filed: np.ndarray, visits: np.ndarray, tasks: Tasks, sites: list[str], scenario: Scenario
) -> Done:
    """Return how often each task is done, and what it takes (docs/model.md, section 5).

    Args:
        filed: applications: case × channel × month × procedure.
        visits: case × submission and collection × month × place.
        tasks: the task table.
        sites: those with rates of their own, in the order of the places after the first.
        scenario: rates, and the share of collections made on a trip for a submission.
    """
    of_scenario = [(scenario.tasks[task].minutes, scenario.tasks[task].yen) for task in tasks.ids]
    every = np.array(of_scenario, float).T[:, np.newaxis]
    changed = np.full((2, 1 + len(sites), len(tasks.ids)), np.nan)
    for place, site in enumerate(sites, start=1):
        for task, change in scenario.sites[site].items():
            # None, which leaves the scenario's value, becomes NaN.
            changed[:, place, tasks.ids.index(task)] = np.array([change.minutes, change.yen], float)
    own_minutes, own_yen = own = ~np.isnan(changed)
    minutes, yen = np.where(own, changed, every)
    often = np.einsum("cvmp,vt->cpmt", visits, per_visit(tasks, scenario))
    often[:, 0] += np.einsum("ckmr,krt->cmt", filed, tasks.per_application)
    lasting = setup_and_upkeep(tasks, scenario)
    return Done(tasks, sites, minutes, yen, own_minutes, own_yen, often, lasting)
