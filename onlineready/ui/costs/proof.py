"""Where a figure comes from: the formula, the numbers put in, and the source of each."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

import pandas as pd
import streamlit as st

from onlineready.domain.vocabulary import LABELS, Channel, Driver, Evidence, Hours, Procedure
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.derivation import Derivation, derive, flow, lines, until_payback
from onlineready.model.result import Result
from onlineready.report import wording
from onlineready.ui.state import session, shell

TABLE_HEIGHT, MONTHS_SHOWN = 420, 10
"""Pixels of a table of more months than these, which scrolls."""

NOT_IN_FIGURES = {"fiscal_year_start_month"}
"""Assumptions that sort the figures, but change none of them."""

_NEVER_ONLINE = mark("期間中にオンラインの月がありません")

STEPS = (mark("内容"), mark("計算"), mark("結果"))


@st.fragment
def opened(name: str, result: Result) -> None:
    """Offer the derivation of a figure; it is worked out only once a reader opens it.

    Args:
        name: a key of `CONTENTS`.
        result: the business case that shows the figure.
    """
    box = st.popover(_("計算の内訳"), key=f"derivation_{name}", on_change="rerun", type="tertiary")
    if box.open:
        with box:
            CONTENTS[name](result)


def _net(result: Result) -> None:
    derived = derive(result, shell.tables())
    total = derived.total
    _formula(_("差引きの効果(年)=(A 手数料の差+B 実費の差+C 時間の価値)× 12 ÷ オンラインの月数"))
    _steps(
        _fee_step(derived, result),
        _outlay_step(derived),
        (
            _("C 時間の価値"),
            _("表4の計 {yen}円").format(yen=wording.exact(total.time_value_yen)),
            _yen(total.time_value_yen),
        ),
        _sum_step(
            ("A", total.fee_saving_yen),
            ("B", total.outlay_saving_yen),
            ("C", total.time_value_yen),
            total=total.net_saving_yen,
        ),
        _year_step(total.net_saving_yen, derived, result.per_year["net_saving_yen"]),
    )
    _fees(derived)
    _outlay(derived)
    _hours(derived)
    _time(derived)
    _evidence(result, derived)


def _cash(result: Result) -> None:
    derived = derive(result, shell.tables())
    total = derived.total
    _formula(_("現金の節約(年)=(A 手数料の差+B 実費の差)× 12 ÷ オンラインの月数"))
    _steps(
        _fee_step(derived, result),
        _outlay_step(derived),
        _sum_step(
            ("A", total.fee_saving_yen),
            ("B", total.outlay_saving_yen),
            total=total.cash_saving_yen,
        ),
        _year_step(total.cash_saving_yen, derived, result.per_year["cash_saving_yen"]),
    )
    _fees(derived)
    _outlay(derived)
    _evidence(result, derived)


def _saved_hours(result: Result) -> None:
    derived = derive(result, shell.tables())
    total, year = derived.total, result.per_year
    _formula(_("減る時間(年)= 表3の計 × 12 ÷ オンラインの月数"))
    _steps(
        (
            _("1年あたり"),
            _a_year(_("表3の計 {hours}時間").format(hours=wording.exact(total.hours)), derived),
            wording.hours(year["hours_saved"] - year["hours_spent"]),
        )
    )
    _hours(derived)
    _evidence(result, derived)


def _payback(result: Result) -> None:
    months = until_payback(result)
    _formula(
        _("回収まで = オンライン開始の月から差引きの効果を足していき、累計が0円以上になる月まで")
    )
    if months.empty:
        st.markdown(_(_NEVER_ONLINE))
    else:
        _table(
            _("表 月ごとの差引きの効果=手数料の差+実費の差+時間の価値"),
            pd.DataFrame(
                {
                    _("月"): [wording.month(month) for month in pd.PeriodIndex(months.index)],
                    _("開始から(か月目)"): [str(number) for number in months["months_online"]],
                    **_monthly(months),
                    _("累計(円)"): months["cumulative_yen"].map(_two_digits),
                }
            ),
        )
    st.markdown(
        _("**回収まで: {payback}**").format(payback=wording.payback(result.worth.payback_months))
    )
    _evidence(result, derive(result, shell.tables()))


def _npv(result: Result) -> None:
    months = flow(result)
    rate = wording.percent(result.scenario.discount_rate)
    _formula(
        _(
            "正味現在価値 = 各月の差引きの効果 × 割引係数 の合計。"
            "割引係数 = 1 ÷ (1 + {rate}) の (計算の開始月からの月数 ÷ 12) 乗"
        ).format(rate=rate)
    )
    _table(
        _("表 月ごとの差引きの効果と、いまの価値"),
        pd.DataFrame(
            {
                _("月"): [wording.month(month) for month in pd.PeriodIndex(months.index)],
                **_monthly(months),
                _("× 割引係数"): months["discount_factor"].map("{:.8f}".format),
                _("= いまの価値(円)"): months["discounted_yen"].map(_two_digits),
            }
        ),
    )
    st.markdown(
        _("**表の計 {exact}円 → 正味現在価値 {npv}**").format(
            exact=_two_digits(months["discounted_yen"].sum()),
            npv=wording.yen(result.worth.npv_yen),
        )
    )
    _evidence(result, derive(result, shell.tables()))


CONTENTS: dict[str, Callable[[Result], None]] = {
    "net": _net,
    "cash": _cash,
    "hours": _saved_hours,
    "payback": _payback,
    "npv": _npv,
}


# Steps


def _formula(words: str) -> None:
    st.markdown(f"**{words}**")


def _steps(*steps: tuple[str, str, str]) -> None:
    """Show the calculation from the totals of the tables below to the figure of the card."""
    st.table(pd.DataFrame(steps, columns=[_(word) for word in STEPS]), hide_index=True)


def _fee_step(derived: Derivation, result: Result) -> tuple[str, str, str]:
    total = derived.total
    return (
        _("A 手数料の差"),
        _("表1の計 {yen}円 × 会社の負担 {share}").format(
            yen=wording.exact(total.fee_yen),
            share=wording.percent(result.scenario.company_fee_share),
        ),
        _yen(total.fee_saving_yen),
    )


def _outlay_step(derived: Derivation) -> tuple[str, str, str]:
    outlay = derived.total.outlay_saving_yen
    return (
        _("B 実費の差"),
        _("表2の計 {yen}円").format(yen=wording.exact(outlay)),
        _yen(outlay),
    )


def _sum_step(*parts: tuple[str, float], total: float) -> tuple[str, str, str]:
    words = " + ".join(f"{letter} {_bracketed(wording.exact(yen))}円" for letter, yen in parts)
    return (_("期間の合計"), words, _yen(total))


def _year_step(total: float, derived: Derivation, year: float) -> tuple[str, str, str]:
    words = _("{yen}円").format(yen=wording.exact(total))
    return (_("1年あたり"), _a_year(words, derived), wording.yen(year))


def _a_year(total: str, derived: Derivation) -> str:
    if not derived.months_online:
        return _(_NEVER_ONLINE)
    return _("{total} × 12 ÷ {months}か月").format(total=total, months=derived.months_online)


# Tables


def _fees(derived: Derivation) -> None:
    """One row per band of fees: what a piece costs at the counter and online, times how many."""
    used, fees = derived.fees, lines(shell.tables().fees)
    rows = []
    for row in used.to_dict("records"):
        band = (
            ""
            if pd.isna(row["granted_months_from"])
            else wording.band(row["granted_months_from"], row["granted_months_to"])
        )
        rows.append(
            (
                _("{procedure} {band}({month}から)").format(
                    procedure=_(LABELS[Procedure(row["procedure"])]),
                    band=band,
                    month=wording.month(row["accepted_from"]),
                ),
                _("({counter:,} − {online:,} − {charge:,})円 × {quantity}件").format(
                    counter=row["counter_yen"],
                    online=row["online_yen"],
                    charge=row["charge_yen"],
                    quantity=wording.exact(row["quantity"]),
                ),
                _two_digits(row["product_yen"]),
                _("{confidence}・fees.csv {counter}行と{online}行").format(
                    confidence=wording.confidence(str(fees.at[row["counter_line"], "confidence"])),
                    counter=row["counter_line"],
                    online=row["online_line"],
                ),
            )
        )
    _factor_table(
        _("表1 手数料の差: (窓口 − オンライン − 決済手数料) × オンラインで出す件数"),
        rows,
        _("円"),
        derived.fees["product_yen"].sum(),
    )


def _outlay(derived: Derivation) -> None:
    chosen = derived.tasks[derived.tasks["outlay_yen"].ne(0)]
    rows = [
        (
            _task_name(row),
            _("{quantity} × {yen}円").format(
                quantity=_times(row["quantity"], row["driver"]), yen=wording.exact(row["yen"])
            ),
            _two_digits(row["outlay_yen"]),
            _task_evidence(row),
        )
        for row in chosen.to_dict("records")
    ]
    _factor_table(
        _("表2 実費の差: 減る回数 × 1回の実費(オンラインで増える回数は−)"),
        rows,
        _("円"),
        derived.tasks["outlay_yen"].sum(),
    )


def _hours(derived: Derivation) -> None:
    chosen = derived.tasks[derived.tasks["hours"].ne(0)]
    rows = [
        (
            _task_name(row),
            _("{quantity} × {minutes}分 ÷ 60").format(
                quantity=_times(row["quantity"], row["driver"]),
                minutes=wording.exact(row["minutes"]),
            ),
            wording.exact(row["hours"]),
            _task_evidence(row),
        )
        for row in chosen.to_dict("records")
    ]
    _factor_table(
        _("表3 減る時間: 減る回数 × 1回の分 ÷ 60(オンラインで増える回数は−)"),
        rows,
        _("時間"),
        derived.tasks["hours"].sum(),
    )


def _time(derived: Derivation) -> None:
    rows = [
        (
            _(LABELS[Hours(str(kind))]),
            _("{hours}時間 × {share} × {wage}円").format(
                hours=wording.exact(row["quantity"]),
                share=wording.percent(row["share"]),
                wage=wording.exact(row["rate_yen"]),
            ),
            _two_digits(row["product_yen"]),
            _time_evidence(Hours(str(kind))),
        )
        for kind, row in derived.time.iterrows()
    ]
    _factor_table(
        _("表4 時間の価値: 時間 × 評価する割合 × 時給(3行の時間の計は表3の計)"),
        rows,
        _("円"),
        derived.time["product_yen"].sum(),
    )


def _time_evidence(kind: Hours) -> str:
    keys = ("realised_time_share", "wage_yen_per_hour")
    words = [_assumption_evidence(key) for key in (keys if kind is Hours.FREED else keys[1:])]
    return "、".join(words)


def _factor_table(
    title: str, rows: list[tuple[str, str, str, str]], unit: str, total: float
) -> None:
    columns = [_("項目"), _("計算"), _("結果({unit})").format(unit=unit), _("根拠")]
    whole = (_("計"), "", wording.exact(total), "")
    _table(title, pd.DataFrame([*rows, whole], columns=columns), height=None)


def _table(title: str, table: pd.DataFrame, height: int | None = TABLE_HEIGHT) -> None:
    st.markdown(f"**{title}**")
    if height is None or len(table) <= MONTHS_SHOWN:
        st.table(table, hide_index=True)
    else:
        st.table(table, hide_index=True, height=height)


def _monthly(months: pd.DataFrame) -> dict[str, pd.Series]:
    names = {
        "fee_saving_yen": _("手数料の差(円)"),
        "outlay_saving_yen": _("実費の差(円)"),
        "time_value_yen": _("時間の価値(円)"),
        "net_saving_yen": _("差引きの効果(円)"),
    }
    return {name: months[column].map(_two_digits) for column, name in names.items()}


# Sources


def _evidence(result: Result, derived: Derivation) -> None:
    """Show source, day and confidence of every number that the tables above put in."""
    st.caption(
        _(
            "件数は計画から計算した期待値(オンライン開始から期間の終わりまで)。"
            "来庁は1回に{batch}件まとめるとした回数です。"
        ).format(batch=result.scenario.batch_size)
    )
    with st.expander(_("入力した数値の出典・確認日・確からしさ")):
        st.table(fee_evidence(derived.fees), hide_index=True)
        st.table(task_evidence(derived.tasks["id"].unique()), hide_index=True)
        keys = [key for key in shell.assumptions().index if key not in NOT_IN_FIGURES]
        st.table(assumption_evidence(keys), hide_index=True)


def fee_evidence(used: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the fee table that a business case uses, in words."""
    chosen = lines(shell.tables().fees).loc[
        sorted({*used["counter_line"].tolist(), *used["online_line"].tolist()})
    ]
    return pd.DataFrame(
        {
            _("fees.csvの行"): [str(line) for line in chosen.index],
            _("手数料(円)"): [
                _("{procedure} {channel} {fee:,}(決済 {charge:,})").format(
                    procedure=_(LABELS[Procedure(row["procedure"])]),
                    channel=_(LABELS[Channel(row["channel"])]),
                    fee=row["fee_yen"],
                    charge=row["payment_charge_yen"],
                )
                for row in chosen.to_dict("records")
            ],
            _("確からしさ"): [wording.confidence(letter) for letter in chosen["confidence"]],
            _("確認日"): chosen["checked_on"].dt.strftime("%Y-%m-%d"),
            _("出典"): chosen["source"],
            _("確認先(公式)"): [wording.link(url) for url in chosen["check_at"]],
        }
    )


