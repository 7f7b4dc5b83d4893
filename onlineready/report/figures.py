"""The figures of a business case, the same on the page and in files."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from onlineready.domain.scenario import Scenario, fiscal_year
from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import LABELS, Case, Channel, CostKind, Evidence, Procedure
from onlineready.language import translate as _
from onlineready.model.breakdown import fees_by_year, largest, savings_by, year_on_year
from onlineready.model.derivation import contributions
from onlineready.model.fees import changes_within, fee, in_newest_bands, paid_changes
from onlineready.model.plan import staffing_by_year
from onlineready.model.result import Result
from onlineready.model.uncertainty import (
    Band,
    Simulation,
    band,
    break_even_line,
    by_task,
    histogram,
)
from onlineready.report import charts, confidence, findings, tabular, wording
from onlineready.report.assumed import Assumed
from onlineready.report.chart_parts import Chart

MOST_PARTS = 15
"""Sites whose savings are drawn one by one; the table has all of them."""


class Figure(NamedTuple):
    """A chart, what it shows, and its numbers.

    Attributes:
        finding: its title, the finding with its number.
        measure: measure, unit and period.
        chart: the chart.
        table: its numbers, headers in words.
        form: how the numbers of the table are shown, as `tabular.written` takes it.
        name: what its files are called.
    """

    finding: str
    measure: str
    chart: Chart
    table: pd.DataFrame
    form: tabular.Form | Mapping[str, tabular.Form]
    name: str


def all_figures(result: Result, shipped: Tables, assumptions: pd.DataFrame) -> tuple[Figure, ...]:
    """Return what the files hold of a business case: its parts, volume, costs, saving and hours.

    `assumptions` are the ranges of the scenario's keys, as `tables.ASSUMPTIONS`.
    """
    return (
        waterfall(result),
        volume(result, shipped.fees),
        cost(result, shipped.fees),
        saving(result, shipped.fees, band(result, shipped, assumptions)),
        hours(result, shipped.tasks),
    )


def waterfall(result: Result) -> Figure:
    """Return how the net saving a year comes about: fees, outlay, time, set-up and upkeep."""
    words = {column.key: _(column.heading) for column in tabular.CONTRIBUTIONS}
    amounts = contributions(result)[list(words)].set_axis(list(words.values()))
    found = findings.waterfall(result, amounts.iloc[:-1])
    *parts, total = amounts.tolist()
    # The sum stands on 0, each part on the one before it.
    ends = list(accumulate(parts))
    steps = {
        "row": list(words.values()),
        "from_yen": [0.0, *ends[:-1], 0.0],
        "to_yen": [*ends, total],
        "label": [wording.signed_about(amount) for amount in (*parts, total)],
    }
    table = amounts.rename(_("1年あたり(円)")).to_frame().rename_axis(_("内訳"))
    chart = charts.waterfall(steps)
    return Figure(found.title, found.measure, chart, table, wording.signed, "waterfall")


def volume(result: Result, fees: pd.DataFrame) -> Figure:
    """Return the applications of each fiscal year, by procedure."""
    found, table = findings.volume(result), tabular.applications_by_year(result)
    chart = charts.applications_by_year(table, _fee_notes(result, fees))
    return Figure(found.title, found.measure, chart, table, wording.TENTHS, "applications_by_year")


def cost(result: Result, fees: pd.DataFrame) -> Figure:
    """Return what each fiscal year costs, counter and online, by kind of cost."""
    found, table = findings.cost(result), tabular.costs_by_year(result)
    cases, kinds = ([_(LABELS[word]) for word in words] for words in (Case, CostKind))
    chart = charts.costs_by_year(table, _fee_notes(result, fees), cases, kinds)
    return Figure(found.title, found.measure, chart, table, wording.WHOLE, "costs_by_year")


def saving(result: Result, fees: pd.DataFrame, band: Band) -> Figure:
    """Return the net saving added up month by month, with payback and the likely range.

    `band` is as `uncertainty.band` returns it of the result.
    """
    found, total = findings.payback(result), result.cumulative_yen
    months, yen = pd.PeriodIndex(total.index).to_timestamp().to_numpy(), total.to_numpy()
    low, high = band
    paid = findings.paid_in(result)
    place = slice(paid.place, paid.place + 1) if paid else slice(0)
    label = pd.array([paid.words] if paid else [], "str")
    changed = changes_within(result.scenario, fees)
    told = [_("{month} 手数料改定").format(month=wording.month(month)) for month in changed]
    starts = pd.PeriodIndex(changed, freq="M").to_timestamp()
    chart = charts.cumulative_saving(
        {"month": months, "yen": yen, "low": low, "high": high},
        {"month": months[place], "yen": yen[place], "label": label},
        {"month": starts, "label": pd.array(told, "str")},
    )
    table = tabular.cumulative(result)
    measure = _("{measure}。色の帯は10回に8回入る範囲(P10〜P90)").format(measure=found.measure)
    return Figure(found.title, measure, chart, table, wording.WHOLE, "cumulative_saving")


def hours(result: Result, tasks: pd.DataFrame) -> Figure:
    """Return the staff hours of each step of the work, counter and online; of each task below."""
    found, table = findings.hours_by_step(result), tabular.hours_by_task(result, tasks)
    chart = charts.hours_by_step(tabular.hours_by_step(result, tasks))
    return Figure(found.title, found.measure, chart, table, wording.TENTHS, "hours_by_step")


def _fee_notes(result: Result, fees: pd.DataFrame) -> dict[str, list[str]]:
    """Return lines for each change of fees, by the label of the fiscal year that it falls into."""
    notes: dict[str, list[str]] = {}
    for month in changes_within(result.scenario, fees):
        year = fiscal_year(month, result.scenario.fiscal_year_start_month)
        line = _("{month}月改定").format(month=month.month)
        notes.setdefault(wording.fiscal_year(year), []).append(line)
    return notes


# Fees


def fees_due(result: Result, fees: pd.DataFrame) -> Figure:
    """Return the fees of each year, whoever pays them."""
    due, found = fees_by_year(result, fees), findings.fees_due(result, fees)
    words = {"company_yen": _("会社"), "worker_yen": _("本人")}
    payers = {payer: word for payer, word in words.items() if due[payer].any()} or words
    cases = [_(LABELS[case]) for case in Case]
    names = {
        (payer, str(case)): f"{_(LABELS[case])} {word}"
        for case in Case
        for payer, word in payers.items()
    }
    paid = due.pivot_table(list(payers), "fiscal_year", "case", aggfunc="sum")
    paid = tabular.by_year(paid[list(names)].set_axis(list(names.values()), axis="columns"))
    notes = _fee_notes(result, fees)
    chart = charts.fees_by_year(paid, notes, cases, list(payers.values()))
    table = tabular.by_year(tabular.named(year_on_year(result, due), tabular.FEES_DUE))
    return Figure(found.title, found.measure, chart, table, wording.WHOLE, "fees_by_year")


def fee_change(fees: pd.DataFrame) -> Figure:
    """Return what an extension costs and did before the newest change, by channel and band."""
    table = tabular.fee_change(fees)
    before, newest = paid_changes(fees)[-2:]
    was, now = (in_newest_bands(fees, Procedure.EXTENSION, month) for month in (before, newest))
    year = {
        str(channel): fee(fees, Procedure.EXTENSION, channel, newest, findings.YEAR_MONTHS)
        for channel in Channel
    }
    lines = pd.concat(
        [
            pd.DataFrame(
                {
                    "band": table.index,
                    "channel": _(LABELS[channel]),
                    "before": was[channel].to_numpy(),
                    "after": now[channel].to_numpy(),
                }
            )
            for channel in Channel
        ],
        ignore_index=True,
    )
    return Figure(
        _("{month}から、1年の変更・更新は窓口{counter:,}円、オンライン{online:,}円").format(
            month=wording.month(newest), **year
        ),
        _(
            "変更・更新1件の手数料(円)、許可される期間ごと。{before}からの額 → {month}からの額。"
            "オンラインは決済手数料を含む。認定(COE)は0円"
        ).format(before=wording.month(before), month=wording.month(newest)),
        charts.fee_change(lines),
        table,
        {**dict.fromkeys(map(str, table), wording.WHOLE), _("窓口との差"): wording.signed},
        "fee_change",
    )


# The plan, and what parts of it save


def staffing(plan: pd.DataFrame, scenario: Scenario) -> Figure:
    """Return the stock, hires and leavers that a plan of any kind implies, by fiscal year."""
    years = staffing_by_year(plan, scenario).set_index("fiscal_year")
    names = {"stock": _("年度末の人数"), "hires": _("採用"), "leavers": _("離職・満了")}
    table = tabular.by_year(years.rename(columns=names))
    finding = _("{years}年間の採用は{hires:,.1f}人、人数は{first:,.1f}人から{last:,.1f}人").format(
        years=scenario.years,
        hires=years["hires"].sum(),
        first=years["stock"].iloc[0],
        last=years["stock"].iloc[-1],
    )
    measure = _("年度別の人数・採用・離職(期待値・人)。採用は年間採用の人数か、目標に足りない分")
    chart = charts.staffing_by_year(table)
    return Figure(finding, measure, chart, table, wording.TENTHS, "staffing_by_year")


def stock(plan: pd.DataFrame, scenario: Scenario) -> Figure:
    """Return the workers at the end of each fiscal year, small enough to stand beside the inputs.

    The plan is one of any kind.
    """
    years = staffing_by_year(plan, scenario).set_index("fiscal_year")["stock"]
    table = tabular.by_year(years.rename(_("年度末の人数")).to_frame())
    finding = _("人数は{first}人から{last}人").format(
        first=wording.compact(years.iloc[0]), last=wording.compact(years.iloc[-1])
    )
    chart = charts.stock(table.iloc[:, 0])
    measure = _("年度末の人数(期待値・人)")
    return Figure(finding, measure, chart, table, wording.TENTHS, "stock_by_year")


def savings_by_site(result: Result, fees: pd.DataFrame) -> Figure:
    """Return what filing online saves at each site, set-up and upkeep apart."""
    savings = savings_by(result, fees, "site")
    finding = _("{years}年間の差引きの効果は{total}").format(
        years=result.scenario.years, total=wording.gain(savings["net_saving_yen"].sum())
    )
    if len(savings) > 1:
        finding += _("。最も大きいのは{site}の{gain}").format(
            site=savings["part"].iloc[0], gain=wording.gain(savings["net_saving_yen"].iloc[0])
        )
    measure = _("事業所別の差引きの効果")
    return _savings_by_part(finding, measure, result, savings, "savings_by_site")


def savings_by_procedure(result: Result, fees: pd.DataFrame) -> Figure:
    """Return what filing online saves by procedure, set-up and upkeep apart."""
    savings = savings_by(result, fees, "procedure")
    names = {str(procedure): _(LABELS[procedure]) for procedure in Procedure}
    savings["part"] = savings["part"].map(names)
    finding = "、".join(
        _("{procedure}で{gain}").format(procedure=name, gain=wording.gain(amount))
        for name, amount in savings.set_index("part")["net_saving_yen"].iloc[:-1].items()
    )
    finding = finding or _("申請がありません")
    measure = _("手続別の差引きの効果")
    return _savings_by_part(finding, measure, result, savings, "savings_by_procedure")


def _savings_by_part(
    finding: str, measure: str, result: Result, savings: pd.DataFrame, name: str
) -> Figure:
    """Return savings as a figure, each row under the name of its part in words."""
    words = {"": _("ほかの事業所"), None: _("準備と維持")}
    rows, drawn = (
        found.set_axis(pd.Index(found["part"].replace(words), name=_("内訳")))
        for found in (savings, largest(savings, MOST_PARTS))
    )
    measure = _(
        "{measure}(円・{years}年間の合計)。黒い線が差引きの効果。時間の価値は現金ではない"
    ).format(measure=measure, years=result.scenario.years)
    chart, table = _savings_chart(drawn), tabular.named(rows, tabular.SAVED)
    forms = {_(column.heading): column.form for column in tabular.SAVED}
    return Figure(finding, measure, chart, table, forms, name)


def scenarios(cases: Sequence[Result], names: Sequence[str]) -> Figure:
    """Return what each of several business cases saves a year, under its name."""
    saved = pd.DataFrame(
        [case.figures for case in cases], index=pd.Index(list(names), name=_("シナリオ"))
    )
    found = findings.scenarios(saved["net_saving_yen"])
    chart, table = _savings_chart(saved), tabular.named(saved, tabular.SAVINGS)
    return Figure(found.title, found.measure, chart, table, wording.WHOLE, "scenarios")


def _savings_chart(savings: pd.DataFrame) -> Chart:
    """Draw savings in cash, value of time and net, a label for each row."""
    table = tabular.named(savings, tabular.SAVINGS)
    rows = [
        _("{name}\n{amount}").format(name=name, amount=wording.signed_yen(amount))
        for name, amount in savings["net_saving_yen"].items()
    ]
    return charts.savings(table.set_axis(rows))


# How sure it is


def tornado(result: Result, ends: pd.DataFrame, assumed: Assumed) -> Figure:
    """Return which assumptions move the NPV, the widest swing first; some must.

    Args:
        result: the business case.
        ends: as `uncertainty.tornado` returns it; minutes and yen of a task are one row here.
        assumed: what the assumptions are called.
    """
    npv = result.worth.npv_yen
    merged = by_task(ends, npv)
    words = pd.DataFrame(
        {
            end: [
                _("、").join(
                    assumed.value(value, *key.split("."))
                    for key, value in zip(keys, values, strict=True)
                )
                for keys, values in zip(merged["keys"], merged[end], strict=True)
            ]
            for end in ("low", "base", "high")
        },
        index=pd.Index([assumed.together(*keys) for keys in merged["keys"]], name=_("前提")),
    )
    yen = merged.set_axis(words.index)[["npv_low", "npv_high", "swing"]]
    drawn = yen[yen["swing"].gt(0)].head(findings.MOST_BARS)
    parts = [
        pd.DataFrame(
            {
                "row": drawn.index,
                "base_yen": npv,
                "npv_yen": drawn[f"npv_{end}"].to_numpy(),
                "label": words[end].head(len(drawn))
                + ": "
                + drawn[f"npv_{end}"].map(wording.compact_yen),
            }
        )
        for end in ("low", "high")
    ]
    found = findings.tornado(result, ends, assumed)
    table = tabular.named(pd.concat([words, yen], axis="columns"), tabular.TORNADO)
    effects = [_("効果が増える"), _("効果が減る")]
    chart = charts.tornado(pd.concat(parts, ignore_index=True), effects)
    return Figure(found.title, found.measure, chart, table, wording.WHOLE, "tornado")


def break_even(result: Result) -> Figure:
    """Return the NPV over the yearly volume, the plan and the break-even marked."""
    curve, npv = result.break_even, result.worth.npv_yen
    planned = _("計画 {npv}").format(npv=wording.yen(npv))
    rows = [(curve.plan_applications_per_year, npv, planned, True)]
    if curve.applications_per_year is not None:
        label = _("損益分岐 年{number:,.1f}件").format(number=curve.applications_per_year)
        rows.append((curve.applications_per_year, 0.0, label, False))
    points = pd.DataFrame(rows, columns=["applications_per_year", "npv_yen", "label", "plan"])
    line, found = break_even_line(curve), findings.break_even(result)
    table = pd.concat([line, points]).sort_values("applications_per_year")
    table = tabular.named(table, tabular.BREAK_EVEN)
    chart = charts.break_even(line, points)
    table = table.set_index(table.columns[0])
    return Figure(found.title, found.measure, chart, table, wording.WHOLE, "break_even")


def chance(simulation: Simulation) -> Figure:
    """Return how the NPV spreads when everything uncertain is drawn at once."""
    positive, not_positive = _(wording.POSITIVE), _(wording.NOT_POSITIVE)
    bars = histogram(simulation.npv_yen)
    bars = bars.assign(sign=bars["from_yen"].ge(0).map({True: positive, False: not_positive}))
    marks = pd.DataFrame(
        [
            (npv, label.format(npv=wording.compact_yen(npv)))
            for npv, label in (
                (simulation.p10_yen, _("悪い方から10%(P10) {npv}")),
                (simulation.p50_yen, _("真ん中(P50) {npv}")),
                (simulation.p90_yen, _("良い方から10%(P90) {npv}")),
            )
        ],
        columns=["npv_yen", "label"],
    )
    found, table = findings.chance(simulation), tabular.named(bars, tabular.DRAWS)
    return Figure(
        _("{title}。{detail}").format(title=found.title, detail=found.detail),
        found.measure,
        charts.simulation(bars, marks, [positive, not_positive]),
        table.set_index(table.columns[0]),
        wording.WHOLE,
        "simulation",
    )


# What it rests on


def grounds(tables: Tables, assumptions: pd.DataFrame) -> Figure:
    """Return what the numbers of the calculation stand on, by kind.

    `assumptions` are the ranges of the scenario's keys, as `tables.ASSUMPTIONS`.
    """
    counts = confidence.counted(tables, assumptions)
    table = counts.rename(columns=lambda degree: _(LABELS[degree])).rename_axis(_("数値"))
    table.insert(0, _("合計"), table.sum(axis="columns"))
    found, told = [], []
    for kind, numbers in zip(counts.index, counts.to_dict("records"), strict=True):
        total, (degree, most) = sum(numbers.values()), max(numbers.items(), key=itemgetter(1))
        said = (
            _("{kind}{total}は{degree}")
            if most == total
            else _("{kind}{total}のうち{most}は{degree}")
        )
        word = _(LABELS[Evidence(str(degree))])
        found.append(said.format(kind=kind, total=total, most=most, degree=word))
        parts = [confidence.signed(str(one), number) for one, number in numbers.items() if number]
        told.append(
            _("{kind} {total}: {parts}").format(kind=kind, total=total, parts=_("、").join(parts))
        )
    return Figure(
        _("数字の根拠: {found}").format(found=_("、").join(found)),
        _("計算に使う{total}の数値を、何に基づくかで分けた数(作業は時間と実費で一つ)").format(
            total=counts.to_numpy().sum()
        ),
        charts.grounds(table.iloc[:, 1:], told),
        table,
        wording.WHOLE,
        "grounds",
    )
