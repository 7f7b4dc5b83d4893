"""A plan in the few numbers that anybody can say, and the outline as a start to be refined.

See docs/model.md, section 1c.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import count, islice
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario, fiscal_year
from onlineready.domain.tables import (
    DEFAULT_SITE,
    MAX_HEADCOUNT,
    NUMBERED_SITE,
    PLANS,
    plan_kind,
)
from onlineready.domain.vocabulary import PlanKind, Route
from onlineready.language import translate as _
from onlineready.model.months import dated, first_months
from onlineready.model.plan import Staffing, staffing

YEARS_AHEAD = 3
"""Years in which a reader is first asked to think ahead."""


class Said(NamedTuple):
    """A plan as one sentence says it: so many workers today, and what is to come.

    Where hires and target are None, the number of workers is held. Where a target is given, the
    hires are not.

    Attributes:
        headcount: workers today, at all sites together.
        sites: how many there are, one or more.
        hires_per_year: workers hired a year, at all sites together; no leaver is replaced beyond.
        years: fiscal years from that of the scenario's start to that of the target, one or more.
        target: workers from then on, at all sites together.
    """

    headcount: int
    sites: int
    hires_per_year: float | None = None
    years: int | None = None
    target: int | None = None


def said_plan(said: Said, scenario: Scenario, names: Sequence[str] = ()) -> pd.DataFrame:
    """Return the plan that is said, rows numbered from 0: an outline, or targets where one is set.

    Workers and hires are split over the sites as evenly as whole workers allow, the first sites
    have one more; a fraction of a hire goes to the first. Targets: a row per site and fiscal year
    from that of the start, in which today's workers are meant, to that of the target. Their total
    lies on the straight line between the two, rounded to whole workers, half of one up; it is the
    total that is split.

    Args:
        said: the numbers.
        scenario: its start and its fiscal years.
        names: of the first sites; the others are numbered, a single one is the whole company.
    """
    sites = _names(said.sites, names)
    if said.target is None or said.years is None:
        hires = (
            None if said.hires_per_year is None else _split_hires(said.hires_per_year, said.sites)
        )
        split = _split(np.array([said.headcount]), said.sites)
        return _plan(
            PlanKind.OUTLINE, {"site": sites, "headcount": split.ravel(), "hires_per_year": hires}
        )
    years = np.arange(said.years + 1)
    # Whole numbers only: the line in halves of a year's step, half of a worker added.
    doubled = 2 * (said.headcount * (said.years - years) + said.target * years) + said.years
    split = _split(doubled // (2 * said.years), said.sites)
    first = fiscal_year(scenario.start_month, scenario.fiscal_year_start_month)
    return _plan(
        PlanKind.TARGETS,
        {
            "site": np.repeat(sites, len(years)),
            "fiscal_year": np.tile(first + years, said.sites),
            "headcount": split.ravel(),
        },
    )


def said_of(plan: pd.DataFrame, scenario: Scenario) -> Said | None:
    """Return the numbers that say a checked plan: `said_plan` of them and its sites is that plan.

    None where no numbers do: a roster, sites that are not split evenly, targets off the line.
    """
    sites = plan["site"].drop_duplicates().tolist()
    match plan_kind(plan):
        case PlanKind.OUTLINE:
            hires = plan["hires_per_year"]
            whole = None if hires.isna().any() else _sum_of_hires(hires.to_numpy(float))
            said = Said(int(plan["headcount"].sum()), len(sites), whole)
        case PlanKind.TARGETS:
            totals = plan.groupby("fiscal_year")["headcount"].sum().tolist()
            if len(totals) < 2:
                return None
            said = Said(totals[0], len(sites), None, len(totals) - 1, totals[-1])
        case PlanKind.ROSTER:
            return None
    same = said_plan(said, scenario, sites).equals(plan.reset_index(drop=True))
    return said if same else None


def summed_up(plan: pd.DataFrame, scenario: Scenario) -> Said:
    """Return the workers that a plan of any kind has today, and its sites.

    An outline all of whose sites hire a number keeps their sum; any other plan is held.
    """
    kind, hires = plan_kind(plan), None
    if kind is PlanKind.ROSTER:
        here = plan.loc[plan["route"].eq(Route.CURRENT), "headcount"].sum()
    else:
        here = staffing(plan, scenario).opening.sum()
    if kind is PlanKind.OUTLINE and plan["hires_per_year"].notna().all():
        hires = float(plan["hires_per_year"].sum())
    return Said(int(here), plan["site"].nunique(), hires)


def held(said: Said) -> Said:
    """Return the workers of today, their number to be held."""
    return Said(said.headcount, said.sites)


def hiring(said: Said, scenario: Scenario) -> Said:
    """Return the workers of today and, to begin with, as many hires a year as leave within one."""
    leavers = _nearest(np.array(said.headcount * scenario.attrition_per_year))
    return held(said)._replace(hires_per_year=int(leavers))


def growing(said: Said) -> Said:
    """Return the workers of today with a target that, to begin with, is as many."""
    return held(said)._replace(years=YEARS_AHEAD, target=said.headcount)


def as_targets(plan: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return an outline as targets to be refined, a row per site and fiscal year of the horizon.

    Each is the workers that the outline expects when the year begins (in the first: when the
    scenario starts), rounded to whole ones. Targets differ from the outline in that a site is
    brought up to its number at once, at the beginning of a year, and that leavers are replaced; no
    target is above `MAX_HEADCOUNT`.
    """
    staff, (years, begins) = _staffing(plan, scenario), first_months(scenario)
    before = np.column_stack([staff.opening, staff.stock])[:, begins]
    return _plan(
        PlanKind.TARGETS,
        {
            "site": np.repeat(plan["site"].to_numpy(), len(years)),
            "fiscal_year": np.tile(years, len(plan)),
            "headcount": np.minimum(_nearest(before), MAX_HEADCOUNT).ravel(),
        },
    )


