"""The business case as an Excel workbook that recalculates: formulas from assumption to saving.

The number of applications goes in as values, as it takes the cohorts; all that follows from it is
formulas of Excel 2016 and LibreOffice 7, each with the value that the engine found.
"""

import io

import pandas as pd

from onlineready.domain.tables import Tables
from onlineready.export.xlsx.assumptions_sheet import assumptions_sheet
from onlineready.export.xlsx.layout import Model
from onlineready.export.xlsx.months_sheet import months_sheet
from onlineready.export.xlsx.native_charts import charts_sheet
from onlineready.export.xlsx.spreadsheet import Book
from onlineready.export.xlsx.table_sheets import applications_sheet, fees_sheet, plan_sheet
from onlineready.export.xlsx.tasks_sheet import tasks_sheet
from onlineready.export.xlsx.visits_sheet import visits_sheet
from onlineready.export.xlsx.years_sheet import years_sheet
from onlineready.model.result import Result
from onlineready.report.stamp import Stamp


def to_xlsx(
    result: Result, plan: pd.DataFrame, tables: Tables, assumptions: pd.DataFrame, stamp: Stamp
) -> bytes:
    """Return the business case as a workbook that goes on calculating.

    Args:
        result: what the model found, its scenario's `go_live` set.
        plan: the plan it was found for, as `tables.PLAN` or `tables.TARGETS`.
        tables: the fees and tasks used.
        assumptions: what each is called, and its unit, as `tables.ASSUMPTIONS` by `key`.
        stamp: where the figures come from.
    """
    content = io.BytesIO()
    book, model = Book(content, stamp.as_of), Model(result, tables)
    assumptions_sheet(book, model, assumptions, stamp)
    plan_sheet(book, plan)
    applications_sheet(book, model)
    months_sheet(book, model)
    years_sheet(book, model)
    charts_sheet(book, model)
    fees_sheet(book, model)
    tasks_sheet(book, model)
    visits_sheet(book, model)
    book.workbook.close()
    return content.getvalue()