def task_evidence(ids: Iterable[str]) -> pd.DataFrame:
    """Return the tasks that a business case counts, with minutes, yen and source."""
    tasks = lines(shell.tables().tasks)
    chosen = tasks[tasks["id"].isin(list(ids))]
    now = session.base().tasks
    return pd.DataFrame(
        {
            _("tasks.csvの行"): [str(line) for line in chosen.index],
            _("作業"): chosen["label_ja"],
            _("1回の分"): [wording.exact(now[task].minutes) for task in chosen["id"]],
            _("1回の円"): [wording.exact(now[task].yen) for task in chosen["id"]],
            _("確からしさ"): [
                _task_confidence(task, letter)
                for task, letter in zip(chosen["id"], chosen["confidence"], strict=True)
            ],
            _("確認日"): chosen["checked_on"].dt.strftime("%Y-%m-%d"),
            _("出典"): chosen["source"],
        }
    )


def assumption_evidence(keys: Iterable[str]) -> pd.DataFrame:
    """Return assumptions with the value used and where it comes from."""
    chosen = shell.assumptions().loc[list(keys)]
    now = session.base()
    return pd.DataFrame(
        {
            _("前提"): chosen["label_ja"],
            _("値"): [
                wording.quantity(getattr(now, str(key)), unit)
                for key, unit in chosen["unit"].items()
            ],
            _("確からしさ"): [_assumption_confidence(str(key)) for key in chosen.index],
            _("確認日"): chosen["checked_on"].dt.strftime("%Y-%m-%d"),
            _("出典"): chosen["source"],
        }
    )


