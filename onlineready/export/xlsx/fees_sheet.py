"""The sheet in which fees are looked up."""

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Channel, Evidence, Procedure
from onlineready.export.xlsx.layout import FEES_SHEET, FIRST, Model, records
from onlineready.export.xlsx.spreadsheet import MONTH, YEN, Book, Check, Sheet, cell, serial
from onlineready.language import translate as _

_NO_END = 2_958_465
"""The last day that spreadsheets know, 9999-12-31: a fee without an end is in force until then."""

_SOURCE_WIDTH = 100


def fees_sheet(book: Book, model: Model) -> None:
    """Write the fees of the procedures that the model knows."""
    sheet = Sheet(
        book, _(FEES_SHEET), (12, 12, 12, 12, 12, 12, 13, 13, 13, 11, _SOURCE_WIDTH, 44, 12)
    )
    sheet.title(
        _("手数料(1件あたり)"),
        _("受付した月と許可された月数で決まります。金額のセルは変えられます(円、整数)。"),
    )
    sheet.legend(FIRST - 2)
    heads = (
        _("手続"),
        _("窓口・オンライン"),
        _("受付の月(から)"),
        _("受付の月(の前まで)"),
        _("許可された月数(から・か月)"),
        _("許可された月数(まで・か月)"),
        _("手数料(円/件)"),
        _("決済手数料(円/件)"),
        _("合計(円/件)"),
        _("確からしさ"),
        _("出典"),
        _("確認先(公式)"),
        _("確認日"),
    )
    sheet.sheet.set_row(FIRST - 1, 42)
    for column, text in enumerate(heads):
        sheet.head(FIRST - 1, column, text)
    for row, fee in enumerate(records(model.fees), start=FIRST):
        sheet.text(row, 0, _(LABELS[Procedure(fee.procedure)]))
        sheet.text(row, 1, _(LABELS[Channel(fee.channel)]))
        sheet.value(row, 2, fee.accepted_from, MONTH)
        # Numbers in place of open ends: the look-up compares, and an empty cell is not compared.
        until = _NO_END if pd.isna(fee.until) else serial(fee.until)
        sheet.value(row, 3, until, f'[={_NO_END}]"−";{MONTH}')
        bands = (
            (fee.granted_months_from, 0, '[=0]"−";0'),
            (fee.granted_months_to, 999, '[=999]"−";0'),
        )
        for column, (bound, open_end, number) in enumerate(bands, start=4):
            sheet.value(row, column, open_end if pd.isna(bound) else int(bound), number)
        for column, yen, most in ((6, fee.fee_yen, 1_000_000), (7, fee.payment_charge_yen, 10_000)):
            words = _("0〜{most:,}の整数(円)を入れてください。").format(most=most)
            sheet.input(row, column, int(yen), YEN, Check("integer", (0, most), words))
        both = fee.fee_yen + fee.payment_charge_yen
        sheet.formula(row, 8, f"={cell(row, 6)}+{cell(row, 7)}", int(both), YEN)
        sheet.text(row, 9, _(LABELS[Evidence(fee.confidence)]))
        sheet.paragraph(row, 10, fee.source, _SOURCE_WIDTH)
        sheet.link(row, 11, fee.check_at)
        sheet.text(row, 12, f"{fee.checked_on:%Y-%m-%d}")
    sheet.sheet.freeze_panes(FIRST, 2)
    sheet.sheet.repeat_rows(FIRST - 1)
    sheet.on_large_paper()
