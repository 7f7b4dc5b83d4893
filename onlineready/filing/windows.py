"""The filing calendar: how many applications a site has to file, from when, and until when."""

import hashlib
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.filing.apportionment import nested
from onlineready.model.applications import (
    CHANGE,
    COE,
    EXTENSION,
    PROCEDURES,
    expected_applications,
    table,
)
from onlineready.model.months import dated
from onlineready.model.plan import cohorts, site_names

WINDOW_MONTHS = 3
"""An extension may be filed from so many months before expiry (docs/domain.md, section 2, R×2)."""

LEAST_HELD_MONTHS = 6
"""Where the present permission lasts that long; for shorter ones there is no such rule (R×2)."""

DUE_DAYS = (30, 60, 90)
"""Days from the day of the workbook in which what is due is told apart."""

LEAST_SHOWN = 0.05
"""Fewer expected applications than that are shown as 0.0: a list leaves them out."""

KEYS = ["closes", "site", "procedure", "early", "opens", "month"]


class Due(NamedTuple):
    """Applications that come due: this month or earlier in it, then by `DUE_DAYS`.

    One number for each of them, without those before it.

    Attributes:
        expected: their expected numbers.
        counts: the whole numbers shown for these; together the nearest to all expected ones.
    """

    expected: tuple[float, ...]
    counts: tuple[int, ...]


