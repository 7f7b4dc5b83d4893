"""Counter against online: the two cases, the savings month by month, and what they are worth."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.scenario import Scenario
from onlineready.vocabulary import Case, Channel

PAYBACK_TOLERANCE_YEN = 0.005
LEAST_BENEFIT_YEN = 1e-6


class Worth(NamedTuple):
    """What online filing is worth over the horizon (model section 7)."""

    npv_yen: float
    payback_months: int | None
    break_even_applications_per_year: float | None


def cases(applications: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the applications of both cases by channel: adds the columns `case` and `channel`.

    Any table with a `month` (from the start) and a number of `applications` is divided this way.

    Counter: everything at the counter. Online: from go-live on `online_share` of each application
    is filed online, the rest stays at the counter. Model section 6.
    """
    live = applications["month"].ge(scenario.online_from)
    online = applications["applications"] * np.where(live, scenario.online_share, 0.0)
    parts = [
        (Case.COUNTER, Channel.COUNTER, applications["applications"]),
        (Case.ONLINE, Channel.COUNTER, applications["applications"] - online),
        (Case.ONLINE, Channel.ONLINE, online),
    ]
    both = pd.concat(
        [
            applications.assign(case=str(case), channel=str(channel), applications=number)
            for case, channel, number in parts
        ],
        ignore_index=True,
    )
    return both[both["applications"].gt(0)].reset_index(drop=True)


def savings(costs: pd.DataFrame, upkeep: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the months of the horizon with what online filing saves in each (model section 6).

    Args:
        costs: one row per month of the horizon: `counter_…` and `online_…` of `fee_yen`,
            `outlay_yen`, `hours`, `submit_visits` and `collect_visits`.
        upkeep: set-up and upkeep, as `costs.setup_and_upkeep` returns them.
        scenario: wage and share of freed time put to use.

    Returns:
        `costs` with `setup_upkeep_outlay_yen`, `setup_upkeep_hours`, `fee_saving_yen`,
        `outlay_saving_yen` (net of set-up and upkeep), `hours_saved` (gross), `hours_spent`,
        `cash_saving_yen`, `time_value_yen`, `net_saving_yen`. Time freed is not cash.
    """
    spent = upkeep.groupby("month")[["outlay_yen", "hours"]].sum()
    spent = spent.reindex(costs.index, fill_value=0.0)
    months = costs.assign(
        setup_upkeep_outlay_yen=spent["outlay_yen"],
        setup_upkeep_hours=spent["hours"],
        fee_saving_yen=costs["counter_fee_yen"] - costs["online_fee_yen"],
        outlay_saving_yen=costs["counter_outlay_yen"]
        - costs["online_outlay_yen"]
        - spent["outlay_yen"],
        hours_saved=costs["counter_hours"] - costs["online_hours"],
        hours_spent=spent["hours"],
    )
    used = scenario.realised_time_share * months["hours_saved"].clip(lower=0)
    extra = months["hours_saved"].clip(upper=0)
    months["cash_saving_yen"] = months["fee_saving_yen"] + months["outlay_saving_yen"]
    months["time_value_yen"] = scenario.wage_yen_per_hour * (used + extra - months["hours_spent"])
    months["net_saving_yen"] = months["cash_saving_yen"] + months["time_value_yen"]
    return months


def worth(months: pd.DataFrame, filed: np.ndarray, scenario: Scenario) -> Worth:
    """Return NPV, payback and break-even volume of the savings (model section 7).

    Args:
        months: as `savings` returns them.
        filed: applications of each month of the horizon, both channels together.
        scenario: discount rate and go-live.
    """
    factor = (1 + scenario.discount_rate) ** (-months.index.to_numpy(float) / 12)
    live = slice(max(scenario.online_from, 0), scenario.months)
    return Worth(
        npv_yen=float(factor @ months["net_saving_yen"].to_numpy()),
        payback_months=_payback(months["net_saving_yen"].to_numpy()[live]),
        break_even_applications_per_year=_break_even(
            months.iloc[live], filed[live], factor[live], scenario
        ),
    )


def _payback(saving_yen: np.ndarray) -> int | None:
    """Return the fewest months online after which the sum is no longer negative."""
    paid = np.flatnonzero(saving_yen.cumsum() >= -PAYBACK_TOLERANCE_YEN)
    return int(paid[0]) + 1 if paid.size else None


def _break_even(
    live: pd.DataFrame, filed: np.ndarray, factor: np.ndarray, scenario: Scenario
) -> float | None:
    """Return N* = F / (U x A): fixed cost over benefit per application and years, discounted."""
    wage = scenario.wage_yen_per_hour
    fixed_yen = live["setup_upkeep_outlay_yen"] + wage * live["hours_spent"]
    benefit_yen = live["net_saving_yen"] + fixed_yen
    applications = float(factor @ filed)
    if applications <= 0:
        return None
    unit_yen = float(factor @ benefit_yen.to_numpy()) / applications
    if unit_yen <= LEAST_BENEFIT_YEN:
        return None
    years = float(factor.sum()) / 12
    return float(factor @ fixed_yen.to_numpy()) / (unit_yen * years)
