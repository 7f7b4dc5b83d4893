"""The sheet that compares the two cases month by month."""

from collections import ChainMap
from collections.abc import Mapping
from functools import partial
from itertools import groupby
from operator import attrgetter

from onlineready.domain.vocabulary import Case, Driver
from onlineready.export.xlsx import layout
from onlineready.export.xlsx.layout import Model
from onlineready.export.xlsx.series import UNSUMMED, month_lines
from onlineready.export.xlsx.spreadsheet import A3, Book, Sheet
from onlineready.language import translate as _
from onlineready.model.applications import VISITS


def months_sheet(book: Book, model: Model) -> None:
    """Write both cases and what online filing saves, month by month."""
    lines, block, months = month_lines(), model.month_cells, model.months
    sheet = Sheet(book, _(layout.MONTHS_SHEET), [11, 9, 9] + [13] * (len(lines) - 3))
    sheet.title(_("月別の費用と節約"))
    # Beside the columns that are repeated on the second page, where it would be cut.
    note = _("すべて数式です。節約は、窓口の場合からオンライン化した場合を引いた額(負担増は−)。")
    sheet.note(1, 3, note)
    groups, sums = block.first - 3, block.first - 1
    for group, members in groupby(lines, attrgetter("group")):
        columns = [block.column(line.key) for line in members]
        sheet.group(groups, columns[0], columns[-1], group)
    sheet.text(sums, 0, _("合計"))
    for column, line in enumerate(lines[1:], start=1):
        if line.key in UNSUMMED:
            sheet.value(sums, column, None)
        else:
            total, summed = float(months[line.key].sum()), f"=SUM({block.down(line.key)})"
            sheet.formula(sums, column, summed, total, line.number, bold=True)
    shared = ChainMap(_rates(model), model.cells)
    known = partial(_cells_of_month, model, shared)
    sheet.table(block.first, lines, months, known, height=54, above=2, kept=3)
    sheet.sheet.set_paper(A3)
    sheet.sheet.fit_to_pages(2, 0)
    sheet.sheet.repeat_rows(groups, sums)
    sheet.sheet.repeat_columns(0, 2)


def _rates(model: Model) -> dict[str, str]:
    """Return the cells, by key, of what one application, one visit, set-up and upkeep take.

    Whether upkeep is due depends on the month, which is still open: `{m}`.
    """
    applications, visits = model.application_rate_cells, model.visit_rate_cells
    cells = {
        f"{driver}_{unit}": visits.across(n) for n, (driver, unit) in enumerate(layout.VISIT_RATES)
    }
    since = f"{{m}}-{model.cells['online_from']}"
    for unit in layout.UNITS:
        for n, (channel, procedure) in enumerate(layout.APPLICATION_RATES):
            cells[f"{channel}_{procedure}_{unit}"] = applications.cell(n, unit)
        cells[f"setup_{unit}"] = cells[f"upkeep_{unit}"] = "0"
        if begun := model.of_tasks(Driver.SETUP, "people", unit):
            cells[f"setup_{unit}"] = "SUMPRODUCT({},{})".format(*begun)
        if kept := model.of_tasks(Driver.UPKEEP, "interval", "people", unit):
            due = f"({since}>0)*(MOD({since},{kept[0]})=0)"
            cells[f"upkeep_{unit}"] = f"SUMPRODUCT({due}*{kept[1]}*{kept[2]})"
    return cells


def _cells_of_month(model: Model, shared: ChainMap[str, str], m: int) -> Mapping[str, str]:
    """Return the cells, by key, that the formulas of one month use."""
    cells = model.month_cells.own(m)
    cells["above"] = model.month_cells.own(m - 1)["cumulative_yen"] if m else "0"
    for unit in layout.UNITS:
        cells[f"upkeep_{unit}"] = shared[f"upkeep_{unit}"].format(m=cells["m"])
    for case in Case:
        for driver in VISITS:
            cells[f"{case}_{driver}_sites"] = model.visit_cells(case, driver).across(m)
            cells[f"sum_{case}_{driver}"] = model.visit_cells(case, driver).sum_of(m)
    return shared.new_child(cells)
