"""What the model says in a meeting: the answer, four figures, three charts, the fees."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from onlineready.domain.vocabulary import LABELS, Case, Channel, CostKind, Evidence, Procedure
from onlineready.export.csv import to_csv
from onlineready.language import translate as _
from onlineready.model.fees import PAYING, changes, tariff
from onlineready.model.result import Result
from onlineready.report import charts, findings, wording
from onlineready.report.figures import Figure
from onlineready.ui.costs import proof
from onlineready.ui.state import session, shell


def answer(shown: Result, dated: Result, fixed: Result) -> None:
    """Say in one sentence what online filing is worth a year, under both fee tables."""
    if nothing := findings.no_effect(shown):
        st.header(nothing, anchor="answer")
        st.markdown(_("{sentence}。").format(sentence=findings.why_no_effect(shown)))
        return
    year = shown.per_year
    dated_gain = wording.gain_a_year(dated.per_year["net_saving_yen"])
    fixed_gain = wording.gain_a_year(fixed.per_year["net_saving_yen"])
    if shown is dated:
        sentence = _(
            "オンライン申請は、受付日に応じた手数料で**{dated}**(6,000円/5,500円のままなら{fixed})"
        )
    else:
        sentence = _(
            "オンライン申請は、手数料が6,000円/5,500円のままなら**{fixed}**(受付日に応じた手数料では{dated})"
        )
    st.header(sentence.format(dated=dated_gain, fixed=fixed_gain), anchor="answer")
    hours = round(year["hours_saved"] - year["hours_spent"], 1)
    freed = _("年{hours}減ります") if hours > 0 else _("年{hours}増えます")
    st.markdown(
        _(
            "うち現金は{cash}。担当者の時間は{hours}(現金ではありません。賃金に直すと{value})。"
        ).format(
            cash=wording.gain_a_year(year["cash_saving_yen"]),
            hours=freed.format(hours=wording.hours(abs(hours))) if hours else _("変わりません"),
            value=wording.gain_a_year(year["time_value_yen"]),
        )
    )


def delay(result: Result, delayed: Result) -> None:
    """Say what a month of delay costs: the whole horizon a month later."""
    st.markdown(findings.a_month_later(result, delayed))


def unconfirmed() -> None:
    """Name in one line what stands on reports or assumptions."""
    fees = shell.tables().fees
    basis = fee_months()[-1]
    rows = fees[fees["procedure"].isin(PAYING) & fees["accepted_from"].isin([basis])]
    if rows["confidence"].eq(Evidence.CONFIRMED).all():
        st.caption(_("作業の時間と実費は仮定です。自社の値に置き換えてください。"))
        return
    st.caption(
        _(
            "未確認: {month}からの手数料は公開資料の報告で、入管庁のページでは確かめていません。"
            "作業の時間と実費は仮定です。"
        ).format(month=wording.month(basis))
    )


def figures(result: Result) -> None:
    """Show the four figures of the business case, each with its derivation a click away."""
    year = result.per_year
    saved, spent = year["hours_saved"], year["hours_spent"]
    net, cash, hours, payback = st.columns(4)
    net.metric(
        _("差引きの効果(年)"),
        wording.yen(year["net_saving_yen"]),
        help=_("現金の節約+時間の価値。オンライン開始から期間の終わりまでの平均(1年あたり)。"),
        border=True,
    )
    cash.metric(
        _("現金の節約(年)"),
        wording.yen(year["cash_saving_yen"]),
        help=_("手数料の差 {fee} + 実費の差 {outlay}(準備と維持の実費を引いた額)。").format(
            fee=wording.yen(year["fee_saving_yen"]), outlay=wording.yen(year["outlay_saving_yen"])
        ),
        border=True,
    )
    hours.metric(
        _("減る時間(年)"),
        wording.hours(saved - spent),
        help=_(
            "申請で減る {saved} − 準備と維持にかかる {spent}。時間は現金ではありません。"
        ).format(saved=wording.hours(saved), spent=wording.hours(spent)),
        border=True,
    )
    payback.metric(
        _("回収まで"),
        wording.payback(result.worth.payback_months),
        help=_(
            "オンライン開始から、差引きの効果の累計が0円以上になるまでの月数。"
            "「回収なし」は、試算の期間中にはならないということです。"
        ),
        border=True,
    )
    for card, name in ((net, "net"), (cash, "cash"), (hours, "hours"), (payback, "payback")):
        with card:
            proof.show_proof(name, result)


def notices(result: Result) -> None:
    """Tell what is legal in the plan but odd."""
    for notice in result.notices:
        st.info(notice.text(), icon="ℹ️")


def three_charts(result: Result) -> None:
    """Show volume, cost and cumulative saving side by side, each with its finding and its table."""
    for column, figure in zip(st.columns(3, gap="medium"), _drawn(result)[:3], strict=True):
        with column:
            shown(*figure)


def hours_chart(result: Result) -> None:
    """Show the staff hours of each task, counter against online, with its finding and its table."""
    shown(*_drawn(result)[3])


def all_figures(result: Result) -> tuple[Figure, Figure, Figure, Figure]:
    """Return the charts of the page in the order in which they stand on it."""
    return _volume(result), _cost(result), _saving(result), _hours(result)


def _drawn(result: Result) -> tuple[Figure, Figure, Figure, Figure]:
    """Return the charts of this session's page, drawn once for each result."""
    return session.made_once("figures", (result,), lambda: all_figures(result))


