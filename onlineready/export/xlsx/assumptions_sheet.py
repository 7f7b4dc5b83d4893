"""The first sheet: where the figures come from, the answer, and what can be changed."""

from datetime import date
from typing import Any

import pandas as pd

from onlineready.domain.scenario import FEE_MONTHS, GO_LIVE_MONTHS, MonthRange, bounds
from onlineready.export.xlsx.layout import (
    ASSUMPTIONS_SHEET,
    NAMES,
    Model,
    total_of_months,
    total_of_years,
    worth_place,
)
from onlineready.export.xlsx.series import year_lines
from onlineready.export.xlsx.spreadsheet import (
    HOURS,
    MONTH,
    NUMBER,
    SHARE,
    WHOLE,
    YEN,
    Book,
    Check,
    Sheet,
)
from onlineready.export.xlsx.years_sheet import worth_of
from onlineready.language import translate as _
from onlineready.report.stamp import Stamp


def assumptions_sheet(book: Book, model: Model, stamp: Stamp) -> None:
    """Write where the figures come from, the answer, and the assumptions."""
    sheet = Sheet(book, _(ASSUMPTIONS_SHEET), (40, 20, 12, 84))
    row = sheet.title(
        _("在留申請のオンライン化 費用と効果の計算書"),
        _("入力のセルを変えると、手数料・作業・来庁から年度別とチャートまで計算し直されます。"),
        _(
            "申請件数は値です。採用や離職、在留期間を変えたときは、アプリで計算し直して保存してください。"
        ),
    )
    for label, value in stamp.lines():
        sheet.text(row, 0, label)
        if value == stamp.link:
            sheet.link(row, 1, value)
        else:
            sheet.text(row, 1, value)
        row += 1
    row = _headline(sheet, model, row + 1)
    row = _inputs(sheet, model, row + 1)
    _fixed(sheet, model, row + 1)
    sheet.on_one_page()


def _headline(sheet: Sheet, model: Model, row: int) -> int:
    """Write the figures of the business case; return the next free row."""
    sheet.heading(row, _("結果"))
    total, year = model.result.totals, model.result.per_year
    online = max(model.scenario.months - max(model.scenario.online_from, 0), 0)
    names = {key: _(name) for key, name in NAMES.items()}
    lasting = "MAX({months}-MAX({online_from},0),0)".format_map(names)
    yearly = "IF({lasting}=0,0,{total}/{lasting}*12)"
    place = {line.key: total_of_years(model, line.key) for line in year_lines()}

    def a_year(*keys: str) -> str:
        summed = "-".join(place[key] for key in keys)
        return "=" + yearly.format(lasting=lasting, total=f"({summed})")

    npv, paid, even = (worth_place(key) for key in ("npv", "payback", "break_even"))
    worth = worth_of(model)
    rows: list[tuple[str, str, str, Any, str, str]] = [
        (
            _("差引きの効果(1年あたり)"),
            a_year("net_saving_yen"),
            YEN,
            year["net_saving_yen"],
            _("円/年"),
            _("現金の節約+時間の価値。オンライン開始から期間の終わりまでの平均。損は−(赤)。"),
        ),
        (
            _("現金の節約(1年あたり)"),
            a_year("cash_saving_yen"),
            YEN,
            year["cash_saving_yen"],
            _("円/年"),
            _("手数料の差+実費の差。準備と維持の実費を引いた額。"),
        ),
        (
            _("減る時間(1年あたり)"),
            a_year("hours_saved", "hours_spent"),
            HOURS,
            year["hours_saved"] - year["hours_spent"],
            _("時間/年"),
            _("申請で減る時間から、準備と維持にかかる時間を引いた時間。現金ではありません。"),
        ),
        (
            _("差引きの効果(期間の合計)"),
            f"={place['net_saving_yen']}",
            YEN,
            total["net_saving_yen"],
            _("円"),
            _("割り引かない合計。"),
        ),
        (
            _("正味現在価値(NPV)"),
            f"={npv}",
            YEN,
            worth["npv"],
            _("円"),
            _("割引率で割り引いた合計。"),
        ),
        (
            _("回収まで"),
            f"={paid}",
            WHOLE,
            worth["payback"],
            _("か月"),
            _("オンライン開始から、差引きの効果の累計が0円以上になるまで。"),
        ),
        (
            _("損益分岐の申請件数"),
            f"={even}",
            NUMBER,
            worth["break_even"],
            _("件/年"),
            _("正味現在価値が0円になる、1年あたりの申請件数。"),
        ),
        (
            _("検算(年度別の合計−月別の合計)"),
            f"=ROUND({place['net_saving_yen']}-{total_of_months('net_saving_yen')},2)",
            YEN,
            0,
            _("円"),
            _("0円なら一致しています。"),
        ),
    ]
    for number, (label, formula, form, value, unit, note) in enumerate(rows, start=row + 1):
        sheet.text(number, 0, label)
        sheet.formula(number, 1, formula, value, form, bold=True)
        sheet.text(number, 2, unit)
        sheet.text(number, 3, note)
    if online == 0:
        sheet.heading(row + len(rows) + 1, _("オンラインの開始が期間より後です。"))
    return row + len(rows) + 2


