"""Where the headline figures come from: quantities times rates, down to rows of the tables.

Whoever multiplies and adds up what stands here gets the figures of `Result.per_year` and `Worth`.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import Channel, Hours, Valued
from onlineready.model.applications import channel_shares, summed
from onlineready.model.comparison import ONLINE, discount_factors, live
from onlineready.model.fees import months_of_acceptance, rows_in_force
from onlineready.model.result import Result

FIRST_LINE = 2
"""Line of a shipped table's first row, as a spreadsheet counts: the header is line 1."""


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


class Derivation(NamedTuple):
    """What the figures of the months online are made of; per year: x 12 / `months_online`.

    Attributes:
        fees: fee saving, one row per band used, as `fee_factors` returns it.
        tasks: hours and outlay, one row per task, as `task_factors` returns it.
        time: value of time, one row per kind of hours, as `time_factors` returns it.
        total: what they add up to.
        months_online: months from go-live to the end of the horizon.
    """

    fees: pd.DataFrame
    tasks: pd.DataFrame
    time: pd.DataFrame
    total: Sums
    months_online: int


def derive(result: Result, tables: Tables) -> Derivation:
    """Return what the yearly figures of a result are made of."""
    fees, tasks, time = fee_factors(result, tables.fees), task_factors(result), time_factors(result)
    fee, value = float(fees["product_yen"].sum()), float(time["product_yen"].sum())
    borne, outlay = fee * result.scenario.company_fee_share, float(tasks["outlay_yen"].sum())
    total = Sums(
        fee_yen=fee,
        fee_saving_yen=borne,
        outlay_saving_yen=outlay,
        hours=float(tasks["hours"].sum()),
        time_value_yen=value,
        cash_saving_yen=borne + outlay,
        net_saving_yen=borne + outlay + value,
    )
    return Derivation(fees, tasks, time, total, result.months_online)


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
    scenario, by_kind = result.scenario, result.quantities.volume.by_kind
    online = by_kind * channel_shares(scenario)[ONLINE, ONLINE][:, np.newaxis, np.newaxis]
    month = months_of_acceptance(scenario)
    used = online > 0
    counter, filed_online = (rows_in_force(fees, channel, month)[used] for channel in Channel)
    pairs, pair = np.unique(np.stack([counter, filed_online]), axis=1, return_inverse=True)
    counter, online_row = (fees.iloc[rows].reset_index(drop=True) for rows in pairs)
    quantity = summed((pair,), online[used], (pairs.shape[1],))
    counter_yen = counter["fee_yen"] + counter["payment_charge_yen"]
    online_yen, charge_yen = online_row["fee_yen"], online_row["payment_charge_yen"]
    rate = (counter_yen - online_yen - charge_yen).to_numpy(int)
    bands = ["procedure", "accepted_from", "granted_months_from", "granted_months_to"]
    factors: pd.DataFrame = counter[bands].assign(
        counter_line=pairs[0] + FIRST_LINE,
        online_line=pairs[1] + FIRST_LINE,
        counter_yen=counter_yen.to_numpy(int),
        online_yen=online_yen.to_numpy(int),
        charge_yen=charge_yen.to_numpy(int),
        quantity=quantity,
        rate_yen=rate,
        product_yen=quantity * rate,
    )
    return factors


def task_factors(result: Result) -> pd.DataFrame:
    """Return the hours and the outlay saved from go-live on, task by task.

    One row per task `id` and, where a site has minutes or yen of its own, `site` (else missing):
    `driver`; `quantity`, how often the counter case does it more than the online case (negative:
    less often); `minutes` and `yen` each time; `hours`, quantity x minutes / 60; `outlay_yen`,
    quantity x yen. In the order of the table.
    """
    done, online = result.quantities.done, live(result.scenario)
    often = done.often[:, :, online].sum(axis=2)
    lasting = done.lasting[online].sum(axis=0)
    saved = often[0] - often[1]
    saved[0] -= lasting
    told = often.any(axis=0)
    told[0] |= lasting > 0
    # A task with the minutes and yen of all is told with those of all sites.
    own = done.own_minutes | done.own_yen
    saved[0] += np.where(own, 0.0, saved)[1:].sum(axis=0)
    told[0] |= (told & ~own)[1:].any(axis=0)
    told[1:] &= own[1:]
    task, place = np.nonzero(told.T)
    quantity, minutes, yen = (amount[place, task] for amount in (saved, done.minutes, done.yen))
    return pd.DataFrame(
        {
            "id": np.array(done.tasks.ids)[task],
            "site": np.array([None, *done.sites])[place],
            "quantity": quantity,
            "driver": done.tasks.driver[task],
            "minutes": minutes,
            "yen": yen,
            "hours": quantity * minutes / 60,
            "outlay_yen": quantity * yen,
        }
    )


