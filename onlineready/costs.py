"""Applications in their channels into visits, hours and outlay (the Standard Cost Model)."""

import numpy as np
import pandas as pd

from onlineready.scenario import Scenario
from onlineready.vocabulary import VISIT_DRIVERS, Channel, Driver, Per, Procedure

COLLECTED = (Procedure.CHANGE, Procedure.EXTENSION)
"""Procedures whose result is fetched at the counter; a COE is posted or mailed."""


def visits_needed(applications: pd.Series, batch_size: int) -> pd.Series:
    """Return the expected trips for an expected number of applications of one site and month.

    Between two whole numbers the trips are weighted by how likely each is. Model section 3.
    """
    whole = np.floor(applications)
    rest = applications - whole
    few, many = np.ceil(whole / batch_size), np.ceil((whole + 1) / batch_size)
    trips: pd.Series = (1 - rest) * few + rest * many
    return trips


def visits(filed: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return one row per case, month, site and visit driver: `quantity` of visits or trips.

    Args:
        filed: applications with `case`, `channel`, `month`, `site`, `procedure`, `applications`.
        scenario: batch size, and the share of collections made on a trip for a submission.
    """
    counter = filed[filed["channel"].eq(Channel.COUNTER)]
    collected = counter["applications"].where(counter["procedure"].isin(COLLECTED), 0.0)
    carried = counter.assign(collected=collected)
    load = carried.groupby(["case", "month", "site"])[["applications", "collected"]].sum()
    collections = visits_needed(load["collected"], scenario.batch_size)
    quantity = pd.DataFrame(
        {
            str(Driver.SUBMIT_VISIT): visits_needed(load["applications"], scenario.batch_size),
            str(Driver.COLLECT_VISIT): collections,
            str(Driver.COLLECT_TRIP): collections * (1 - scenario.combined_trip_share),
        }
    )
    long = quantity.melt(var_name="driver", value_name="quantity", ignore_index=False)
    return long.reset_index().assign(channel=str(Channel.COUNTER))


def work(
    filed: pd.DataFrame, trips: pd.DataFrame, tasks: pd.DataFrame, scenario: Scenario
) -> pd.DataFrame:
    """Return what the tasks take: `id` of the task, `quantity`, `hours` and `outlay_yen`.

    One row per row of `filed` and task done for it, and one per visit and task done on it; `case`,
    `channel`, `month`, `site` and `procedure` (missing for visits) say where. Set-up and upkeep
    are not among them. Model section 5: quantity x minutes and yen.

    Args:
        filed: applications with `case`, `channel`, `month`, `site`, `procedure`, `applications`.
        trips: as `visits` returns them.
        tasks: the task table; minutes and yen come from the scenario.
        scenario: the rates of each task, and what single sites change of the visit tasks.
    """
    done = filed.merge(_per_application(tasks), on=["channel", "procedure"])
    done["quantity"] = done["applications"] * done["share"]
    on_visits = tasks.loc[tasks["driver"].isin(VISIT_DRIVERS), ["id", "channel", "driver"]]
    travelled = trips.merge(on_visits, on=["channel", "driver"])
    columns = ["case", "channel", "month", "site", "procedure", "id", "quantity"]
    return _priced(pd.concat([done, travelled], ignore_index=True)[columns], scenario)


def _per_application(tasks: pd.DataFrame) -> pd.DataFrame:
    """One row per task and procedure that it is done for."""
    of_application = tasks[tasks["driver"].eq(Driver.APPLICATION)]
    every = " ".join(Procedure)
    procedure = of_application["procedures"].fillna(every).str.split()
    return of_application.assign(
        procedure=procedure, share=of_application["share"].fillna(1.0).astype(float)
    ).explode("procedure")[["id", "channel", "procedure", "share"]]


def setup_and_upkeep(tasks: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return what it takes to begin filing online and to stay able to: one row per month and task.

    Set-up is booked in the go-live month (month 0 where that lies earlier), upkeep every interval
    after go-live inside the horizon. Empty where go-live lies after the horizon. Model section 5.
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
        rows += [(month, task, float(people[per])) for month in due if begin < end]
    booked = pd.DataFrame(rows, columns=["month", "id", "quantity"])
    booked = booked.astype({"month": int, "id": "str", "quantity": float})
    return _priced(booked.assign(site=None), scenario).drop(columns="site")


def _upkeep_months(interval: str, scenario: Scenario) -> list[int]:
    """Return every `interval` months after go-live, inside the horizon."""
    months = scenario.id_validity_months if interval == "id_validity_months" else int(interval)
    due = range(scenario.online_from + months, scenario.months, months)
    return [month for month in due if month >= 0]


def _priced(quantity: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Put each quantity at the minutes and yen of its task, or of its site where that differs."""
    rates = scenario.tasks.items()
    # An empty column of names maps to names, not to numbers: hence the type.
    minutes = quantity["id"].map({task: rate.minutes for task, rate in rates}).astype(float)
    yen = quantity["id"].map({task: rate.yen for task, rate in rates}).astype(float)
    for site, changes in scenario.sites.items():
        for task, change in changes.items():
            there = quantity["site"].eq(site) & quantity["id"].eq(task)
            minutes = minutes if change.minutes is None else minutes.mask(there, change.minutes)
            yen = yen if change.yen is None else yen.mask(there, change.yen)
    return quantity.assign(
        hours=quantity["quantity"] * minutes / 60, outlay_yen=quantity["quantity"] * yen
    )
