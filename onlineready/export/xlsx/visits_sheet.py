"""The sheet with visits to the counter by site and month, and what one takes at each site."""

from collections import ChainMap
from collections.abc import Iterator

import numpy as np
from xlsxwriter.utility import xl_col_to_name as letter
from xlsxwriter.utility import xl_rowcol_to_cell as cell

from onlineready.domain.vocabulary import VISIT_DRIVERS, Case, Driver
from onlineready.export.xlsx import layout
from onlineready.export.xlsx.layout import Model, visit_of
from onlineready.export.xlsx.series import CASES, VISIT_TITLES
from onlineready.export.xlsx.spreadsheet import Book, Form, Line, Sheet, bounded, rate_number
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.applications import VISITS, carried, channel_shares
from onlineready.model.comparison import ONLINE
from onlineready.model.costs import by_case, per_visit

_CARRIED = {
    Driver.SUBMIT_VISIT: (
        mark("申請する件数(件)"),
        mark("オンライン化しても窓口で申請する件数(件)"),
    ),
    Driver.COLLECT_VISIT: (
        mark("受け取る件数(変更・更新、件)"),
        mark("オンライン化しても窓口で受け取る件数(変更・更新、件)"),
    ),
}
"""What is called what a visit is for: all of it, and what online filing leaves at the counter."""


def visits_sheet(book: Book, model: Model) -> None:
    """Write the visits, month by month and site by site."""
    rates = model.site_rate_cells
    sheet = Sheet(book, _(layout.VISITS_SHEET), [34, 12] + [14] * len(model.sites))
    note = _(
        "1回の来庁で「まとめ件数」まで持って行きます。件数nの来庁回数は、"
        "整数の間を結んだ期待値です(上の行は申請件数のシートからの集計)。"
    )
    if not model.by_site:
        note = _(
            "事業所が{most}か所を超えるか行が多いため、来庁回数は数式でなく値です。"
            "オンラインの割合とまとめ件数は、ここでは変えられません。"
        ).format(most=layout.MOST_SITES)
    sheet.title(_("来庁回数と、事業所ごとの1回の時間・実費"), note)
    sheet.legend(rates.first - 3)
    sheet.heads(rates.first - 2, (_("事業所番号"), ""))
    sheet.heads(rates.first - 1, (_("事業所"), _("単位・合計")))
    for n, site in enumerate(model.sites):
        sheet.value(rates.first - 2, rates.left + n, n + 1, Form.PLAIN)
        name = _("ほかの全事業所") if site is None else site
        sheet.text(rates.first - 1, rates.left + n, name, wrap=True)
    _write_site_rates(sheet, model)
    _write_visit_rates(sheet, model)
    for driver, line, values in _blocks(model):
        _write_block(sheet, model, driver, line, values)
    sheet.sheet.freeze_panes(rates.first, rates.left)
    sheet.sheet.repeat_rows(rates.first - 2, rates.first - 1)
    sheet.sheet.repeat_columns(0, 1)


def _write_site_rates(sheet: Sheet, model: Model) -> None:
    """Write minutes and yen of each task of a visit at each site: its own, or those of all."""
    done, block = model.result.quantities.done, model.site_rate_cells
    rows = iter(range(block.first, block.first + block.rows))
    for n in model.rows_of(*VISIT_DRIVERS):
        task = done.tasks.ids.index(model.tasks["id"][n])
        for unit in layout.UNITS:
            row = next(rows)
            sheet.text(row, 0, model.tasks["label_ja"][n], _(layout.UNITS[unit]))
            default = f"={model.task_cells.cell(n, unit)}"
            rates, own = getattr(done, unit), getattr(done, f"own_{unit}")
            for column, place in enumerate(done.places(model.sites), start=block.left):
                value = float(rates[place, task])
                formula = "" if own[place, task] else default
                sheet.input(row, column, value, rate_number(value), bounded(unit), formula)


def _write_visit_rates(sheet: Sheet, model: Model) -> None:
    """Write what one visit takes at each site: the sum of its tasks."""
    done, block = model.result.quantities.done, model.visit_rate_cells
    places, each = done.places(model.sites), per_visit(done.tasks, model.scenario)
    titles = dict(zip(VISITS, (_("申請の来庁1回あたり"), _("受取の来庁1回あたり")), strict=True))
    tasks = [visit_of(Driver(model.tasks["driver"][n])) for n in model.rows_of(*VISIT_DRIVERS)]
    for row, (driver, unit) in enumerate(layout.VISIT_RATES, start=block.first):
        sheet.text(row, 0, titles[driver], _(layout.UNITS[unit]))
        first = model.site_rate_cells.first + list(layout.UNITS).index(unit)
        of_tasks = [
            (first + len(layout.UNITS) * place, share)
            for place, (visit, share) in enumerate(tasks)
            if visit is driver
        ]
        amounts = getattr(done, unit)[places] @ each[VISITS.index(driver)]
        for column, value in enumerate(amounts.tolist(), start=block.left):
            summed = "+".join(cell(of_task, column) + share for of_task, share in of_tasks)
            sheet.formula(row, column, f"={summed or 0}", value, Form.RATE)


