"""Where the headline figures come from: quantities times rates, down to rows of the tables.

Whoever multiplies and adds up what stands here gets the figures of `Result.per_year` and `Worth`.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import Tables, month_numbers, months_numbered
from onlineready.domain.vocabulary import Case, Channel, Driver, Hours, Valued
from onlineready.model.applications import over_sites
from onlineready.model.comparison import discount_factors
from onlineready.model.fees import fees_in_force
from onlineready.model.result import Result

FIRST_LINE = 2
"""Line of a shipped table's first row, as a spreadsheet counts: the header is line 1."""


class Derivation(NamedTuple):
    """What the figures of the months online are made of; per year: x 12 / `months_online`.

    Attributes:
        fees: fee saving, one row per band used, as `fee_factors` returns it.
        tasks: hours and outlay, one row per task, as `task_factors` returns it.
        time: value of time, one row per kind of hours, as `time_factors` returns it.
        months_online: months from go-live to the end of the horizon.
    """

    fees: pd.DataFrame
    tasks: pd.DataFrame
    time: pd.DataFrame
    months_online: int


def derive(result: Result, tables: Tables) -> Derivation:
    """Return what the yearly figures of a result are made of."""
    return Derivation(
        fees=fee_factors(result, tables.fees),
        tasks=task_factors(result),
        time=time_factors(result),
        months_online=result.scenario.months - _live(result.scenario),
    )


class Sums(NamedTuple):
    """What the factors add up to over the months online, not yet per year.

    Attributes:
        fee_yen: fees saved, whoever bears them.
        fee_saving_yen: the company's share of them.
        outlay_saving_yen: outlay saved, set-up and upkeep taken off.
        hours: hours saved less hours spent.
        time_value_yen: value of the hours at the wage.
        cash_saving_yen: fees and outlay.
        net_saving_yen: cash and value of time.
    """

    fee_yen: float
    fee_saving_yen: float
    outlay_saving_yen: float
    hours: float
    time_value_yen: float
    cash_saving_yen: float
    net_saving_yen: float


def sums(derived: Derivation, scenario: Scenario) -> Sums:
    """Return what the factors add up to: the company bears its share of the fees."""
    fee = float(derived.fees["product_yen"].sum())
    borne = fee * scenario.company_fee_share
    outlay = float(derived.tasks["outlay_yen"].sum())
    time = float(derived.time["product_yen"].sum())
    return Sums(
        fee_yen=fee,
        fee_saving_yen=borne,
        outlay_saving_yen=outlay,
        hours=float(derived.tasks["hours"].sum()),
        time_value_yen=time,
        cash_saving_yen=borne + outlay,
        net_saving_yen=borne + outlay + time,
    )


def lines(table: pd.DataFrame) -> pd.DataFrame:
    """Return a shipped table indexed by the `line` of its file, as a spreadsheet counts."""
    index = pd.RangeIndex(FIRST_LINE, FIRST_LINE + len(table), name="line")
    return table.set_axis(index)


