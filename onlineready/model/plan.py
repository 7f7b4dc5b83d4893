"""Headcount plan into cohorts: workers whose permissions expire in the same months."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.notice import Notice, NoticeKind
from onlineready.domain.scenario import Scenario, fiscal_year
from onlineready.domain.tables import (
    MAX_LANDING_MONTHS,
    TOTAL_MONTHS,
    collapsed,
    month_numbers,
    plan_kind,
)
from onlineready.domain.vocabulary import PlanKind, Route

COHORT_COLUMNS = (
    "site",
    "route",
    "headcount",
    "start",
    "first_grant",
    "expiry",
    "used_months",
    "period",
)

MARGIN_MONTHS = 12
"""Months past the horizon whose hires are derived from targets: the longest lead of a filing."""

TARGET_TOLERANCE = 1e-6
"""Workers by which stock and target may differ and still count as equal: sums are not exact."""


def cohorts(plan: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return one row per group of workers in the same situation, equal rows of the plan added up.

    Months are counted from the scenario's start. Columns: `site`; `route`; `headcount` (may be
    fractional); `start`, the first month with us (current staff: 0, from where leavers count);
    `first_grant`, months granted at the first application (current staff: missing); `expiry`, the
    first expiry; `used_months`, months under SSW(i) used by then; `period`, months granted at
    each extension (docs/model.md, sections 1 and 2).

    Args:
        plan: a checked roster or checked targets, as `tables.PLAN` or `tables.TARGETS`.
        scenario: the start, the default periods and, for targets, attrition and `overseas_share`.
    """
    if plan_kind(plan) is PlanKind.TARGETS:
        return _derived(staffing(plan, scenario), scenario)
    alike = plan.duplicated([key for key in plan if key != "headcount"])
    rows = collapsed(plan) if alike.any() else plan
    rows = rows.assign(
        headcount=rows["headcount"].astype(float),
        start=_since(rows["start"], scenario),
        expiry=_since(rows["expiry"], scenario),
        period=rows["period"].fillna(scenario.period_months).astype(int),
    )
    current = rows["route"].eq(Route.CURRENT)
    parts = [_current(rows[current]), _hires(rows[~current], scenario)]
    return pd.concat(parts, ignore_index=True)


def without_periods(plan: pd.DataFrame) -> pd.DataFrame:
    """Return a plan whose rows leave it to the scenario for how many months an extension is."""
    if plan_kind(plan) is PlanKind.TARGETS:
        return plan
    return plan.assign(period=pd.array([None] * len(plan), "Int64"))