def _inputs(sheet: Sheet, model: Model, row: int) -> int:
    """Write the assumptions that can be changed; return the next free row."""
    sheet.heading(row, _("変えられる前提"))
    sheet.legend(row + 1)
    row += 2
    for column, text in enumerate((_("前提"), _("値"), _("単位"), _("意味と、入力できる値"))):
        sheet.head(row, column, text)
    for key, label, unit, number, note in _editable():
        row += 1
        frozen = not model.by_site and key in ("online_share", "batch_size")
        sheet.text(row, 0, label)
        value = getattr(model.scenario, key)
        if key == "fee_basis":
            value = value if isinstance(value, pd.Period) else None
        if frozen:
            sheet.value(row, 1, value, number)
        else:
            sheet.input(row, 1, value, number, _check(key))
        elsewhere = _("事業所や申請の行が多いため、この値はアプリで変えてください。")
        sheet.text(row, 2, unit)
        sheet.text(row, 3, elsewhere if frozen else note)
        sheet.book.name(_(NAMES[key]), sheet.place(row, 1))
    return row + 1


def _editable() -> list[tuple[str, str, str, str, str]]:
    """Return key, label, unit, number format and meaning of each assumption that can be changed."""
    return [
        (
            "go_live",
            _("オンラインの開始月"),
            _("年月"),
            MONTH,
            _("この月からオンラインで申請します。月の1日の日付で入れます(例 2027/2/1)。"),
        ),
        (
            "online_share",
            _("オンラインで申請する割合"),
            "%",
            SHARE,
            _("残りは窓口で申請します。0〜100%。"),
        ),
        (
            "company_fee_share",
            _("手数料の会社負担割合"),
            "%",
            SHARE,
            _("手数料と決済手数料のうち会社が払う割合。0〜100%。"),
        ),
        (
            "fee_basis",
            _("手数料を固定する月"),
            _("年月"),
            MONTH,
            _("空欄なら受付した月の手数料。月を入れると、全期間をその月の手数料表で計算します。"),
        ),
        (
            "wage_yen_per_hour",
            _("担当者の時間単価"),
            _("円/時間"),
            YEN,
            _("事業主負担を含む人件費。0〜100,000円。"),
        ),
        (
            "realised_time_share",
            _("空いた時間を活用できる割合"),
            "%",
            SHARE,
            _("減った時間のうち、ほかの業務に使えて価値になる割合。0〜100%。"),
        ),
        (
            "discount_rate",
            _("割引率(年率)"),
            _("%/年"),
            SHARE,
            _("正味現在価値に使います。0〜50%。"),
        ),
        ("batch_size", _("1回の来庁でまとめる件数"), _("件/回"), WHOLE, _("1〜100の整数。")),
        (
            "combined_trip_share",
            _("受取を申請の来庁で済ませる割合"),
            "%",
            SHARE,
            _("残りの受取は、受取だけのために出向きます。0〜100%。"),
        ),
        ("officers", _("申請を担当する職員"), _("人"), WHOLE, _("1〜1,000の整数。")),
        (
            "uncertified_officers",
            _("うち取次者の承認がない人"),
            _("人"),
            WHOLE,
            _("0から担当する職員の人数までの整数。"),
        ),
        (
            "id_validity_months",
            _("利用者IDの有効期間"),
            _("か月"),
            WHOLE,
            _("12か36。定期報告の間隔になります。"),
        ),
    ]


