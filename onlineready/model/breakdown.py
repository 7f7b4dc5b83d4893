"""The whole bill: fees by year and channel, savings by site and procedure, work given away."""

import numpy as np
import pandas as pd

from onlineready.domain.scenario import FeeBasis, fiscal_year
from onlineready.domain.tables import month_numbers
from onlineready.domain.vocabulary import Case, Channel, CostKind, Driver, Estimate
from onlineready.model.comparison import cases
from onlineready.model.costs import COLLECTED
from onlineready.model.fees import fees_paid
from onlineready.model.result import Result

YEAR_MONTHS = 12
SAVED = ["applications", "fee_saving_yen", "outlay_saving_yen", "hours"]
PARTS = ["month", "site", "procedure"]


def fees_by_year(
    result: Result, fees: pd.DataFrame, fee_basis: FeeBasis | None = None
) -> pd.DataFrame:
    """Return the fees due: one row per `fiscal_year`, `case` and `channel`, none left out.

    `applications` filed there; `total_yen` is what is due whoever pays, `company_yen` the
    company's share of it, `worker_yen` the rest. The payment charge is included.

    Args:
        result: the business case.
        fees: the fee table.
        fee_basis: the fees to charge; None charges those of the scenario.
    """
    charged = _charged(result, fees, fee_basis)
    first = result.scenario.fiscal_year_start_month
    begin = result.scenario.start_month
    years = {m: fiscal_year(begin + int(m), first) for m in charged["month"].unique()}
    keys = ["fiscal_year", "case", "channel"]
    due = charged.assign(fiscal_year=charged["month"].map(years)).groupby(keys)
    every = pd.MultiIndex.from_tuples(
        [
            (int(year), str(case), str(channel))
            for year in result.months["fiscal_year"].unique()
            for case, channel in (
                (Case.COUNTER, Channel.COUNTER),
                (Case.ONLINE, Channel.COUNTER),
                (Case.ONLINE, Channel.ONLINE),
            )
        ],
        names=keys,
    )
    table = due[["applications", "fee_yen"]].sum().reindex(every, fill_value=0.0).reset_index()
    table = table.rename(columns={"fee_yen": "total_yen"})
    company = table["total_yen"] * result.scenario.company_fee_share
    return table.assign(company_yen=company, worker_yen=table["total_yen"] - company)


def year_on_year(result: Result, due: pd.DataFrame) -> pd.DataFrame:
    """Return the fees of each fiscal year beside those of the year before.

    Index `fiscal_year`; `months` of it inside the horizon; `counter_yen` and `online_yen`, all
    fees of either case; of the latter `at_counter_yen` and `filed_online_yen`; `counter_change_yen`
    and `online_change_yen` since the year before, missing where one of the two years is not whole;
    `saving_yen`, what online filing saves; `counter_company_yen` and `online_company_yen`.

    Args:
        result: the business case.
        due: as `fees_by_year` returns it.
    """
    by_case = due.groupby(["fiscal_year", "case"])[["total_yen", "company_yen"]].sum()
    totals, company = (by_case[column].unstack("case") for column in ("total_yen", "company_yen"))
    online = due[due["case"].eq(Case.ONLINE)]
    filed = online.pivot(index="fiscal_year", columns="channel", values="total_yen")
    months = result.months.groupby("fiscal_year").size()
    whole = months.eq(YEAR_MONTHS) & months.shift().eq(YEAR_MONTHS)
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
    time in that month, in full where it loses time.

    Args:
        result: the business case.
        fees: the fee table.
        part: "site" or "procedure".
    """
    saved = _saved(result, fees)
    scenario = result.scenario
    hours = result.months["hours_saved"].to_numpy()
    used = np.where(hours >= 0, scenario.realised_time_share, 1.0)
    value = saved["hours"] * used[saved["month"]] * scenario.wage_yen_per_hour
    valued = saved.assign(time_value_yen=value)
    table = valued.groupby(part)[[*SAVED, "time_value_yen"]].sum().reset_index()
    spent = result.totals
    lasting = pd.DataFrame(
        {
            part: [None],
            "applications": [0.0],
            "fee_saving_yen": [0.0],
            "outlay_saving_yen": [-spent["setup_upkeep_outlay_yen"]],
            "hours": [-spent["hours_spent"]],
            "time_value_yen": [-spent["hours_spent"] * scenario.wage_yen_per_hour],
        }
    )
    table, lasting = (_with_sums(rows.rename(columns={part: "part"})) for rows in (table, lasting))
    ranked = table.sort_values("net_saving_yen", ascending=False, kind="stable")
    return pd.concat([ranked, lasting.astype({"part": "str"})], ignore_index=True)


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

    Outlay and staff time at the full wage; set-up and upkeep belong to the online case.
    """
    cost = result.cost_by_year
    return cost[cost["kind"].ne(CostKind.FEE)].groupby("case")["yen"].sum()