def _task_name(row: dict[Hashable, Any]) -> str:
    tasks = shell.tables().tasks.set_index("id")
    label = str(tasks.at[row["id"], "label_ja"])
    if pd.isna(row["site"]):
        return label
    return _("{task}({site})").format(task=label, site=wording.plain(str(row["site"])))


def _times(quantity: float, driver: str) -> str:
    words = _("{number}件") if driver == Driver.APPLICATION else _("{number}回")
    return words.format(number=wording.exact(quantity))


def _task_evidence(row: dict[Hashable, Any]) -> str:
    tasks = lines(shell.tables().tasks).reset_index().set_index("id")
    if not pd.isna(row["site"]):
        return _("事業所の値")
    return _("{confidence}・tasks.csv {line}行").format(
        confidence=_task_confidence(row["id"], str(tasks.at[row["id"], "confidence"])),
        line=tasks.at[row["id"], "line"],
    )


def _task_confidence(task: str, letter: str) -> str:
    if session.base().tasks[task] != session.defaults().tasks[task]:
        return _("自社の値")
    return _(LABELS[Evidence(letter)])


def _assumption_evidence(key: str) -> str:
    row = shell.assumptions().loc[key]
    return f"{row['label_ja']} {_assumption_confidence(key)}"


def _assumption_confidence(key: str) -> str:
    row = shell.assumptions().loc[key]
    if key in session.changed_keys():
        first = wording.quantity(getattr(session.defaults(), key), str(row["unit"]))
        return _("自社の値(初期値 {first})").format(first=first)
    return _(LABELS[Evidence(str(row["confidence"]))])


# Numbers


def _yen(amount: float) -> str:
    return _("{amount}円").format(amount=_two_digits(amount))


def _two_digits(amount: float) -> str:
    text = f"{amount:,.2f}"
    return "0.00" if text == "-0.00" else text


def _bracketed(number: str) -> str:
    return f"({number})" if number.startswith("-") else number