def _blocks(model: Model) -> Iterator[tuple[Driver, Line, np.ndarray]]:
    """Yield the blocks of months and sites: of which visit, what, and its numbers.

    Site by site the visits are formulas; added up they are values, told apart by go-live alone.
    """
    visits = by_case(model.trips, model.scenario)
    filed = carried(model.result.quantities.volume.by_site).sum(axis=3)
    left = filed - filed * channel_shares(model.scenario)[ONLINE, ONLINE][:, np.newaxis]
    for n, (driver, title) in enumerate(VISIT_TITLES.items()):
        formulas = "", "IF({live}=1,{all_online},{counter})"
        if model.by_site:
            formulas = _made(layout.FILED), _made(layout.LEFT)
            rest = "{filed}*(1-{online_share}*{live})"
            all_filed, at_counter = (_(words) for words in _CARRIED[driver])
            yield driver, _line(layout.FILED, all_filed, _filed(driver)), filed[n]
            yield driver, _line(layout.LEFT, at_counter, rest), left[n]
        else:
            first = _("はじめの月からオンライン化した場合: {visits}").format(visits=_(title))
            yield driver, _line(layout.ALL_ONLINE, first, ""), model.trips[ONLINE, n]
        for case, made, formula in zip(Case, visits, formulas, strict=True):
            yield driver, _line(case, f"{_(CASES[case])}: {_(title)}", formula), made[n]


def _line(key: str, title: str, formula: str) -> Line:
    return Line(key, title, Form.TWO_PLACES, formula)


def _filed(driver: Driver) -> str:
    """Return the formula of what visits are for, by month and site: all, or all but COEs."""
    fetched = ',{filings_procedure},"<>"&{said_coe}' if driver is Driver.COLLECT_VISIT else ""
    return (
        "SUMIFS({filings_applications},{filings_month},{month},{filings_site_number},{site}"
        f"{fetched})"
    )


def _made(carried: str) -> str:
    """Return the formula of the visits that carry a number of applications."""
    whole, rest = f"INT({{{carried}}})", f"({{{carried}}}-INT({{{carried}}}))"
    return (
        f"(1-{rest})*ROUNDUP({whole}/{{batch_size}},0)+{rest}*ROUNDUP(({whole}+1)/{{batch_size}},0)"
    )


def _write_block(
    sheet: Sheet, model: Model, driver: Driver, line: Line, values: np.ndarray
) -> None:
    """Write a block: a row per month, a column per site, with sums at the right places.

    Its formula, if any, may name the same number in other blocks.
    """
    block = model.visit_cells(line.key, driver)
    end, numbers = block.last + 1, f"${model.site_rate_cells.first - 1}"
    sheet.heading(block.first - 2, line.title)
    sheet.heads(block.first - 1, (_("月"), _("合計")))
    for n, column in enumerate(range(block.left, block.last_column + 1), start=1):
        sheet.formula(block.first - 1, column, f"={letter(column)}{numbers}", n, Form.PLAIN)
    firsts = {name: model.visit_cells(name, driver).first for name in model.visit_blocks}
    for m, row in enumerate(range(block.first, end)):
        sheet.value(row, 0, model.scenario.month(m), Form.MONTH)
        across = f"=SUM({block.across(m)})"
        sheet.formula(row, 1, across, float(values[m].sum()), Form.TWO_PLACES)
        shared = {**model.cells, "month": f"$A{row + 1}", "live": model.month_cells.cell(m, "live")}
        for column, value in enumerate(values[m].tolist(), start=block.left):
            cells = {name: cell(first + m, column) for name, first in firsts.items()}
            cells["site"] = letter(column) + numbers
            sheet.cell(row, column, line, value, ChainMap(cells, shared))
    sheet.text(end, 0, _("合計"))
    sums = [float(values.sum()), *values.sum(axis=0).tolist()]
    for column, value in enumerate(sums, start=1):
        summed = f"=SUM({cell(block.first, column)}:{cell(end - 1, column)})"
        sheet.formula(end, column, summed, value, Form.TWO_PLACES, bold=True)
