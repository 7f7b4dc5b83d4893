"""The tables of the workbook, line by line: names, units, formats, and formulas by key.

A formula names the other lines of its table by their keys, assumptions by theirs. What stands on
another sheet has its name before the key: `{filings_…}`, `{fees_…}` and `{months_…}` are columns,
`{months_total_…}` and `{years_total_…}` sums over the horizon (`layout.Model.cells`).
"""

from collections.abc import Sequence

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Case, Channel, Driver, Procedure
from onlineready.export.xlsx.spreadsheet import Form, Line
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.applications import VISITS
from onlineready.model.comparison import LEAST_BENEFIT_YEN, PAYBACK_TOLERANCE_YEN
from onlineready.report.tabular import FIGURES, SAVINGS

CASES = {Case.COUNTER: mark("窓口の場合"), Case.ONLINE: mark("オンライン化した場合")}

VISIT_TITLES = {
    Driver.SUBMIT_VISIT: mark("申請の来庁(回)"),
    Driver.COLLECT_VISIT: mark("受取の来庁(回)"),
}

NEVER, NONE = mark("回収なし"), mark("なし")
"""What is said in place of a payback that does not come, and of other numbers there are not."""

YEAR_FORM = mark('0"年度"')
"""The format of a fiscal year: 2026 as 2026年度."""

NO_END, NO_LIMIT = 2_958_465, 999
"""Numbers in place of open ends: the look-up compares, and an empty cell is not compared.

The first is the last day that spreadsheets know, 9999-12-31.
"""

UNSUMMED = ("m", "fiscal_year", "live", "cumulative_yen", "discount_factor", "paid")
"""Series of the months that have no sum."""


def named(table: pd.DataFrame, lines: Sequence[Line]) -> pd.DataFrame:
    """Return the columns of a table that are lines, under their names, units included."""
    names = {line.key: f"{line.group} {line.head}".strip() for line in lines if line.key in table}
    return table[list(names)].rename(columns=names)


def filing_lines() -> list[Line]:
    """Return the columns of the sheet of applications in their order."""
    basis = 'IF({fee_basis}="",{month},{fee_basis})'
    begun = "{month}>=DATE(YEAR({go_live}),MONTH({go_live}),1)"
    online = f"IF({begun},{{applications}}*{{online_share}},0)"
    counter_yen = "{applications}*{counter_fee_yen}"
    online_yen = "(({applications}-{online})*{counter_fee_yen}+{online}*{online_fee_yen})"
    counter_title = _("窓口の場合の手数料(会社負担・円)")
    online_title = _("オンライン化した場合の手数料(会社負担・円)")
    online_fee = _("オンラインの手数料と決済手数料(円/件)")
    share = "*{company_fee_share}"
    return [
        Line("month", _("申請の月"), Form.MONTH),
        Line("site_number", _("事業所番号"), Form.PLAIN),
        Line("site", _("事業所")),
        Line("procedure", _("手続")),
        Line("granted_months", _("許可された月数(か月)"), '0;-0;"−"'),
        Line("applications", _("申請件数(件)"), Form.TWO_PLACES),
        Line("accepted", _("手数料を決める月"), Form.MONTH, basis),
        Line("counter_fee_yen", _("窓口の手数料(円/件)"), Form.YEN, _fee(Channel.COUNTER)),
        Line("online_fee_yen", online_fee, Form.YEN, _fee(Channel.ONLINE)),
        Line("online", _("オンラインで出す件数(件)"), Form.TWO_PLACES, online),
        Line("counter_paid_yen", counter_title, Form.YEN, counter_yen + share),
        Line("online_paid_yen", online_title, Form.YEN, online_yen + share),
    ]


def _fee(channel: Channel) -> str:
    """Return the formula of a fee: the row in force in a month whose band holds what is granted."""
    return (
        "SUMIFS({fees_total_yen},{fees_procedure},{procedure},"
        f"{{fees_channel}},{{said_{channel}}},"
        '{fees_accepted_from},"<="&{accepted},{fees_until},">"&{accepted},'
        '{fees_granted_months_from},"<="&{granted_months},'
        '{fees_granted_months_to},">="&{granted_months})'
    )