def time_factors(result: Result) -> pd.DataFrame:
    """Return the value of the hours from go-live on, by kind of hours.

    Index `Hours`: freed (in months that free time), extra (in months that take more of it) and
    spent (on set-up and upkeep). `quantity` in hours, extra and spent negative; `share` that is
    valued; `rate_yen`, the wage; `product_yen`, quantity x share x wage (docs/model.md, section 6).
    """
    scenario = result.scenario
    online = live(scenario)
    saved, spent = (result.series[key][online] for key in ("hours_saved", "hours_spent"))
    quantity = np.array([np.maximum(saved, 0).sum(), np.minimum(saved, 0).sum(), -spent.sum()])
    share, wage = np.array([scenario.realised_time_share, 1, 1]), scenario.wage_yen_per_hour
    columns = {"quantity": quantity, "share": share, "rate_yen": float(wage)}
    index = pd.Index([str(kind) for kind in Hours], name="hours")
    return pd.DataFrame({**columns, "product_yen": quantity * share * wage}, index)


def contributions(result: Result) -> pd.Series:
    """Return what the net saving a year is made of, in yen: the parts, and their sum.

    `fee_yen`, `outlay_yen` and `time_yen` are what filing online saves, set-up and upkeep left out;
    `setup_upkeep_yen` is what these take, outlay and hours at the wage, spread over the months
    online. They add up to `net_saving_yen` (docs/model.md, section 6).
    """
    year = result.per_year
    spent_yen = year["hours_spent"] * result.scenario.wage_yen_per_hour
    return pd.Series(
        {
            "fee_yen": year["fee_saving_yen"],
            "outlay_yen": year["outlay_saving_yen"] + year["setup_upkeep_outlay_yen"],
            "time_yen": year["time_value_yen"] + spent_yen,
            "setup_upkeep_yen": -year["setup_upkeep_outlay_yen"] - spent_yen,
            "net_saving_yen": year["net_saving_yen"],
        }
    )


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
    number = np.arange(1, scenario.months + 1) - live(scenario).start
    online = pd.Series(number, months.index, "Int64").where(number >= 1)
    net, factor = months["net_saving_yen"], discount_factors(scenario.discount_rate, len(number))
    return months.assign(
        months_online=online,
        cumulative_yen=net.where(number >= 1).cumsum(),
        discount_factor=factor,
        discounted_yen=net * factor,
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
    done faster counts the minutes less than those of the other task. Never to be summed. `factors`
    are as `task_factors` returns them of the result, `listed` is as `tables.ADVANTAGES`.
    """
    a_year = 12 / max(result.months_online, 1)
    rows = []
    columns = (listed[key] for key in ("valued", "tasks", "instead_of"))
    for valued, tasks, instead in zip(*columns, strict=True):
        chosen = factors[factors["id"].isin([] if pd.isna(tasks) else tasks.split())]
        hours, yen = np.nan, np.nan
        match valued:
            case Valued.FEE:
                yen = result.per_year["fee_saving_yen"]
            case Valued.TASKS:
                hours, yen = chosen["hours"].sum() * a_year, chosen["outlay_yen"].sum() * a_year
            case Valued.FASTER:
                # The counter case never does an online task: its quantity is minus what is done.
                minutes = result.scenario.tasks[instead].minutes - chosen["minutes"]
                hours = -(chosen["quantity"] * minutes).sum() / 60 * a_year
        rows.append((hours, yen))
    return pd.DataFrame(rows, columns=["hours", "yen"], index=pd.Index(listed["id"], name="id"))