def given_away_yen(result: Result, prices: pd.DataFrame) -> pd.Series:
    """Return what it costs to give all applications to an outside professional: by `Estimate`.

    The statutory fees, due whoever files, are left out, as are the hours that stay in the house.

    Args:
        result: the business case.
        prices: by procedure `yen_low`, `yen` and `yen_high` of one application.
    """
    number = result.applications.groupby("procedure")["applications"].sum()
    columns = {Estimate.LOW: "yen_low", Estimate.BASE: "yen", Estimate.HIGH: "yen_high"}
    return pd.Series(
        {
            str(estimate): float((number * prices.loc[number.index, column]).sum())
            for estimate, column in columns.items()
        }
    )


def _with_sums(savings: pd.DataFrame) -> pd.DataFrame:
    cash = savings["fee_saving_yen"] + savings["outlay_saving_yen"]
    return savings.assign(cash_saving_yen=cash, net_saving_yen=cash + savings["time_value_yen"])


def _numbered(result: Result, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of the result with its months counted from the scenario's start."""
    begin = result.scenario.start_month.ordinal
    return frame.assign(month=month_numbers(frame["month"]).astype(int) - begin)


def _charged(result: Result, fees: pd.DataFrame, fee_basis: FeeBasis | None = None) -> pd.DataFrame:
    """Return the applications of both cases by channel, with all of their fees: `fee_yen`."""
    basis = result.scenario.fee_basis if fee_basis is None else fee_basis
    whole = result.scenario.model_copy(update={"company_fee_share": 1.0, "fee_basis": basis})
    filed = cases(_numbered(result, result.applications), result.scenario)
    # The same fee is due at every site: it is looked up once.
    keys = ["month", "procedure", "channel", "granted_months"]
    each = filed[keys].drop_duplicates().assign(applications=1.0).reset_index(drop=True)
    each["each_yen"] = fees_paid(each, fees, whole)
    charged = filed.merge(each.drop(columns="applications"), on=keys, how="left")
    return charged.assign(fee_yen=charged["each_yen"] * charged["applications"])


def _saved(result: Result, fees: pd.DataFrame) -> pd.DataFrame:
    """Return what is saved before set-up and upkeep: one row per month, site and procedure."""
    charged = _charged(result, fees)
    share = result.scenario.company_fee_share
    paid = charged.assign(fee_saving_yen=charged["fee_yen"] * share * _sign(charged))
    filed = _numbered(result, result.applications)
    work = _numbered(result, _by_procedure(result))
    sign = _sign(work)
    done = work.assign(hours=work["hours"] * sign, outlay_saving_yen=work["outlay_yen"] * sign)
    sums: list[pd.DataFrame] = [
        filed.groupby(PARTS)[["applications"]].sum(),
        paid.groupby(PARTS)[["fee_saving_yen"]].sum(),
        done.groupby(PARTS)[["outlay_saving_yen", "hours"]].sum(),
    ]
    return pd.concat(sums, axis="columns").fillna(0.0).reset_index()


def _sign(frame: pd.DataFrame) -> np.ndarray:
    """What the counter case costs is saved, what the online case costs is not."""
    return np.where(frame["case"].eq(Case.COUNTER), 1.0, -1.0)


def _by_procedure(result: Result) -> pd.DataFrame:
    """Return the work with visits divided among the procedures whose papers are carried."""
    done = result.work
    visit = done["procedure"].isna()
    tasks = result.tasks.set_index("id")
    fetching = tasks["driver"].isin([Driver.COLLECT_VISIT, Driver.COLLECT_TRIP])
    keys = ["month", "site"]
    loads = []
    for collecting, carried in (
        (False, result.applications),
        (True, result.applications[result.applications["procedure"].isin(COLLECTED)]),
    ):
        load = carried.groupby(PARTS)["applications"].sum().reset_index()
        load["part"] = load["applications"] / load.groupby(keys)["applications"].transform("sum")
        loads.append(load.drop(columns="applications").assign(collecting=collecting))
    visits = done[visit].drop(columns="procedure")
    visits = visits.assign(collecting=visits["id"].map(fetching).astype(bool))
    shared = visits.merge(pd.concat(loads, ignore_index=True), on=[*keys, "collecting"])
    shared = shared.assign(
        hours=shared["hours"] * shared["part"], outlay_yen=shared["outlay_yen"] * shared["part"]
    )
    columns = ["case", *PARTS, "hours", "outlay_yen"]
    return pd.concat([done.loc[~visit, columns], shared[columns]], ignore_index=True)
