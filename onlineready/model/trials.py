"""What changes the answer: the business case again, tried under one condition after the other."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from onlineready.domain.scenario import FIXED_FEES, GO_LIVE_MONTHS, Scenario, bounds
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import Trial
from onlineready.model.fees import without_discount
from onlineready.model.plan import without_periods
from onlineready.model.result import Result, evaluate, under
from onlineready.model.travel import ROUND_TRIPS

HALF = 0.5
LONG_MONTHS = 36
FARTHER_MINUTES = 60
"""Minutes that a way there and back is longer."""

DELAYS = {
    Trial.LATER_12: 12,
    Trial.LATER_6: 6,
    Trial.LATER_3: 3,
    Trial.LATER_1: 1,
}
"""Months that online filing begins later."""


def _later(months: int, now: Scenario) -> dict[str, Any]:
    return {"go_live": now.later(months).go_live}


def _farther(now: Scenario) -> dict[str, Any]:
    _least, most = bounds("minutes")
    longer = {
        task: now.tasks[task].model_copy(
            update={"minutes": min(now.tasks[task].minutes + FARTHER_MINUTES, most)}
        )
        for task in ROUND_TRIPS
    }
    return {"tasks": {**now.tasks, **longer}}


CHANGES: Mapping[Trial, Callable[[Scenario], dict[str, Any]]] = {
    # Online from the month after the horizon: nothing of it is prepared, kept up or saved.
    Trial.NOTHING: lambda now: {"go_live": now.month(now.months)},
    Trial.HALF: lambda _now: {"online_share": HALF},
    **{trial: partial(_later, months) for trial, months in DELAYS.items()},
    Trial.OLD_FEES: lambda _now: {"fee_basis": FIXED_FEES},
    Trial.NEW_FEES: lambda _now: {"fee_basis": "dated"},
    Trial.NO_DISCOUNT: lambda _now: {},
    Trial.WORKER_PAYS: lambda _now: {"company_fee_share": 0.0},
    Trial.STRICT: lambda _now: {"company_fee_share": 0.0, "realised_time_share": 0.0},
    Trial.GRANTS_36: lambda _now: {"period_months": LONG_MONTHS},
    Trial.ID_12: lambda _now: {"id_validity_months": 12},
    Trial.ID_36: lambda _now: {"id_validity_months": 36},
    Trial.FARTHER: _farther,
}
"""The keys that each trial sets in the scenario that stands, its `go_live` set."""


class Shortfall(NamedTuple):
    """Why a smaller share online saves less than this share of the net saving now; all in yen.

    The net saving under the smaller share is `in_proportion` less the other two.

    Attributes:
        share: the smaller share online, of the one that stands.
        in_proportion: this share of the net saving over the horizon.
        setup_upkeep: set-up and upkeep that stay whole.
        trips: visits to the counter that fewer applications do not save in proportion.
    """

    share: float
    in_proportion: float
    setup_upkeep: float
    trips: float


def scenario_under(trial: Trial, now: Scenario) -> Scenario:
    """Return the scenario of a trial; whether its months are within bounds is not checked.

    Args:
        trial: what is tried.
        now: the scenario that stands, `go_live` set.
    """
    return now.model_copy(update=CHANGES[trial](now))


def is_scenario(trial: Trial, plan: pd.DataFrame) -> bool:
    """Tell whether a trial is a scenario, which changes neither the law nor a plan."""
    if trial is Trial.GRANTS_36:
        return without_periods(plan) is plan
    return trial is not Trial.NO_DISCOUNT


def tried(plan: pd.DataFrame, result: Result, tables: Tables) -> dict[Trial, Result | None]:
    """Return the business case of each trial that changes anything, in their order.

    None where online filing would begin later than any month that is calculated. Only what a
    trial touches is computed anew: most file what is filed now.

    Args:
        plan: the plan that was evaluated.
        result: what `result.evaluate` says of it.
        tables: the tables it was evaluated with.
    """
    return {
        trial: case_under(trial, plan, result, tables)
        for trial in Trial
        if scenario_under(trial, result.scenario) != result.scenario or not is_scenario(trial, plan)
    }


def case_under(trial: Trial, plan: pd.DataFrame, result: Result, tables: Tables) -> Result | None:
    """Return the business case of one trial, from the arguments of `tried`."""
    scenario = scenario_under(trial, result.scenario)
    if str(scenario.go_live) > GO_LIVE_MONTHS.last:
        return None
    if trial is Trial.NO_DISCOUNT:
        undiscounted = tables._replace(fees=without_discount(tables.fees))
        return under(result, scenario, undiscounted)
    if trial is Trial.GRANTS_36:
        return evaluate(without_periods(plan), scenario, tables)
    return under(result, scenario, tables)


def shortfall(result: Result, fewer: Result) -> Shortfall | None:
    """Return why fewer applications online save less than in proportion.

    Fees, and what is done for an application, are in proportion to the share online. None where
    `fewer` does not file a smaller share online, or nothing is filed online in either case.
    """
    now, then = result.scenario, fewer.scenario
    if not result.starts or then.online_share >= now.online_share:
        return None
    share, total = then.online_share / now.online_share, result.totals
    fixed = total["setup_upkeep_outlay_yen"] + now.wage_yen_per_hour * total["hours_spent"]
    saved, whole = total["net_saving_yen"] + fixed, (1 - share) * fixed
    of_fewer = fewer.totals["net_saving_yen"] + fixed
    return Shortfall(share, share * total["net_saving_yen"], whole, share * saved - of_fewer)
