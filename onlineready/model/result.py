"""The pipeline on one screen: plan, scenario and tables in, the business case out."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from onlineready.domain.notice import Notice, NoticeKind
from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import Case, CostKind, Procedure
from onlineready.model.applications import PROCEDURES, VISITS, Volume, channel_shares, table, volume
from onlineready.model.comparison import (
    COUNTER,
    BreakEven,
    Worth,
    break_even,
    live,
    savings,
    staff_yen,
    worth,
)
from onlineready.model.costs import Done, by_case, done, tasks_of, visited
from onlineready.model.fees import due
from onlineready.model.months import dated, first_months, fiscal_years
from onlineready.model.plan import remarks, stopped_intake


class Quantities(NamedTuple):
    """How much is filed and done in both cases: what fees have no bearing on.

    Attributes:
        volume: what is filed, whatever its channel.
        trips: visits to the counter as `costs.visited` returns them, by place as in `done`.
        filed: applications: case × channel × month × procedure.
        visits: case × submission and collection × month.
        done: how often each task is done, and what it takes.
    """

    volume: Volume
    trips: np.ndarray
    filed: np.ndarray
    visits: np.ndarray
    done: Done


@dataclass(frozen=True, eq=False)
class Result:
    """What the model says of one plan under one scenario; nothing is rounded.

    Two results are the same only where they are one object. Arrays count months from the
    scenario's start; the frames made of them on demand have months of the calendar.

    Attributes:
        scenario: the assumptions used.
        quantities: how much is filed and done, fees left out.
        series: every series of `months` by name, in its order.
        notices: what is legal in the plan but odd.
    """

    scenario: Scenario
    quantities: Quantities
    series: dict[str, np.ndarray]
    notices: tuple[Notice, ...]

    @property
    def filed(self) -> bool:
        """Whether anything is filed within the horizon."""
        return len(self.quantities.volume.filings.month) > 0

    @property
    def starts(self) -> bool:
        """Whether online filing begins within the horizon."""
        return self.scenario.online_from < self.scenario.months

    @cached_property
    def applications(self) -> pd.DataFrame:
        """One row per `month` (a period), `site`, `procedure`, `granted_months`: `applications`."""
        volume = self.quantities.volume
        return table(volume.filings, volume.sites, self.scenario.start_month)

    @cached_property
    def months(self) -> pd.DataFrame:
        """One row per month of the horizon, index `month` (a period).

        Columns: `fiscal_year`, each measure of both cases, the savings, and `applications_…` by
        procedure.
        """
        index = dated(np.arange(self.scenario.months), self.scenario.start_month).rename("month")
        return pd.DataFrame({"fiscal_year": fiscal_years(self.scenario), **self.series}, index)

    @cached_property
    def worth(self) -> Worth:
        """NPV, payback and break-even volume."""
        return worth(self.series, self.scenario)

    @property
    def break_even(self) -> BreakEven:
        """The NPV as a line over the yearly volume: at the plan's own volume it is the plan's."""
        return break_even(self.series, self.scenario)

    @cached_property
    def fiscal_years(self) -> pd.DataFrame:
        """Every series summed by the year in which the fiscal year begins."""
        years, begins = first_months(self.scenario)
        sums = np.add.reduceat(np.array(list(self.series.values())), begins, axis=1)
        index = pd.Index(years, name="fiscal_year")
        return pd.DataFrame(sums.T, index, list(self.series))

    @property
    def totals(self) -> pd.Series:
        """Every series summed over the horizon."""
        return pd.Series({name: monthly.sum() for name, monthly in self.series.items()})

    @cached_property
    def cost_by_year(self) -> pd.DataFrame:
        """What each case costs: one row per `case`, `kind` of cost and `fiscal_year`, in `yen`.

        In this order, the years innermost. Set-up and upkeep belong to the online case. Time is
        valued as in the saving, so that counter less online is the net saving of the year.
        """
        years, begins = first_months(self.scenario)
        parts = []
        for case, staff in zip(Case, staff_yen(self.series, self.scenario), strict=True):
            outlay = self.series[f"{case}_outlay_yen"]
            if case is Case.ONLINE:
                outlay = outlay + self.series["setup_upkeep_outlay_yen"]
            parts += [self.series[f"{case}_fee_yen"], outlay, staff]
        yen = np.add.reduceat(np.array(parts), begins, axis=1).ravel()
        cases, kinds = (list(map(str, words)) for words in (Case, CostKind))
        return pd.DataFrame(
            {
                "fiscal_year": np.tile(years, len(parts)),
                "case": np.repeat(cases, len(kinds) * len(years)),
                "kind": np.tile(np.repeat(kinds, len(years)), len(cases)),
                "yen": yen,
            }
        )

    @cached_property
    def hours_by_task(self) -> pd.DataFrame:
        """Staff hours over the horizon: one row per task `id` and `case`, in `hours`.

        Set-up and upkeep belong to the online case. Sorted by these; tasks never done are left out.
        """
        done = self.quantities.done
        hours = done.by_task(done.minutes) / 60
        case, task = np.nonzero(done.by_task(np.ones_like(done.minutes)))
        ids, cases = np.array(done.tasks.ids), np.array(list(map(str, Case)))
        told = {"id": ids[task], "case": cases[case], "hours": hours[case, task]}
        return pd.DataFrame(told).sort_values(["id", "case"], ignore_index=True)

    @property
    def cumulative_yen(self) -> pd.Series:
        """Net saving added up from the start on, by month."""
        total = self.series["net_saving_yen"].cumsum()
        months = dated(np.arange(len(total)), self.scenario.start_month)
        return pd.Series(total, months.rename("month"))

    def saved_until(self, month: pd.Period) -> float:
        """Return the net saving from go-live, or the start, through the month before `month`."""
        before = max(int(month.ordinal - self.scenario.start_month.ordinal), 0)
        return float(self.series["net_saving_yen"][:before].sum())

    @property
    def months_online(self) -> int:
        """Months from go-live to the end of the horizon; 0 where it lies after it."""
        return int(self.scenario.months - live(self.scenario).start)

    @cached_property
    def per_year(self) -> pd.Series:
        """Every series per year online: from go-live to the end, divided by the months, times 12.

        All 0 where go-live lies after the horizon.
        """
        online, a_year = live(self.scenario), 12 / max(self.months_online, 1)
        return pd.Series(
            {key: monthly[online].sum() * a_year for key, monthly in self.series.items()}
        )

    @cached_property
    def figures(self) -> pd.Series:
        """What a business case is judged by; `payback_months` is missing where it never pays.

        `net_saving_yen`, `cash_saving_yen`, `time_value_yen` and `hours` (saved less spent) are
        per year online, `total_yen` is the net saving over the horizon.
        """
        year, payback = self.per_year, self.worth.payback_months
        return pd.Series(
            {
                **{
                    key: year[key]
                    for key in ("net_saving_yen", "cash_saving_yen", "time_value_yen")
                },
                "hours": year["hours_saved"] - year["hours_spent"],
                "payback_months": np.nan if payback is None else float(payback),
                "npv_yen": self.worth.npv_yen,
                "total_yen": self.series["net_saving_yen"].sum(),
            }
        )


def evaluate(plan: pd.DataFrame, scenario: Scenario, tables: Tables) -> Result:
    """Return the business case of filing a plan's applications online.

    Args:
        plan: a checked plan of any kind, as in `tables.PLANS`.
        scenario: the assumptions, `go_live` set.
        tables: fees, tasks and stops of intake.

    Raises:
        NoFeeError: the fee table has no fee in force for an application.
        ValueError: the scenario's `go_live` is open.
    """
    filed = volume(plan, scenario)
    notices = remarks(plan, scenario) + stopped_intake(plan, scenario, tables.intake_stops)
    if filed.before:
        begin = str(scenario.start_month)
        notices.append(Notice(NoticeKind.BEFORE_HORIZON, begin=begin, applications=filed.before))
    if not len(filed.filings.month):
        notices.append(Notice(NoticeKind.NO_APPLICATIONS))
    return _valued(filed, tuple(notices), scenario, tables)


def under(result: Result, scenario: Scenario, tables: Tables) -> Result:
    """Return the business case of the same applications under a scenario that files the same.

    Go-live, channels, rates and fees have no bearing on what is filed when.
    """
    return _valued(result.quantities.volume, result.notices, scenario, tables)


def quantities(filed: Volume, scenario: Scenario, tables: Tables) -> Quantities:
    """Return how much is filed and done in both cases (docs/model.md, sections 5 and 6)."""
    # Sites with minutes or yen of their own.
    apart = [site for site in filed.sites if scenario.sites.get(site)]
    both = channel_shares(scenario)[..., np.newaxis] * filed.by_kind.sum(axis=2)
    made = visited(filed, apart, scenario)
    visits = by_case(made, scenario)
    work = done(both, visits, tasks_of(tables.tasks), apart, scenario)
    return Quantities(filed, made, both, visits.sum(axis=3), work)


def _valued(
    filed: Volume, notices: tuple[Notice, ...], scenario: Scenario, tables: Tables
) -> Result:
    """Return the business case of what is filed: quantities × rates, and fees."""
    found = quantities(filed, scenario, tables)
    done, of_procedure = found.done, found.filed[COUNTER, COUNTER]
    hours, outlay_yen = done.by_month(done.minutes) / 60, done.by_month(done.yen)
    fee_yen = due(filed.by_kind, scenario, tables.fees).sum(axis=1)
    costs = {}
    for place, case in enumerate(Case):
        costs[f"{case}_outlay_yen"] = outlay_yen[place]
        costs[f"{case}_hours"] = hours[place]
        for visits, driver in zip(found.visits[place], VISITS, strict=True):
            costs[f"{case}_{driver}s"] = visits
    for place, case in enumerate(Case):
        costs[f"{case}_fee_yen"] = fee_yen[place] * scenario.company_fee_share
    costs["setup_upkeep_outlay_yen"] = done.lasting @ done.yen[0]
    costs["setup_upkeep_hours"] = done.lasting @ done.minutes[0] / 60
    number = {f"applications_{one}": of_procedure[:, PROCEDURES.index(one)] for one in Procedure}
    return Result(scenario, found, {**costs, **savings(costs, scenario), **number}, notices)
