"""The sheet of the fiscal years, with NPV, payback and break-even."""

import pandas as pd
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from onlineready.domain.vocabulary import Case, CostKind, Procedure
from onlineready.export.xlsx.layout import YEARS_SHEET, Model
from onlineready.export.xlsx.series import YEAR_FORM, worth_lines, year_lines
from onlineready.export.xlsx.spreadsheet import Book, Sheet
from onlineready.language import translate as _
from onlineready.report.wording import TIME_VALUED


def years_sheet(book: Book, model: Model) -> None:
    """Write the fiscal years, and what the case is worth."""
    block, lines, series = model.year_cells, year_lines(), _by_year(model)
    sheet = Sheet(book, _(YEARS_SHEET), [46, 9] + [13] * len(block.columns))
    sheet.title(
        _("年度別の費用と節約"),
        _("すべて数式です。「費用比較」の月を年度ごとに合計します。{time}。").format(
            time=_(TIME_VALUED)
        ),
    )
    sheet.heads(block.first - 1, (_("項目"), _("単位")))
    sheet.heads(block.first - 1, [_("期間の合計")], left=block.last_column)
    for column, year in enumerate(series.index, start=block.left):
        sheet.value(block.first - 1, column, year, _(YEAR_FORM))
    columns = range(block.left, block.last_column)
    cells = {column: _cells_of_year(model, column) for column in columns}
    for row, line in enumerate(lines, start=block.first):
        if not line.key:
            sheet.group(row, 0, block.last_column, line.title)
            continue
        sheet.text(row, 0, line.title, line.unit)
        bold = line.key.endswith("_cost_yen") or line.key in ("applications", "net_saving_yen")
        values = series[line.key].tolist()
        for column, value in enumerate(values, start=block.left):
            sheet.cell(row, column, line, value, cells[column], bold=bold)
        last = xl_rowcol_to_cell(row, block.last_column - 1)
        if line.key == "cumulative_yen":
            sheet.formula(row, block.last_column, f"={last}", values[-1], line.number)
        else:
            summed = f"=SUM({xl_rowcol_to_cell(row, block.left)}:{last})"
            sheet.formula(row, block.last_column, summed, sum(values), line.number, bold=True)
    worth = model.worth_cells
    sheet.group(worth.first - 1, 0, worth.left, _("正味現在価値・回収・損益分岐"))
    for row, line in enumerate(worth_lines(), start=worth.first):
        sheet.text(row, 0, line.title, line.unit)
        sheet.cell(row, worth.left, line, model.worth[line.key], model.cells)
    sheet.sheet.fit_to_pages(1, 1)
    sheet.sheet.freeze_panes(block.first, block.left)


def _by_year(model: Model) -> pd.DataFrame:
    """Return the rows of the sheet of fiscal years, by key, one number for each year."""
    years = model.months.groupby("fiscal_year").sum(numeric_only=True)
    cost = model.result.cost_by_year.set_index(["case", "kind", "fiscal_year"])["yen"]
    return years.assign(
        applications=sum(years[f"applications_{p}"] for p in Procedure),
        online_applications=sum(years[f"online_{p}"] for p in Procedure),
        online_outlay_yen=cost[Case.ONLINE, CostKind.OUTLAY],
        online_hours=years["online_hours"] + years["setup_upkeep_hours"],
        cumulative_yen=years["net_saving_yen"].cumsum(),
        **{f"{case}_staff_yen": cost[case, CostKind.STAFF_TIME] for case in Case},
        **{f"{case}_cost_yen": cost[case].groupby("fiscal_year").sum() for case in Case},
    )


def _cells_of_year(model: Model, column: int) -> dict[str, str]:
    """Return the cells, by key, that the formulas of one fiscal year use."""
    year, months = f"{xl_col_to_name(column)}${model.year_cells.first}", model.month_cells
    cells = dict(model.cells)
    for key in months.columns:
        cells[f"of_{key}"] = f"SUMIFS({months.down(key)},{months.down('fiscal_year')},{year})"
    hours = months.down("hours_saved")
    cells["extra_hours"] = f'SUMIFS({hours},{months.down("fiscal_year")},{year},{hours},"<0")'
    for row, line in enumerate(year_lines(), start=model.year_cells.first):
        cells[line.key] = xl_rowcol_to_cell(row, column)
    before = xl_rowcol_to_cell(model.year_row("cumulative_yen"), column - 1)
    cells["before"] = "" if column == model.year_cells.left else f"{before}+"
    return cells
