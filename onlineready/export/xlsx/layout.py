"""Where everything stands in the workbook, for the formulas that refer to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import VISIT_DRIVERS, Case, Channel, Driver, Procedure
from onlineready.export.xlsx.series import MONTH_COLUMNS, year_lines
from onlineready.export.xlsx.spreadsheet import fixed, quoted
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.applications import PROCEDURES, VISITS
from onlineready.model.comparison import ONLINE, PAYBACK_TOLERANCE_YEN, discount_factors
from onlineready.model.costs import trips
from onlineready.model.fees import fee_by_kind, months_of_acceptance
from onlineready.model.result import Result

ASSUMPTIONS_SHEET, PLAN_SHEET, FILINGS_SHEET = mark("前提"), mark("計画"), mark("申請件数")
MONTHS_SHEET, YEARS_SHEET, CHARTS_SHEET = mark("費用比較"), mark("年度別"), mark("チャート")
FEES_SHEET, TASKS_SHEET, VISITS_SHEET = mark("手数料表"), mark("作業"), mark("来庁回数")

NAMES = {
    "wage_yen_per_hour": mark("時間単価"),
    "realised_time_share": mark("活用割合"),
    "company_fee_share": mark("会社負担割合"),
    "online_share": mark("オンライン割合"),
    "go_live": mark("オンライン開始月"),
    "fee_basis": mark("手数料固定月"),
    "discount_rate": mark("割引率"),
    "batch_size": mark("まとめ件数"),
    "combined_trip_share": mark("受取兼用割合"),
    "officers": mark("担当者数"),
    "uncertified_officers": mark("未承認者数"),
    "id_validity_months": mark("利用者ID有効月数"),
    "fiscal_year_start_month": mark("年度開始月"),
    "months": mark("期間月数"),
    "online_from": mark("開始までの月数"),
}
"""The names of cells that formulas use: one word each, as a name may hold no space."""

FIRST = 5
"""The first row of the tables of applications, fees and tasks, counted from 0."""

FIRST_MONTH = 6

MOST_SITES = 30
MOST_ROWS = 20_000
"""Sites, and rows of applications, up to which sites are told apart."""

MINUTES_COLUMN, YEN_COLUMN = 9, 10

FIRST_SITE = 2

YEAR_HEAD = 3
"""The row with the fiscal years."""

WORTH = ("npv", "payback", "fixed", "unit", "years", "break_even")

RATES = tuple((driver, unit) for driver in VISITS for unit in ("minutes", "yen"))


@dataclass(frozen=True)
class Model:
    """What the sheets are made of, and where on them it stands."""

    result: Result
    tables: Tables
    plan: pd.DataFrame

    @property
    def scenario(self) -> Scenario:
        """The assumptions."""
        return self.result.scenario

    @property
    def by_site(self) -> bool:
        """Whether sites are told apart: where there are neither too many nor too many rows."""
        volume = self.result.quantities.volume
        return 0 < len(volume.sites) <= MOST_SITES and len(volume.filings.month) <= MOST_ROWS

    @property
    def sites(self) -> Sequence[str | None]:
        """The columns of visits; where sites are added up, the first, None, is all but those named.

        Those named then have minutes or yen of their own.
        """
        found = self.result.quantities
        return found.volume.sites if self.by_site else (None, *found.done.sites)

    @cached_property
    def filings(self) -> pd.DataFrame:
        """The applications: `month`, `site`, `procedure`, `granted` as whole numbers, and fees.

        `site` is a place in `sites`, 0 where sites are added up; `counter_fee_yen` and
        `online_fee_yen` are what one application costs, before the company's share.
        """
        volume = self.result.quantities.volume
        month, procedure, granted = np.nonzero(volume.by_kind)
        number = volume.by_kind[month, procedure, granted]
        site = np.zeros_like(month)
        if self.by_site:
            month, site, procedure, granted, _held, number = volume.filings
        kinds = {"month": month, "site": site, "procedure": procedure, "granted": granted}
        charged = months_of_acceptance(self.scenario)
        for channel in Channel:
            each = fee_by_kind(self.tables.fees, channel, charged, volume.by_kind > 0)
            kinds[f"{channel}_fee_yen"] = each[month, procedure, granted]
        return pd.DataFrame({**kinds, "applications": number})

    @cached_property
    def trips(self) -> np.ndarray:
        """The visits, as `costs.trips` returns them, by place in `sites`."""
        found = self.result.quantities
        return trips(found.volume.by_site, self.scenario) if self.by_site else found.trips

    @cached_property
    def tasks(self) -> pd.DataFrame:
        """The tasks that count, those of the same driver together."""
        order = [Driver.APPLICATION, *VISIT_DRIVERS, Driver.SETUP, Driver.UPKEEP]
        tasks = self.tables.tasks
        idle = tasks["driver"].isin(VISIT_DRIVERS) & tasks["channel"].eq(Channel.ONLINE)
        ranked = tasks[~idle].assign(rank=tasks["driver"].map(order.index))
        return ranked.sort_values("rank", kind="stable").reset_index(drop=True)

    @cached_property
    def months(self) -> pd.DataFrame:
        """The months of the result, and what only a spreadsheet tells apart in them."""
        scenario, months = self.scenario, self.result.months
        m = np.arange(scenario.months)
        live = (m >= scenario.online_from).astype(float)
        factor = discount_factors(scenario.discount_rate, scenario.months)
        total = months["net_saving_yen"].cumsum()
        paid = live.astype(bool) & total.ge(-PAYBACK_TOLERANCE_YEN).to_numpy()
        online = self.result.quantities.filed[ONLINE, ONLINE]
        filed = {f"online_{one}": online[:, PROCEDURES.index(one)] for one in Procedure}
        return months.assign(
            m=m,
            live=live,
            **filed,
            cumulative_yen=total,
            factor=factor,
            present_yen=months["net_saving_yen"] * factor,
            paid=paid.astype(float),
        )

    @cached_property
    def fees(self) -> pd.DataFrame:
        """The fees of the procedures that the model knows, each with the month it ends in."""
        fees = self.tables.fees
        fees = fees[fees["procedure"].isin([str(procedure) for procedure in Procedure])]
        table = fees.groupby(["procedure", "channel"])["accepted_from"]
        following = {
            (*key, month): later
            for key, months in table
            for month, later in zip(
                sorted(months.unique()), [*sorted(months.unique())[1:], None], strict=True
            )
        }
        keys = zip(fees["procedure"], fees["channel"], fees["accepted_from"], strict=True)
        return fees.assign(until=[following[key] for key in keys])

    @cached_property
    def drivers(self) -> list[Driver]:
        """The driver of each task."""
        return [Driver(driver) for driver in self.tasks["driver"]]

    def rows_of(self, *drivers: Driver) -> list[int]:
        """Return the rows of the tasks with one of these drivers, counted from the first task."""
        return [n for n, driver in enumerate(self.drivers) if driver in drivers]

    def block(self, number: int) -> int:
        """Return the row of the first month of a block of the sheet of visits."""
        begin = FIRST + 2 * len(self.rows_of(*VISIT_DRIVERS)) + 6
        return begin + number * (self.scenario.months + 4) + 2

    @property
    def last_site(self) -> int:
        """The column of the last site on the sheet of visits."""
        return FIRST_SITE + len(self.sites) - 1

    @property
    def last_filing(self) -> int:
        """The row of the last number of applications; one is left empty where there are none."""
        return FIRST + max(len(self.filings), 1) - 1

    @property
    def last_month(self) -> int:
        """The row of the last month."""
        return FIRST_MONTH + self.scenario.months - 1


def rates_begin(model: Model) -> int:
    """Return the row of the first rate of an application, below the tasks."""
    return FIRST + len(model.tasks) + 3


def rate_row(model: Model, driver: Driver, unit: str) -> int:
    """Return the row of what one visit takes."""
    return FIRST + 2 * len(model.rows_of(*VISIT_DRIVERS)) + RATES.index((driver, unit))


def site_rate_row(model: Model, n: int, unit: str) -> str:
    """Return the cells with a task's minutes or yen at all sites."""
    place = model.rows_of(*VISIT_DRIVERS).index(n)
    row = FIRST + 2 * place + (unit != "hours")
    return f"{quoted(_(VISITS_SHEET))}!{fixed(row, FIRST_SITE)}:{fixed(row, model.last_site)}"


