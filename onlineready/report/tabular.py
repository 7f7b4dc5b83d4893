"""What stands in a table, once: columns, headings, units and formats, for every page and file."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.tables import PLANS, plan_kind
from onlineready.domain.vocabulary import (
    LABELS,
    Case,
    Channel,
    CostKind,
    Estimate,
    Procedure,
    Route,
    WorkStep,
)
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.breakdown import (
    WHOLE_YEAR,
    fees_by_year,
    given_away_yen,
    work_yen,
    year_on_year,
)
from onlineready.model.fees import PAYING, in_newest_bands, paid_changes
from onlineready.model.result import Result
from onlineready.report import confidence, wording
from onlineready.report.wording import TENTHS, WHOLE

Form = str | Callable[[Any], str]
"""How a value is written: a format, or what returns it in words."""


class Column(NamedTuple):
    """A column of a table: its key in the data, its heading with the unit, and its form."""

    key: str
    heading: str
    form: Form = WHOLE


class Row(NamedTuple):
    """A figure of a business case.

    Attributes:
        heading: what it is called.
        meaning: what it is made of, a sentence.
        written: how it is written, exact.
        about: how it is written where it is read at a glance.
        signed: how a difference of it is written.
    """

    heading: str
    meaning: str
    written: Callable[[float], str]
    about: Callable[[float], str]
    signed: Callable[[float], str]


YEN = wording.yen, wording.about, wording.signed_yen
HOURS = wording.hours, wording.about_hours, wording.signed_hours
MONTHS = wording.payback, wording.payback, wording.signed_months
"""How a figure in a unit is written: exact, at a glance, and as a difference."""


APPLICATIONS = tuple(
    Column(f"applications_{procedure}", LABELS[procedure], TENTHS) for procedure in Procedure
)

CUMULATIVE = (
    Column("net_saving_yen", mark("差引きの効果")),
    Column("cumulative_yen", mark("累計")),
)

CASES = tuple(Column(str(case), LABELS[case], TENTHS) for case in Case)

COSTS = (
    Column("counter", LABELS[Case.COUNTER]),
    Column("online", LABELS[Case.ONLINE]),
    Column("difference", mark("差"), wording.signed),
)

YEARS = (
    Column("applications", mark("申請件数"), TENTHS),
    Column("fee_saving_yen", mark("手数料の差(円)")),
    Column("outlay_saving_yen", mark("実費の差(円)")),
    Column("cash_saving_yen", mark("現金の節約(円)")),
    Column("hours_saved", mark("申請で減る時間"), TENTHS),
    Column("hours_spent", mark("準備と維持の時間"), TENTHS),
    Column("time_value_yen", mark("時間の価値(円)")),
    Column("net_saving_yen", mark("差引きの効果(円)")),
)

FIGURES = {
    "net_saving_yen": Row(
        mark("差引きの効果(年)"),
        mark("現金の節約+時間の価値。オンライン開始から期間の終わりまでの平均"),
        *YEN,
    ),
    "cash_saving_yen": Row(
        mark("現金の節約(年)"),
        mark("手数料の差+実費の差。準備と維持の実費を引いた額"),
        *YEN,
    ),
    "time_value_yen": Row(
        mark("時間の価値(年)"),
        mark("減る時間を、他の業務に使える割合と時間単価で換算した額。現金ではない"),
        *YEN,
    ),
    "hours": Row(
        mark("減る時間(年)"),
        mark("申請で減る時間から、準備と維持にかかる時間を引いた時間。現金ではない"),
        *HOURS,
    ),
    "payback_months": Row(
        mark("回収まで"),
        mark(
            "オンライン開始から、差引きの効果の累計が0円以上になるまで。期間中にならなければ「回収なし」"
        ),
        *MONTHS,
    ),
    "total_yen": Row(mark("差引きの効果(全期間)"), mark("割り引かない合計"), *YEN),
    "npv_yen": Row(mark("正味現在価値(全期間)"), mark("割引率で割り引いた合計"), *YEN),
}
"""What a business case is judged by, as `Result.figures` names it."""

SAVINGS = (
    Column("cash_saving_yen", mark("現金の節約")),
    Column("time_value_yen", mark("時間の価値")),
    Column("net_saving_yen", mark("差引きの効果")),
)

CONTRIBUTIONS = (
    Column("fee_yen", mark("手数料"), wording.signed),
    Column("outlay_yen", mark("実費"), wording.signed),
    Column("time_yen", mark("時間"), wording.signed),
    Column("setup_upkeep_yen", mark("準備と維持"), wording.signed),
    Column("net_saving_yen", mark("合計"), wording.signed),
)
"""What the net saving a year is made of, and itself."""

SAVED = (
    Column("applications", mark("申請(件)"), TENTHS),
    Column("fee_saving_yen", mark("手数料の差(円)")),
    Column("outlay_saving_yen", mark("実費の差(円)")),
    Column("hours", mark("減る時間(時間)"), TENTHS),
    Column("time_value_yen", mark("時間の価値(円)")),
    Column("net_saving_yen", mark("差引きの効果(円)")),
)
"""What a part of the plan saves: a site, a procedure."""

FEES_DUE = (
    Column("counter_yen", mark("窓口のまま")),
    Column("counter_company_yen", mark("うち会社負担(窓口のまま)")),
    Column("at_counter_yen", mark("替えた場合: 窓口に出す分")),
    Column("filed_online_yen", mark("替えた場合: オンラインに出す分")),
    Column("online_yen", mark("替えた場合の合計")),
    Column("online_company_yen", mark("うち会社負担(替えた場合)")),
    Column("saving_yen", mark("替えて減る額")),
)

FEES_COMPARED = (
    Column("counter_yen", mark("窓口のまま")),
    Column("counter_change_yen", mark("窓口のまま、前年度との差"), wording.signed),
    Column("online_yen", mark("替えた場合")),
    Column("online_change_yen", mark("替えた場合、前年度との差"), wording.signed),
    Column("saving_yen", mark("替えて減る額")),
)

TRIALS = (
    Column("net_saving_yen", mark("差引きの効果(年・円)")),
    Column("total_yen", mark("差引きの効果(全期間・円)")),
    Column("change_yen", mark("今との差(全期間・円)"), wording.signed),
)
"""What trials are worth, as `what_ifs.amounts` returns it."""

TORNADO = (
    Column("low", mark("低い値")),
    Column("base", mark("今の値")),
    Column("high", mark("高い値")),
    Column("npv_low", mark("低いときの正味現在価値(円)")),
    Column("npv_high", mark("高いときの正味現在価値(円)")),
    Column("swing", mark("振れ幅(円)")),
)

BREAK_EVEN = (
    Column("applications_per_year", mark("年間の申請(件)"), TENTHS),
    Column("npv_yen", mark("正味現在価値(円)")),
)

DRAWS = (
    Column("from_yen", mark("以上(円)")),
    Column("to_yen", mark("未満(円)")),
    Column("draws", mark("回数(回)")),
)

PRICES = (
    Column("yen_low", mark("低い見積り(円)")),
    Column("yen", mark("基準(円)")),
    Column("yen_high", mark("高い見積り(円)")),
)


def named(data: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Return the columns of a table under their headings, the numbers as they are."""
    headings = [_(column.heading) for column in columns]
    return data[[column.key for column in columns]].set_axis(headings, axis="columns")


