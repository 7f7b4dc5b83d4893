"""Applications in their channels into visits, hours and outlay (the Standard Cost Model)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario, SiteRate
from onlineready.domain.vocabulary import Channel, Driver, Per, Procedure

COLLECTED = (Procedure.CHANGE, Procedure.EXTENSION)
"""Procedures whose result is fetched at the counter; a COE is posted or mailed."""

RATES = ["minutes", "yen"]
"""What one unit of a task takes."""


def visits_needed(applications: pd.Series, batch_size: int) -> pd.Series:
    """Return the expected trips for an expected number of applications of one site and month.

    Between two whole numbers each is weighted by how likely it is (docs/model.md, section 3).
    """
    whole = np.floor(applications)
    rest = applications - whole
    few, many = np.ceil(whole / batch_size), np.ceil((whole + 1) / batch_size)
    trips: pd.Series = (1 - rest) * few + rest * many
    return trips


def carried(applications: pd.DataFrame) -> pd.DataFrame:
    """Return what visits to the counter are for: one row per month, site and visit driver.

    `applications` is the number handed in (`submit_visit`) or fetched (`collect_visit`).
    """
    site_month = ["month", "site"]
    collected = applications["procedure"].isin(COLLECTED)
    loads = []
    for driver, frame in (
        (Driver.SUBMIT_VISIT, applications),
        (Driver.COLLECT_VISIT, applications[collected]),
    ):
        load = frame.groupby(site_month)["applications"].sum().reset_index()
        loads.append(load.assign(driver=str(driver)))
    return pd.concat(loads, ignore_index=True)


def visits(carried: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return one row per case, month, site and visit driver: `quantity` of visits.

    Args:
        carried: as `carried` returns it, with `case` and `channel`.
        scenario: how many applications go on one visit.
    """
    made = carried[carried["channel"].eq(Channel.COUNTER)]
    quantity = visits_needed(made["applications"], scenario.batch_size)
    return made.drop(columns="applications").assign(quantity=quantity)


def pooled(trips: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the visits of all sites added up, but for the sites with minutes or yen of their own.

    Added up, they are as many rows as there are months, whatever the number of sites; `site` is
    missing in them.
    """
    own = trips["site"].where(trips["site"].isin(list(scenario.sites)))
    keys = ["case", "channel", "month", "site", "driver"]
    return trips.assign(site=own).groupby(keys, dropna=False)["quantity"].sum().reset_index()


def work(
    filed: pd.DataFrame, trips: pd.DataFrame, tasks: pd.DataFrame, scenario: Scenario
) -> pd.DataFrame:
    """Return what the tasks take: `id` of the task, `quantity`, `hours` and `outlay_yen`.

    One row per row of `filed` and task done for it, and one per visit and task done on it; `case`,
    `channel`, `month`, `site` and `procedure` (missing for visits) say where. Set-up and upkeep
    are not among them. Quantity x minutes and yen: docs/model.md, section 5.

    Args:
        filed: applications with `case`, `channel`, `month`, `procedure`, `applications`; `site`
            where they are told apart.
        trips: as `visits` or `pooled` returns them.
        tasks: the task table; minutes and yen come from the scenario.
        scenario: the rates of each task, what single sites change of the visit tasks, and the
            share of collections made on a trip for a submission.
    """
    handled = filed.rename(columns={"applications": "quantity"})
    handled["driver"] = str(Driver.APPLICATION)
    done = pd.concat([handled, trips], ignore_index=True).merge(
        _per_unit(tasks, scenario), on=["channel", "driver", "procedure"]
    )
    done["quantity"] *= done["share"]
    columns = ["case", "channel", "month", "site", "procedure", "id", "quantity", *RATES]
    return _priced(done[columns], scenario.sites)


def _per_unit(tasks: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """One row per task and what it is done for: a procedure, or (procedure missing) a visit.

    `share` tells how often, `minutes` and `yen` what it takes each time. A trip to collect is a
    visit to collect, less often.
    """
    every = " ".join(Procedure)
    trip_share = 1 - scenario.combined_trip_share
    rows: list[tuple[str, str, str, str | None, float]] = []
    for task, channel, driver, procedures, share in zip(
        *(tasks[key] for key in ("id", "channel", "driver", "procedures", "share")), strict=True
    ):
        match driver:
            case Driver.APPLICATION:
                often = 1.0 if pd.isna(share) else float(share)
                listed = (every if pd.isna(procedures) else procedures).split()
                rows += [(task, channel, driver, procedure, often) for procedure in listed]
            case Driver.COLLECT_TRIP:
                rows.append((task, channel, str(Driver.COLLECT_VISIT), None, trip_share))
            case Driver.SUBMIT_VISIT | Driver.COLLECT_VISIT:
                rows.append((task, channel, driver, None, 1.0))
    rates = [(*row, scenario.tasks[row[0]].minutes, scenario.tasks[row[0]].yen) for row in rows]
    return pd.DataFrame(rates, columns=["id", "channel", "driver", "procedure", "share", *RATES])


def setup_and_upkeep(tasks: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return what it takes to begin filing online and to stay able to: one row per month and task.

    Set-up is booked in the go-live month (month 0 where that lies earlier), upkeep every interval
    after go-live inside the horizon (docs/model.md, section 5). Empty where go-live lies after it.
    """
    begin, end = scenario.online_from, scenario.months
    people: dict[str, int] = {
        Per.ORGANIZATION: 1,
        Per.OFFICER: scenario.officers,
        Per.UNCERTIFIED_OFFICER: scenario.uncertified_officers,
    }
    rows = []
    lasting = tasks[tasks["driver"].isin([Driver.SETUP, Driver.UPKEEP])]
    for task, per, interval in zip(
        lasting["id"], lasting["per"], lasting["interval_months"], strict=True
    ):
        due = [max(begin, 0)] if pd.isna(interval) else _upkeep_months(interval, scenario)
        number, rate = float(people[per]), scenario.tasks[task]
        rows += [(month, task, number, rate.minutes, rate.yen) for month in due if begin < end]
    booked = pd.DataFrame(rows, columns=["month", "id", "quantity", *RATES])
    # Columns without a row would be of no type.
    numbers = dict.fromkeys(["quantity", *RATES], float)
    return _priced(booked.astype({"month": int, "id": "str", **numbers}), {})


def _upkeep_months(interval: str, scenario: Scenario) -> list[int]:
    """Return every `interval` months after go-live, inside the horizon."""
    months = scenario.id_validity_months if interval == "id_validity_months" else int(interval)
    due = range(scenario.online_from + months, scenario.months, months)
    return [month for month in due if month >= 0]


def _priced(done: pd.DataFrame, sites: Mapping[str, Mapping[str, SiteRate]]) -> pd.DataFrame:
    """Put each quantity at the minutes and yen beside it, or at those of its site."""
    minutes, yen = (done[rate] for rate in RATES)
    for site, changes in sites.items():
        for task, change in changes.items():
            there = done["site"].eq(site) & done["id"].eq(task)
            minutes = minutes if change.minutes is None else minutes.mask(there, change.minutes)
            yen = yen if change.yen is None else yen.mask(there, change.yen)
    return done.drop(columns=RATES).assign(
        hours=done["quantity"] * minutes / 60, outlay_yen=done["quantity"] * yen
    )