def _hours(result: Result) -> Figure:
    tasks = shell.tables().tasks
    names = dict(zip(tasks["id"], tasks["label_ja"], strict=True))
    cases = {str(case): _(LABELS[case]) for case in Case}
    hours = result.hours_by_task
    hours = hours[hours["hours"].gt(0)]
    total = hours.groupby("case")["hours"].sum().reindex(list(cases), fill_value=0.0)
    order = [name for task, name in names.items() if task in set(hours["id"])]
    table = hours.pivot(index="id", columns="case", values="hours")
    table = table.reindex(index=[task for task in names if task in table.index]).fillna(0.0)
    return Figure(
        _("担当者の時間は{years}年間で窓口{counter}、オンライン{online}").format(
            years=result.scenario.years,
            counter=wording.hours(total[Case.COUNTER]),
            online=wording.hours(total[Case.ONLINE]),
        ),
        _(
            "作業別の時間({years}年間の合計・時間)。オンラインは窓口に残る分と準備・維持を含む"
        ).format(years=result.scenario.years),
        charts.hours_by_task(
            hours.assign(task=hours["id"].map(names), case=hours["case"].map(cases)),
            order,
            list(cases.values()),
        ),
        table.rename(index=names, columns=cases).rename_axis(_("作業")),
        "{:,.1f}",
        "hours_by_task",
    )


def _volume(result: Result) -> Figure:
    names = {f"applications_{procedure}": _(LABELS[procedure]) for procedure in Procedure}
    years = result.fiscal_years[list(names)]
    long = years.reset_index().melt("fiscal_year", var_name="series", value_name="applications")
    long = long.assign(
        year=long["fiscal_year"].map(wording.fiscal_year),
        procedure=long["series"].map(names),
        order=long["series"].map({series: n for n, series in enumerate(names)}),
    )
    busiest = int(str(years.sum(axis="columns").idxmax()))
    finding = _("申請は{years}年間で{total:,.1f}件、山は{busiest}").format(
        years=result.scenario.years,
        total=years.to_numpy().sum(),
        busiest=wording.fiscal_year(busiest),
    )
    return Figure(
        finding if result.filed else findings.nothing_filed(result),
        _("年度別の申請件数(期待値・件)、手続の種類別"),
        charts.applications_by_year(long, list(names.values()), fee_notes(result)),
        by_year(years.rename(columns=names)),
        "{:,.1f}",
        "applications_by_year",
    )