def _fixed(sheet: Sheet, model: Model, row: int) -> None:
    """Write the assumptions behind the number of applications, which cannot be changed here."""
    scenario = model.scenario
    sheet.heading(row, _("申請件数の計算に使った前提(ここでは変えられません)"))
    row += 1
    for column, text in enumerate((_("前提"), _("値"), _("単位"), _("意味"))):
        sheet.head(row, column, text)
    names = {key: _(name) for key, name in NAMES.items()}
    begin = f"DATE({scenario.start_month.year},{scenario.start_month.month},1)"
    since = "=(YEAR({go_live})-{year})*12+MONTH({go_live})-{month}".format(
        go_live=names["go_live"], year=f"YEAR({begin})", month=f"MONTH({begin})"
    )
    lines: list[tuple[str, str, Any, str, str, str]] = [
        ("", _("計算の開始月"), scenario.start_month, MONTH, _("年月"), ""),
        ("months", _("計算の期間"), scenario.months, WHOLE, _("か月"), ""),
        (
            "fiscal_year_start_month",
            _("会計年度の開始月"),
            scenario.fiscal_year_start_month,
            WHOLE,
            _("月"),
            "",
        ),
        (
            "online_from",
            _("開始月までの月数"),
            scenario.online_from,
            "0",
            _("か月"),
            _("計算の開始月からオンラインの開始月まで。開始月のセルから計算します。"),
        ),
        ("", _("年間の離職率"), scenario.attrition_per_year, SHARE, _("%/年"), ""),
        ("", _("認定の申請時期"), scenario.coe_lead_months, WHOLE, _("か月前"), _("就労開始から")),
        (
            "",
            _("変更の申請時期"),
            scenario.change_lead_months,
            WHOLE,
            _("か月前"),
            _("開始月か2号への移行から"),
        ),
        (
            "",
            _("更新の申請時期"),
            scenario.extension_lead_months,
            WHOLE,
            _("か月前"),
            _("在留期限から"),
        ),
        (
            "",
            _("初回の在留期間"),
            scenario.first_period_months,
            WHOLE,
            _("か月"),
            _("計画に書かれていない行"),
        ),
        (
            "",
            _("更新時の在留期間"),
            scenario.period_months,
            WHOLE,
            _("か月"),
            _("計画に書かれていない行"),
        ),
        (
            "",
            _("採用のうち海外からの割合"),
            scenario.overseas_share,
            SHARE,
            "%",
            _("目標の人数の計画だけ"),
        ),
        ("", _("5年到達時に2号へ移る割合"), scenario.ssw2_share, SHARE, "%", ""),
        ("", _("2号の在留期間"), scenario.ssw2_period_months, WHOLE, _("か月"), ""),
    ]
    for key, label, value, number, unit, note in lines:
        row += 1
        sheet.text(row, 0, label)
        if key == "online_from":
            sheet.formula(row, 1, since, value, number)
        else:
            sheet.value(row, 1, value, number)
        sheet.text(row, 2, unit)
        sheet.text(row, 3, note)
        if key:
            sheet.book.name(names[key], sheet.place(row, 1))


def _check(key: str) -> Check:
    """Return what may be typed in for an assumption: the bounds of the scenario."""
    match key:
        case "go_live" | "fee_basis":
            months = GO_LIVE_MONTHS if key == "go_live" else FEE_MONTHS
            words = _("{first}〜{last}の月の1日の日付を入れてください(例 2027/2/1)。")
            return Check("date", _days(months), words.format(first=months.first, last=months.last))
        case "id_validity_months":
            return Check("list", (12, 36), _("12か36を選んでください。"))
        case "uncertified_officers":
            words = _("0から担当する職員の人数までの整数を入れてください。")
            return Check("integer", (0, f"={_(NAMES['officers'])}"), words)
    low, high = bounds(key)
    if key.endswith("_share") or key == "discount_rate":
        words = _("{low:.0%}〜{high:.0%}を入れてください。").format(low=low, high=high)
        return Check("decimal", (low, high), words)
    whole = key in ("batch_size", "officers")
    words = (
        _("{low:,}〜{high:,}の整数を入れてください。")
        if whole
        else _("{low:,}〜{high:,}の数を入れてください。")
    )
    return Check("integer" if whole else "decimal", (low, high), words.format(low=low, high=high))


def _days(months: MonthRange) -> tuple[date, date]:
    first, last = pd.Period(months.first, "M"), pd.Period(months.last, "M")
    return first.start_time.date(), last.end_time.date()
