"""Headcount plan into cohorts: workers whose permissions expire in the same months."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.notice import Notice, NoticeKind
from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import MAX_LANDING_MONTHS, TOTAL_MONTHS, plan_kind
from onlineready.domain.vocabulary import PlanKind, Route
from onlineready.model.months import fiscal_years, since

CURRENT, OVERSEAS, DOMESTIC = range(len(Route))
"""Places of the routes: whole numbers inside the model."""

MARGIN_MONTHS = 12
"""Months past the horizon whose hires are derived from targets: the longest lead of a filing."""

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

    The plan is a checked roster or checked targets, as `tables.PLAN` or `tables.TARGETS`.
    """
    if plan_kind(plan) is PlanKind.TARGETS:
        return _derived(plan, scenario)
    groups = _spread(*_groups(plan, scenario))
    first, place = alike(situations(groups), groups.site)
    return groups.take(first)._replace(headcount=np.bincount(place, groups.headcount))


def without_periods(plan: pd.DataFrame) -> pd.DataFrame:
    """Return a plan whose rows leave it to the scenario for how many months an extension is."""
    if plan_kind(plan) is PlanKind.TARGETS:
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
    """What targets ask of each site, month by month: a row per site, a column per month.

    Months run from the start of the scenario to `MARGIN_MONTHS` past its horizon. Workers are
    expected numbers. `leavers` of a month are those gone since the month before, by attrition or
    because 60 months are reached; `hires` bring what then remains up to the target; `stock`
    counts both, so it lies above a target that fell faster than people leave.
    """

    target: np.ndarray
    stock: np.ndarray
    hires: np.ndarray
    leavers: np.ndarray


def staffing(targets: pd.DataFrame, scenario: Scenario) -> Staffing:
    """Return what checked targets, as `tables.TARGETS`, imply (docs/model.md, section 1b)."""
    dated = targets.assign(since=_dates(targets, scenario))
    held = dated.pivot(index="site", columns="since", values="headcount").astype(float)
    # A value holds until the next one; before its first a site has that value.
    held = held.ffill(axis="columns").bfill(axis="columns")
    months = np.arange(scenario.months + MARGIN_MONTHS)
    in_force = np.searchsorted(held.columns, months, side="right") - 1
    target = held.to_numpy()[:, np.maximum(in_force, 0)]

    # The stock at the start has been here 1 to 60 months, evenly: each month a part reaches 60.
    kept = (1 - scenario.attrition_per_year) ** (months / 12)
    of_stock = kept * np.maximum(TOTAL_MONTHS - 1 - months, 0) / TOTAL_MONTHS
    of_hires = np.where(months < TOTAL_MONTHS, kept, 0.0)
    opening = target[:, :1]
    staying = opening * of_stock
    hires = np.zeros_like(target)
    for month in months:
        staying[:, month] += hires[:, :month] @ of_hires[month:0:-1]
        short = target[:, month] - staying[:, month]
        hires[:, month] = np.where(short > TARGET_TOLERANCE, short, 0.0)
    stock = staying + hires
    leavers = np.hstack([opening, stock[:, :-1]]) - staying
    return Staffing(target, stock, hires, leavers)


def _dates(targets: pd.DataFrame, scenario: Scenario) -> np.ndarray:
    """Return the month from which each target holds, counted from the scenario's start."""
    if targets["month"].notna().all():
        return since(targets["month"], scenario.start_month).astype(int)
    years = targets["fiscal_year"].to_numpy(int) - 1970
    first: np.ndarray = years * 12 + scenario.fiscal_year_start_month - 1
    return first - scenario.start_month.ordinal


def _derived(targets: pd.DataFrame, scenario: Scenario) -> Cohorts:
    """Return the cohorts of targets: the stock at the start, then the hires of each month."""
    staff, period = staffing(targets, scenario), scenario.period_months
    first, share = scenario.first_period_months, scenario.overseas_share
    landing = min(first, MAX_LANDING_MONTHS)
    site, start = np.nonzero(staff.hires)
    hired = staff.hires[site, start]
    # The columns of `Cohorts` in their order.
    parts = [
        _opening(staff.target[:, 0], landing, period),
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


def staffing_by_year(targets: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return what targets imply for all sites together: one row per `fiscal_year` of the horizon.

    `stock` is the expected number of workers at the end of the fiscal year (or of the horizon
    within it); `hires` and `leavers` add up its months. A stock is that of the year before, plus
    hires, less leavers; before the first year it is the targets at the scenario's start.
    """
    staff, years = staffing(targets, scenario), fiscal_years(scenario)
    series = {"stock": staff.stock, "hires": staff.hires, "leavers": staff.leavers}
    months = {name: by_site.sum(axis=0)[: len(years)] for name, by_site in series.items()}
    by_year = pd.DataFrame({"fiscal_year": years, **months}).groupby("fiscal_year", as_index=False)
    return by_year.agg({"stock": "last", "hires": "sum", "leavers": "sum"})


def remarks(plan: pd.DataFrame, scenario: Scenario) -> list[Notice]:
    """Return what is legal in a plan but odd: unknown or late starts, targets that fall fast."""
    if plan_kind(plan) is PlanKind.TARGETS:
        return _remarks_on_targets(plan, scenario)
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

    Targets name no field. `intake_stops` tell when no COE is issued, as `tables.INTAKE_STOPS`.
    """
    if plan_kind(plan) is PlanKind.TARGETS:
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
