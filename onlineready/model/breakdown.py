"""The whole bill: fees by year and channel, savings by site and procedure, work given away."""

import numpy as np
import pandas as pd

from onlineready.domain.scenario import FeeBasis
from onlineready.domain.vocabulary import Case, Channel, CostKind, Estimate, Procedure
from onlineready.model.applications import PROCEDURES, carried, channel_shares, summed
from onlineready.model.comparison import COUNTER, ONLINE
from onlineready.model.costs import by_case, per_visit, trips
from onlineready.model.fees import due, fee_by_kind, months_of_acceptance
from onlineready.model.result import Result

WHOLE_YEAR = 12
"""Months of a fiscal year that lies within the horizon from end to end."""


def fees_by_year(
    result: Result, fees: pd.DataFrame, fee_basis: FeeBasis | None = None
) -> pd.DataFrame:
    """Return the fees due: one row per `fiscal_year`, `case` and `channel`, none left out.

    `applications` filed there; `total_yen` is what is due whoever pays, `company_yen` the
    company's share of it, `worker_yen` the rest. The payment charge is included. Charged are the
    fees of `fee_basis`; None charges those of the scenario.
    """
    scenario, found = result.scenario, result.quantities
    if fee_basis is not None:
        scenario = scenario.model_copy(update={"fee_basis": fee_basis})
    number, total = found.filed.sum(axis=3), due(found.volume.by_kind, scenario, fees)
    parts = [
        pd.DataFrame(
            {
                "fiscal_year": result.months["fiscal_year"].to_numpy(),
                "case": str(list(Case)[case]),
                "channel": str(list(Channel)[channel]),
                "applications": number[case, channel],
                "total_yen": total[case, channel],
            }
        )
        for case, channel in ((COUNTER, COUNTER), (ONLINE, COUNTER), (ONLINE, ONLINE))
    ]
    table = pd.concat(parts).groupby(["fiscal_year", "case", "channel"], as_index=False).sum()
    company = table["total_yen"] * scenario.company_fee_share
    return table.assign(company_yen=company, worker_yen=table["total_yen"] - company)


def year_on_year(result: Result, due: pd.DataFrame) -> pd.DataFrame:
    """Return the fees of each fiscal year beside those of the year before.

    Index `fiscal_year`; `months` of it inside the horizon; `counter_yen` and `online_yen`, all
    fees of either case; of the latter `at_counter_yen` and `filed_online_yen`; `counter_change_yen`
    and `online_change_yen` since the year before, missing where one of the two years is not whole;
    `saving_yen`, what online filing saves; `counter_company_yen` and `online_company_yen`. `due` is
    what `fees_by_year` returns of the result.
    """
    by_case = due.groupby(["fiscal_year", "case"])[["total_yen", "company_yen"]].sum().unstack()
    totals, company = by_case["total_yen"], by_case["company_yen"]
    online = due[due["case"].eq(Case.ONLINE)]
    filed = online.pivot(index="fiscal_year", columns="channel", values="total_yen")
    months = result.months.groupby("fiscal_year").size()
    whole = months.eq(WHOLE_YEAR) & months.shift().eq(WHOLE_YEAR)
    change = totals.diff().where(whole)
    return pd.DataFrame(
        {
            "months": months,
            "counter_yen": totals[Case.COUNTER],
            "counter_change_yen": change[Case.COUNTER],
            "at_counter_yen": filed[Channel.COUNTER],
            "filed_online_yen": filed[Channel.ONLINE],
            "online_yen": totals[Case.ONLINE],
            "online_change_yen": change[Case.ONLINE],
            "saving_yen": totals[Case.COUNTER] - totals[Case.ONLINE],
            "counter_company_yen": company[Case.COUNTER],
            "online_company_yen": company[Case.ONLINE],
        }
    )


def savings_by(result: Result, fees: pd.DataFrame, part: str) -> pd.DataFrame:
    """Return what online filing saves over the horizon: one row per site or per procedure.

    Columns: `part`; `applications`; `fee_saving_yen`, `outlay_saving_yen`, `cash_saving_yen`;
    `hours`; `time_value_yen`; `net_saving_yen`. The largest net saving comes first. Set-up and
    upkeep belong to no part: they are the last row, its `part` missing, its applications 0. The
    rows add up to the totals of the result.

    Fees, and what is done for an application, are those of the part. A visit serves several
    procedures at once: its time and outlay are divided by the number of applications carried on
    it, those handed in on the way there, those fetched (changes and extensions) on the way back.
    Hours count by the month as in the whole: at the share put to use where the organization saves
    time in that month, in full where it loses time. `part` is "site" or "procedure".
    """
    # Month × site × procedure, added up but for the part; what files nothing is no part.
    others = (0, 2) if part == "site" else (0, 1)
    names = result.quantities.volume.sites if part == "site" else list(map(str, PROCEDURES))
    outlay_yen, hours = (-result.totals[key] for key in ("setup_upkeep_outlay_yen", "hours_spent"))
    time_value_yen = hours * result.scenario.wage_yen_per_hour
    last = {"outlay_saving_yen": outlay_yen, "hours": hours, "time_value_yen": time_value_yen}
    sums = {
        column: np.append(amount.sum(axis=others), last.get(column, 0.0))
        for column, amount in _saved(result, fees).items()
    }
    table = pd.DataFrame({"part": pd.array([*names, None], "str"), **sums})
    cash = table["fee_saving_yen"] + table["outlay_saving_yen"]
    table = table.assign(cash_saving_yen=cash, net_saving_yen=cash + table["time_value_yen"])
    parts, lasting = table[table["applications"].gt(0)], table.iloc[-1:]
    ranked = parts.sort_values("net_saving_yen", ascending=False, kind="stable")
    return pd.concat([ranked, lasting], ignore_index=True)


