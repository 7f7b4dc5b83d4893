"""The sheet with minutes and yen of each task, and what it takes over the horizon."""

from typing import Any

import pandas as pd

from onlineready.domain.scenario import bounds
from onlineready.domain.vocabulary import LABELS, Case, Channel, Driver, Evidence, Per, Procedure
from onlineready.export.xlsx.layout import (
    FIRST,
    MINUTES_COLUMN,
    NAMES,
    TASKS_SHEET,
    YEN_COLUMN,
    Model,
    months_area,
    rates_begin,
    records,
    site_rate_row,
    total_of_months,
    visit_row,
)
from onlineready.export.xlsx.spreadsheet import (
    HOURS,
    SHARE,
    WHOLE,
    YEN,
    Book,
    Check,
    Sheet,
    cell,
    fixed,
    said,
)
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.applications import PROCEDURES

_DRIVERS = {
    Driver.APPLICATION: mark("申請1件ごと"),
    Driver.SUBMIT_VISIT: mark("申請の来庁1回ごと"),
    Driver.COLLECT_VISIT: mark("受取の来庁1回ごと"),
    Driver.COLLECT_TRIP: mark("受取だけの来庁1回ごと"),
    Driver.SETUP: mark("開始の月に1回"),
    Driver.UPKEEP: mark("開始後、間隔ごとに1回"),
}

_SOURCE_WIDTH = 90


def tasks_sheet(book: Book, model: Model) -> None:
    """Write the tasks, their rates, and what they take over the horizon."""
    widths = (26, 12, 24, 10, 8, 8, 10, 9, 10, 11, 11, 13, 13, 13, 13, 10, _SOURCE_WIDTH)
    sheet = Sheet(book, _(TASKS_SHEET), widths)
    sheet.title(
        _("作業: 1回あたりの所要時間と費用"),
        _(
            "時間=回数×所要時間、実費=回数×費用。来庁の作業は、事業所ごとに「来庁回数」でも変えられます。"
        ),
    )
    sheet.legend(FIRST - 2)
    heads = (
        _("作業"),
        _("窓口・オンライン"),
        _("何ごとに行うか"),
        _("認定の申請(1=する)"),
        _("変更(1=する)"),
        _("更新(1=する)"),
        _("行う割合(%)"),
        _("人数(人)"),
        _("間隔(か月)"),
        _("所要時間(分/回)"),
        _("費用(円/回)"),
        _("窓口の場合の時間(時間・期間の合計)"),
        _("オンライン化した場合の時間(時間・期間の合計)"),
        _("窓口の場合の実費(円・期間の合計)"),
        _("オンライン化した場合の実費(円・期間の合計)"),
        _("確からしさ"),
        _("根拠"),
    )
    sheet.sheet.set_row(FIRST - 1, 66)
    for column, text in enumerate(heads):
        sheet.head(FIRST - 1, column, text)
    done = model.result.quantities.done
    rates = {"hours": done.minutes / 60, "outlay_yen": done.yen}
    spent = {unit: done.by_task(rate) for unit, rate in rates.items()}
    for n, task in enumerate(records(model.tasks)):
        row, rate = FIRST + n, model.scenario.tasks[task.id]
        sheet.text(row, 0, task.label_ja)
        sheet.text(row, 1, _(LABELS[Channel(task.channel)]))
        sheet.text(row, 2, _(_DRIVERS[Driver(task.driver)]))
        _write_quantities(sheet, model, row, task)
        _write_rate(sheet, row, rate.minutes, rate.yen)
        for column, case, unit in (
            (11, Case.COUNTER, "hours"),
            (12, Case.ONLINE, "hours"),
            (13, Case.COUNTER, "outlay_yen"),
            (14, Case.ONLINE, "outlay_yen"),
        ):
            formula = _total_of_task(model, n, task, case, unit)
            value = spent[unit][list(Case).index(case), done.tasks.ids.index(task.id)]
            sheet.formula(row, column, formula, value, HOURS if unit == "hours" else YEN)
        sheet.text(row, 15, _(LABELS[Evidence(task.confidence)]))
        sheet.paragraph(row, 16, task.source, _SOURCE_WIDTH)
    _write_rates_of_applications(sheet, model)
    sheet.on_large_paper()
    sheet.sheet.freeze_panes(FIRST, 1)
    sheet.sheet.repeat_rows(FIRST - 1)


def _write_rate(sheet: Sheet, row: int, minutes: float, yen: float) -> None:
    for column, value, number, check in (
        (MINUTES_COLUMN, minutes, "#,##0.##", rate_check("minutes")),
        (YEN_COLUMN, yen, YEN, rate_check("yen")),
    ):
        sheet.input(row, column, value, number if value % 1 else WHOLE, check)


def rate_check(unit: str) -> Check:
    """Return what may be typed in as minutes or yen of a task."""
    low, high = bounds(unit)
    words = _("{low:,}〜{high:,}の数を入れてください。").format(low=low, high=high)
    return Check("decimal", (low, high), words)


