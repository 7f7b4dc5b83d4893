"""Where a figure comes from: its formula, the numbers put in, and the source of each."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Channel, Driver, Hours, Procedure
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.derivation import Derivation, Sums, derive, flow, lines, until_payback
from onlineready.model.result import Result
from onlineready.report import confidence, tabular, wording
from onlineready.report.facts import Shipped
from onlineready.report.tabular import Column

NOT_IN_FIGURES = {"fiscal_year_start_month"}
"""Assumptions that sort the figures, but change none of them."""

_NEVER_ONLINE = mark("期間中にオンラインの月がありません")

_MONTHLY = (
    Column("fee_saving_yen", mark("手数料の差(円)"), wording.hundredths),
    Column("outlay_saving_yen", mark("実費の差(円)"), wording.hundredths),
    Column("time_value_yen", mark("時間の価値(円)"), wording.hundredths),
    Column("net_saving_yen", mark("差引きの効果(円)"), wording.hundredths),
)

_UNTIL_PAYBACK = (
    Column("months_online", mark("開始から(か月目)"), "{}"),
    *_MONTHLY,
    Column("cumulative_yen", mark("累計(円)"), wording.hundredths),
)

_DISCOUNTED = (
    *_MONTHLY,
    Column("discount_factor", mark("× 割引係数"), "{:.8f}"),
    Column("discounted_yen", mark("= いまの価値(円)"), wording.hundredths),
)


class Sheet(NamedTuple):
    """A table of a proof.

    Attributes:
        title: what it is, with its formula.
        table: its rows, everything in words.
        by_month: whether it has a row for each month.
    """

    title: str
    table: pd.DataFrame
    by_month: bool = False


class Proof(NamedTuple):
    """How a figure is worked out, so that a reader can redo it with a pocket calculator.

    Attributes:
        formula: the figure as a formula.
        sheets: the numbers put in.
        steps: from the totals of the sheets to the figure, a row each; None where there are none.
        conclusion: what follows where there are no steps, in Markdown.
        note: how the numbers put in are to be read.
        sources: the rows used of the fees, the tasks and the assumptions.
    """

    formula: str
    sheets: tuple[Sheet, ...]
    steps: pd.DataFrame | None = None
    conclusion: str = ""
    note: str = ""
    sources: tuple[pd.DataFrame, ...] = ()


class _Case(NamedTuple):
    result: Result
    shipped: Shipped
    derived: Derivation
    total: Sums


def proof(figure: str, result: Result, shipped: Shipped) -> Proof:
    """Return how a figure of a business case is worked out.

    Args:
        figure: a key of `FIGURES`.
        result: the business case.
        shipped: the tables that it rests on.
    """
    derived = derive(result, shipped.tables)
    case = _Case(result, shipped, derived, derived.total)
    note = _(
        "件数は計画から計算した期待値(オンライン開始から期間の終わりまで)。"
        "来庁は1回に{batch}件まとめるとした回数です。"
    )
    return FIGURES[figure](case)._replace(
        note=note.format(batch=result.scenario.batch_size),
        sources=(_fee_sources(case), _task_sources(case), _assumption_sources(case)),
    )


# Figures


def _net(case: _Case) -> Proof:
    return Proof(
        _("差引きの効果(年)=(A 手数料の差+B 実費の差+C 時間の価値)× 12 ÷ オンラインの月数"),
        (_fees(case), _outlay(case), _hours(case), _time(case)),
        _a_year(case, "net_saving_yen", 3),
    )


def _cash(case: _Case) -> Proof:
    return Proof(
        _("現金の節約(年)=(A 手数料の差+B 実費の差)× 12 ÷ オンラインの月数"),
        (_fees(case), _outlay(case)),
        _a_year(case, "cash_saving_yen", 2),
    )


def _saved_hours(case: _Case) -> Proof:
    year = case.result.per_year
    total = _("表3の計 {hours}時間").format(hours=wording.exact(case.total.hours))
    hours = wording.hours(year["hours_saved"] - year["hours_spent"])
    return Proof(
        _("減る時間(年)= 表3の計 × 12 ÷ オンラインの月数"),
        (_hours(case),),
        _steps((_("1年あたり"), _times_twelve(case, total), hours)),
    )


def _payback(case: _Case) -> Proof:
    months = until_payback(case.result)
    title = _("表 月ごとの差引きの効果=手数料の差+実費の差+時間の価値")
    payback = wording.payback(case.result.worth.payback_months)
    conclusion = _("**回収まで: {payback}**").format(payback=payback)
    return Proof(
        _("回収まで = オンライン開始の月から差引きの効果を足していき、累計が0円以上になる月まで"),
        () if months.empty else (_by_month(title, months, _UNTIL_PAYBACK),),
        conclusion=f"{_(_NEVER_ONLINE)}\n\n{conclusion}" if months.empty else conclusion,
    )


def _npv(case: _Case) -> Proof:
    months = flow(case.result)
    formula = _(
        "正味現在価値 = 各月の差引きの効果 × 割引係数 の合計。"
        "割引係数 = 1 ÷ (1 + {rate}) の (計算の開始月からの月数 ÷ 12) 乗"
    )
    sheet = _by_month(_("表 月ごとの差引きの効果と、いまの価値"), months, _DISCOUNTED)
    conclusion = _("**表の計 {exact}円 → 正味現在価値 {npv}**").format(
        exact=wording.hundredths(months["discounted_yen"].sum()),
        npv=wording.yen(case.result.worth.npv_yen),
    )
    rate = wording.percent(case.result.scenario.discount_rate)
    return Proof(formula.format(rate=rate), (sheet,), conclusion=conclusion)


FIGURES: dict[str, Callable[[_Case], Proof]] = {
    "net_saving_yen": _net,
    "cash_saving_yen": _cash,
    "hours": _saved_hours,
    "payback_months": _payback,
    "npv_yen": _npv,
}
"""How each figure of a business case is worked out, as `Result.figures` names it."""


# Steps


def _a_year(case: _Case, key: str, count: int) -> pd.DataFrame:
    """Return the steps from the first of fees, outlay and time to a key of `Result.per_year`."""
    total = case.total
    fee = _("表1の計 {yen}円 × 会社の負担 {share}").format(
        yen=wording.hundredths(total.fee_yen),
        share=wording.percent(case.result.scenario.company_fee_share),
    )
    outlay = _("表2の計 {yen}円").format(yen=wording.hundredths(total.outlay_saving_yen))
    time = _("表4の計 {yen}円").format(yen=wording.hundredths(total.time_value_yen))
    parts = [
        ("A", _("手数料の差"), fee, total.fee_saving_yen),
        ("B", _("実費の差"), outlay, total.outlay_saving_yen),
        ("C", _("時間の価値"), time, total.time_value_yen),
    ][:count]
    added = []
    for letter, _name, _words, yen in parts:
        number = f"({wording.hundredths(yen)})" if yen < 0 else wording.hundredths(yen)
        added.append(_("{yen}円").format(yen=f"{letter} {number}"))
    whole = getattr(total, key)
    year = _times_twelve(case, _yen(whole))
    return _steps(
        *((f"{letter} {name}", words, _yen(yen)) for letter, name, words, yen in parts),
        (_("期間の合計"), " + ".join(added), _yen(whole)),
        (_("1年あたり"), year, wording.yen(case.result.per_year[key])),
    )


def _times_twelve(case: _Case, total: str) -> str:
    months = case.derived.months_online
    if not months:
        return _(_NEVER_ONLINE)
    return _("{total} × 12 ÷ {months}か月").format(total=total, months=months)


def _steps(*steps: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(steps, columns=[_("内容"), _("計算"), _("結果")])


# Sheets


def _fees(case: _Case) -> Sheet:
    """One row per band of fees: what a piece costs at the counter and online, times how many."""
    fees = lines(case.shipped.tables.fees)
    rows = []
    for row in case.derived.fees.to_dict("records"):
        months = (row["granted_months_from"], row["granted_months_to"])
        name = _("{procedure} {band}({month}から)").format(
            procedure=_(LABELS[Procedure(row["procedure"])]),
            band="" if pd.isna(months[0]) else wording.band(*months),
            month=wording.month(row["accepted_from"]),
        )
        words = _("({counter:,} − {online:,} − {charge:,})円 × {quantity}件").format(
            counter=row["counter_yen"],
            online=row["online_yen"],
            charge=row["charge_yen"],
            quantity=wording.exact(row["quantity"]),
        )
        source = _("{confidence}・fees.csv {counter}行と{online}行").format(
            confidence=wording.confidence(str(fees.at[row["counter_line"], "confidence"])),
            counter=row["counter_line"],
            online=row["online_line"],
        )
        rows.append((name, words, wording.hundredths(row["product_yen"]), source))
    title = _("表1 手数料の差: (窓口 − オンライン − 決済手数料) × オンラインで出す件数")
    return _factors(title, rows, _("円"), wording.hundredths(case.total.fee_yen))


def _outlay(case: _Case) -> Sheet:
    return _factors(
        _("表2 実費の差: 減る回数 × 1回の実費(オンラインで増える回数は−)"),
        _task_rows(case, "outlay_yen", _("{quantity} × {yen}円"), wording.hundredths),
        _("円"),
        wording.hundredths(case.total.outlay_saving_yen),
    )


def _hours(case: _Case) -> Sheet:
    return _factors(
        _("表3 減る時間: 減る回数 × 1回の時間(分) ÷ 60(オンラインで増える回数は−)"),
        _task_rows(case, "hours", _("{quantity} × {minutes}分 ÷ 60"), wording.exact),
        _("時間"),
        wording.exact(case.total.hours),
    )


def _task_rows(
    case: _Case, amount: str, words: str, written: Callable[[float], str]
) -> list[tuple[str, str, str, str]]:
    """Return a row for each task that changes the amount."""
    tasks = lines(case.shipped.tables.tasks).reset_index()
    tasks["sure"] = confidence.of_tasks(case.result.scenario, tasks)
    changed = case.derived.tasks[case.derived.tasks[amount].ne(0)]
    rows = []
    for row in changed.merge(tasks[["line", "id", "label_ja", "sure"]], "left", "id").to_dict(
        "records"
    ):
        name, source = str(row["label_ja"]), _("{confidence}・tasks.csv {line}行")
        if pd.notna(row["site"]):
            name = _("{task}({site})").format(task=name, site=wording.plain(str(row["site"])))
            source = _("事業所の値")
        often = _("{number}件") if row["driver"] == Driver.APPLICATION else _("{number}回")
        worked = words.format(
            quantity=often.format(number=wording.exact(row["quantity"])),
            yen=wording.exact(row["yen"]),
            minutes=wording.exact(row["minutes"]),
        )
        source = source.format(confidence=row["sure"], line=row["line"])
        rows.append((name, worked, written(row[amount]), source))
    return rows


def _time(case: _Case) -> Sheet:
    used = case.shipped.assumptions.loc[["realised_time_share", "wage_yen_per_hour"]]
    sure = confidence.of_assumptions(case.result.scenario, used)
    realised, wage = map("{} {}".format, used["label_ja"], sure)
    rows = [
        (
            _(LABELS[Hours(str(kind))]),
            _("{hours}時間 × {share} × {wage}円").format(
                hours=wording.exact(row["quantity"]),
                share=wording.percent(row["share"]),
                wage=wording.exact(row["rate_yen"]),
            ),
            wording.hundredths(row["product_yen"]),
            f"{realised}、{wage}" if kind == Hours.FREED else wage,
        )
        for kind, row in case.derived.time.iterrows()
    ]
    title = _("表4 時間の価値: 時間 × 評価する割合 × 時間単価(3行の時間の計は表3の計)")
    return _factors(title, rows, _("円"), wording.hundredths(case.total.time_value_yen))


def _factors(title: str, rows: list[tuple[str, str, str, str]], unit: str, total: str) -> Sheet:
    columns = [_("項目"), _("計算"), _("結果({unit})").format(unit=unit), _("根拠")]
    whole = (_("計"), "", total, "")
    return Sheet(title, pd.DataFrame([*rows, whole], columns=columns))


def _by_month(title: str, months: pd.DataFrame, columns: Sequence[Column]) -> Sheet:
    names = list(map(wording.month, pd.PeriodIndex(months.index)))
    table = tabular.in_words(months, columns).set_axis(names).rename_axis(_("月"))
    return Sheet(title, table.reset_index(), by_month=True)


def _yen(amount: float) -> str:
    return _("{amount}円").format(amount=wording.hundredths(amount))


# Sources


def _fee_sources(case: _Case) -> pd.DataFrame:
    """Return the rows of the fee table that the business case uses, in words."""
    used = case.derived.fees
    chosen = lines(case.shipped.tables.fees).loc[
        sorted({*used["counter_line"].tolist(), *used["online_line"].tolist()})
    ]
    amounts = [
        _("{procedure} {channel} {fee:,}(決済 {charge:,})").format(
            procedure=_(LABELS[Procedure(row["procedure"])]),
            channel=_(LABELS[Channel(row["channel"])]),
            fee=row["fee_yen"],
            charge=row["payment_charge_yen"],
        )
        for row in chosen.to_dict("records")
    ]
    return pd.DataFrame(
        {
            _("fees.csvの行"): list(map(str, chosen.index)),
            _("手数料(円)"): amounts,
            _("確からしさ"): list(map(wording.confidence, chosen["confidence"])),
            **_checked(chosen),
            _("確認先(公式)"): list(map(wording.link, chosen["check_at"])),
        }
    )


def _task_sources(case: _Case) -> pd.DataFrame:
    """Return the tasks that the business case counts, with minutes, yen and source."""
    tasks, now = lines(case.shipped.tables.tasks), case.result.scenario.tasks
    chosen = tasks[tasks["id"].isin(case.derived.tasks["id"])]
    return pd.DataFrame(
        {
            _("tasks.csvの行"): list(map(str, chosen.index)),
            _("作業"): list(chosen["label_ja"]),
            _("1回の時間(分)"): [wording.exact(now[task].minutes) for task in chosen["id"]],
            _("1回の実費(円)"): [wording.exact(now[task].yen) for task in chosen["id"]],
            _("確からしさ"): confidence.of_tasks(case.result.scenario, chosen),
            **_checked(chosen),
        }
    )


def _assumption_sources(case: _Case) -> pd.DataFrame:
    """Return the assumptions with the value used and where it comes from."""
    chosen, now = case.shipped.assumptions.drop(index=list(NOT_IN_FIGURES)), case.result.scenario
    values = [
        wording.quantity(getattr(now, str(key)), unit) for key, unit in chosen["unit"].items()
    ]
    return pd.DataFrame(
        {
            _("前提"): list(chosen["label_ja"]),
            _("値"): values,
            _("確からしさ"): confidence.of_assumptions(now, chosen),
            **_checked(chosen),
        }
    )


def _checked(rows: pd.DataFrame) -> dict[str, list[str]]:
    return {
        _("確認日"): list(rows["checked_on"].dt.strftime("%Y-%m-%d")),
        _("出典"): list(rows["source"]),
    }
