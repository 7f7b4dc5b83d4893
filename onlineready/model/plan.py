"""Headcount plan into cohorts: workers whose permissions expire in the same months."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.notice import Notice, NoticeKind
from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import MAX_LANDING_MONTHS, TOTAL_MONTHS, plan_kind
from onlineready.domain.vocabulary import PlanKind, Route
from onlineready.model.months import first_months, since

CURRENT, OVERSEAS, DOMESTIC = range(len(Route))
"""Places of the routes: whole numbers inside the model."""

MARGIN_MONTHS = 12
"""Months past the horizon whose hires are derived: the longest lead of a filing."""

TARGET_TOLERANCE = 1e-6
"""Workers by which stock and target may differ and still count as equal: sums are not exact."""


class Cohorts(NamedTuple):
    """Workers in the same situation: arrays with one entry for each group of them.

    Months are counted from the scenario's start (docs/model.md, sections 1 and 2).

    Attributes:
        site: place of the site in `site_names`.
        route: `CURRENT`, `OVERSEAS` or `DOMESTIC`.
        headcount: workers, may be fractional.
        start: the first month with us; current staff: 0, from where leavers count.
        first_grant: months granted at the first application; current staff: 0, not known.
        expiry: the first expiry.
        used_months: months under SSW(i) used by then.
        period: months granted at each extension.
    """

    site: np.ndarray
    route: np.ndarray
    headcount: np.ndarray
    start: np.ndarray
    first_grant: np.ndarray
    expiry: np.ndarray
    used_months: np.ndarray
    period: np.ndarray

    def take(self, rows: np.ndarray) -> "Cohorts":
        """Return some of the groups, by place or by mask, in that order."""
        return Cohorts(*(column[rows] for column in self))


def site_names(plan: pd.DataFrame) -> list[str]:
    """Return the sites of a plan by name, sorted: a number of a site is its place here."""
    return sorted(plan["site"].unique())


def cohorts(plan: pd.DataFrame, scenario: Scenario) -> Cohorts:
    """Return the workers of a plan by situation, those in the same situation added up.

    The plan is a checked one of any kind, as in `tables.PLANS`.
    """
    if plan_kind(plan) is not PlanKind.ROSTER:
        return _derived(plan, scenario)
    groups = _spread(*_groups(plan, scenario))
    first, place = alike(situations(groups), groups.site)
    return groups.take(first)._replace(headcount=np.bincount(place, groups.headcount))


def without_periods(plan: pd.DataFrame) -> pd.DataFrame:
    """Return a plan whose rows leave it to the scenario for how many months an extension is.

    It is the plan itself where its rows say nothing of it.
    """
    if "period" not in plan or plan["period"].isna().all():
        return plan
    return plan.assign(period=pd.array([None] * len(plan), "Int64"))


def _groups(plan: pd.DataFrame, scenario: Scenario) -> tuple[Cohorts, np.ndarray]:
    """Return the rows of a roster, and which of them are staff whose start is unknown.

    Overseas: landed for `first_grant` months; domestic: what the 60 months still allow; staff with
    us: months used are counted from the start.
    """
    route = _routes(plan)
    current = route == CURRENT
    since_start = since(plan["start"], scenario.start_month)
    start = np.nan_to_num(since_start).astype(int)
    expiry = np.nan_to_num(since(plan["expiry"], scenario.start_month)).astype(int)
    used = plan["used_months"].to_numpy(int, na_value=0)
    first = scenario.first_period_months
    default = np.where(route == OVERSEAS, min(first, MAX_LANDING_MONTHS), first)
    wanted = plan["first_period"].to_numpy(int, na_value=0)
    grant = np.minimum(np.where(wanted == 0, default, wanted), TOTAL_MONTHS - used)
    groups = Cohorts(
        site=pd.factorize(plan["site"], sort=True)[0],
        route=route,
        headcount=plan["headcount"].to_numpy(float),
        start=np.where(current, 0, start),
        first_grant=np.where(current, 0, grant),
        expiry=np.where(current, expiry, start + grant),
        used_months=np.where(current, expiry - start, used + grant),
        period=plan["period"].to_numpy(int, na_value=scenario.period_months),
    )
    return groups, current & np.isnan(since_start)


def _routes(roster: pd.DataFrame) -> np.ndarray:
    route = roster["route"].to_numpy()
    return np.select([route == Route.OVERSEAS, route == Route.DOMESTIC], [OVERSEAS, DOMESTIC])


def _spread(groups: Cohorts, unknown: np.ndarray) -> Cohorts:
    """Spread staff whose start is unknown evenly over the extensions they may have had."""
    ways = np.where(unknown, TOTAL_MONTHS // groups.period, 1)
    row, nth = repeated(ways)
    each = groups.take(row)
    return each._replace(
        headcount=each.headcount / ways[row],
        used_months=np.where(unknown[row], each.period * (nth + 1), each.used_months),
    )


def situations(groups: Cohorts) -> np.ndarray:
    """Return a number for each group that is the same for those who file the same at one time."""
    # All columns but the site and the number of workers.
    return packed(groups.route, *groups[3:])


def packed(*columns: np.ndarray) -> np.ndarray:
    """Return a whole number for each row of columns of whole numbers, in the order of the rows."""
    packed = np.zeros(len(columns[0]), int)
    for column in columns:
        low, high = int(column.min(initial=0)), int(column.max(initial=0))
        packed = packed * (high - low + 1) + (column - low)
    return packed


def alike(*columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a row of each kind among columns of whole numbers, sorted, and the kind of each row.

    Rows are of one kind where they are equal.
    """
    _, first, kind = np.unique(packed(*columns), return_index=True, return_inverse=True)
    return first, kind