def largest(savings: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the savings with all but the first `most` parts added up in one row, `part` "".

    The last row, set-up and upkeep, stays.
    """
    parts, lasting = savings.iloc[:-1], savings.iloc[-1:]
    if len(parts) <= most:
        return savings
    rest = parts.iloc[most:].drop(columns="part").sum().to_frame().T.assign(part="")
    return pd.concat([parts.iloc[:most], rest[savings.columns], lasting], ignore_index=True)


def work_yen(result: Result) -> pd.Series:
    """Return what the work of each case costs over the horizon, fees left out: index `case`.

    Outlay and staff time, valued as in `Result.cost_by_year`; set-up and upkeep belong to the
    online case.
    """
    cost = result.cost_by_year
    return cost[cost["kind"].ne(CostKind.FEE)].groupby("case")["yen"].sum()


def given_away_yen(result: Result, prices: pd.DataFrame) -> pd.Series:
    """Return what it costs to give all applications to an outside professional: by `Estimate`.

    The statutory fees, due whoever files, are left out, as are the hours that stay in the house.
    `prices` of one application are, by procedure, `yen_low`, `yen` and `yen_high`.
    """
    columns = {"yen_low": Estimate.LOW, "yen": Estimate.BASE, "yen_high": Estimate.HIGH}
    number = pd.Series({str(one): result.totals[f"applications_{one}"] for one in Procedure})
    given = prices[list(columns)].rename(columns={key: str(one) for key, one in columns.items()})
    return given.mul(number, axis="index").sum().astype(float)


def _saved(result: Result, fees: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return what is filed, and saved before set-up and upkeep: month × site × procedure each.

    `applications`, `fee_saving_yen`, `outlay_saving_yen`, `hours` and `time_value_yen`.
    """
    scenario, found = result.scenario, result.quantities
    number, tasks = found.volume.by_site, found.done.tasks
    online = number * channel_shares(scenario)[ONLINE, ONLINE][:, np.newaxis, np.newaxis]
    counter_visits, online_visits = by_case(trips(number, scenario), scenario)
    load = carried(number)
    whole = load.sum(axis=3, keepdims=True)
    part = load / np.where(whole > 0, whole, 1.0)
    place, saved = found.done.places(found.volume.sites), []
    for rate in (found.done.yen, found.done.minutes / 60):
        at_counter, filed_online = tasks.per_application @ rate[0]
        visit = per_visit(tasks, scenario) @ rate[place].T
        of_visits = np.einsum("vms,vs,vmsr->msr", counter_visits - online_visits, visit, part)
        saved.append(online * (at_counter - filed_online) + of_visits)
    outlay_yen, hours = saved
    used = np.where(result.series["hours_saved"] >= 0, scenario.realised_time_share, 1.0)
    return {
        "applications": number,
        "fee_saving_yen": _fees_saved(result, fees),
        "outlay_saving_yen": outlay_yen,
        "hours": hours,
        "time_value_yen": hours * used[:, np.newaxis, np.newaxis] * scenario.wage_yen_per_hour,
    }


def _fees_saved(result: Result, fees: pd.DataFrame) -> np.ndarray:
    """Return the fees that the company saves: month × site × procedure."""
    scenario, volume = result.scenario, result.quantities.volume
    share, month = channel_shares(scenario)[ONLINE, ONLINE], months_of_acceptance(scenario)
    online = (volume.by_kind > 0) & (share > 0)[:, np.newaxis, np.newaxis]
    counter_yen, online_yen = (fee_by_kind(fees, one, month, online) for one in Channel)
    each = (counter_yen - online_yen) * share[:, np.newaxis, np.newaxis]
    filed = volume.filings
    yen = each[filed.month, filed.procedure, filed.granted] * scenario.company_fee_share
    places = (filed.month, filed.site, filed.procedure)
    return summed(places, filed.applications * yen, volume.by_site.shape)
