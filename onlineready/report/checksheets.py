"""The readiness checklist on paper: one sheet for each officer, with boxes to tick."""

from datetime import date

from onlineready.domain.vocabulary import LABELS, Estimate, Status
from onlineready.language import translate as _
from onlineready.readiness import forecast
from onlineready.readiness.checklist import DECLARATION_REVIEW
from onlineready.readiness.forecast import Step
from onlineready.report.briefing import Box, Section, Sheet
from onlineready.report.facts import Facts
from onlineready.report.outlook import entry_names


def sheets(facts: Facts) -> tuple[Sheet, ...]:
    """Return a sheet for each officer: what the organization does, and what the officer does."""
    days = facts.forecasts[Estimate.BASE].days
    finish = {key: last for key, (_first, last) in days.items()}
    names = entry_names(facts.steps)
    sheets = []
    for place in range(len(facts.subject.workbook.readiness.officers)):
        mine = [step for step in facts.steps if step.officer in (None, place)]
        sections = [
            Section(
                title=_("{number}. {label}").format(number=stage.id, label=stage.label_ja),
                boxes=tuple(
                    _box(step, names[step.entry.id], finish[step.key])
                    for step in mine
                    if step.entry.stage == stage.id
                ),
            )
            for stage in facts.shipped.checklist.stages
        ]
        approved = finish[place, DECLARATION_REVIEW]
        sheets.append(
            Sheet(
                title=_("準備チェックリスト {officer}").format(officer=facts.owner(place)),
                summary=_("基準日 {as_of}・承認の見込み {day}・日数は仮定").format(
                    as_of=facts.subject.workbook.as_of, day=_day(approved) or _("済み")
                ),
                sections=tuple(section for section in sections if section.boxes),
            )
        )
    return tuple(sheets)


def _box(step: Step, label: str, finish: date | None) -> Box:
    settled = step.status in forecast.SETTLED
    awaited = not settled and (not step.entry.optional or step.answer.planned is not None)
    return Box(
        label=label if step.officer is not None else _("{label}(会社)").format(label=label),
        ticked=settled,
        status=_(LABELS[step.status]),
        due=_day(finish) if awaited else "",
        done_on=_day(step.answer.done_on) if step.status is Status.DONE else "",
    )


def _day(day: date | None) -> str:
    return "" if day is None else f"{day:%Y-%m-%d}"
