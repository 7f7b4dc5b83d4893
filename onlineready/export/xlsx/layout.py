"""Where everything stands in the workbook, for the formulas that refer to it."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import LABELS, VISIT_DRIVERS, Case, Channel, Driver, Procedure
from onlineready.export.xlsx import series
from onlineready.export.xlsx.spreadsheet import Line, fixed, quoted, said, serial
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model import derivation
from onlineready.model.applications import PROCEDURES, VISITS, channel_shares
from onlineready.model.comparison import ONLINE, PAYBACK_TOLERANCE_YEN
from onlineready.model.costs import trips
from onlineready.model.fees import fee_by_kind, months_of_acceptance
from onlineready.model.result import Result

ASSUMPTIONS_SHEET, PLAN_SHEET, FILINGS_SHEET = mark("前提"), mark("計画"), mark("申請件数")
MONTHS_SHEET, YEARS_SHEET, CHARTS_SHEET = mark("費用比較"), mark("年度別"), mark("チャート")
FEES_SHEET, TASKS_SHEET, VISITS_SHEET = mark("手数料表"), mark("作業"), mark("来庁回数")

EDITABLE = {
    "go_live": mark("オンライン開始月"),
    "online_share": mark("オンライン割合"),
    "company_fee_share": mark("会社負担割合"),
    "fee_basis": mark("手数料試算月"),
    "wage_yen_per_hour": mark("時間単価"),
    "realised_time_share": mark("他の業務に使える割合"),
    "discount_rate": mark("割引率"),
    "batch_size": mark("まとめ件数"),
    "combined_trip_share": mark("受取兼用割合"),
    "officers": mark("担当者数"),
    "uncertified_officers": mark("未承認者数"),
    "id_validity_months": mark("利用者ID有効月数"),
}
"""The assumptions that can be changed, in the order of the sheet, and the names of their cells.

