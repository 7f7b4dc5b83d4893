"""How far the business case can be trusted: tornado, switching values, break-even, Monte Carlo."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import Side
from onlineready.model.comparison import BreakEven, discount_factors
from onlineready.model.result import Result, evaluate, under

SEED = 20261123
DRAWS = 100_000
BAND_DRAWS = 1_000
"""Draws of the band around the cumulative line, made at every change. Its ends are off by
some 5 % of the standard deviation, less than the line is thick."""

ROWS_KEPT = 256
"""Quantities of which so few draws are kept, for all sessions: together 2 MB."""

BAND_PERCENT = (10, 90)

BLOCK = 256
"""Draws valued at a time: what is multiplied then fits in the cache, whatever their number, and is
too little to be shared out among the cores, which takes far longer where others use them too."""

BARS = 40
"""Bars of a histogram, about."""

SWITCHING_TOLERANCE_YEN = 0.01
"""How near to 0 the NPV is at a switching value."""

RATE_KEYS = frozenset({"wage_yen_per_hour", "realised_time_share", "discount_rate"})
"""What changes neither how often a task is done nor a fee; so do minutes and yen of the tasks."""

CHANNEL_KEYS = frozenset({"company_fee_share", "batch_size", "combined_trip_share"})
"""What does not change which applications are filed when."""

CHANCE_KEYS = ("wage_yen_per_hour", "realised_time_share")
"""What the simulation draws besides the tasks: other ranges are of decisions, or of the plan."""

AMOUNTS = ("minutes", "yen")

Band = np.ndarray
"""Two rows, P10 and P90, a column for each month."""


class Drivers(NamedTuple):
    """What the minutes and yen of the tasks are multiplied by: months by rows, tasks by columns.

    Saved is what the counter case does more often than the online case; negative: less often.

    Attributes:
        tasks: id of each column.
        timed: how often a task is saved, where its minutes are those of the scenario.
        paid: how often a task is saved, where its yen are those of the scenario.
        upkeep: how often set-up and upkeep do a task.
        site_hours: hours saved on visits whose minutes a site sets itself, by month.
        site_outlay_yen: outlay saved on visits whose yen a site sets itself, by month.
        fee_saving_yen: fees saved, the company's share, by month.
    """

    tasks: tuple[str, ...]
    timed: np.ndarray
    paid: np.ndarray
    upkeep: np.ndarray
    site_hours: np.ndarray
    site_outlay_yen: np.ndarray
    fee_saving_yen: np.ndarray


class Simulation(NamedTuple):
    """What the NPV is when minutes, yen, wage and use of freed time are left to chance.

    Attributes:
        npv_yen: the NPV of each draw.
        p10_yen: one draw in ten is lower.
        p50_yen: the median.
        p90_yen: one draw in ten is higher.
        probability_positive: share of the draws with an NPV above 0.
    """

    npv_yen: np.ndarray
    p10_yen: float
    p50_yen: float
    p90_yen: float
    probability_positive: float


# The NPV as arrays


def drivers(result: Result) -> Drivers:
    """Return how often each task is saved, and what does not depend on minutes and yen of tasks."""
    done = result.quantities.done
    saved = done.often[0] - done.often[1]
    return Drivers(
        tasks=done.tasks.ids,
        timed=np.einsum("pmt,pt->mt", saved, ~done.own_minutes),
        paid=np.einsum("pmt,pt->mt", saved, ~done.own_yen),
        upkeep=done.lasting,
        site_hours=np.einsum("pmt,pt->m", saved, done.own_minutes * done.minutes) / 60,
        site_outlay_yen=np.einsum("pmt,pt->m", saved, done.own_yen * done.yen),
        fee_saving_yen=result.series["fee_saving_yen"],
    )


def own_values(known: Drivers, scenario: Scenario) -> np.ndarray:
    """Return what `npvs_yen` is given as the scenario has it: a single draw."""
    rates = [scenario.tasks[task] for task in known.tasks]
    minutes, yen = [rate.minutes for rate in rates], [rate.yen for rate in rates]
    values = [*minutes, *yen, *(getattr(scenario, key) for key in CHANCE_KEYS)]
    return np.array(values, float)[:, np.newaxis]


def npv_yen(known: Drivers, scenario: Scenario) -> float:
    """Return the NPV of a scenario that files and travels as often as the drivers say."""
    return float(npvs_yen(known, own_values(known, scenario), scenario.discount_rate)[0])


def npvs_yen(known: Drivers, drawn: np.ndarray, discount_rate: float) -> np.ndarray:
    """Return the NPV of each draw (docs/model.md, sections 6 and 7).

    All hours saved count at the share put to use, and those of a month that takes more time for the
    rest as well. Most months free time whatever is drawn: only the others are looked at one by one.

    Args:
        known: how often each task is saved.
        drawn: a column for each draw: minutes of each task, yen of each, and `CHANCE_KEYS`.
        discount_rate: a year.
    """
    factor = discount_factors(discount_rate, len(known.fee_saving_yen))
    timed, number = known.timed / 60, len(known.tasks)
    fixed_yen = factor @ (known.fee_saving_yen + known.site_outlay_yen)
    cash_yen_by_task = factor @ (known.paid - known.upkeep)
    spent_by_task = factor @ known.upkeep / 60
    saved_by_task, saved_by_site = factor @ timed, factor @ known.site_hours
    shortest, longest = drawn[:number].min(axis=1), drawn[:number].max(axis=1)
    least = np.maximum(timed, 0) @ shortest + np.minimum(timed, 0) @ longest + known.site_hours
    losing = least < 0
    worth = np.empty(drawn.shape[1])
    for begin in range(0, len(worth), BLOCK):
        block = slice(begin, begin + BLOCK)
        minutes, yen, (wage, used) = np.split(drawn[:, block], [number, 2 * number])
        saved = timed[losing] @ minutes + known.site_hours[losing, np.newaxis]
        lost = factor[losing] @ np.minimum(saved, 0)
        hours = used * (saved_by_task @ minutes + saved_by_site) + (1 - used) * lost
        hours -= spent_by_task @ minutes
        worth[block] = fixed_yen + cash_yen_by_task @ yen + wage * hours
    return worth


# One assumption at a time


def assuming(scenario: Scenario, key: str, value: float) -> Scenario:
    """Return the scenario with one numeric assumption changed; it stays as it is.

    `key` is one of the scenario, or `tasks.<id>.minutes`, `tasks.<id>.yen`. That `value` lies
    within its bounds is not checked.
    """
    if not key.startswith("tasks."):
        whole = _is_whole(key)
        return scenario.model_copy(update={key: int(value) if whole else float(value)})
    task, _, amount = key.removeprefix("tasks.").rpartition(".")
    rate = scenario.tasks[task].model_copy(update={amount: float(value)})
    return scenario.model_copy(update={"tasks": {**scenario.tasks, task: rate}})


def _is_whole(key: str) -> bool:
    return key in Scenario.model_fields and Scenario.model_fields[key].annotation is int


def ranges(scenario: Scenario, tables: Tables, assumptions: pd.DataFrame) -> pd.DataFrame:
    """Return each assumption with a low and a higher high: index `key`, `low`, `base`, `high`.

    `base` is the scenario's own value, which may lie outside. `tables` hold the ranges of minutes
    and yen of each task, told as `tasks.<id>.minutes`; `assumptions` those of the scenario's keys,
    as `tables.ASSUMPTIONS` by `key`.
    """
    of_scenario = assumptions[["low", "high"]].astype(float)
    of_scenario.insert(1, "base", [float(getattr(scenario, str(key))) for key in assumptions.index])
    parts, rates = [of_scenario], [scenario.tasks[task] for task in tables.tasks["id"]]
    for amount in AMOUNTS:
        ends = tables.tasks[[f"{amount}_low", f"{amount}_high"]].set_axis(["low", "high"], axis=1)
        of_tasks = ends.set_axis("tasks." + tables.tasks["id"] + f".{amount}").astype(float)
        of_tasks.insert(1, "base", [getattr(rate, amount) for rate in rates])
        parts.append(of_tasks)
    found = pd.concat(parts).rename_axis("key")
    return found[found["low"] < found["high"]]


def _npv_by_assumption(
    plan: pd.DataFrame, result: Result, tables: Tables
) -> Callable[[str, float], float]:
    """Return the NPV as a function of an assumption's key and value, all others as in the result.

    Only what the assumption touches is computed anew.
    """
    known = drivers(result)

    def npv(key: str, value: float) -> float:
        scenario = assuming(result.scenario, key, value)
        if key in RATE_KEYS or key.startswith("tasks."):
            return npv_yen(known, scenario)
        if key in CHANNEL_KEYS:
            return under(result, scenario, tables).worth.npv_yen
        return evaluate(plan, scenario, tables).worth.npv_yen

    return npv


def tornado(
    plan: pd.DataFrame, result: Result, tables: Tables, assumptions: pd.DataFrame
) -> pd.DataFrame:
    """Return what the NPV is at both ends of each assumption, the widest swing first.

    One row per assumption with a low and a higher high, all others as in the result: `key`, `low`,
    `base` (the scenario's value, which may lie outside), `high`, `npv_low`, `npv_high`, `swing`
    (all three in yen; the swing has no sign). From docs/model.md, section 7.

    Args:
        plan: the plan that was evaluated.
        result: what `result.evaluate` says of it.
        tables: the tables it was evaluated with; they hold the ranges of the tasks.
        assumptions: the ranges of the scenario's keys, by `key`, as `tables.ASSUMPTIONS`.

    Raises:
        NoFeeError: an end brings an application for which no fee is in force.
    """
    npv = _npv_by_assumption(plan, result, tables)
    found = ranges(result.scenario, tables, assumptions).reset_index()
    for end in ("low", "high"):
        pairs = zip(found["key"], found[end], strict=True)
        found[f"npv_{end}"] = [npv(str(key), float(value)) for key, value in pairs]
    found["swing"] = (found["npv_high"] - found["npv_low"]).abs()
    return found.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def by_task(ends: pd.DataFrame, npv_yen: float) -> pd.DataFrame:
    """Return both ends of assumptions with minutes and yen of a task in one row, widest first.

    Both are low together, and high together: what either adds to the NPV does not depend on the
    other. One row per task and other assumption: `keys` (one, or minutes and yen), `low`, `base`
    and `high` (as many values), `npv_low`, `npv_high`, `swing`.

    Args:
        ends: as `tornado` returns it.
        npv_yen: the NPV with all assumptions as they are.
    """
    kept = ["key", "low", "base", "high"]
    # In the order of the key: minutes stand before yen.
    rows = ends.sort_values("key").groupby(
        ends["key"].str.replace(r"\.(minutes|yen)$", "", regex=True)
    )
    found = rows[kept].agg(tuple).rename(columns={"key": "keys"})
    for end in ("npv_low", "npv_high"):
        found[end] = npv_yen + (rows[end].sum() - rows.size() * npv_yen)
    found["swing"] = (found["npv_high"] - found["npv_low"]).abs()
    return found.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def switching_values(
    plan: pd.DataFrame, result: Result, tables: Tables, ends: pd.DataFrame
) -> pd.DataFrame:
    """Return at which value of an assumption online filing begins, or ceases, to pay.

    One row per assumption, all others as in the result: `key`, `base` (the scenario's value),
    `switching_value` (missing where the NPV has the same sign at low and at high) and `pays`, the
    `Side` of it on which the NPV is above 0 (missing likewise). At the value itself the NPV is 0
    to within `SWITCHING_TOLERANCE_YEN`; of a whole number it is the first, counted up from low, at
    which the sign has changed (docs/model.md, section 7).

    From the arguments of `tornado`, and the `ends` that it returns of them.
    """
    npv = _npv_by_assumption(plan, result, tables)
    at_low, at_high = ends["npv_low"].to_numpy(), ends["npv_high"].to_numpy()
    turns = np.sign(at_low) != np.sign(at_high)
    rows = zip(ends["key"], ends["low"], ends["high"], turns, strict=True)
    values = [_switch(npv, *row) if turned else np.nan for *row, turned in rows]
    sides = pd.Series(np.where(at_high > at_low, Side.ABOVE, Side.BELOW), ends.index, "str")
    found = ends[["key", "base"]]
    return found.assign(switching_value=np.array(values, float), pays=sides.where(turns))


def _switch(npv: Callable[[str, float], float], key: str, low: float, high: float) -> float:
    """Return where between its ends, at which the NPV differs in sign, an assumption switches.

    Most assumptions move the NPV along a line: there the first chord leads to its zero. Others
    (attrition, the discount rate) bend it, so that the same end may stay: it then weighs half as
    much each time, and both ends close in (the Illinois rule).
    """
    at_low = npv(key, low)
    if _is_whole(key):
        whole = range(int(low), int(high) + 1)
        return float(next(one for one in whole if np.sign(npv(key, one)) != np.sign(at_low)))
    end, at_end, last, at_last = low, at_low, high, npv(key, high)
    while True:
        point = last - at_last * (last - end) / (at_last - at_end)
        at_point = npv(key, point)
        if abs(at_point) <= SWITCHING_TOLERANCE_YEN or not low < point < high:
            return point
        if np.sign(at_point) == np.sign(at_last):
            at_end /= 2
        else:
            end, at_end = last, at_last
        last, at_last = point, at_point


def break_even_line(curve: BreakEven) -> pd.DataFrame:
    """Return the two ends of the line to draw, from no application to beyond plan and break-even.

    Columns `applications_per_year` and `npv_yen`.
    """
    beyond = max(curve.plan_applications_per_year, curve.applications_per_year or 0.0)
    ends = np.array([0.0, 1.25 * beyond])
    return pd.DataFrame({"applications_per_year": ends, "npv_yen": curve.npv_yen(ends)})


# All at once


def monte_carlo(
    result: Result, tables: Tables, assumptions: pd.DataFrame, draws: int = DRAWS, seed: int = SEED
) -> Simulation:
    """Return the NPV under chance: independent triangular draws (docs/model.md, section 7).

    Drawn are minutes and yen of every task, the wage and the share of freed time put to use, each
    most likely at the scenario's own value; where that lies outside its range, the range reaches
    to it. Minutes and yen that a site sets for itself stay as they are. The ranges are those that
    `tornado` takes; the same `seed` gives the same draws.
    """
    known = drivers(result)
    drawn = _drawn(known, result.scenario, tables, assumptions, draws, seed)
    npv = npvs_yen(known, drawn, result.scenario.discount_rate)
    p10, p50, p90 = np.percentile(npv, [10, 50, 90]).tolist()
    return Simulation(npv, p10, p50, p90, float((npv > 0).mean()))


def band(
    result: Result,
    tables: Tables,
    assumptions: pd.DataFrame,
    draws: int = BAND_DRAWS,
) -> Band:
    """Return between what the net saving added up lies in eight draws of ten: 2 x months, in yen.

    P10 and P90 of each month by itself, not discounted, of the first `draws` of those that
    `monte_carlo` makes from the same arguments.
    """
    known = drivers(result)
    drawn = _drawn(known, result.scenario, tables, assumptions, draws, SEED)
    number = len(known.tasks)
    blocks = []
    for begin in range(0, draws, BLOCK):
        parts = np.split(drawn[:, begin : begin + BLOCK], [number, 2 * number])
        minutes, yen, (wage, used) = parts
        saved = known.timed / 60 @ minutes + known.site_hours[:, np.newaxis]
        saved *= np.where(saved > 0, used, 1)
        saved -= known.upkeep / 60 @ minutes
        cash = (known.paid - known.upkeep) @ yen
        cash += (known.fee_saving_yen + known.site_outlay_yen)[:, np.newaxis]
        blocks.append(cash + wage * saved)
    total_yen = np.concatenate(blocks, axis=1).cumsum(axis=0)
    ends: Band = np.percentile(total_yen, BAND_PERCENT, axis=1)
    return ends


def _drawn(
    known: Drivers,
    scenario: Scenario,
    tables: Tables,
    assumptions: pd.DataFrame,
    draws: int,
    seed: int,
) -> np.ndarray:
    """Return draws of what is left to chance, as `npvs_yen` takes them."""
    own = own_values(known, scenario)[:, 0]
    low, high = (
        np.concatenate(
            [
                column.to_numpy(float, na_value=np.nan)
                for column in (
                    *(tables.tasks[f"{amount}_{end}"] for amount in AMOUNTS),
                    assumptions[end].reindex(CHANCE_KEYS),
                )
            ]
        )
        for end in ("low", "high")
    )
    # What has no range has its value at both ends.
    ranged = low < high
    low, high = np.where(ranged, low, own), np.where(ranged, high, own)
    return triangular(np.minimum(low, own), own, np.maximum(high, own), draws, seed)


def histogram(npv_yen: np.ndarray) -> pd.DataFrame:
    """Return how many draws lie in each of about `BARS` ranges of the NPV.

    One row per range from the first that holds a draw to the last: `from_yen`, `to_yen` (not in
    it) and `draws`. Ranges are as wide as a round number and one of them begins at 0.
    """
    low, high = float(npv_yen.min()), float(npv_yen.max())
    wanted = max((high - low) / BARS, 1.0)
    power = 10.0 ** np.floor(np.log10(wanted))
    width = next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= wanted)
    # One edge more at either end: what lies within rounding of an edge divides to the edge itself.
    edges = np.arange(np.floor(low / width) - 1, np.floor(high / width) + 3) * width
    place = np.searchsorted(edges, npv_yen, side="right") - 1
    first = place.min()
    draws = np.bincount(place - first)
    begin, end = edges[first:][: len(draws)], edges[first + 1 :][: len(draws)]
    return pd.DataFrame({"from_yen": begin, "to_yen": end, "draws": draws})


def triangular(
    low: np.ndarray, mode: np.ndarray, high: np.ndarray, draws: int, seed: int
) -> np.ndarray:
    """Return independent triangular draws: one row per quantity, one column per draw.

    A quantity without width is its mode in every draw. Each has random numbers of its own, which
    those of the others leave alone: two scenarios differ by what differs in them, not by luck.
    """
    drawn = np.repeat(mode[:, np.newaxis].astype(float), draws, axis=1)
    draw = _few_drawn if draws <= BAND_DRAWS else _row_drawn
    for row in np.flatnonzero(low < high).tolist():
        drawn[row] = draw(low[row], mode[row], high[row], draws, seed, row)
    return drawn


def _row_drawn(low: float, mode: float, high: float, draws: int, seed: int, row: int) -> np.ndarray:
    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(row,)))
    return random.triangular(low, mode, high, draws)


_few_drawn = lru_cache(maxsize=ROWS_KEPT)(_row_drawn)
"""Of all that a change may move, most stays: its draws are kept."""