def filing_windows(plan: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return when applications have to be filed: one row per site, procedure and window.

    Columns: `site`; `procedure`; `opens`, the first month in which they may be filed; `month`, in
    which the plan files them; `closes`, the month in which the permission ends or work begins;
    `due_on`, the first day of that month: a plan does not know the days, and none of them is
    earlier; `applications`, an expected number; `early`, whether the rule of 3 months holds. Months
    are periods. Sorted by the end of the window.

    An extension opens 3 months before expiry where the permission lasts 6 months or more
    (`early`); every other application in the month in which the plan files it. Applications filed
    before the start of the horizon are among them where their window ends in it.

    Args:
        plan: a checked roster or checked targets.
        scenario: the start, the horizon and the leads.
    """
    sites, begin = site_names(plan), scenario.start_month
    filed = expected_applications(cohorts(plan, scenario), scenario, by_permission=True)
    lead = np.empty(len(PROCEDURES), int)
    lead[COE], lead[CHANGE] = scenario.coe_lead_months, scenario.change_lead_months
    lead[EXTENSION] = scenario.extension_lead_months
    closes = filed.month + lead[filed.procedure]
    filed, closes = filed.take(closes >= 0), closes[closes >= 0]
    early = (filed.procedure == EXTENSION) & (filed.held >= LEAST_HELD_MONTHS)
    opens = np.where(early, closes - WINDOW_MONTHS, filed.month)
    windows = table(filed, sites, begin)
    windows = windows.assign(closes=dated(closes, begin), opens=dated(opens, begin), early=early)
    total = windows.groupby(KEYS)["applications"].sum().reset_index()
    total["due_on"] = pd.PeriodIndex(total["closes"], freq="M").to_timestamp()
    return total


def keys(windows: pd.DataFrame) -> list[str]:
    """Name each window by what it is: equal in every calendar made of the same plan.

    `extension-2027-01-3m-…`: not when the plan files it, so that an event moves with the leads
    instead of doubling. A site is named by a digest, which any calendar takes and which does not
    tell its name.
    """
    sites = {
        site: hashlib.sha256(site.encode()).hexdigest()[:12] for site in windows["site"].unique()
    }
    rules = np.where(windows["early"], "3m", "lead")
    parts = zip(windows["procedure"], windows["closes"], rules, windows["site"], strict=True)
    return [f"{procedure}-{closes}-{rule}-{sites[site]}" for procedure, closes, rule, site in parts]


def all_sites(windows: pd.DataFrame) -> pd.DataFrame:
    """Return windows of `due_within`, those of all sites added up; `site` is missing.

    They open with the first of them.
    """
    sums = {"opens": "min", "applications": "sum", "planned": "sum", "count": "sum"}
    keys = [key for key in windows if key not in (*sums, "site", "early")]
    total = windows.groupby(keys, sort=False).agg(sums).reset_index()
    return total.assign(site=None)


def agenda(soon: pd.DataFrame, most_rows: int) -> pd.DataFrame:
    """Return windows of `due_within` as they are listed, by month: what is settled last in each.

    Sites are told apart where this takes no more than so many rows, but not of what is settled: of
    actuals no site is known. Left out are windows of so few expected applications that none shows.
    """
    settled = soon["settled"]
    opened = soon[~settled]
    for rows in (opened, all_sites(opened)):
        shown = rows[rows["count"].gt(0) | rows["applications"].ge(LEAST_SHOWN)]
        if len(shown) <= most_rows:
            break
    listed = pd.concat([shown, all_sites(soon[settled])]) if settled.any() else shown
    return listed.sort_values(["closes", "settled", "month"], kind="stable", ignore_index=True)


def still_open(windows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the windows that end in the month of a day or later."""
    return windows[windows["closes"].ge(pd.Period(as_of, freq="M"))].reset_index(drop=True)


def listed(windows: pd.DataFrame) -> pd.DataFrame:
    """Leave out windows of so few expected applications that they would be written 0.0."""
    return windows[windows["applications"].ge(LEAST_SHOWN)].reset_index(drop=True)


def due_within(windows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Return the windows (`settlement.outstanding`) that end within the longest of `DUE_DAYS`.

    More columns: `days_left`, in the month in which permissions end 0 or negative; `part`, the
    place in `Due`; `count`, the whole number shown. These add up by procedure, by month, by part,
    and to the total.
    """
    left = (windows["due_on"] - pd.Timestamp(as_of)).dt.days
    here = windows.assign(days_left=left)[left.le(DUE_DAYS[-1])].reset_index(drop=True)
    part = np.searchsorted((0, *DUE_DAYS), here["days_left"])
    months, procedures = (pd.factorize(here[key])[0] for key in ("closes", "procedure"))
    count = nested(here["applications"].to_numpy(), part, months, procedures)
    return here.assign(part=part, count=count)


def due(soon: pd.DataFrame) -> Due:
    """Return how many applications come due now and within each of `DUE_DAYS`.

    Args:
        soon: as `due_within` returns it.
    """
    parts = soon.groupby("part")[["applications", "count"]].sum()
    parts = parts.reindex(range(1 + len(DUE_DAYS)), fill_value=0)
    return Due(tuple(map(float, parts["applications"])), tuple(map(int, parts["count"])))


def by_month_and_site(
    windows: pd.DataFrame, months: pd.PeriodIndex, most_sites: int
) -> tuple[pd.DataFrame, int]:
    """Return the applications that the plan files: a row per site, a column per month.

    The busiest sites come first. Where there are more than `most_sites`, the last row, its site
    missing, adds the others up; the number beside the table tells how many these are.
    """
    shown = windows[windows["month"].isin(months)]
    table = shown.pivot_table(
        index="site", columns="month", values="applications", aggfunc="sum", fill_value=0.0
    )
    table = table.reindex(columns=months, fill_value=0.0)
    order = table.sum(axis="columns").sort_values(ascending=False, kind="stable").index
    table = table.loc[order]
    if len(table) <= most_sites:
        return table, 0
    others = table.iloc[most_sites - 1 :]
    rest = others.sum().to_frame().T.set_axis([None])
    return pd.concat([table.iloc[: most_sites - 1], rest]), len(others)


def months_shown(scenario: Scenario, first: pd.Period, count: int) -> pd.PeriodIndex:
    """Return so many months from `first` on, as far as the horizon goes; the last ones after it."""
    begin, end = scenario.start_month.ordinal, scenario.start_month.ordinal + scenario.months
    start = max(begin, min(first.ordinal, end - count))
    return pd.period_range(
        pd.Period(ordinal=start, freq="M"), periods=min(count, end - start), freq="M"
    )
