"""The workings behind a result: the numbers between applications and savings, site by site."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import Tables, month_numbers, months_numbered
from onlineready.domain.vocabulary import Case, Channel, Driver
from onlineready.model.applications import over_sites
from onlineready.model.comparison import cases
from onlineready.model.costs import carried, pooled, visits
from onlineready.model.fees import fees_in_force
from onlineready.model.result import Result

MOST_SITES = 30
MOST_ROWS = 20_000
"""Sites, and rows of applications, up to which the workings are told site by site."""

VISITS = (Driver.SUBMIT_VISIT, Driver.COLLECT_VISIT)


class Workings(NamedTuple):
    """What stands between the applications of a result and its savings.

    Arrays have a row for each month of the horizon and a column for each site.

    Attributes:
        applications: one row per `month` (from the start), `site` (its place in `sites`, missing
            where sites are added up), `procedure` and `granted_months` with the number of
            `applications`, and what one of them costs: `counter_fee_yen` and `online_fee_yen`,
            the payment charge included, before the company's share.
        sites: the names of the columns. Where sites are added up only those with minutes or yen
            of their own have a name; the first stands for all others and is None.
        by_site: whether sites are told apart; otherwise `carried` is empty.
        carried: applications handed in, or fetched, of each site and month.
        visits: visits of each case, site and month.
        visits_online: visits of the online case if it began in the first month.
    """

    applications: pd.DataFrame
    sites: tuple[str | None, ...]
    by_site: bool
    carried: dict[Driver, np.ndarray]
    visits: dict[tuple[Case, Driver], np.ndarray]
    visits_online: dict[Driver, np.ndarray]


def workings(result: Result, tables: Tables) -> Workings:
    """Return the workings of a result under the tables it was computed with.

    Sites are told apart where there are at most `MOST_SITES` of them and `MOST_ROWS` rows.
    """
    scenario = result.scenario
    begin = scenario.start_month.ordinal
    applications = result.applications.assign(
        month=month_numbers(result.applications["month"]).astype(int) - begin
    )
    names = sorted(applications["site"].unique())
    by_site = 0 < len(names) <= MOST_SITES and len(applications) <= MOST_ROWS
    loads = carried(applications)
    from_the_start = scenario.model_copy(update={"go_live": scenario.start_month})
    made = _made(loads, scenario, by_site=by_site)
    if_online = _made(loads, from_the_start, by_site=by_site)
    others = () if by_site else (None,)
    sites = (*others, *(names if by_site else sorted(made["site"].dropna().unique())))

    if by_site:
        told = applications.assign(site=applications["site"].map(names.index))
    else:
        told = over_sites(applications).assign(site=None)
    return Workings(
        applications=_with_fees(told, tables.fees, scenario),
        sites=sites,
        by_site=by_site,
        carried={
            driver: _by_month(loads[loads["driver"].eq(driver)], "applications", sites, scenario)
            for driver in (VISITS if by_site else ())
        },
        visits={
            (case, driver): _by_month(
                made[made["case"].eq(case) & made["driver"].eq(driver)], "quantity", sites, scenario
            )
            for case in Case
            for driver in VISITS
        },
        visits_online={
            driver: _by_month(
                if_online[if_online["case"].eq(Case.ONLINE) & if_online["driver"].eq(driver)],
                "quantity",
                sites,
                scenario,
            )
            for driver in VISITS
        },
    )


def _made(loads: pd.DataFrame, scenario: Scenario, *, by_site: bool) -> pd.DataFrame:
    """Return the visits of both cases by site, or of the sites with rates of their own alone."""
    made = visits(cases(loads, scenario), scenario)
    return made if by_site else pooled(made, scenario)


def _by_month(
    frame: pd.DataFrame, column: str, sites: tuple[str | None, ...], scenario: Scenario
) -> np.ndarray:
    """Return a column as an array: a row per month of the horizon, a column per site."""
    place = {site: number for number, site in enumerate(sites)}
    amounts = np.zeros((scenario.months, len(sites)))
    columns = np.array([place[None if pd.isna(site) else site] for site in frame["site"]], int)
    np.add.at(amounts, (frame["month"].to_numpy(int), columns), frame[column].to_numpy(float))
    return amounts


def _with_fees(applications: pd.DataFrame, fees: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Put beside each row what one application costs at the counter and online."""
    basis, begin = scenario.fee_basis, scenario.start_month.ordinal
    month = applications["month"] + begin
    if isinstance(basis, pd.Period):
        month = month * 0 + basis.ordinal
    asked = applications.assign(accepted=months_numbered(month))
    each = {}
    for channel in Channel:
        found = fees_in_force(asked.assign(channel=str(channel)), fees)
        yen = found["fee_yen"] + found["payment_charge_yen"]
        each[f"{channel}_fee_yen"] = yen.to_numpy(float)
    return applications.assign(**each).reset_index(drop=True)