def fee_lines() -> list[Line]:
    """Return the columns of the sheet of fees in their order."""
    return [
        Line("procedure", _("手続")),
        Line("channel", _("窓口・オンライン")),
        Line("accepted_from", _("受付の月(から)"), Form.MONTH),
        Line("until", _("受付の月(の前まで)"), f'[={NO_END}]"−";{Form.MONTH}'),
        Line("granted_months_from", _("許可された月数(から・か月)"), '[=0]"−";0'),
        Line("granted_months_to", _("許可された月数(まで・か月)"), f'[={NO_LIMIT}]"−";0'),
        Line("fee_yen", _("手数料(円/件)"), Form.YEN),
        Line("payment_charge_yen", _("決済手数料(円/件)"), Form.YEN),
        Line("total_yen", _("合計(円/件)"), Form.YEN, "{fee_yen}+{payment_charge_yen}"),
        Line("confidence", _("確からしさ")),
        Line("source", _("出典")),
        Line("check_at", _("確認先(公式)")),
        Line("checked_on", _("確認日")),
    ]


def task_lines() -> list[Line]:
    """Return the columns of the sheet of tasks in their order.

    What a task takes over the horizon, `{taken_…}`, depends on its driver (`tasks_sheet`).
    """
    taken = {
        "counter_hours": _("窓口の場合の時間(時間・期間の合計)"),
        "online_hours": _("オンライン化した場合の時間(時間・期間の合計)"),
        "counter_outlay_yen": _("窓口の場合の実費(円・期間の合計)"),
        "online_outlay_yen": _("オンライン化した場合の実費(円・期間の合計)"),
    }
    return [
        Line("task", _("作業")),
        Line("channel", _("窓口・オンライン")),
        Line("driver", _("何ごとに行うか")),
        Line(Procedure.COE, _("認定の申請(1=する)"), Form.PLAIN),
        Line(Procedure.CHANGE, _("変更(1=する)"), Form.PLAIN),
        Line(Procedure.EXTENSION, _("更新(1=する)"), Form.PLAIN),
        Line("share", _("行う割合(%)"), Form.SHARE),
        Line("people", _("人数(人)"), Form.WHOLE),
        Line("interval", _("間隔(か月)"), Form.WHOLE),
        Line("minutes", _("1回の時間(分)")),
        Line("yen", _("1回の実費(円)")),
        *(Line(key, title, _form(key), f"{{taken_{key}}}") for key, title in taken.items()),
        Line("confidence", _("確からしさ")),
        Line("source", _("根拠")),
    ]


def _form(key: str) -> Form:
    return Form.YEN if key.endswith("_yen") else Form.NUMBER


def _figure(key: str, title: str, formula: str) -> Line:
    """Return a series of applications, hours or yen, as its key says."""
    unit = _("円") if key.endswith("_yen") else _("時間") if "hours" in key else _("件")
    return Line(key, title, _form(key), formula, unit)


def month_lines() -> list[Line]:
    """Return the columns of the sheet of months in their order, each under its heading.

    Besides what all formulas may name there are cells of the month (`months_sheet`).
    """
    filed = "SUMIFS({filings_applications},{filings_month},{month},{filings_procedure}"
    online = "*{online_share}*{live}"
    year = "YEAR({month})-IF(MONTH({month})<{fiscal_year_start_month},1,0)"
    live = "IF({m}>={online_from},1,0)"
    discounted = "{net_saving_yen}*{discount_factor}"
    paid = f"IF(AND({{live}}=1,{{cumulative_yen}}>=-{PAYBACK_TOLERANCE_YEN}),1,0)"
    groups = {
        "": [
            Line("month", _("月"), Form.MONTH),
            Line("m", _("経過"), Form.PLAIN, unit=_("か月")),
            Line("fiscal_year", _("年度"), Form.PLAIN, year),
        ],
        _("申請件数"): [
            _figure(f"applications_{p}", _(LABELS[p]), f"{filed},{{said_{p}}})") for p in Procedure
        ],
        _("うちオンラインで申請"): [
            Line("live", _("オンライン開始後(1=はい)"), Form.PLAIN, live),
            *(
                _figure(f"online_{p}", _(LABELS[p]), f"{{applications_{p}}}{online}")
                for p in Procedure
            ),
        ],
        _(CASES[Case.COUNTER]): _months_of_case(Case.COUNTER),
        _(CASES[Case.ONLINE]): _months_of_case(Case.ONLINE),
        _("準備と維持"): [
            _figure("setup_upkeep_outlay_yen", _("実費"), _lasting("yen")),
            _figure("setup_upkeep_hours", _("時間"), f"({_lasting('minutes')})/60"),
        ],
        _("節約(窓口−オンライン化)"): _savings(),
        _("現在価値と回収"): [
            _figure("cumulative_yen", _("差引きの効果の累計"), "{above}+{net_saving_yen}"),
            Line("discount_factor", _("割引係数"), Form.PRECISE, "(1+{discount_rate})^(-{m}/12)"),
            _figure("discounted_yen", _("差引きの効果の現在価値"), discounted),
            Line("paid", _("回収済み(1=はい)"), Form.PLAIN, paid),
        ],
    }
    return [line._replace(group=group) for group, lines in groups.items() for line in lines]