Formulas use these names: one word each, as a name may hold no space.
"""

NAMES = EDITABLE | {
    "fiscal_year_start_month": mark("年度開始月"),
    "months": mark("期間月数"),
    "online_from": mark("開始までの月数"),
}
"""The names of all cells that have one."""

FIRST = 5
"""The first row of the tables of applications, fees and tasks, counted from 0."""

MOST_SITES = 30
MOST_ROWS = 20_000
"""Sites, and rows of applications, up to which sites are told apart."""

UNITS = {"minutes": mark("分/回"), "yen": mark("円/回")}
"""What a task takes, and in what."""

VISIT_RATES = tuple((driver, unit) for driver in VISITS for unit in UNITS)
APPLICATION_RATES = tuple((channel, procedure) for channel in Channel for procedure in Procedure)
"""The rows of what one visit takes, and of what one application takes."""

FILED, LEFT, ALL_ONLINE = "filed", "left", "all_online"
"""Blocks of visits beside those of the cases: what visits are for, and what of it is left at the
counter; or, where sites are added up, the visits if all were filed online from the start."""


class Block(NamedTuple):
    """A table on a sheet, as formulas name its cells.

    Attributes:
        sheet: its name.
        first: its first row.
        rows: how many it has.
        columns: their keys.
        left: the first column.
    """

    sheet: str
    first: int
    rows: int
    columns: Sequence[Hashable]
    left: int = 0

    def column(self, key: Hashable) -> int:
        """Return the place of a column on the sheet."""
        return self.left + self.columns.index(key)

    def cell(self, n: int, key: Hashable) -> str:
        """Return the cell of a column in row `n` as any sheet names it."""
        return f"{quoted(self.sheet)}!{fixed(self.first + n, self.column(key))}"

    def down(self, key: Hashable, n: int = 0, last: int | None = None) -> str:
        """Return the cells of a column, from row `n` to the last one."""
        end = fixed(self.last if last is None else self.first + last, self.column(key))
        return f"{self.cell(n, key)}:{end}"

    def across(self, n: int) -> str:
        """Return the cells of row `n`."""
        return f"{self.cell(n, self.columns[0])}:{fixed(self.first + n, self.last_column)}"

    def sum_of(self, n: int) -> str:
        """Return the cell before row `n`, which holds its sum on the sheet of visits."""
        return f"{quoted(self.sheet)}!{fixed(self.first + n, self.left - 1)}"

    def own(self, n: int) -> dict[str, str]:
        """Return the cells of row `n` by key as the same row names them."""
        row = self.first + n
        return {
            str(key): xl_rowcol_to_cell(row, column, col_abs=True)
            for column, key in enumerate(self.columns, start=self.left)
        }

    @property
    def last(self) -> int:
        """The last row."""
        return self.first + self.rows - 1

    @property
    def last_column(self) -> int:
        """The place of the last column."""
        return self.left + len(self.columns) - 1


def _table(sheet: str, first: int, rows: int, lines: Sequence[Line]) -> Block:
    return Block(_(sheet), first, rows, [line.key for line in lines])


@dataclass(frozen=True)
class Model:
    """What the sheets are made of, and where on them it stands."""

    result: Result
    tables: Tables

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
        """One row per number of applications, a column for each of `series.filing_lines`."""
        volume, scenario = self.result.quantities.volume, self.scenario
        m, procedure, granted = np.nonzero(volume.by_kind)
        site, number = np.zeros_like(m), volume.by_kind[m, procedure, granted]
        if self.by_site:
            m, site, procedure, granted, _held, number = volume.filings
        charged = months_of_acceptance(scenario)
        counter_fee, online_fee = (
            fee_by_kind(self.tables.fees, channel, charged, volume.by_kind > 0)[
                m, procedure, granted
            ]
            for channel in Channel
        )
        online = number * channel_shares(scenario)[ONLINE, ONLINE][m]
        share = scenario.company_fee_share
        both = (number - online) * counter_fee + online * online_fee
        accepted = [pd.Period(ordinal=one, freq="M") for one in charged[m].tolist()]
        every = _("全事業所")
        return pd.DataFrame(
            {
                "month": [scenario.month(one) for one in m.tolist()],
                "site_number": site + 1 if self.by_site else None,
                "site": [str(self.sites[n]) if self.by_site else every for n in site.tolist()],
                "procedure": [_(LABELS[PROCEDURES[n]]) for n in procedure],
                "granted_months": granted,
                "applications": number,
                "accepted": [serial(month) for month in accepted],
                "counter_fee_yen": counter_fee,
                "online_fee_yen": online_fee,
                "online": online,
                "counter_paid_yen": number * counter_fee * share,
                "online_paid_yen": both * share,
            }
        )

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
        return tasks[~idle].sort_values(
            "driver", key=lambda driver: driver.map(order.index), kind="stable", ignore_index=True
        )

    @cached_property
    def months(self) -> pd.DataFrame:
        """The months of the result, and what only a spreadsheet tells apart in them."""
        result, flow = self.result, derivation.flow(self.result)
        live = flow["months_online"].notna()
        online = result.quantities.filed[ONLINE, ONLINE]
        filed = {f"online_{one}": online[:, PROCEDURES.index(one)] for one in Procedure}
        return result.months.assign(
            month=result.months.index,
            m=np.arange(len(live)),
            live=live.astype(float),
            **filed,
            cumulative_yen=result.cumulative_yen,
            discount_factor=flow["discount_factor"],
            discounted_yen=flow["discounted_yen"],
            paid=(live & flow["cumulative_yen"].ge(-PAYBACK_TOLERANCE_YEN)).astype(float),
        )

    @cached_property
    def fees(self) -> pd.DataFrame:
        """The fees of the procedures that the model knows, as `series.fee_lines`."""
        fees = self.tables.fees
        fees = fees[fees["procedure"].isin([str(procedure) for procedure in Procedure])]
        table = ["procedure", "channel"]
        begins = fees[[*table, "accepted_from"]].drop_duplicates().sort_values("accepted_from")
        until = begins.groupby(table)["accepted_from"].shift(-1)
        fees = fees.merge(begins.assign(until=until))
        return fees.assign(
            procedure=[_(LABELS[word]) for word in fees["procedure"]],
            channel=[_(LABELS[word]) for word in fees["channel"]],
            until=[series.NO_END if pd.isna(month) else serial(month) for month in fees["until"]],
            granted_months_from=fees["granted_months_from"].fillna(0),
            granted_months_to=fees["granted_months_to"].fillna(series.NO_LIMIT),
            total_yen=fees["fee_yen"] + fees["payment_charge_yen"],
            confidence=[_(LABELS[letter]) for letter in fees["confidence"]],
            checked_on=fees["checked_on"].dt.strftime("%Y-%m-%d"),
        )

    @cached_property
    def worth(self) -> dict[str, float | str]:
        """What the case is worth, as `series.worth_lines`; words where there is no such number."""
        result = self.result
        payback, found = result.worth.payback_months, result.break_even
        even = found.applications_per_year
        return {
            "npv_yen": result.worth.npv_yen,
            "payback_months": _(series.NEVER) if payback is None else payback,
            "fixed": found.fixed_yen,
            "unit": found.unit_yen if found.applications > 0 else _(series.NONE),
            "years": found.years,
            "break_even": _(series.NONE) if even is None else even,
        }

    def rows_of(self, *drivers: Driver) -> list[int]:
        """Return the rows of the tasks with one of these drivers, counted from the first task."""
        return [n for n, driver in enumerate(self.tasks["driver"]) if driver in drivers]

    @property
    def filing_cells(self) -> Block:
        """The table of applications; one row is left empty where there are none."""
        return _table(FILINGS_SHEET, FIRST, max(len(self.filings), 1), series.filing_lines())

    @property
    def fee_cells(self) -> Block:
        """The table of fees."""
        return _table(FEES_SHEET, FIRST, len(self.fees), series.fee_lines())

    @cached_property
    def task_cells(self) -> Block:
        """The table of tasks."""
        return _table(TASKS_SHEET, FIRST, len(self.tasks), series.task_lines())

    def of_tasks(self, driver: Driver, *keys: str) -> list[str]:
        """Return columns of the tasks of a driver; none where there are no such tasks."""
        rows = self.rows_of(driver)
        return [self.task_cells.down(key, rows[0], rows[-1]) for key in keys] if rows else []

    @property
    def application_rate_cells(self) -> Block:
        """What one application takes, below the tasks: `APPLICATION_RATES`."""
        below = FIRST + len(self.tasks) + 3
        return self.task_cells._replace(first=below, rows=len(APPLICATION_RATES))

    @cached_property
    def month_cells(self) -> Block:
        """The table of months; their sums stand above it."""
        return _table(MONTHS_SHEET, 6, self.scenario.months, series.month_lines())

    @cached_property
    def year_cells(self) -> Block:
        """The table of fiscal years, a column each and one for the whole horizon."""
        years = [*self.months["fiscal_year"].unique(), "total"]
        return Block(_(YEARS_SHEET), 4, len(series.year_lines()), years, left=2)

    def year_row(self, key: str) -> int:
        """Return the row of a series on the sheet of fiscal years."""
        return self.year_cells.first + [line.key for line in series.year_lines()].index(key)

    @property
    def worth_cells(self) -> Block:
        """What the business case is worth, below the fiscal years."""
        below = self.year_cells.last + 3
        return Block(_(YEARS_SHEET), below, len(series.worth_lines()), ["value"], left=2)

    @cached_property
    def site_rate_cells(self) -> Block:
        """What each task of a visit takes at each site, a row for each of `UNITS`."""
        rows = len(UNITS) * len(self.rows_of(*VISIT_DRIVERS))
        return Block(_(VISITS_SHEET), FIRST, rows, range(len(self.sites)), left=2)

    def site_rates(self, n: int, unit: str) -> str:
        """Return the cells with minutes or yen of a task at all sites."""
        place = self.rows_of(*VISIT_DRIVERS).index(n)
        return self.site_rate_cells.across(len(UNITS) * place + list(UNITS).index(unit))

    @cached_property
    def visit_rate_cells(self) -> Block:
        """What one visit takes at each site: `VISIT_RATES`."""
        below = FIRST + self.site_rate_cells.rows
        return self.site_rate_cells._replace(first=below, rows=len(VISIT_RATES))

    @property
    def visit_blocks(self) -> list[str]:
        """What the blocks of the sheet of visits hold, from above; each for all of `VISITS`."""
        return [*((FILED, LEFT) if self.by_site else (ALL_ONLINE,)), *Case]

    def visit_cells(self, what: str, driver: Driver) -> Block:
        """Return a block of the sheet of visits: month × site, the sums below the last month."""
        number = len(VISITS) * self.visit_blocks.index(what) + VISITS.index(driver)
        months, above = self.scenario.months, self.visit_rate_cells
        first = above.first + above.rows + 4 + number * (months + 4)
        return self.site_rate_cells._replace(first=first, rows=months)

    @cached_property
    def cells(self) -> dict[str, str]:
        """The cells and words, by key, that formulas on any sheet may name."""
        filings, fees, months = self.filing_cells, self.fee_cells, self.month_cells
        found = {key: _(name) for key, name in NAMES.items()}
        found |= {f"said_{word}": said(_(LABELS[word])) for word in (*Procedure, *Channel)}
        found |= {"said_never": said(_(series.NEVER)), "said_none": said(_(series.NONE))}
        for name, block in (("filings", filings), ("fees", fees), ("months", months)):
            found |= {f"{name}_{key}": block.down(key) for key in block.columns}
        found |= {
            f"months_total_{key}": months.cell(-1, key)
            for key in months.columns
            if key not in series.UNSUMMED
        }
        for n, line in enumerate(series.year_lines()):
            found[f"years_total_{line.key}"] = self.year_cells.cell(n, "total")
        for n, line in enumerate(series.worth_lines()):
            found[line.key] = self.worth_cells.cell(n, "value")
        return found


def visit_of(driver: Driver) -> tuple[Driver, str]:
    """Return on which visit a task is done, and the formula's factor of how often."""
    if driver is Driver.SUBMIT_VISIT:
        return driver, ""
    alone = f"*(1-{_(NAMES['combined_trip_share'])})" if driver is Driver.COLLECT_TRIP else ""
    return Driver.COLLECT_VISIT, alone