def _cost(result: Result) -> Figure:
    kinds = [str(kind) for kind in CostKind]
    names = {
        (case, kind): f"{_(LABELS[case])} {_(LABELS[kind])}" for case in Case for kind in CostKind
    }
    long = result.cost_by_year
    long = long.assign(
        year=long["fiscal_year"].map(wording.fiscal_year),
        series=[names[key] for key in zip(long["case"], long["kind"], strict=True)],
        order=long["kind"].map(kinds.index),
    )
    table = long.pivot(index="fiscal_year", columns="series", values="yen")[list(names.values())]
    totals = long.groupby("case")["yen"].sum()
    counter, online = (totals[case] for case in Case)
    return Figure(
        _("{years}年間の費用は窓口{counter}、オンライン{online}").format(
            years=result.scenario.years,
            counter=wording.yen(counter),
            online=wording.yen(online),
        ),
        _("年度別の費用(円)。時間は賃金で換算、準備と維持を含む"),
        charts.costs_by_year(long, list(names.values()), fee_notes(result)),
        by_year(table),
        "{:,.0f}",
        "costs_by_year",
    )


def _saving(result: Result) -> Figure:
    total = result.cumulative_yen
    months_shown = pd.PeriodIndex(total.index)
    frame = pd.DataFrame({"month": months_shown.to_timestamp(), "yen": total.to_numpy()})
    months = result.worth.payback_months
    if months is None:
        payback = frame.iloc[:0].assign(label="")
    else:
        paid = max(result.scenario.online_from, 0) + months - 1
        payback = frame.iloc[[paid]].assign(
            label=_("{month}に回収").format(month=wording.month(months_shown[paid]))
        )
    marks = pd.DataFrame(
        [
            (month.to_timestamp(), _("{month} 手数料改定").format(month=wording.month(month)))
            for month in _changes(result)
        ],
        columns=["month", "label"],
    ).astype({"month": "datetime64[us]", "label": "str"})
    yearly = result.months.groupby("fiscal_year")["net_saving_yen"].sum()
    table = pd.DataFrame({_("差引きの効果"): yearly, _("累計"): yearly.cumsum()})
    return Figure(
        findings.paid_back(result),
        _("{years}年間の差引きの効果の累計(円)、月別").format(years=result.scenario.years),
        charts.cumulative_saving(frame, payback, marks),
        by_year(table),
        "{:,.0f}",
        "cumulative_saving",
    )


def shown(
    finding: str,
    measure: str,
    chart: charts.Chart,
    table: pd.DataFrame,
    number: str | Mapping[str, str],
    name: str,
) -> None:
    """Show a chart below its finding, with a sentence for screen readers, table and download.

    Args:
        finding: what the chart says, with its number; the title.
        measure: what is measured, in which unit and period.
        chart: the picture.
        table: its numbers.
        number: how they are written, all alike or by column; columns not named are words.
        name: of the downloaded file.
    """
    st.markdown(f"#### {wording.plain(finding)}")
    st.caption(measure)
    st.altair_chart(chart, alt=f"{finding}。{measure}。")
    with st.expander(_("表で見る"), key=f"table_{name}"):
        st.table(written(table, number))
        st.download_button(
            _("CSVで保存"),
            data=to_csv(table),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"csv_{name}",
            on_click="ignore",
        )


def written(table: pd.DataFrame, number: str | Mapping[str, str]) -> pd.DataFrame:
    """Return a table of numbers as text to show; what is missing is a dash."""
    formats = dict.fromkeys(table, number) if isinstance(number, str) else number
    text = {
        column: [_cell(value, formats.get(str(column), "{}")) for value in values]
        for column, values in table.items()
    }
    shown = pd.DataFrame(text, index=table.index)
    return shown.rename(index=_label, columns=_label)


def _label(name: Any) -> str:
    return wording.plain(str(name))


def _cell(value: Any, form: str) -> str:
    return "—" if pd.isna(value) else form.format(value)


def by_year(table: pd.DataFrame) -> pd.DataFrame:
    """Name the rows of a table of fiscal years."""
    years = [wording.fiscal_year(year) for year in table.index]
    return table.set_axis(years).rename_axis(_("年度"))