def _savings() -> list[Line]:
    """Return what online filing saves, called as on the page, of formulas of the same month."""
    outlay = "{counter_outlay_yen}-{online_outlay_yen}-{setup_upkeep_outlay_yen}"
    value = (
        "{wage_yen_per_hour}*({realised_time_share}*MAX({hours_saved},0)"
        "+MIN({hours_saved},0)-{hours_spent})"
    )
    cash, time, net = (_(column.heading) for column in SAVINGS)
    return [
        _figure("fee_saving_yen", _("手数料の差"), "{counter_fee_yen}-{online_fee_yen}"),
        _figure("outlay_saving_yen", _("準備と維持を引いた実費の差"), outlay),
        _figure("cash_saving_yen", cash, "{fee_saving_yen}+{outlay_saving_yen}"),
        _figure("hours_saved", _("申請で減る時間"), "{counter_hours}-{online_hours}"),
        _figure("hours_spent", _("準備と維持の時間"), "{setup_upkeep_hours}"),
        _figure("time_value_yen", time, value),
        _figure("net_saving_yen", net, "{cash_saving_yen}+{time_value_yen}"),
    ]


def _months_of_case(case: Case) -> list[Line]:
    fee = f"SUMIFS({{filings_{case}_paid_yen}},{{filings_month}},{{month}})"
    return [
        _figure(f"{case}_fee_yen", _("会社負担の手数料"), fee),
        *(
            Line(f"{case}_{driver}s", _(title), Form.NUMBER, f"{{sum_{case}_{driver}}}")
            for driver, title in VISIT_TITLES.items()
        ),
        _figure(f"{case}_outlay_yen", _("実費"), _effort(case, "yen")),
        _figure(f"{case}_hours", _("時間"), f"({_effort(case, 'minutes')})/60"),
    ]


def _effort(case: Case, unit: str) -> str:
    """Return the formula of what the tasks of a case take in a month, in minutes or yen."""
    if case is Case.COUNTER:
        terms = [f"{{applications_{p}}}*{{counter_{p}_{unit}}}" for p in Procedure]
    else:
        terms = [
            f"({{applications_{p}}}-{{online_{p}}})*{{counter_{p}_{unit}}}"
            f"+{{online_{p}}}*{{online_{p}_{unit}}}"
            for p in Procedure
        ]
    terms += [f"SUMPRODUCT({{{case}_{d}_sites}},{{{d}_{unit}}})" for d in VISITS]
    return "+".join(terms)


def _lasting(unit: str) -> str:
    """Return the formula of what set-up and upkeep take in a month, in minutes or yen."""
    return (
        f"IF({{online_from}}>={{months}},0,"
        f"IF({{m}}=MAX({{online_from}},0),{{setup_{unit}}},0)+{{upkeep_{unit}}})"
    )


