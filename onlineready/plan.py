"""Headcount plan into cohorts: workers whose permissions expire in the same months."""

import numpy as np
import pandas as pd

from onlineready.notice import Notice, NoticeKind
from onlineready.scenario import Scenario
from onlineready.tables import MAX_LANDING_MONTHS, TOTAL_MONTHS, collapsed, month_numbers
from onlineready.vocabulary import Route

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


def cohorts(plan: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return one row per group of workers in the same situation, equal rows of the plan added up.

    Months are counted from the scenario's start. Columns: `site`; `route`; `headcount` (may be
    fractional); `start`, the first month with us (current staff: 0, from where leavers count);
    `first_grant`, months granted at the first application (current staff: missing); `expiry`, the
    first expiry; `used_months`, months under SSW(i) used by then; `period`, months granted at
    each extension. Model section 2.
    """
    rows = collapsed(plan).astype({"headcount": float})
    rows["period"] = rows["period"].fillna(scenario.period_months).astype(int)
    hires = _hires(rows[rows["route"].ne(Route.CURRENT)], scenario)
    current = _current(rows[rows["route"].eq(Route.CURRENT)], scenario)
    return pd.concat([current, hires], ignore_index=True)


def _hires(rows: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Overseas: landed for `first_grant` months; domestic: what the 60 months still allow."""
    overseas = rows["route"].eq(Route.OVERSEAS)
    longest = np.where(overseas, MAX_LANDING_MONTHS, TOTAL_MONTHS)
    default = np.minimum(scenario.first_period_months, longest)
    used = rows["used_months"].fillna(0).astype(int)
    wanted = rows["first_period"].fillna(pd.Series(default, rows.index)).astype(int)
    start = _since(rows["start"], scenario)
    grant = np.minimum(wanted, TOTAL_MONTHS - used)
    return rows.assign(
        start=start, first_grant=grant, expiry=start + grant, used_months=used + grant
    )[list(COHORT_COLUMNS)]


def _current(rows: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Staff with us: months used are counted from the start, or spread where it is unknown."""
    known = rows[rows["start"].notna()]
    used = month_numbers(known["expiry"]) - month_numbers(known["start"])
    known = known.assign(used_months=used.astype(int))
    unknown = rows[rows["start"].isna()]
    ways = TOTAL_MONTHS // unknown["period"]
    spread = unknown.assign(headcount=unknown["headcount"] / ways)
    spread = spread.loc[spread.index.repeat(ways)]
    spread["used_months"] = spread["period"] * (spread.groupby(level=0).cumcount() + 1)
    current = pd.concat([known, spread])
    return current.assign(start=0, first_grant=np.nan, expiry=_since(current["expiry"], scenario))[
        list(COHORT_COLUMNS)
    ]


def _since(months: pd.Series, scenario: Scenario) -> pd.Series:
    """Count months from the scenario's start."""
    since: pd.Series = (month_numbers(months) - scenario.start_month.ordinal).astype(int)
    return since


def remarks(plan: pd.DataFrame, scenario: Scenario) -> list[Notice]:
    """Return what is legal in a plan but odd: a start unknown, months out of order."""
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