def _changes(result: Result) -> list[pd.Period]:
    """Return the months inside the horizon from which new fees apply; none where fees are held."""
    if result.scenario.fee_basis != "dated":
        return []
    months = result.months.index
    found = changes(shell.tables().fees, PAYING)
    return [month for month in found if months[0] < month <= months[-1]]


def fee_notes(result: Result) -> dict[str, list[str]]:
    """Return a line for each change of fees, by the label of the fiscal year that it falls into."""
    changed = _changes(result)
    notes: dict[str, list[str]] = {}
    for month, year in zip(result.months.index, result.months["fiscal_year"], strict=True):
        if month in changed:
            line = _("{month}月 手数料改定").format(month=month.month)
            notes.setdefault(wording.fiscal_year(int(year)), []).append(line)
    return notes


def fee_months() -> list[pd.Period]:
    """Return the two newest months from which fees of change and extension hold."""
    return changes(shell.tables().fees, PAYING)[-2:]


def fee_panel() -> None:
    """Show the fees before and after the newest change side by side, with source and confidence."""
    fees = shell.tables().fees
    before, after = fee_months()
    was = tariff(fees, Procedure.EXTENSION, before).iloc[0]
    st.markdown("### " + _("手数料: {month}に改定").format(month=wording.month(after)))
    st.caption(
        _(
            "変更・更新1件あたり(円)。{before}〜{until}の受付は{counter:,}円→オンライン{online:,}円、"
            "{after}からは許可された期間による。認定(COE)は0円。オンラインは決済手数料を含む。"
        ).format(
            before=wording.month(before),
            until=wording.month(after - 1),
            after=wording.month(after),
            counter=int(was[Channel.COUNTER]),
            online=int(was[Channel.ONLINE]),
        )
    )
    st.table(session.made_once("fee_table", (fees,), lambda: _fee_table(fees, before, after)))
    rows = fees[fees["procedure"].isin(PAYING) & fees["accepted_from"].isin([before, after])]
    evidence = rows.drop_duplicates(["accepted_from", "source"])
    with st.expander(_("出典と確認先")):
        st.table(
            pd.DataFrame(
                {
                    _("受付"): [
                        _("{m}から").format(m=wording.month(m)) for m in evidence["accepted_from"]
                    ],
                    _("窓口・オンライン"): [_(LABELS[Channel(c)]) for c in evidence["channel"]],
                    _("出典"): evidence["source"],
                    _("確からしさ"): [
                        wording.confidence(letter) for letter in evidence["confidence"]
                    ],
                    _("確認先(公式)"): evidence["check_at"],
                    _("確認日"): evidence["checked_on"].dt.strftime("%Y-%m-%d"),
                }
            ).set_index(_("受付"))
        )


def _fee_table(fees: pd.DataFrame, before: pd.Period, after: pd.Period) -> pd.DataFrame:
    """One row per band of the newer table, the fees of the older one beside it."""
    new = tariff(fees, Procedure.EXTENSION, after)
    old = tariff(fees, Procedure.EXTENSION, before)
    rows = fees[fees["procedure"].eq(Procedure.EXTENSION) & fees["accepted_from"].isin([after])]
    sure = rows.groupby("granted_months_from")["confidence"].first()
    table = []
    starts = old.index.get_level_values("granted_months_from")
    for first, last in new.index.tolist():
        fee, was = new.loc[(first, last)], old[starts <= first].iloc[-1]
        table.append(
            (
                wording.band(first, last),
                *(f"{was[channel]:,}" for channel in Channel),
                *(f"{fee[channel]:,}" for channel in Channel),
                f"{fee[Channel.ONLINE] - fee[Channel.COUNTER]:+,}",
                wording.confidence(sure[first]),
            )
        )
    old_name, new_name = wording.month(before), wording.month(after)
    columns = [
        _("許可された期間"),
        _("{month}〜 窓口").format(month=old_name),
        _("{month}〜 オンライン").format(month=old_name),
        _("{month}〜 窓口").format(month=new_name),
        _("{month}〜 オンライン").format(month=new_name),
        _("窓口との差"),
        _("確からしさ"),
    ]
    return pd.DataFrame(table, columns=columns).set_index(columns[0])