def _hires(rows: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Overseas: landed for `first_grant` months; domestic: what the 60 months still allow."""
    overseas = rows["route"].eq(Route.OVERSEAS)
    longest = np.where(overseas, MAX_LANDING_MONTHS, TOTAL_MONTHS)
    default = np.minimum(scenario.first_period_months, longest)
    used = rows["used_months"].fillna(0).astype(int)
    wanted = rows["first_period"].fillna(pd.Series(default, rows.index)).astype(int)
    start = rows["start"].astype(int)
    grant = np.minimum(wanted, TOTAL_MONTHS - used)
    return rows.assign(
        start=start, first_grant=grant, expiry=start + grant, used_months=used + grant
    )[list(COHORT_COLUMNS)]


def _current(rows: pd.DataFrame) -> pd.DataFrame:
    """Staff with us: months used are counted from the start, or spread where it is unknown."""
    used = rows["expiry"] - rows["start"]
    ways = (TOTAL_MONTHS // rows["period"]).where(used.isna(), 1)
    even = rows.assign(headcount=rows["headcount"] / ways, used_months=used)
    each, nth = repeated(even, ways)
    return each.assign(
        start=0,
        first_grant=np.nan,
        expiry=each["expiry"].astype(int),
        used_months=each["used_months"].fillna(each["period"] * (nth + 1)).astype(int),
    )[list(COHORT_COLUMNS)]


def _since(months: pd.Series, scenario: Scenario) -> pd.Series:
    """Count months from the scenario's start; missing stays missing."""
    since: pd.Series = month_numbers(months) - scenario.start_month.ordinal
    return since


def repeated(frame: pd.DataFrame, times: pd.Series | np.ndarray) -> tuple[pd.DataFrame, np.ndarray]:
    """Return each row as often as `times` says, and which time of its row that is, from 0."""
    often = np.asarray(times, int)
    row = np.repeat(np.arange(len(frame)), often)
    first = np.cumsum(often) - often
    return frame.take(row), np.arange(len(row)) - first[row]


class Staffing(NamedTuple):
    """What targets ask of each site, month by month: a row per site, a column per month.

    Months run from the start of the scenario to `MARGIN_MONTHS` past its horizon. Workers are
    expected numbers. `leavers` of a month are those gone since the month before, by attrition or
    because 60 months are reached; `hires` bring what then remains up to the target; `stock`
    counts both, so it lies above a target that fell faster than people leave.
    """

    sites: pd.Index
    target: np.ndarray
    stock: np.ndarray
    hires: np.ndarray
    leavers: np.ndarray


def staffing(targets: pd.DataFrame, scenario: Scenario) -> Staffing:
    """Return the stock, hires and leavers that targets imply (docs/model.md, section 1b).

    Args:
        targets: checked targets, as `tables.TARGETS`.
        scenario: the start, the horizon and attrition.
    """
    held = _held(targets, scenario)
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
    return Staffing(held.index, target, stock, hires, leavers)


def _held(targets: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the target of each site (rows) from each date of the plan on (columns).

    Dates count months from the scenario's start. Before its first value a site has that value.
    """
    dated = targets.assign(since=_dates(targets, scenario))
    values = dated.pivot(index="site", columns="since", values="headcount").astype(float)
    return values.ffill(axis="columns").bfill(axis="columns")


def _dates(targets: pd.DataFrame, scenario: Scenario) -> pd.Series:
    """Return the month from which each target holds, counted from the scenario's start."""
    if targets["month"].notna().all():
        return _since(targets["month"], scenario).astype(int)
    first = (targets["fiscal_year"] - 1970) * 12 + scenario.fiscal_year_start_month - 1
    return (first - scenario.start_month.ordinal).astype(int)


def _derived(staff: Staffing, scenario: Scenario) -> pd.DataFrame:
    """Return the cohorts of targets: the stock at the start, then the hires of each month."""
    longest = scenario.first_period_months
    landing = min(longest, MAX_LANDING_MONTHS)
    site, start = np.nonzero(staff.hires)
    hired = staff.hires[site, start]
    parts = [_opening(staff, landing, scenario)]
    for route, share, grant in (
        (Route.OVERSEAS, scenario.overseas_share, landing),
        (Route.DOMESTIC, 1 - scenario.overseas_share, longest),
    ):
        hires = {"route": str(route), "headcount": hired * share, "start": start}
        grants = {"first_grant": float(grant), "expiry": start + grant, "used_months": grant}
        parts.append(pd.DataFrame({"site": staff.sites[site], **hires, **grants}))
    derived = pd.concat(parts, ignore_index=True).assign(period=scenario.period_months)
    return derived.loc[derived["headcount"].gt(0), list(COHORT_COLUMNS)].reset_index(drop=True)


def _opening(staff: Staffing, first_grant: int, scenario: Scenario) -> pd.DataFrame:
    """Return the stock at the start: 60 even parts of each site, here for 1, 2, … 60 months."""
    opening = staff.target[:, 0]
    here = np.arange(1, TOTAL_MONTHS + 1)
    extensions = -(-np.maximum(here - first_grant, 0) // scenario.period_months)
    used = np.minimum(first_grant + extensions * scenario.period_months, TOTAL_MONTHS)
    return pd.DataFrame(
        {
            "site": staff.sites.repeat(TOTAL_MONTHS),
            "route": str(Route.CURRENT),
            "headcount": np.repeat(opening / TOTAL_MONTHS, TOTAL_MONTHS),
            "start": 0,
            "first_grant": np.nan,
            "expiry": np.tile(used - here, len(opening)),
            "used_months": np.tile(used, len(opening)),
        }
    )


def staffing_by_year(targets: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return what targets imply for all sites together: one row per `fiscal_year` of the horizon.

    `stock` is the expected number of workers at the end of the fiscal year (or of the horizon
    within it); `hires` and `leavers` add up its months. A stock is that of the year before, plus
    hires, less leavers; before the first year it is the targets at the scenario's start.
    """
    staff = staffing(targets, scenario)
    horizon = slice(scenario.months)
    months = pd.DataFrame(
        {
            "fiscal_year": [
                fiscal_year(scenario.month(m), scenario.fiscal_year_start_month)
                for m in range(scenario.months)
            ],
            "stock": staff.stock.sum(axis=0)[horizon],
            "hires": staff.hires.sum(axis=0)[horizon],
            "leavers": staff.leavers.sum(axis=0)[horizon],
        }
    )
    return months.groupby("fiscal_year", as_index=False).agg(
        {"stock": "last", "hires": "sum", "leavers": "sum"}
    )


def remarks(plan: pd.DataFrame, scenario: Scenario) -> list[Notice]:
    """Return what is legal in a plan but odd: unknown or late starts, targets that fall fast."""
    if plan_kind(plan) is PlanKind.TARGETS:
        return _remarks_on_targets(plan, scenario)
    return _remarks_on_roster(plan, scenario)


def stopped_intake(
    plan: pd.DataFrame, scenario: Scenario, intake_stops: pd.DataFrame
) -> list[Notice]:
    """Return the hires from overseas whose COE is asked for while their field takes none in.

    Args:
        plan: a roster or targets; targets name no field.
        scenario: how long before the start a COE is asked for.
        intake_stops: fields for which no COE is issued, as `tables.INTAKE_STOPS`.
    """
    told: list[Notice] = []
    if plan_kind(plan) is PlanKind.TARGETS:
        return told
    hires = plan[plan["route"].eq(Route.OVERSEAS)]
    filed = hires["start"] - scenario.coe_lead_months
    for field, begin, end in zip(
        *(intake_stops[key] for key in ("field", "stopped_from", "resumed_from")), strict=True
    ):
        stopped = hires["field"].eq(field) & filed.ge(begin) & ~(filed >= end)
        if workers := int(hires.loc[stopped, "headcount"].sum()):
            told.append(
                Notice(NoticeKind.INTAKE_STOPPED, field=field, month=str(begin), workers=workers)
            )
    return told


def _remarks_on_targets(targets: pd.DataFrame, scenario: Scenario) -> list[Notice]:
    told = []
    first = _dates(targets, scenario).groupby(targets["site"]).min()
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


def _remarks_on_roster(plan: pd.DataFrame, scenario: Scenario) -> list[Notice]:
    begin = scenario.start_month
    current = plan["route"].eq(Route.CURRENT)
    odd = {
        NoticeKind.START_UNKNOWN: current & plan["start"].isna(),
        NoticeKind.START_AFTER_BEGIN: current & plan["start"].gt(begin),
        NoticeKind.EXPIRY_PAST: plan["expiry"].lt(begin),
    }
    return [
        Notice(kind, begin=str(begin), workers=int(plan.loc[rows, "headcount"].sum()))
        for kind, rows in odd.items()
        if rows.any()
    ]