def block_of_visits(model: Model, case: Case, driver: Driver) -> int:
    """Return which block of the sheet has the visits of a case."""
    before = 4 if model.by_site else 2
    return before + 2 * list(Case).index(case) + VISITS.index(driver)


def visit_row(model: Model, case: Case, driver: Driver, m: int | None) -> str:
    """Return the cells with the visits of a month at all sites; None is the row of totals."""
    begin = model.block(block_of_visits(model, case, driver))
    row = begin + (model.scenario.months if m is None else m)
    return f"{quoted(_(VISITS_SHEET))}!{fixed(row, FIRST_SITE)}:{fixed(row, model.last_site)}"


def month_cell(key: str, m: int) -> str:
    """Return a cell of the sheet of months as other sheets name it."""
    return f"{quoted(_(MONTHS_SHEET))}!{fixed(FIRST_MONTH + m, MONTH_COLUMNS[key])}"


def months_area(model: Model, key: str) -> str:
    """Return a series of the sheet of months as other sheets name it."""
    column = MONTH_COLUMNS[key]
    area = f"{fixed(FIRST_MONTH, column)}:{fixed(model.last_month, column)}"
    return f"{quoted(_(MONTHS_SHEET))}!{area}"


def total_of_months(key: str) -> str:
    """Return the total of a series of the sheet of months as other sheets name it."""
    return f"{quoted(_(MONTHS_SHEET))}!{fixed(FIRST_MONTH - 1, MONTH_COLUMNS[key])}"


def year_row(key: str) -> int:
    """Return the row of a series on the sheet of fiscal years."""
    return YEAR_HEAD + 1 + [line.key for line in year_lines()].index(key)


def total_of_years(model: Model, key: str) -> str:
    """Return the total of a row of the sheet of fiscal years as other sheets name it."""
    column = 2 + model.months["fiscal_year"].nunique()
    return f"{quoted(_(YEARS_SHEET))}!{fixed(year_row(key), column)}"


def worth_row(key: str) -> int:
    """Return the row of a figure of the business case, below the fiscal years."""
    return YEAR_HEAD + len(year_lines()) + 3 + WORTH.index(key)


def worth_place(key: str) -> str:
    """Return a figure of the business case as other sheets name it."""
    return f"{quoted(_(YEARS_SHEET))}!{fixed(worth_row(key), 2)}"


def records(table: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a table, its columns as attributes."""
    rows: Any = table.itertuples(index=False)
    yield from rows
