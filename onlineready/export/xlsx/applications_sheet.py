"""The sheet with the number of applications, and the fees of each."""

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Case, Channel
from onlineready.export.xlsx.layout import (
    FEES_SHEET,
    FILINGS_SHEET,
    FIRST,
    MOST_SITES,
    NAMES,
    Model,
    records,
)
from onlineready.export.xlsx.spreadsheet import (
    MONTH,
    YEN,
    Book,
    Sheet,
    cell,
    fixed,
    quoted,
    said,
    serial,
)
from onlineready.language import translate as _
from onlineready.model.applications import PROCEDURES


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
    heads = (
        _("申請の月"),
        _("事業所番号"),
        _("事業所"),
        _("手続"),
        _("許可された月数(か月)"),
        _("申請件数(件)"),
        _("手数料を決める月"),
        _("窓口の手数料(円/件)"),
        _("オンラインの手数料と決済手数料(円/件)"),
        _("オンラインで出す件数(件)"),
        _("窓口の場合の手数料(会社負担・円)"),
        _("オンライン化した場合の手数料(会社負担・円)"),
    )
    sheet.sheet.set_row(FIRST - 1, 54)
    for column, text in enumerate(heads):
        sheet.head(FIRST - 1, column, text)
    names = {key: _(name) for key, name in NAMES.items()}
    scenario = model.scenario
    filed = model.filings
    live = filed["month"].ge(scenario.online_from)
    online = filed["applications"] * scenario.online_share * live
    counter_yen, online_yen = filed["counter_fee_yen"], filed["online_fee_yen"]
    paid = {
        Case.COUNTER: filed["applications"] * counter_yen * scenario.company_fee_share,
        Case.ONLINE: ((filed["applications"] - online) * counter_yen + online * online_yen)
        * scenario.company_fee_share,
    }
    online_number, paid_yen = online.tolist(), {case: paid[case].tolist() for case in Case}
    for n, entry in enumerate(records(filed)):
        row = FIRST + n
        month = scenario.month(int(entry.month))
        sheet.value(row, 0, month, MONTH)
        sheet.value(row, 1, int(entry.site) + 1 if model.by_site else None, "0")
        sheet.text(row, 2, str(model.sites[entry.site]) if model.by_site else _("全事業所"))
        sheet.text(row, 3, _(LABELS[PROCEDURES[entry.procedure]]))
        sheet.value(row, 4, int(entry.granted), '0;-0;"−"')
        sheet.value(row, 5, entry.applications, "#,##0.00")
        a, d, e, f, g, h, i, j = (cell(row, column) for column in (0, 3, 4, 5, 6, 7, 8, 9))
        basis = names["fee_basis"]
        accepted = month if scenario.fee_basis == "dated" else pd.Period(scenario.fee_basis, "M")
        sheet.formula(row, 6, f'=IF({basis}="",{a},{basis})', serial(accepted), MONTH)
        for column, channel, yen in (
            (7, Channel.COUNTER, entry.counter_fee_yen),
            (8, Channel.ONLINE, entry.online_fee_yen),
        ):
            looked_up = _fee_looked_up(model, d, _(LABELS[channel]), g, e)
            sheet.formula(row, column, looked_up, yen, YEN)
        sheet.formula(
            row,
            9,
            f"=IF({a}>=DATE(YEAR({names['go_live']}),MONTH({names['go_live']}),1),"
            f"{f}*{names['online_share']},0)",
            online_number[n],
            "#,##0.00",
        )
        share = names["company_fee_share"]
        sheet.formula(row, 10, f"={f}*{h}*{share}", paid_yen[Case.COUNTER][n], YEN)
        sheet.formula(row, 11, f"=(({f}-{j})*{h}+{j}*{i})*{share}", paid_yen[Case.ONLINE][n], YEN)
    sheet.sheet.freeze_panes(FIRST, 0)
    sheet.sheet.repeat_rows(FIRST - 1)
    sheet.sheet.autofilter(FIRST - 1, 0, model.last_filing, len(heads) - 1)


def _fee_looked_up(model: Model, procedure: str, channel: str, month: str, granted: str) -> str:
    """Return the formula of a fee: the row in force in a month whose band holds what is granted."""
    last = FIRST + len(model.fees) - 1
    sheet = quoted(_(FEES_SHEET))
    column = [f"{sheet}!{fixed(FIRST, n)}:{fixed(last, n)}" for n in range(9)]
    return (
        f"=SUMIFS({column[8]},{column[0]},{procedure},{column[1]},{said(channel)},"
        f'{column[2]},"<="&{month},{column[3]},">"&{month},'
        f'{column[4]},"<="&{granted},{column[5]},">="&{granted})'
    )