def in_words(data: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Return the columns of a table under their headings, every value as it is shown."""
    return written(named(data, columns), {_(column.heading): column.form for column in columns})


def written(table: pd.DataFrame, form: Form | Mapping[str, Form]) -> pd.DataFrame:
    """Return a table as text to show; what is missing is a dash.

    Args:
        table: its numbers and words.
        form: how numbers are written, all alike or by column; words stay as they are.
    """
    forms = form if isinstance(form, Mapping) else dict.fromkeys(table, form)
    text = {
        column: [_cell(value, forms.get(str(column), str)) for value in values]
        for column, values in table.items()
    }
    return pd.DataFrame(text, index=table.index).rename(index=_label, columns=_label)


def _label(name: Any) -> str:
    return wording.plain(str(name))


def _cell(value: Any, form: Form) -> str:
    if isinstance(value, str) or pd.isna(value):
        return "—" if pd.isna(value) else value
    return wording.number(value, form) if isinstance(form, str) else form(value)


def by_year(table: pd.DataFrame) -> pd.DataFrame:
    """Name the rows of a table of fiscal years."""
    years = [wording.fiscal_year(year) for year in table.index.tolist()]
    return table.set_axis(pd.Index(years, name=_("年度")))


# The business case


def applications_by_year(result: Result) -> pd.DataFrame:
    """Return the applications of each fiscal year, a column for each procedure."""
    return by_year(named(result.fiscal_years, APPLICATIONS))


def costs_by_year(result: Result) -> pd.DataFrame:
    """Return the costs of each fiscal year in yen, a column for each case and kind of cost."""
    names = [f"{_(LABELS[case])} {_(LABELS[kind])}" for case in Case for kind in CostKind]
    costs = result.cost_by_year
    years = costs["fiscal_year"].to_numpy().reshape(len(names), -1)[0]
    yen = costs["yen"].to_numpy().reshape(len(names), -1)
    return by_year(pd.DataFrame(yen.T, years, names))


def costs(result: Result) -> pd.DataFrame:
    """Return the costs of the horizon in words: kinds and their sum; both cases, the difference."""
    kinds = result.cost_by_year.pivot_table(
        index="kind", columns="case", values="yen", aggfunc="sum"
    ).reindex([str(kind) for kind in CostKind])
    sums = pd.concat([kinds, kinds.sum().to_frame("sum").T])
    names = [*(_(LABELS[kind]) for kind in CostKind), _("合計")]
    return in_words(sums.assign(difference=sums["online"] - sums["counter"]), COSTS).set_axis(
        pd.Index(names, name=_("費用(円)"))
    )


def cumulative(result: Result) -> pd.DataFrame:
    """Return the net saving of each fiscal year, and added up from the start on, in yen."""
    years = result.fiscal_years
    return by_year(named(years.assign(cumulative_yen=years["net_saving_yen"].cumsum()), CUMULATIVE))


def hours_by_task(result: Result, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the staff hours of each task that takes any: its step, and a column for each case."""
    wide = _hours(result)
    rows = tasks[tasks["id"].isin(wide.index)]
    steps = [_(LABELS[WorkStep(step)]) for step in rows["step"]]
    table = named(wide.loc[rows["id"]], CASES).set_axis(pd.Index(rows["label_ja"], name=_("作業")))
    table.insert(0, _("段階"), steps)
    return table


def hours_by_step(result: Result, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return the staff hours of each step that takes any, a column for each case.

    What is saved most stands first.
    """
    wide = _hours(result)
    steps = tasks.set_index("id")["step"].reindex(wide.index)
    hours = wide.groupby(steps.to_numpy()).sum()
    saved = (hours[Case.COUNTER] - hours[Case.ONLINE]).sort_values(ascending=False, kind="stable")
    hours = named(hours.loc[saved.index], CASES)
    return hours.rename(index=lambda step: _(LABELS[WorkStep(step)]))


def _hours(result: Result) -> pd.DataFrame:
    """Return the hours of each task that takes any, a column for each case, by its id."""
    hours = result.hours_by_task
    wide = hours[hours["hours"].gt(0)].pivot(index="id", columns="case", values="hours")
    return wide.reindex(columns=list(map(str, Case))).fillna(0.0)


def years(result: Result) -> pd.DataFrame:
    """Return what each fiscal year and the whole horizon save, in words."""
    rows = pd.concat([result.fiscal_years, result.totals.to_frame(_("合計")).T])
    number = rows[[column.key for column in APPLICATIONS]].sum(axis="columns")
    names = [wording.fiscal_year(year) for year in result.fiscal_years.index.tolist()]
    return in_words(rows.assign(applications=number), YEARS).set_axis(
        pd.Index([*names, _("合計")], name=_("年度"))
    )


def figures(cases: Sequence[Result], names: Sequence[str]) -> pd.DataFrame:
    """Return the figures of business cases in words: a column for each, one for each difference.

    Differences are to the first; where there is no payback there is a dash.
    """
    values = [case.figures for case in cases]
    columns: dict[str, list[str]] = {}
    for value, name in zip(values, map(wording.plain, names), strict=True):
        columns[name] = [row.written(value[key]) for key, row in FIGURES.items()]
        if value is not values[0]:
            change = value - values[0]
            columns[_("{name}の差").format(name=name)] = [
                _cell(change[key], row.signed) for key, row in FIGURES.items()
            ]
    rows = pd.Index([_(row.heading) for row in FIGURES.values()], name=_("数字"))
    return pd.DataFrame(columns, index=rows)


def fees_compared(result: Result, fees: pd.DataFrame) -> pd.DataFrame:
    """Return in words the fees of each fiscal year beside those of the year before."""
    years = year_on_year(result, fees_by_year(result, fees))
    rows = [
        wording.fiscal_year(year)
        + (_("({months}か月分)").format(months=months) if months != WHOLE_YEAR else "")
        for year, months in zip(years.index, years["months"], strict=True)
    ]
    return in_words(years, FEES_COMPARED).set_axis(pd.Index(rows, name=_("年度")))


def given_away(result: Result, prices: pd.DataFrame) -> pd.DataFrame:
    """Return in words what the work costs by who does it; prices are for one application."""
    own, price = work_yen(result), given_away_yen(result, prices)
    given = _("行政書士に頼む({estimate})")
    amounts = {
        _("自社で窓口(実費と時間)"): own[Case.COUNTER],
        _("自社でオンライン(実費と時間、準備と維持を含む)"): own[Case.ONLINE],
        given.format(estimate=_("低い見積り")): price[Estimate.LOW],
        given.format(estimate=_("基準")): price[Estimate.BASE],
        given.format(estimate=_("高い見積り")): price[Estimate.HIGH],
    }
    table = pd.DataFrame({_("費用(円)"): pd.Series(amounts)}).rename_axis(_("だれがするか"))
    return written(table, WHOLE)


def prices(prices: pd.DataFrame) -> pd.DataFrame:
    """Return in words what an outside professional asks for one application."""
    names = [_(LABELS[Procedure(str(procedure))]) for procedure in prices.index]
    table = in_words(prices, PRICES)
    table[_("確からしさ")] = prices["confidence"].map(wording.confidence)
    table[_("出典")] = prices["source"]
    return table.set_axis(pd.Index(names, name=_("手続")))


def applications(result: Result) -> pd.DataFrame:
    """Return every application filed: one row per month, site, procedure and months granted."""
    filed = result.applications
    return pd.DataFrame(
        {
            _("月"): filed["month"].astype(str),
            _("事業所"): filed["site"],
            _("手続"): [_(LABELS[Procedure(procedure)]) for procedure in filed["procedure"]],
            _("許可された月数(か月)"): filed["granted_months"],
            _("申請件数(件)"): filed["applications"],
        }
    ).set_index(_("月"))


# What it rests on


def plan(plan: pd.DataFrame) -> pd.DataFrame:
    """Return a plan under the headings of its template, columns without any value left out."""
    columns = PLANS[plan_kind(plan)].columns
    shown = plan.dropna(axis="columns", how="all")
    if "route" in shown:
        shown = shown.assign(route=[_(LABELS[Route(route)]) for route in shown["route"]])
    words = shown.rename(columns={key: _(columns[key].title) for key in shown})
    return words.set_index(words.columns[0])


def headcounts(plan: pd.DataFrame) -> pd.DataFrame:
    """Return in words the workers of a roster: sites by routes, with their totals."""
    table = plan.pivot_table(
        index="site",
        columns="route",
        values="headcount",
        aggfunc="sum",
        fill_value=0,
        margins=True,
        margins_name=_("合計"),
        sort=False,
    ).rename(columns={str(route): _(LABELS[route]) for route in Route})
    return written(table.rename_axis(_("事業所")), WHOLE)


def tasks(scenario: Scenario, tasks: pd.DataFrame) -> pd.DataFrame:
    """Return minutes and yen of every task, with how sure they are."""
    rates = [scenario.tasks[task] for task in tasks["id"]]
    return pd.DataFrame(
        {
            _("作業"): tasks["label_ja"],
            _("窓口・オンライン"): [_(LABELS[Channel(channel)]) for channel in tasks["channel"]],
            _("確からしさ"): confidence.of_tasks(scenario, tasks),
            _("1回の時間(分)"): [rate.minutes for rate in rates],
            _("1回の実費(円)"): [rate.yen for rate in rates],
            _("出典"): tasks["source"],
        }
    ).set_index(_("作業"))


def fees(fees: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the fee table that are modelled."""
    known = fees[fees["procedure"].isin(list(Procedure))]
    return pd.DataFrame(
        {
            _("手続"): [_(LABELS[Procedure(procedure)]) for procedure in known["procedure"]],
            _("窓口・オンライン"): [_(LABELS[Channel(channel)]) for channel in known["channel"]],
            _("受付の月(から)"): known["accepted_from"].astype(str),
            _("許可された月数(から・か月)"): known["granted_months_from"],
            _("許可された月数(まで・か月)"): known["granted_months_to"],
            _("手数料(円/件)"): known["fee_yen"],
            _("決済手数料(円/件)"): known["payment_charge_yen"],
            _("確からしさ"): [wording.confidence(letter) for letter in known["confidence"]],
            _("出典"): known["source"],
            _("確認先(公式)"): known["check_at"],
            _("確認日"): known["checked_on"].dt.strftime("%Y-%m-%d"),
        }
    ).set_index(_("手続"))


def fee_change(fees: pd.DataFrame) -> pd.DataFrame:
    """Return a row per band of the newest fees, those before them beside it, in yen."""
    months = paid_changes(fees)[-2:]
    yen = {month: in_newest_bands(fees, Procedure.EXTENSION, month) for month in months}
    now = yen[months[-1]]
    table: dict[str, object] = {
        _("{month}〜 {channel}").format(month=wording.month(month), channel=_(LABELS[channel])): (
            yen[month][channel]
        )
        for month in months
        for channel in Channel
    }
    table[_("窓口との差")] = now[Channel.ONLINE] - now[Channel.COUNTER]
    rows = fees[fees["procedure"].eq(Procedure.EXTENSION) & fees["accepted_from"].isin(months[-1:])]
    sure = rows.groupby("granted_months_from")["confidence"].first()
    table[_("確からしさ")] = [wording.confidence(sure[first]) for first, _last in now.index]
    bands = [wording.band(*band) for band in now.index.tolist()]
    return pd.DataFrame(table).set_axis(pd.Index(bands, name=_("許可される期間")))


def fee_sources(rows: pd.DataFrame) -> pd.DataFrame:
    """Return who says so of the fees of change and extension: a row for each table of fees."""
    paid = rows[rows["procedure"].isin(PAYING)]
    told = fees(paid.drop_duplicates(["accepted_from", "channel", "source"]))
    told = told.set_index(_("受付の月(から)"))
    told[_("出典")] = told[_("出典")].map(wording.linked)
    told[_("確認先(公式)")] = told[_("確認先(公式)")].map(wording.link)
    said = ("窓口・オンライン", "確からしさ", "出典", "確認先(公式)", "確認日")
    return told[[_(heading) for heading in said]]
