"""The pipeline on one screen: plan, scenario and tables in, the business case out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from onlineready.domain.notice import Notice, NoticeKind
from onlineready.domain.scenario import FeeBasis, Scenario, fiscal_year
from onlineready.domain.tables import Tables, month_numbers, months_numbered
from onlineready.domain.vocabulary import Case, CostKind, Driver, Procedure
from onlineready.model.applications import expected_applications, over_sites
from onlineready.model.comparison import Worth, cases, savings, worth
from onlineready.model.costs import carried, pooled, setup_and_upkeep, visits, work
from onlineready.model.fees import fees_paid
from onlineready.model.plan import cohorts, remarks, stopped_intake


@dataclass(frozen=True, eq=False)
class Result:
    """What the model says of one plan under one scenario; nothing is rounded.

    Two results are the same only where they are one object.

    Attributes:
        scenario: the assumptions used.
        applications: one row per `month` (a period), `site`, `procedure`, `granted_months`.
        months: one row per month of the horizon, index `month` (a period): `fiscal_year`,
            `applications_…` by procedure, each measure of both cases, and the savings.
        effort: hours and outlay of each task, by case, channel, month and procedure (missing for
            visits); all sites together, but for visits of a site that has its own rates.
        upkeep: hours and outlay of set-up and upkeep, by month and task.
        worth: NPV, payback and break-even volume.
        notices: what is legal in the plan but odd.
        tasks: the task table used.
    """

    scenario: Scenario
    applications: pd.DataFrame
    months: pd.DataFrame
    effort: pd.DataFrame
    upkeep: pd.DataFrame
    worth: Worth
    notices: tuple[Notice, ...]
    tasks: pd.DataFrame

    @property
    def filed(self) -> bool:
        """Whether anything is filed within the horizon."""
        return not self.applications.empty

    @property
    def starts(self) -> bool:
        """Whether online filing begins within the horizon."""
        return self.scenario.online_from < self.scenario.months

    @cached_property
    def work(self) -> pd.DataFrame:
        """Hours and outlay of each task, by case, channel, month, site and procedure.

        `effort` site by site: worked out when first asked for, as it may have millions of rows.
        """
        applications = _undated(self.applications, self.scenario)
        filed = cases(applications, self.scenario)
        done = work(filed, _trips(applications, self.scenario), self.tasks, self.scenario)
        return _dated(done, self.scenario)

    @property
    def fiscal_years(self) -> pd.DataFrame:
        """Every series summed by the year in which the fiscal year begins."""
        return self.months.groupby("fiscal_year").sum()

    @property
    def totals(self) -> pd.Series:
        """Every series summed over the horizon."""
        return self.months.drop(columns="fiscal_year").sum()

    @property
    def cost_by_year(self) -> pd.DataFrame:
        """What each case costs: one row per `fiscal_year`, `case` and `kind` of cost, in `yen`.

        Set-up and upkeep belong to the online case; staff time is hours at the full wage.
        """
        year = self.fiscal_years
        wage = self.scenario.wage_yen_per_hour
        parts = []
        for case in Case:
            outlay, hours = year[f"{case}_outlay_yen"], year[f"{case}_hours"]
            if case is Case.ONLINE:
                outlay = outlay + year["setup_upkeep_outlay_yen"]
                hours = hours + year["setup_upkeep_hours"]
            kinds = {
                CostKind.FEE: year[f"{case}_fee_yen"],
                CostKind.OUTLAY: outlay,
                CostKind.STAFF_TIME: hours * wage,
            }
            parts += [
                pd.DataFrame({"case": str(case), "kind": str(kind), "yen": yen})
                for kind, yen in kinds.items()
            ]
        return pd.concat(parts).reset_index()

    @property
    def hours_by_task(self) -> pd.DataFrame:
        """Staff hours over the horizon: one row per task `id` and `case`, in `hours`.

        Set-up and upkeep belong to the online case.
        """
        done = self.effort[["case", "id", "hours"]]
        extra = self.upkeep[["id", "hours"]].assign(case=str(Case.ONLINE))
        return pd.concat([done, extra]).groupby(["id", "case"])["hours"].sum().reset_index()

    @property
    def cumulative_yen(self) -> pd.Series:
        """Net saving added up from the start on, by month."""
        return self.months["net_saving_yen"].cumsum()

    @property
    def per_year(self) -> pd.Series:
        """Every series per year online: from go-live to the end, divided by the months, times 12.

        All 0 where go-live lies after the horizon.
        """
        live = self.months.drop(columns="fiscal_year").iloc[max(self.scenario.online_from, 0) :]
        return live.sum() / max(len(live), 1) * 12

    @property
    def figures(self) -> pd.Series:
        """What a business case is judged by; `payback_months` is missing where it never pays.

        `net_saving_yen`, `cash_saving_yen`, `time_value_yen` and `hours` (saved less spent) are
        per year online, `total_yen` is the net saving over the horizon.
        """
        year, payback = self.per_year, self.worth.payback_months
        return pd.Series(
            {
                "net_saving_yen": year["net_saving_yen"],
                "cash_saving_yen": year["cash_saving_yen"],
                "time_value_yen": year["time_value_yen"],
                "hours": year["hours_saved"] - year["hours_spent"],
                "payback_months": np.nan if payback is None else float(payback),
                "npv_yen": self.worth.npv_yen,
                "total_yen": self.totals["net_saving_yen"],
            }
        )


def side_by_side(results: Sequence[Result]) -> pd.DataFrame:
    """Return the figures of several business cases: one row per `number` and `figure`.

    `number` counts the results from 0. `value` is the figure, `difference` what it lies above the
    same figure of the first result; both are missing where there is no payback.
    """
    figures = pd.DataFrame([result.figures for result in results])
    tables = {"value": figures, "difference": figures - figures.iloc[0]}
    long = {
        column: table.rename_axis(index="number", columns="figure").stack(future_stack=True)
        for column, table in tables.items()
    }
    return pd.DataFrame(long).reset_index()


def evaluate(plan: pd.DataFrame, scenario: Scenario, tables: Tables) -> Result:
    """Return the business case of filing a plan's applications online.

    Args:
        plan: a checked roster or checked targets, as `tables.PLAN` or `tables.TARGETS`.
        scenario: the assumptions, `go_live` set.
        tables: fees and tasks.

    Raises:
        NoFeeError: the fee table has no fee in force for an application.
        ValueError: the scenario's `go_live` is open.
    """
    return evaluate_under([scenario.fee_basis], plan, scenario, tables)[0]


def evaluate_under(
    fee_bases: Sequence[FeeBasis], plan: pd.DataFrame, scenario: Scenario, tables: Tables
) -> list[Result]:
    """Return a business case for each fee basis, as `evaluate` does for the scenario's own.

    Fees have no bearing on applications, visits and work, which are computed once.
    """
    expected = expected_applications(cohorts(plan, scenario), scenario)
    before = expected["month"].lt(0)
    applications = expected[~before].reset_index(drop=True)
    odd = remarks(plan, scenario) + stopped_intake(plan, scenario, tables.intake_stops)
    notices = _notices(odd, scenario, applications, expected[before])
    return _judged(fee_bases, applications, notices, scenario, tables)


def postponed(result: Result, months: int, tables: Tables) -> Result:
    """Return a business case with online filing beginning so many months later.

    What is filed when does not depend on that month: the plan is not followed again.
    """
    scenario = result.scenario.later(months)
    return _judged(
        [scenario.fee_basis],
        _undated(result.applications, scenario),
        result.notices,
        scenario,
        tables,
    )[0]


def _judged(
    fee_bases: Sequence[FeeBasis],
    applications: pd.DataFrame,
    notices: tuple[Notice, ...],
    scenario: Scenario,
    tables: Tables,
) -> list[Result]:
    """Return the business case of applications (months from the start) for each fee basis."""
    # Neither fees nor tasks but those on visits depend on the site: they are added up first.
    volume = over_sites(applications)
    filed = cases(volume, scenario).assign(site=None)
    trips = pooled(_trips(applications, scenario), scenario)
    done = work(filed, trips, tables.tasks, scenario)
    upkeep = setup_and_upkeep(tables.tasks, scenario)
    effort = _monthly_effort(trips, done, scenario)
    monthly = _monthly_volume(volume, scenario)
    dated = [_dated(frame, scenario) for frame in (applications, done, upkeep)]

    results = []
    for basis in fee_bases:
        assumed = scenario.model_copy(update={"fee_basis": basis})
        fees = _monthly_fees(filed.assign(fee_yen=fees_paid(filed, tables.fees, assumed)), scenario)
        months = savings(effort.join(fees), upkeep, scenario)
        results.append(
            Result(
                scenario=assumed,
                applications=dated[0],
                months=_calendar(months.join(monthly), scenario),
                effort=dated[1],
                upkeep=dated[2],
                worth=worth(months, monthly.sum(axis="columns").to_numpy(), scenario),
                notices=notices,
                tasks=tables.tasks,
            )
        )
    return results


def _trips(applications: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the visits of both cases, site by site."""
    return visits(cases(carried(applications), scenario), scenario)