def year_lines() -> list[Line]:
    """Return the rows of the sheet of fiscal years in their order; one without a key is a heading.

    `{of_…}` is a series of the months in the fiscal year, `{before}` the sum up to it;
    `{extra_hours}` are the hours saved in those of its months that save less than none.
    """
    filed = [f"applications_{p}" for p in Procedure]
    online = "+".join(f"{{of_online_{p}}}" for p in Procedure)
    sums = {line.key: line._replace(formula=f"{{of_{line.key}}}") for line in month_lines()}
    return [
        Line("", _("申請件数(期待値)")),
        *(sums[key] for key in filed),
        _figure("applications", _("合計"), "+".join(f"{{{key}}}" for key in filed)),
        _figure("online_applications", _("うちオンラインで申請"), online),
        Line("", _("窓口の場合の費用")),
        *_years_of_case(Case.COUNTER),
        Line("", _("オンライン化した場合の費用(準備と維持を含む)")),
        *_years_of_case(Case.ONLINE),
        Line("", _("節約(窓口−オンライン化、負担増は−)")),
        *(sums[line.key] for line in _savings()),
        sums["cumulative_yen"]._replace(formula="{before}{net_saving_yen}"),
        sums["discounted_yen"],
    ]


def _years_of_case(case: Case) -> list[Line]:
    """Return what a case costs, set-up and upkeep included."""
    outlay, hours = f"{{of_{case}_outlay_yen}}", f"{{of_{case}_hours}}"
    if case is Case.ONLINE:
        outlay += "+{of_setup_upkeep_outlay_yen}"
        hours += "+{of_setup_upkeep_hours}"
    staff = f"{{realised_time_share}}*{{{case}_hours}}"
    if case is Case.ONLINE:
        # In full: set-up and upkeep, and what a month takes more than at the counter.
        staff += "+(1-{realised_time_share})*({of_setup_upkeep_hours}-{extra_hours})"
    staff = f"{{wage_yen_per_hour}}*({staff})"
    cost = f"{{{case}_fee_yen}}+{{{case}_outlay_yen}}+{{{case}_staff_yen}}"
    return [
        _figure(f"{case}_fee_yen", _("会社負担の手数料"), f"{{of_{case}_fee_yen}}"),
        _figure(f"{case}_outlay_yen", _("実費"), outlay),
        _figure(f"{case}_hours", _("時間"), hours),
        _figure(f"{case}_staff_yen", _("時間の換算額"), staff),
        _figure(f"{case}_cost_yen", _("合計(手数料+実費+時間の換算額)"), cost),
    ]


def worth_lines() -> list[Line]:
    """Return what the business case is worth, a figure a row: below the fiscal years."""
    weight = "{months_live}*{months_discount_factor}"
    filed = "+".join(f"{{months_applications_{p}}}" for p in Procedure)
    volume = f"SUMPRODUCT({weight}*({filed}))"
    benefit = f"(SUMPRODUCT({weight}*{{months_net_saving_yen}})+{{fixed}})"
    spent = "{months_setup_upkeep_outlay_yen}+{wage_yen_per_hour}*{months_hours_spent}"
    fixed = f"SUMPRODUCT({weight}*({spent}))"
    npv = "SUM({months_discounted_yen})"
    payback = "IFERROR(MATCH(1,{months_paid},0)-MAX({online_from},0),{said_never})"
    unit = f"IF({volume}<=0,{{said_none}},{benefit}/{volume})"
    years = f"SUMPRODUCT({weight})/12"
    even = f"IF({{unit}}>{LEAST_BENEFIT_YEN:f},{{fixed}}/({{unit}}*{{years}}),{{said_none}})"
    even = f"IF(ISNUMBER({{unit}}),{even},{{said_none}})"
    return [
        Line("npv_yen", _(FIGURES["npv_yen"].heading), Form.YEN, npv, _("円")),
        Line("payback_months", _("回収まで(オンライン開始から)"), Form.WHOLE, payback, _("か月")),
        Line("fixed", _("準備と維持の現在価値"), Form.YEN, fixed, _("円")),
        Line("unit", _("申請1件あたりの効果(現在価値)"), Form.YEN, unit, _("円/件")),
        Line("years", _("オンラインの期間(割引後)"), Form.TWO_PLACES, years, _("年")),
        Line("break_even", _("損益分岐の申請件数"), Form.NUMBER, even, _("件/年")),
    ]