def as_roster(plan: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return an outline as a roster to be refined, in whole workers.

    Staff here today: rows by the month of expiry, spread evenly over the next `period_months`
    months, that add up to the head count; since when they are here is left open. Hires: a row per
    site, fiscal year of the horizon and route, from the middle of the year on. All years together
    they are the hires of the outline, rounded once; where its head count is held, those that are
    expected to hold it.

    The roster differs from the outline in that those hired in a year come at once, so that more of
    their applications share a trip, that fractions of a worker are rounded, and that nobody comes
    after the horizon, whose applications may be filed inside it. Without workers and hires it has
    no rows; no row has more than `MAX_HEADCOUNT`.
    """
    staff, (_years, begins) = _staffing(plan, scenario), first_months(scenario)
    sites, months = plan["site"].to_numpy(), np.arange(scenario.period_months)
    here = plan["headcount"].to_numpy(int)
    expiring = _dealt(here, np.ones((len(sites), len(months))))

    expected = np.add.reduceat(staff.hires[:, : scenario.months], begins, axis=1)
    hires = _dealt(_apportioned(expected.sum(axis=1)), expected)
    # Of all hires up to one, year by year, the share from overseas has come from there.
    up_to = np.append(0, _nearest(np.cumsum(hires.T) * scenario.overseas_share))
    overseas = np.diff(up_to).reshape(hires.T.shape).T
    middle = (begins + np.append(begins[1:], scenario.months)) // 2

    expiry, start = (dated(numbers, scenario.start_month) for numbers in (months, middle))
    parts = [
        _groups(Route.CURRENT, expiring, expiry=expiry),
        _groups(Route.OVERSEAS, overseas, start=start),
        _groups(Route.DOMESTIC, hires - overseas, start=start),
    ]
    groups = pd.concat(parts).sort_values("site", kind="stable")
    return _plan(PlanKind.ROSTER, groups.assign(site=sites[groups["site"]]))


def _groups(route: Route, workers: np.ndarray, **months: pd.PeriodIndex) -> pd.DataFrame:
    """Return a row for each site, by its place, and month in which there are workers.

    Args:
        route: by which they come.
        workers: whole numbers, a row per site, a column per month.
        months: which they are, by the column of the roster in which they stand.
    """
    site, month = np.nonzero(workers)
    headcount = np.minimum(workers[site, month], MAX_HEADCOUNT)
    dates = {column: dates[month] for column, dates in months.items()}
    return pd.DataFrame({"site": site, "route": str(route), "headcount": headcount, **dates})


def _plan(kind: PlanKind, columns: Mapping[str, Any] | pd.DataFrame) -> pd.DataFrame:
    """Return a plan of a kind, rows numbered from 0; columns that are not given are empty."""
    types = {key: str(column.dtype) for key, column in PLANS[kind].columns.items()}
    empty = np.full(len(columns["site"]), None)
    return pd.DataFrame(
        {
            key: pd.Series(
                empty if columns.get(key) is None else np.asarray(columns[key]),
                dtype="str" if name.startswith("string") else name,
            )
            for key, name in types.items()
        }
    )


def _names(sites: int, names: Sequence[str]) -> list[str]:
    """Return what so many sites are called."""
    alone = [_(DEFAULT_SITE)]
    if sites == 1:
        return [*names[:1]] or alone
    # The whole company is no name for one of several sites.
    given = [] if [*names] == alone else [*names[:sites]]
    numbered = (_(NUMBERED_SITE).format(number=number) for number in count(len(given) + 1))
    free = (name for name in numbered if name not in given)
    return [*given, *islice(free, sites - len(given))]


def _split(totals: np.ndarray, sites: int) -> np.ndarray:
    """Split each total over the sites, as evenly as whole workers allow: a row per site."""
    more = np.arange(sites)[:, np.newaxis] < totals % sites
    split: np.ndarray = totals // sites + more
    return split


def _split_hires(hires: float, sites: int) -> np.ndarray:
    """Split hires a year in whole workers, what is less than one to the first site."""
    whole = int(hires)
    split = _split(np.array([whole]), sites).ravel().astype(float)
    # In decimals, as people write them: 10.1 less 7 is 3.1.
    split[0] = float(Decimal(str(hires)) - whole + int(split[0]))
    return split


def _sum_of_hires(hires: np.ndarray) -> float:
    """Return what was split: only the first number has a fraction."""
    return float(Decimal(str(float(hires[0]))) + Decimal(float(hires[1:].sum())))


def _staffing(outline: pd.DataFrame, scenario: Scenario) -> Staffing:
    """Return what an outline implies, its sites in the order of their rows."""
    place = pd.factorize(outline["site"], sort=True)[0]
    return Staffing(*(by_site[place] for by_site in staffing(outline, scenario)))


def _nearest(numbers: np.ndarray) -> np.ndarray:
    """Return the whole numbers that are nearest, half of one up."""
    return np.floor(numbers + 0.5).astype(int)


def _apportioned(numbers: np.ndarray) -> np.ndarray:
    """Return whole numbers whose sum is the nearest to that of the numbers: largest remainders."""
    whole: np.ndarray = np.floor(numbers).astype(int)
    more = int(_nearest(numbers.sum()) - whole.sum())
    whole[np.argsort(whole - numbers, kind="stable")[:more]] += 1
    return whole


def _dealt(totals: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Deal the total of each row out to its columns by their weights, in whole numbers.

    Rows take their turns, so that not all of them have their only worker in the same column.
    """
    up_to = np.cumsum(weights, axis=1)
    share = up_to / np.maximum(up_to[:, -1:], np.finfo(float).tiny)
    turn = (np.arange(len(totals)) + 0.5) / max(len(totals), 1)
    dealt = np.floor(totals[:, np.newaxis] * share + turn[:, np.newaxis]).astype(int)
    in_column: np.ndarray = np.diff(dealt, axis=1, prepend=0)
    return in_column
