"""The sheet with minutes and yen of each task, and what it takes over the horizon."""

from collections import ChainMap
from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Case, Channel, Driver, Per, Procedure
from onlineready.export.xlsx.layout import APPLICATION_RATES, TASKS_SHEET, UNITS, Model, visit_of
from onlineready.export.xlsx.series import task_lines
from onlineready.export.xlsx.spreadsheet import A3, Book, Form, Sheet, bounded, rate_number
from onlineready.language import translate as _
from onlineready.model.applications import PROCEDURES

Task = Mapping[Hashable, Any]
"""A row of the table of tasks by column."""

_SOURCE_WIDTH = 90

_PEOPLE: Mapping[str, Any] = {
    Per.ORGANIZATION: 1,
    Per.OFFICER: "officers",
    Per.UNCERTIFIED_OFFICER: "uncertified_officers",
}
"""How many do a task: a number, or the key of the assumption."""


def tasks_sheet(book: Book, model: Model) -> None:
    """Write the tasks, their rates, and what they take over the horizon."""
    widths = (26, 12, 24, 10, 8, 8, 10, 9, 10, 11, 11, 13, 13, 13, 13, 10, _SOURCE_WIDTH)
    sheet = Sheet(book, _(TASKS_SHEET), widths)
    sheet.title(
        _("作業: 1回の時間と実費"),
        _(
            "時間=回数×1回の時間、実費=回数×1回の実費。来庁の作業は、事業所ごとに「来庁回数」でも変えられます。"
        ),
    )
    block, tasks = model.task_cells, model.tasks.to_dict("records")
    sheet.legend(block.first - 2)
    shown = pd.DataFrame([_shown(model, task) for task in tasks])
    taken = partial(_cells_of_task, model, tasks)
    sheet.table(block.first, task_lines(), shown, taken, height=66, kept=1)
    for row, task in enumerate(tasks, start=block.first):
        counts = {"people": _PEOPLE.get(task["per"]), "interval": task["interval_months"]}
        for key, counted in counts.items():
            if counted in model.cells:
                value, formula = getattr(model.scenario, counted), f"={model.cells[counted]}"
                sheet.formula(row, block.column(key), formula, value, Form.WHOLE)
            else:
                number = None if pd.isna(counted) else int(counted)
                sheet.value(row, block.column(key), number, Form.WHOLE)
        for unit in UNITS:
            rate = getattr(model.scenario.tasks[task["id"]], unit)
            sheet.input(row, block.column(unit), rate, rate_number(rate), bounded(unit))
        sheet.paragraph(row, block.column("source"), task["source"], _SOURCE_WIDTH)
    _write_rates_of_applications(sheet, model)
    sheet.sheet.set_paper(A3)


def _shown(model: Model, task: Task) -> dict[str, Any]:
    """Return words and numbers of a task by key: `series.task_lines`."""
    done, applies = model.result.quantities.done, task["driver"] == Driver.APPLICATION
    procedures, share = task["procedures"], task["share"]
    listed: list[str] = list(Procedure) if pd.isna(procedures) else procedures.split()
    place = done.tasks.ids.index(task["id"])
    hours, yen = done.by_task(done.minutes / 60), done.by_task(done.yen)
    return {
        "task": task["label_ja"],
        "channel": _(LABELS[task["channel"]]),
        "driver": _(LABELS[task["driver"]]),
        **{one: int(one in listed) if applies else None for one in Procedure},
        "share": (1.0 if pd.isna(share) else share) if applies else None,
        **{f"{case}_hours": hours[n, place] for n, case in enumerate(Case)},
        **{f"{case}_outlay_yen": yen[n, place] for n, case in enumerate(Case)},
        "confidence": _(LABELS[task["confidence"]]),
    }


def _cells_of_task(model: Model, tasks: Sequence[Task], n: int) -> dict[str, str]:
    """Return what a task takes over the horizon, by key: the formulas of its hours and outlay."""
    cells = ChainMap(model.task_cells.own(n), model.cells)
    taken = {}
    for case in Case:
        for what, unit in (("hours", "minutes"), ("outlay_yen", "yen")):
            formula = _taken(model, n, tasks[n], case, unit)
            taken[f"taken_{case}_{what}"] = formula.format_map(cells)
    return taken


def _taken(model: Model, n: int, task: Task, case: Case, unit: str) -> str:
    """Return the formula of what a task takes over the horizon: hours of minutes, or yen."""
    lives, since = "({online_from}<{months})", "{months_m}-{online_from}"
    per = "/60" if unit == "minutes" else ""
    match task["driver"]:
        case Driver.APPLICATION:
            terms = (f"{{{p}}}*{_filed(task['channel'], case, p)}" for p in Procedure)
            return f"({'+'.join(terms)})*{{share}}*{{{unit}}}{per}"
        case Driver.SETUP | Driver.UPKEEP if case is Case.COUNTER:
            return "0"
        case Driver.SETUP:
            return f"{lives}*{{people}}*{{{unit}}}{per}"
        case Driver.UPKEEP:
            due = f"({{months_m}}>{{online_from}})*(MOD({since},{{interval}})=0)"
            return f"{lives}*SUMPRODUCT({due})*{{people}}*{{{unit}}}{per}"
        case _:
            visit, share = visit_of(Driver(task["driver"]))
            made = model.visit_cells(case, visit).across(model.scenario.months)
            return f"SUMPRODUCT({made},{model.site_rates(n, unit)}){share}{per}"


def _filed(channel: str, case: Case, procedure: Procedure) -> str:
    """Return the formula of what is filed in a channel over the horizon."""
    filed = f"{{months_total_applications_{procedure}}}"
    online = f"{{months_total_online_{procedure}}}"
    if channel == Channel.ONLINE:
        return online if case is Case.ONLINE else "0"
    return f"({filed}-{online})" if case is Case.ONLINE else filed


def _write_rates_of_applications(sheet: Sheet, model: Model) -> None:
    """Write what one application takes in each channel: the sum of its tasks."""
    block, done = model.application_rate_cells, model.result.quantities.done
    sheet.heading(block.first - 2, _("申請1件あたり(上の作業の合計)"))
    sheet.heads(block.first - 1, (_("手続"), _("窓口・オンライン")), height=30)
    taken = _("時間(分/件)"), _("実費(円/件)")
    sheet.heads(block.first - 1, taken, left=block.column("minutes"))
    for row, (channel, procedure) in enumerate(APPLICATION_RATES, start=block.first):
        sheet.text(row, 0, _(LABELS[procedure]), _(LABELS[channel]))
        places = list(Channel).index(channel), PROCEDURES.index(procedure)
        for unit in UNITS:
            value = float(done.tasks.per_application[places] @ getattr(done, unit)[0])
            formula, keys = "=0", ("channel", procedure, "share", unit)
            if columns := model.of_tasks(Driver.APPLICATION, *keys):
                of_channel = f"({columns[0]}={model.cells[f'said_{channel}']})"
                formula = f"=SUMPRODUCT({'*'.join([of_channel, *columns[1:]])})"
            sheet.formula(row, block.column(unit), formula, value, Form.RATE)