def repeated(times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each place as often as `times` says, and which time of its place that is, from 0."""
    row = np.repeat(np.arange(len(times)), times)
    first = np.cumsum(times) - times
    return row, np.arange(len(row)) - first[row]


def joined(*parts: tuple[np.ndarray | float, ...]) -> list[np.ndarray]:
    """Return the columns of several parts one below the other; a number alone counts for a part."""
    columns = zip(*(np.broadcast_arrays(*part) for part in parts), strict=True)
    return [np.concatenate(column) for column in columns]


class Staffing(NamedTuple):
    """What targets or an outline ask of each site, month by month.

    A row per site, a column per month, from the start of the scenario to `MARGIN_MONTHS` past its
    horizon. Workers are expected numbers.

    Attributes:
        opening: workers at the start, one number per site.
        target: workers that a site is to have; NaN where it hires a number instead.
        hires: that number, or what is missing to the target.
        stock: who is there, so that it lies above a target that fell faster than people leave.
    """

    opening: np.ndarray
    target: np.ndarray
    hires: np.ndarray
    stock: np.ndarray


def staffing(plan: pd.DataFrame, scenario: Scenario) -> Staffing:
    """Return what checked targets or an outline imply (docs/model.md, sections 1b and 1c)."""
    months = np.arange(scenario.months + MARGIN_MONTHS)
    if plan_kind(plan) is PlanKind.TARGETS:
        target = _targets_by_month(plan, scenario, months)
        opening, hired = target[:, 0], np.zeros(len(target))
    else:
        sites = plan.sort_values("site")
        opening = sites["headcount"].to_numpy(float)
        per_year = sites["hires_per_year"].to_numpy(float, na_value=np.nan)
        held = np.where(np.isnan(per_year), opening, np.nan)
        target, hired = np.tile(held[:, np.newaxis], len(months)), per_year / 12

    # The stock at the start has been here 1 to 60 months, evenly: each month a part reaches 60.
    kept = (1 - scenario.attrition_per_year) ** (months / 12)
    of_stock = kept * np.maximum(TOTAL_MONTHS - 1 - months, 0) / TOTAL_MONTHS
    of_hires = np.where(months < TOTAL_MONTHS, kept, 0.0)
    staying = np.outer(opening, of_stock)
    hires = np.zeros_like(target)
    for month in months:
        staying[:, month] += hires[:, :month] @ of_hires[month:0:-1]
        short = target[:, month] - staying[:, month]
        missing = np.where(short > TARGET_TOLERANCE, short, 0.0)
        hires[:, month] = np.where(np.isnan(short), hired, missing)
    return Staffing(opening, target, hires, staying + hires)


def _targets_by_month(targets: pd.DataFrame, scenario: Scenario, months: np.ndarray) -> np.ndarray:
    """Return how many workers each site is to have in each month: a row per site."""
    site = pd.factorize(targets["site"], sort=True)[0]
    dates, date = np.unique(_dates(targets, scenario), return_inverse=True)
    given = np.full((site.max() + 1, len(dates)), -1)
    given[site, date] = np.arange(len(targets))
    # A value holds until the next one; before its first a site has that value.
    known = given >= 0
    first = known.argmax(axis=1)[:, np.newaxis]
    holding = np.maximum.accumulate(np.where(known, np.arange(len(dates)), first), axis=1)
    in_force = np.maximum(np.searchsorted(dates, months, side="right") - 1, 0)
    rows = np.take_along_axis(given, holding, axis=1)[:, in_force]
    by_month: np.ndarray = targets["headcount"].to_numpy(float)[rows]
    return by_month


def _dates(targets: pd.DataFrame, scenario: Scenario) -> np.ndarray:
    """Return the month from which each target holds, counted from the scenario's start."""
    if targets["month"].notna().all():
        return since(targets["month"], scenario.start_month).astype(int)
    years = targets["fiscal_year"].to_numpy(int) - 1970
    first: np.ndarray = years * 12 + scenario.fiscal_year_start_month - 1
    return first - scenario.start_month.ordinal


def _derived(plan: pd.DataFrame, scenario: Scenario) -> Cohorts:
    """Return the cohorts of targets or an outline: the stock at the start, then each month's hires.

    Those of a site and month come by two routes.
    """
    staff, period = staffing(plan, scenario), scenario.period_months
    first, share = scenario.first_period_months, scenario.overseas_share
    landing = min(first, MAX_LANDING_MONTHS)
    site, start = np.nonzero(staff.hires)
    hired = staff.hires[site, start]
    # The columns of `Cohorts` in their order.
    parts = [
        _opening(staff.opening, landing, period),
        (site, OVERSEAS, hired * share, start, landing, start + landing, landing, period),
        (site, DOMESTIC, hired * (1 - share), start, first, start + first, first, period),
    ]
    derived = Cohorts(*joined(*parts))
    return derived.take(derived.headcount > 0)


def _opening(workers: np.ndarray, landing: int, period: int) -> tuple[np.ndarray | int, ...]:
    """Return the stock at the start: 60 even parts of each site, here for 1, 2, … 60 months."""
    here = np.arange(1, TOTAL_MONTHS + 1)
    extensions = -(-np.maximum(here - landing, 0) // period)
    used = np.minimum(landing + extensions * period, TOTAL_MONTHS)
    site = np.repeat(np.arange(len(workers)), TOTAL_MONTHS)
    expiry, used = np.tile(used - here, len(workers)), np.tile(used, len(workers))
    return site, CURRENT, workers[site] / TOTAL_MONTHS, 0, 0, expiry, used, period


def staffing_by_year(plan: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return who a plan of any kind expects at all sites together, by year of the horizon.

    One row per `fiscal_year`. `stock` is the expected number of workers at its end (or at that of
    the horizon within it); `hires` and `leavers` add up its months, leavers by attrition and
    because 60 months are reached. A stock is that of the year before, plus hires, less leavers.
    """
    workers = cohorts(plan, scenario)
    months = np.arange(scenario.months)
    begin = np.where(workers.route == CURRENT, -1, workers.start)
    # Counted until 60 months are reached; some of a roster may have reached them long ago.
    end = workers.expiry - workers.used_months + TOTAL_MONTHS
    first, place = alike(begin, end)
    number = np.bincount(place, workers.headcount, len(first))[:, np.newaxis]
    begin, end = begin[first, np.newaxis], end[first, np.newaxis]
    kept = (1 - scenario.attrition_per_year) ** (np.maximum(months - np.maximum(begin, 0), 0) / 12)
    stock = (number * kept * ((begin <= months) & (months < end))).sum(axis=0)
    hires = (number * (begin == months)).sum(axis=0)
    before = float((number * ((begin < 0) & (end >= 0))).sum())
    leavers = np.append(before, stock[:-1]) + hires - stock
    years, begins = first_months(scenario)
    hires, leavers = (np.add.reduceat(monthly, begins) for monthly in (hires, leavers))
    stock = stock[[*(begins[1:] - 1), -1]]
    return pd.DataFrame({"fiscal_year": years, "stock": stock, "hires": hires, "leavers": leavers})


def remarks(plan: pd.DataFrame, scenario: Scenario) -> list[Notice]:
    """Return what is legal in a plan but odd: unknown or late starts, targets that fall fast.

    Nothing is odd in an outline.
    """
    match plan_kind(plan):
        case PlanKind.TARGETS:
            return _remarks_on_targets(plan, scenario)
        case PlanKind.OUTLINE:
            return []
    start, expiry = (since(plan[key], scenario.start_month) for key in ("start", "expiry"))
    current = _routes(plan) == CURRENT
    odd = {
        NoticeKind.START_UNKNOWN: current & np.isnan(start),
        NoticeKind.START_AFTER_BEGIN: current & (start > 0),
        NoticeKind.EXPIRY_PAST: expiry < 0,
    }
    headcount, begin = plan["headcount"].to_numpy(int), str(scenario.start_month)
    return [
        Notice(kind, begin=begin, workers=int(headcount[rows].sum()))
        for kind, rows in odd.items()
        if rows.any()
    ]


def stopped_intake(
    plan: pd.DataFrame, scenario: Scenario, intake_stops: pd.DataFrame
) -> list[Notice]:
    """Return the hires from overseas whose COE is asked for while their field takes none in.

    Only a roster names fields. `intake_stops` tell when no COE is issued, as `tables.INTAKE_STOPS`.
    """
    if plan_kind(plan) is not PlanKind.ROSTER:
        return []
    begin = scenario.start_month
    filed = since(plan["start"], begin) - scenario.coe_lead_months
    overseas, field = _routes(plan) == OVERSEAS, plan["field"].to_numpy()
    months = (since(intake_stops[key], begin) for key in ("stopped_from", "resumed_from"))
    stops = zip(intake_stops["field"], intake_stops["stopped_from"], *months, strict=True)
    told = []
    for stopped, month, stopped_from, resumed_from in stops:
        # Where it has not resumed, no month is one from which it has.
        inside = (filed >= stopped_from) & ~(filed >= resumed_from)
        workers = int(plan["headcount"][overseas & inside & (field == stopped)].sum())
        if workers:
            kind = NoticeKind.INTAKE_STOPPED
            told.append(Notice(kind, field=stopped, month=str(month), workers=workers))
    return told


def _remarks_on_targets(targets: pd.DataFrame, scenario: Scenario) -> list[Notice]:
    told = []
    first = pd.Series(_dates(targets, scenario)).groupby(targets["site"].array).min()
    if late := int(first.gt(0).sum()):
        begin = str(scenario.start_month)
        told.append(Notice(NoticeKind.FIRST_TARGET_LATER, begin=begin, sites=late))
    staff = staffing(targets, scenario)
    above = staff.stock - staff.target > TARGET_TOLERANCE
    if above.any():
        month = str(scenario.month(int(above.any(axis=0).argmax())))
        sites = int(above.any(axis=1).sum())
        told.append(Notice(NoticeKind.TARGET_BELOW_STOCK, month=month, sites=sites))
    return told
