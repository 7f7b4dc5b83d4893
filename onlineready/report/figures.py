"""The figures of a business case, the same on the page and in files."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from onlineready.domain.tables import Tables
from onlineready.domain.vocabulary import LABELS, Case, CostKind
from onlineready.language import translate as _
from onlineready.model.breakdown import fees_by_year, year_on_year
from onlineready.model.fees import changes_within
from onlineready.model.result import Result
from onlineready.model.uncertainty import Simulation, break_even_line, histogram
from onlineready.report import charts, findings, tabular, wording
from onlineready.report.assumed import Assumed
from onlineready.report.charts import Chart


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


def all_figures(result: Result, shipped: Tables) -> tuple[Figure, Figure, Figure, Figure]:
    """Return applications, costs, cumulative saving and hours, as they stand on the page."""
    notes = fee_notes(result, shipped.fees)
    return (
        _volume(result, notes),
        _cost(result, notes),
        _saving(result, shipped.fees),
        _hours(result, shipped.tasks),
    )


def _volume(result: Result, notes: dict[str, list[str]]) -> Figure:
    table, found = tabular.applications_by_year(result), findings.volume(result)
    long = table.rename_axis("year").reset_index()
    long = long.melt("year", var_name="procedure", value_name="applications")
    long = long.assign(order=long["procedure"].map(list(table).index))
    chart = charts.applications_by_year(long, [str(name) for name in table], notes)
    return Figure(found.title, found.measure, chart, table, tabular.TENTHS, "applications_by_year")


def _cost(result: Result, notes: dict[str, list[str]]) -> Figure:
    found, names = findings.cost(result), tabular.cost_names()
    long = result.cost_by_year
    long = long.assign(
        year=long["fiscal_year"].map(wording.fiscal_year),
        series=[names[key] for key in zip(long["case"], long["kind"], strict=True)],
        order=long["kind"].map(list(map(str, CostKind)).index),
    )
    chart = charts.costs_by_year(long, list(names.values()), notes)
    table = tabular.costs_by_year(result)
    return Figure(found.title, found.measure, chart, table, tabular.WHOLE, "costs_by_year")


def _saving(result: Result, fees: pd.DataFrame) -> Figure:
    found, total = findings.payback(result), result.cumulative_yen
    months = pd.PeriodIndex(total.index).to_timestamp()
    frame = pd.DataFrame({"month": months, "yen": total.to_numpy()})
    place, label = findings.paid_in(result) or (len(frame), "")
    marks = pd.DataFrame(
        [
            (month.to_timestamp(), _("{month} 手数料改定").format(month=wording.month(month)))
            for month in changes_within(result.scenario, fees)
        ],
        columns=["month", "label"],
    ).astype({"month": "datetime64[us]", "label": "str"})
    chart = charts.cumulative_saving(
        frame, frame.iloc[place : place + 1].assign(label=label), marks
    )
    table = tabular.cumulative(result)
    return Figure(found.title, found.measure, chart, table, tabular.WHOLE, "cumulative_saving")


def _hours(result: Result, tasks: pd.DataFrame) -> Figure:
    found, table = findings.hours_by_task(result), tabular.hours_by_task(result, tasks)
    labels = {str(case): _(LABELS[case]) for case in Case}
    names = tasks.set_index("id")["label_ja"]
    hours = result.hours_by_task
    hours = hours[hours["hours"].gt(0)]
    long = hours.assign(task=hours["id"].map(names), case=hours["case"].map(labels))
    chart = charts.hours_by_task(long, list(table.index), list(labels.values()))
    return Figure(found.title, found.measure, chart, table, tabular.TENTHS, "hours_by_task")


# Further questions


def fees_due(result: Result, fees: pd.DataFrame) -> Figure:
    """Return the fees of each year, whoever pays them."""
    due = fees_by_year(result, fees)
    words = {"company_yen": _("会社"), "worker_yen": _("本人")}
    payers = {payer: word for payer, word in words.items() if due[payer].any()} or words
    names = {
        (str(case), payer): f"{_(LABELS[case])} {word}"
        for case in Case
        for payer, word in payers.items()
    }
    by_case = due.groupby(["fiscal_year", "case"])[list(payers)].sum().reset_index()
    long = by_case.melt(["fiscal_year", "case"], var_name="payer", value_name="yen")
    long = long.assign(
        year=long["fiscal_year"].map(wording.fiscal_year),
        series=[names[key] for key in zip(long["case"], long["payer"], strict=True)],
        order=long["payer"].map(list(payers).index),
    ).sort_values(["fiscal_year", "case"])
    found = findings.fees_due(result, fees)
    chart = charts.fees_by_year(long, list(names.values()), fee_notes(result, fees))
    table = tabular.by_year(tabular.named(year_on_year(result, due), tabular.FEES_DUE))
    return Figure(found.title, found.measure, chart, table, tabular.WHOLE, "fees_by_year")


def scenarios(cases: Sequence[Result], names: Sequence[str]) -> Figure:
    """Return what each of several business cases saves a year, under its name."""
    saved = pd.DataFrame(
        [case.figures for case in cases], index=pd.Index(list(names), name=_("シナリオ"))
    )
    found = findings.scenarios(saved["net_saving_yen"])
    table = tabular.named(saved, tabular.SAVINGS)
    chart = savings_chart(table)
    return Figure(found.title, found.measure, chart, table, tabular.WHOLE, "scenarios")


def savings_chart(table: pd.DataFrame) -> Chart:
    """Draw a table of savings: columns cash, value of time and net, a label for each row."""
    cash, time, net = table.columns
    rows = [
        _("{name}\n{amount}").format(name=name, amount=wording.signed_yen(amount))
        for name, amount in table[net].items()
    ]
    drawn = table.set_axis(pd.Index(rows, name="row")).reset_index()
    return charts.savings(
        drawn.melt("row", [cash, time], var_name="kind", value_name="yen"),
        drawn.rename(columns={net: "yen"})[["row", "yen"]],
        [cash, time],
    )


def tornado(result: Result, ends: pd.DataFrame, assumed: Assumed) -> Figure:
    """Return which assumptions move the NPV, the widest swing first; some must.

    Args:
        result: the business case.
        ends: as `uncertainty.tornado` returns it.
        assumed: what the assumptions are called.
    """
    npv = result.worth.npv_yen
    places = [key.split(".") for key in ends["key"]]
    words = pd.DataFrame(
        {
            end: [
                assumed.value(value, *place) for value, place in zip(ends[end], places, strict=True)
            ]
            for end in ("low", "base", "high")
        },
        index=pd.Index([assumed.name(*place) for place in places], name=_("前提")),
    )
    yen = ends.set_index(words.index)[["npv_low", "npv_high", "swing"]]
    drawn = yen[yen["swing"].gt(0)].head(findings.MOST_BARS)
    low, high = _("前提が低いとき"), _("前提が高いとき")
    parts = [
        pd.DataFrame(
            {
                "assumption": drawn.index,
                "end": word,
                "base_yen": npv,
                "npv_yen": drawn[f"npv_{end}"],
                "left": drawn[f"npv_{end}"].lt(drawn[f"npv_{other}"]),
                "label": words[end].head(len(drawn)) + ": " + drawn[f"npv_{end}"].map(wording.yen),
            }
        )
        for end, other, word in (("low", "high", low), ("high", "low", high))
    ]
    found = findings.tornado(result, ends, assumed)
    table = tabular.named(pd.concat([words, yen], axis="columns"), tabular.TORNADO)
    chart = charts.tornado(
        pd.concat(parts, ignore_index=True), pd.DataFrame({"npv_yen": [npv]}), [low, high]
    )
    return Figure(found.title, found.measure, chart, table, tabular.WHOLE, "tornado")


def break_even(result: Result) -> Figure:
    """Return the NPV over the yearly volume, the plan and the break-even marked."""
    curve, npv = result.break_even, result.worth.npv_yen
    plan = _("計画 {npv}").format(npv=wording.yen(npv))
    rows = [(curve.plan_applications_per_year, npv, plan, True)]
    if curve.applications_per_year is not None:
        label = _("損益分岐 年{number:,.1f}件").format(number=curve.applications_per_year)
        rows.append((curve.applications_per_year, 0.0, label, False))
    points = pd.DataFrame(rows, columns=["applications_per_year", "npv_yen", "label", "plan"])
    line, found = break_even_line(curve), findings.break_even(result)
    table = pd.concat([line, points]).sort_values("applications_per_year")
    table = tabular.named(table, tabular.BREAK_EVEN)
    chart = charts.break_even(line, points)
    table = table.set_index(table.columns[0])
    return Figure(found.title, found.measure, chart, table, tabular.WHOLE, "break_even")


def chance(simulation: Simulation) -> Figure:
    """Return how the NPV spreads when everything uncertain is drawn at once."""
    pays, fails = _("元が取れる"), _("元が取れない")
    bars = histogram(simulation.npv_yen)
    bars = bars.assign(sign=bars["from_yen"].ge(0).map({True: pays, False: fails}))
    marks = pd.DataFrame(
        [
            (npv, label.format(npv=wording.yen(npv)))
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
        charts.simulation(bars, marks, [pays, fails]),
        table.set_index(table.columns[0]),
        tabular.WHOLE,
        "simulation",
    )


def fee_notes(result: Result, fees: pd.DataFrame) -> dict[str, list[str]]:
    """Return a line for each change of fees, by the label of the fiscal year that it falls into."""
    changed = changes_within(result.scenario, fees)
    notes: dict[str, list[str]] = {}
    for month, year in zip(result.months.index, result.months["fiscal_year"], strict=True):
        if month in changed:
            line = _("{month}月 手数料改定").format(month=month.month)
            notes.setdefault(wording.fiscal_year(year), []).append(line)
    return notes
