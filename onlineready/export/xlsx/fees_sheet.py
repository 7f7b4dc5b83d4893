"""The sheet in which fees are looked up."""

from onlineready.domain.tables import FEES
from onlineready.export.xlsx.layout import FEES_SHEET, Model
from onlineready.export.xlsx.series import fee_lines
from onlineready.export.xlsx.spreadsheet import Book, Check, Form, Sheet
from onlineready.language import translate as _

_SOURCE_WIDTH = 100


def fees_sheet(book: Book, model: Model) -> None:
    """Write the fees of the procedures that the model knows."""
    widths = (12, 12, 12, 12, 12, 12, 13, 13, 13, 11, _SOURCE_WIDTH, 44, 12)
    sheet = Sheet(book, _(FEES_SHEET), widths)
    sheet.title(
        _("手数料(1件あたり)"),
        _("受付した月と許可された月数で決まります。金額のセルは変えられます(円、整数)。"),
    )
    lines, block, fees = fee_lines(), model.fee_cells, model.fees
    sheet.legend(block.first - 2)
    sheet.heads(block.first - 1, [line.title for line in lines], height=42)
    special = ["fee_yen", "payment_charge_yen", "source", "check_at"]
    sheet.table(block.first, lines, fees.drop(columns=special), block.own)
    for row, values in enumerate(fees[special].to_dict("records"), start=block.first):
        for key in ("fee_yen", "payment_charge_yen"):
            sheet.input(row, block.column(key), values[key], Form.YEN, _check(key))
        sheet.paragraph(row, block.column("source"), values["source"], _SOURCE_WIDTH)
        sheet.link(row, block.column("check_at"), values["check_at"])
    sheet.sheet.freeze_panes(block.first, 2)
    sheet.sheet.repeat_rows(block.first - 1)
    sheet.on_large_paper()


def _check(key: str) -> Check:
    """Return what may be typed in as yen: what the table of fees may hold."""
    (rule,) = FEES.columns[key].checks
    low, high = rule.statistics["min_value"], rule.statistics["max_value"]
    words = _("{low:,}〜{high:,}の整数(円)を入れてください。").format(low=low, high=high)
    return Check("integer", (low, high), words)