def _write_quantities(sheet: Sheet, model: Model, row: int, task: Any) -> None:
    """Write what a task is done for: the procedures and how often, or people and interval."""
    names = {key: _(name) for key, name in NAMES.items()}
    applies = task.driver == Driver.APPLICATION
    listed = None if pd.isna(task.procedures) else str(task.procedures).split()
    for column, procedure in enumerate(Procedure, start=3):
        done = listed is None or procedure in listed
        sheet.value(row, column, int(done) if applies else None, "0")
    share = 1.0 if pd.isna(task.share) else float(task.share)
    sheet.value(row, 6, share if applies else None, SHARE)
    match task.per:
        case Per.ORGANIZATION:
            sheet.value(row, 7, 1, WHOLE)
        case Per.OFFICER:
            sheet.formula(row, 7, f"={names['officers']}", model.scenario.officers, WHOLE)
        case Per.UNCERTIFIED_OFFICER:
            people = model.scenario.uncertified_officers
            sheet.formula(row, 7, f"={names['uncertified_officers']}", people, WHOLE)
        case _:
            sheet.value(row, 7, None)
    if task.interval_months == "id_validity_months":
        months = model.scenario.id_validity_months
        sheet.formula(row, 8, f"={names['id_validity_months']}", months, WHOLE)
    else:
        interval = None if pd.isna(task.interval_months) else int(task.interval_months)
        sheet.value(row, 8, interval, WHOLE)


def _total_of_task(model: Model, n: int, task: Any, case: Case, unit: str) -> str:
    """Return the formula of a task's hours or outlay over the horizon."""
    row = FIRST + n
    rate = cell(row, MINUTES_COLUMN if unit == "hours" else YEN_COLUMN)
    per_hour = "/60" if unit == "hours" else ""
    names = {key: _(name) for key, name in NAMES.items()}
    match task.driver:
        case Driver.APPLICATION:
            filed = {p: total_of_months(f"applications_{p}") for p in Procedure}
            online = {p: total_of_months(f"online_{p}") for p in Procedure}
            if task.channel == Channel.ONLINE:
                number = {p: online[p] if case is Case.ONLINE else "0" for p in Procedure}
            else:
                number = {
                    p: f"({filed[p]}-{online[p]})" if case is Case.ONLINE else filed[p]
                    for p in Procedure
                }
            done = "+".join(f"{cell(row, 3 + i)}*{number[p]}" for i, p in enumerate(Procedure))
            return f"=({done})*{cell(row, 6)}*{rate}{per_hour}"
        case Driver.SETUP | Driver.UPKEEP:
            if case is Case.COUNTER:
                return "=0"
            live = f"({names['online_from']}<{names['months']})"
            if task.driver == Driver.SETUP:
                return f"={live}*{cell(row, 7)}*{rate}{per_hour}"
            m, since = months_area(model, "m"), names["online_from"]
            due = f"({m}>{since})*(MOD({m}-{since},{cell(row, 8)})=0)"
            return f"={live}*SUMPRODUCT({due})*{cell(row, 7)}*{rate}{per_hour}"
        case _:
            driver = (
                Driver.SUBMIT_VISIT if task.driver == Driver.SUBMIT_VISIT else Driver.COLLECT_VISIT
            )
            trips = visit_row(model, case, driver, None)
            own = site_rate_row(model, n, unit)
            apart = (
                f"*(1-{names['combined_trip_share']})" if task.driver == Driver.COLLECT_TRIP else ""
            )
            return f"=SUMPRODUCT({trips},{own}){apart}{per_hour}"


def _write_rates_of_applications(sheet: Sheet, model: Model) -> None:
    """Write what one application takes in each channel: the sum of its tasks."""
    begin, rows = rates_begin(model), model.rows_of(Driver.APPLICATION)
    sheet.sheet.set_row(begin - 1, 30)
    sheet.heading(begin - 2, _("申請1件あたり(上の作業の合計)"))
    for column, text in (
        (0, _("手続")),
        (1, _("窓口・オンライン")),
        (MINUTES_COLUMN, _("所要時間(分/件)")),
        (YEN_COLUMN, _("費用(円/件)")),
    ):
        sheet.head(begin - 1, column, text)
    done = model.result.quantities.done
    for n, (channel, procedure) in enumerate((c, p) for c in Channel for p in Procedure):
        row, flag = begin + n, 3 + list(Procedure).index(procedure)
        sheet.text(row, 0, _(LABELS[procedure]))
        sheet.text(row, 1, _(LABELS[channel]))
        often = done.tasks.per_application[
            list(Channel).index(channel), PROCEDURES.index(procedure)
        ]
        for column, unit in ((MINUTES_COLUMN, "minutes"), (YEN_COLUMN, "yen")):
            value = float(often @ getattr(done, unit)[0])
            formula = "=0"
            if rows:
                first, last = FIRST + rows[0], FIRST + rows[-1]
                area = {c: f"{fixed(first, c)}:{fixed(last, c)}" for c in (1, flag, 6, column)}
                formula = (
                    f"=SUMPRODUCT(({area[1]}={said(_(LABELS[channel]))})"
                    f"*{area[flag]}*{area[6]}*{area[column]})"
                )
            sheet.formula(row, column, formula, value, "#,##0.0")