def _monthly_effort(trips: pd.DataFrame, done: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return outlay, hours and visits of each case in each month: `counter_hours` and so on."""
    effort: dict[str, np.ndarray] = {}
    for case in Case:
        work, travel = done["case"].eq(case), trips["case"].eq(case)
        effort[f"{case}_outlay_yen"] = _monthly(done, "outlay_yen", work, scenario)
        effort[f"{case}_hours"] = _monthly(done, "hours", work, scenario)
        for driver in (Driver.SUBMIT_VISIT, Driver.COLLECT_VISIT):
            made = travel & trips["driver"].eq(driver)
            effort[f"{case}_{driver}s"] = _monthly(trips, "quantity", made, scenario)
    return pd.DataFrame(effort)


def _monthly_fees(charged: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the fees of each case in each month: `counter_fee_yen` and `online_fee_yen`."""
    return pd.DataFrame(
        {
            f"{case}_fee_yen": _monthly(charged, "fee_yen", charged["case"].eq(case), scenario)
            for case in Case
        }
    )


def _monthly_volume(applications: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the applications of each procedure in each month: `applications_coe` and so on."""
    return pd.DataFrame(
        {
            f"applications_{procedure}": _monthly(
                applications, "applications", applications["procedure"].eq(procedure), scenario
            )
            for procedure in Procedure
        }
    )


def _calendar(months: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the months of the horizon by the calendar, each with its fiscal year."""
    calendar = pd.period_range(scenario.start_month, periods=scenario.months, name="month")
    first = scenario.fiscal_year_start_month
    dated = months.set_index(calendar)
    dated.insert(0, "fiscal_year", [fiscal_year(month, first) for month in calendar])
    return dated


def _monthly(
    frame: pd.DataFrame, column: str, counted: pd.Series, scenario: Scenario
) -> np.ndarray:
    """Return a column summed by month over the rows that count, for each month of the horizon."""
    amounts = frame[column].to_numpy(float) * counted.to_numpy(bool)
    return np.bincount(frame["month"].to_numpy(int), amounts, minlength=scenario.months)


def _dated(frame: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the frame with months of the calendar in place of months from the start."""
    return frame.assign(month=months_numbered(frame["month"] + scenario.start_month.ordinal))


def _undated(frame: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the frame with months from the start in place of months of the calendar."""
    numbers = month_numbers(frame["month"]).astype(int)
    return frame.assign(month=numbers - scenario.start_month.ordinal)


def _notices(
    odd: list[Notice], scenario: Scenario, applications: pd.DataFrame, before: pd.DataFrame
) -> tuple[Notice, ...]:
    notices = list(odd)
    begin = str(scenario.start_month)
    if not before.empty:
        number = float(before["applications"].sum())
        notices.append(Notice(NoticeKind.BEFORE_HORIZON, begin=begin, applications=number))
    if applications.empty:
        notices.append(Notice(NoticeKind.NO_APPLICATIONS))
    return tuple(notices)
