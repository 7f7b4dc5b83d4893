"""The sheet with the number of applications, and the fees of each."""

from collections import ChainMap

from onlineready.export.xlsx.layout import FILINGS_SHEET, MOST_SITES, Model
from onlineready.export.xlsx.series import filing_lines
from onlineready.export.xlsx.spreadsheet import Book, Sheet
from onlineready.language import translate as _


def applications_sheet(book: Book, model: Model) -> None:
    """Write the number of applications, and look up the fee of each."""
    sheet = Sheet(book, _(FILINGS_SHEET), (11, 9, 24, 12, 11, 11, 12, 13, 15, 13, 15, 15))
    note = _("件数は計画からアプリが計算した期待値(値)です。右側の手数料は数式です。")
    if not model.by_site:
        note = _(
            "事業所が{most}か所を超えるか行が多いため、全事業所を合計した件数です(値)。"
            "右側の手数料は数式です。"
        ).format(most=MOST_SITES)
    sheet.title(_("月・事業所・手続・許可された月数ごとの申請件数と手数料"), note)
    lines, block, cells = filing_lines(), model.filing_cells, model.cells
    sheet.heads(block.first - 1, [line.title for line in lines], height=54)
    sheet.table(block.first, lines, model.filings, lambda n: ChainMap(block.own(n), cells))
    sheet.sheet.freeze_panes(block.first, 0)
    sheet.sheet.repeat_rows(block.first - 1)
    sheet.sheet.autofilter(block.first - 1, 0, block.last, block.last_column)