def fee_factors(result: Result, fees: pd.DataFrame) -> pd.DataFrame:
    """Return the fees saved from go-live on, before the company's share.

    One row per procedure and pair of rows of the fee table used: `procedure`; `counter_line` and
    `online_line` of the fee table's file; `accepted_from`, `granted_months_from` and
    `granted_months_to` of the counter's row; `counter_yen`, `online_yen` (both a piece, the online
    fee without its charge), `charge_yen`; `quantity`, applications filed online; `rate_yen`,
    counter less online and charge; `product_yen`, quantity x rate. The products add up to the fee
    saving of a company that bears all of it.
    """
    scenario = result.scenario
    filed = over_sites(result.applications)
    month = month_numbers(filed["month"]).astype(int)
    live = month.ge(scenario.start_month.ordinal + _live(scenario))
    filed, month = filed[live].reset_index(drop=True), month[live].reset_index(drop=True)
    if isinstance(scenario.fee_basis, pd.Period):
        month = month * 0 + scenario.fee_basis.ordinal
    keys = filed.assign(accepted=months_numbered(month))
    numbered = lines(fees).reset_index()
    counter, online = (
        fees_in_force(keys.assign(channel=str(channel)), numbered) for channel in Channel
    )
    rows = pd.DataFrame(
        {
            "procedure": filed["procedure"],
            "counter_line": counter["line"].to_numpy(),
            "online_line": online["line"].to_numpy(),
            "accepted_from": counter["accepted_from"].array,
            "granted_months_from": counter["granted_months_from"].array,
            "granted_months_to": counter["granted_months_to"].array,
            "counter_yen": (counter["fee_yen"] + counter["payment_charge_yen"]).to_numpy(int),
            "online_yen": online["fee_yen"].to_numpy(int),
            "charge_yen": online["payment_charge_yen"].to_numpy(int),
            "quantity": filed["applications"] * scenario.online_share,
        }
    )
    keys_of_row = [column for column in rows if column != "quantity"]
    used = rows[rows["quantity"].gt(0)].groupby(keys_of_row, dropna=False, sort=False)
    summed = used["quantity"].sum().reset_index().sort_values("counter_line", ignore_index=True)
    rate = summed["counter_yen"] - summed["online_yen"] - summed["charge_yen"]
    return summed.assign(rate_yen=rate, product_yen=summed["quantity"] * rate)


def task_factors(result: Result) -> pd.DataFrame:
    """Return the hours and the outlay saved from go-live on, task by task.

    One row per task `id` and, where a site has minutes or yen of its own, `site` (else missing):
    `driver`; `lasting`, whether it is set-up or upkeep; `quantity`, how often the counter case does
    it more than the online case (negative: less often); `minutes` and `yen` each time;
    `hours`, quantity x minutes / 60; `outlay_yen`, quantity x yen. In the order of the table.
    """
    scenario, tasks = result.scenario, result.tasks
    live = scenario.month(_live(scenario))
    done = result.effort[result.effort["month"].ge(live)]
    sign = np.where(done["case"].eq(Case.COUNTER), 1.0, -1.0)
    parts = [
        done[["id", "site"]].assign(quantity=sign * done["quantity"]),
        result.upkeep[["id"]].assign(site=None, quantity=-result.upkeep["quantity"]),
    ]
    rows = pd.concat(parts, ignore_index=True)
    own = {(task, site) for site, changes in scenario.sites.items() for task in changes}
    pairs = zip(rows["id"], rows["site"], strict=True)
    rows["site"] = pd.Series(
        [site if (task, site) in own else None for task, site in pairs], rows.index, "object"
    )
    summed = rows.groupby(["id", "site"], dropna=False)["quantity"].sum().reset_index()
    rates = [_rate(scenario, *pair) for pair in zip(summed["id"], summed["site"], strict=True)]
    minutes = np.array([rate[0] for rate in rates], float)
    yen = np.array([rate[1] for rate in rates], float)
    driver = summed["id"].map(tasks.set_index("id")["driver"])
    place = summed["id"].map({task: place for place, task in enumerate(tasks["id"])})
    factors = summed.assign(
        driver=driver,
        lasting=driver.isin([Driver.SETUP, Driver.UPKEEP]),
        minutes=minutes,
        yen=yen,
        hours=summed["quantity"] * minutes / 60,
        outlay_yen=summed["quantity"] * yen,
    )
    return factors.iloc[np.argsort(place.to_numpy(), kind="stable")].reset_index(drop=True)


def _rate(scenario: Scenario, task: str, site: Any) -> tuple[float, float]:
    """Return minutes and yen of a task, those of the site where it sets its own."""
    rate = scenario.tasks[task]
    change = None if pd.isna(site) else scenario.sites[str(site)][task]
    minutes = rate.minutes if change is None or change.minutes is None else change.minutes
    yen = rate.yen if change is None or change.yen is None else change.yen
    return minutes, yen


