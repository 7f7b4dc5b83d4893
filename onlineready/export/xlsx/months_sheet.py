"""The sheet that compares the two cases month by month."""

from collections.abc import Mapping

from onlineready.domain.vocabulary import LABELS, Case, Channel, Driver, Procedure
from onlineready.export.xlsx.layout import (
    FILINGS_SHEET,
    FIRST,
    FIRST_MONTH,
    FIRST_SITE,
    MINUTES_COLUMN,
    MONTHS_SHEET,
    NAMES,
    RATES,
    TASKS_SHEET,
    VISITS_SHEET,
    YEN_COLUMN,
    Model,
    block_of_visits,
    rate_row,
    rates_begin,
    visit_row,
)
from onlineready.export.xlsx.series import MONTH_COLUMNS, UNSUMMED, month_lines
from onlineready.export.xlsx.spreadsheet import (
    MONTH,
    Book,
    Sheet,
    cell,
    filled,
    fixed,
    quoted,
    said,
)
from onlineready.language import translate as _
from onlineready.model.applications import VISITS


def months_sheet(book: Book, model: Model) -> None:
    """Write both cases and what online filing saves, month by month."""
    lines = month_lines()
    sheet = Sheet(book, _(MONTHS_SHEET), [11, 9, 9] + [13] * (len(lines) - 2))
    sheet.title(_("月別の費用と節約"))
    # Beside the columns that are repeated on the second page, where it would be cut.
    note = _("すべて数式です。節約は、窓口の場合からオンライン化した場合を引いた額(損は−)。")
    sheet.note(1, 3, note)
    sheet.sheet.set_row(FIRST_MONTH - 2, 54)
    sheet.head(FIRST_MONTH - 2, 0, _("月"))
    groups = [_("月"), *(line.group for line in lines)]
    first = 0
    for column in range(1, len(groups) + 1):
        if column == len(groups) or groups[column] != groups[first]:
            sheet.group(FIRST_MONTH - 3, first, column - 1, groups[first])
            first = column
    sheet.text(FIRST_MONTH - 1, 0, _("合計"))
    shared, months = _shared_cells(model), model.months
    cells = [{**shared, **_cells_of_month(model, m, shared)} for m in range(model.scenario.months)]
    for column, line in enumerate(lines, start=1):
        sheet.head(FIRST_MONTH - 2, column, line.title)
        values = months[line.key].to_numpy(float)
        if line.key in UNSUMMED:
            sheet.value(FIRST_MONTH - 1, column, None)
        else:
            area = f"{cell(FIRST_MONTH, column)}:{cell(model.last_month, column)}"
            total = float(values.sum())
            sheet.formula(FIRST_MONTH - 1, column, f"=SUM({area})", total, line.number, bold=True)
        for m, value in enumerate(values.tolist()):
            row = FIRST_MONTH + m
            if line.formula:
                formula = filled(line.formula, cells[m])
                sheet.formula(row, column, formula, value, line.number)
            else:
                sheet.value(row, column, value, line.number)
    for m in range(model.scenario.months):
        sheet.value(FIRST_MONTH + m, 0, model.scenario.month(m), MONTH)
    sheet.sheet.freeze_panes(FIRST_MONTH, 3)
    sheet.on_large_paper(pages_wide=2)
    sheet.sheet.repeat_rows(FIRST_MONTH - 3, FIRST_MONTH - 1)
    sheet.sheet.repeat_columns(0, 2)


def _shared_cells(model: Model) -> dict[str, str]:
    """Return the cells and words, by key, that the formulas of every month have in common."""
    cells = {key: _(name) for key, name in NAMES.items()}
    filings = quoted(_(FILINGS_SHEET))
    for key, column in (
        ("filings_month", 0),
        ("filings_procedure", 3),
        ("filings_number", 5),
        ("filings_counter_fee", 10),
        ("filings_online_fee", 11),
    ):
        cells[key] = f"{filings}!{fixed(FIRST, column)}:{fixed(model.last_filing, column)}"
    tasks = quoted(_(TASKS_SHEET))
    for procedure in Procedure:
        cells[f"said_{procedure}"] = said(_(LABELS[procedure]))
    for n, (channel, procedure) in enumerate((c, p) for c in Channel for p in Procedure):
        for unit, column in (("minutes", MINUTES_COLUMN), ("yen", YEN_COLUMN)):
            rate = f"{tasks}!{fixed(rates_begin(model) + n, column)}"
            cells[f"{channel}_{procedure}_{unit}"] = rate
    visits = quoted(_(VISITS_SHEET))
    for driver, unit in RATES:
        row = rate_row(model, driver, unit)
        area = f"{fixed(row, FIRST_SITE)}:{fixed(row, model.last_site)}"
        cells[f"{driver}_{unit}"] = f"{visits}!{area}"

    def of_tasks(driver: Driver, column: int) -> str:
        rows = model.rows_of(driver)
        return f"{tasks}!{fixed(FIRST + rows[0], column)}:{fixed(FIRST + rows[-1], column)}"

    for unit, column in (("minutes", MINUTES_COLUMN), ("yen", YEN_COLUMN)):
        cells[f"setup_{unit}"] = cells[f"upkeep_{unit}"] = "0"
        if model.rows_of(Driver.SETUP):
            people, rate = of_tasks(Driver.SETUP, 7), of_tasks(Driver.SETUP, column)
            cells[f"setup_{unit}"] = f"SUMPRODUCT({people},{rate})"
        if model.rows_of(Driver.UPKEEP):
            people, rate = of_tasks(Driver.UPKEEP, 7), of_tasks(Driver.UPKEEP, column)
            since = f"{{m}}-{cells['online_from']}"
            due = f"({since}>0)*(MOD({since},{of_tasks(Driver.UPKEEP, 8)})=0)"
            cells[f"upkeep_{unit}"] = f"SUMPRODUCT({due}*{people}*{rate})"
    return cells


def _cells_of_month(model: Model, m: int, shared: Mapping[str, str]) -> dict[str, str]:
    """Return the cells, by key, that the formulas of one month use."""
    row = FIRST_MONTH + m
    cells = {key: "$" + cell(row, column) for key, column in MONTH_COLUMNS.items()}
    cells["month"] = "$" + cell(row, 0)
    # Written once for all months, with the month still open.
    for unit in ("minutes", "yen"):
        cells[f"upkeep_{unit}"] = shared[f"upkeep_{unit}"].format(m=cells["m"])
    cells["above"] = cell(row - 1, MONTH_COLUMNS["cumulative_yen"]) if m else "0"
    visits = quoted(_(VISITS_SHEET))
    for case in Case:
        for driver in VISITS:
            cells[f"{case}_{driver}_sites"] = visit_row(model, case, driver, m)
            block = model.block(block_of_visits(model, case, driver))
            cells[f"sum_{case}_{driver}"] = f"{visits}!{fixed(block + m, 1)}"
    return cells