def time_factors(result: Result) -> pd.DataFrame:
    """Return the value of the hours from go-live on, by kind of hours.

    Index `Hours`: freed (in months that free time), extra (in months that take more of it) and
    spent (on set-up and upkeep). `quantity` in hours, extra and spent negative; `share` that is
    valued; `rate_yen`, the wage; `product_yen`, quantity x share x wage (docs/model.md, section 6).
    """
    scenario = result.scenario
    months = result.months.iloc[_live(scenario) :]
    quantity = [
        months["hours_saved"].clip(lower=0).sum(),
        months["hours_saved"].clip(upper=0).sum(),
        -months["hours_spent"].sum(),
    ]
    index = pd.Index([str(kind) for kind in Hours], name="hours")
    factors = pd.DataFrame(
        {"quantity": quantity, "share": [scenario.realised_time_share, 1.0, 1.0]}, index
    )
    factors["rate_yen"] = float(scenario.wage_yen_per_hour)
    factors["product_yen"] = factors["quantity"] * factors["share"] * factors["rate_yen"]
    return factors


def flow(result: Result) -> pd.DataFrame:
    """Return the savings month by month, from which payback and NPV follow.

    Index `month` of the horizon: `fee_saving_yen`, `outlay_saving_yen`, `time_value_yen`,
    `net_saving_yen`, their sum; `months_online` (1 in the go-live month, missing before);
    `cumulative_yen`, net saving added up from go-live on; `discount_factor`, what a yen of the
    month is worth in the first; `discounted_yen`, net saving x factor.
    """
    scenario = result.scenario
    kept = ["fee_saving_yen", "outlay_saving_yen", "time_value_yen", "net_saving_yen"]
    months = result.months[kept]
    number = np.arange(1, scenario.months + 1) - _live(scenario)
    online = pd.Series(number, months.index)
    net = months["net_saving_yen"].where(online.ge(1))
    factor = discount_factors(scenario.discount_rate, scenario.months)
    return months.assign(
        months_online=online.where(online.ge(1)).astype("Int64"),
        cumulative_yen=net.cumsum(),
        discount_factor=factor,
        discounted_yen=months["net_saving_yen"] * factor,
    )


def until_payback(result: Result) -> pd.DataFrame:
    """Return the rows of `flow` from go-live to payback, or to the end where there is none."""
    online = flow(result)
    online = online[online["months_online"].notna()]
    return online.head(result.worth.payback_months or len(online))


def advantages(result: Result, factors: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Return what each advantage of online filing is worth a year, where the figures hold it.

    One row per advantage, index `id`: `hours` and `yen` a year of its tasks (`yen`: outlay; of the
    fee: the fee saving), missing where it is not valued. An advantage that lies in a task being
    done faster counts the minutes less than those of the other task. Never to be summed.

    Args:
        result: the business case.
        factors: as `task_factors` returns them of it.
        listed: the advantages, as `tables.ADVANTAGES`.
    """
    scenario = result.scenario
    a_year = 12 / max(scenario.months - _live(scenario), 1)
    rows = []
    for valued, tasks, instead in zip(
        listed["valued"], listed["tasks"], listed["instead_of"], strict=True
    ):
        chosen = factors[factors["id"].isin([] if pd.isna(tasks) else tasks.split())]
        hours, yen = np.nan, np.nan
        match valued:
            case Valued.FEE:
                yen = result.per_year["fee_saving_yen"]
            case Valued.TASKS:
                hours, yen = chosen["hours"].sum() * a_year, chosen["outlay_yen"].sum() * a_year
            case Valued.FASTER:
                # The counter case never does an online task: its quantity is minus what is done.
                minutes = scenario.tasks[instead].minutes - chosen["minutes"]
                hours = -(chosen["quantity"] * minutes).sum() / 60 * a_year
        rows.append((hours, yen))
    return pd.DataFrame(rows, columns=["hours", "yen"], index=pd.Index(listed["id"], name="id"))


def _live(scenario: Scenario) -> int:
    """Return the first month online, the end of the horizon where go-live lies after it."""
    return min(max(scenario.online_from, 0), scenario.months)
