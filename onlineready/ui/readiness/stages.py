"""The stages of the checklist on the page: each item is ticked for each officer."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from onlineready.domain.vocabulary import LABELS, Evidence, Per, Reply, Status, Word
from onlineready.language import translate as _
from onlineready.readiness import checklist, forecast
from onlineready.report import outlook, wording
from onlineready.ui.readiness import ahead
from onlineready.ui.state import columns, session, shared

DAYS = "datetime64[s]"
OPEN_CHOICES = [Status.TODO, Status.DOING, Status.DONE, Status.NA]


def show_stages(shown: list[int]) -> None:
    """Show every stage as a line, the present one open; what is closed is not made.

    What a reader opens or closes stays so until another stage is the present one.

    Args:
        shown: the places of the officers side by side.
    """
    shipped, linked = shared.checklist(), ahead.linked_stages()
    present = forecast.present_stage(session.steps())
    chosen: dict[int, bool] = st.session_state.setdefault(f"stages_from_{present}", {})
    for stage in shipped.stages:
        inside = [step for step in session.steps() if step.entry.stage == stage.id]
        if stage.id in linked:
            st.html(f'<span id="stage{stage.id}"></span>')
        line = st.expander(
            outlook.stage_line(stage, inside, shipped),
            **session.view(
                f"stage{stage.id}",
                chosen.get(stage.id, stage.id == present),
                chosen.__setitem__,
                stage.id,
            ),
        )
        if line.open:
            with line:
                _show_stage(stage, inside, shown)


def _show_stage(stage: checklist.Stage, inside: list[forecast.Step], shown: Sequence[int]) -> None:
    """Show a stage: its questions, its items, what cannot start yet, and what stands behind."""
    for step in inside:
        if isinstance(step.entry, checklist.Question):
            _show_question(step.entry)
    items = [step for step in inside if isinstance(step.entry, checklist.Item)]
    _show_items(items, shown)
    if waiting := outlook.waiting(inside, shared.checklist()):
        st.markdown(waiting)
    _show_editor(stage, items)
    _show_details(stage, [step.entry for step in inside])


def _show_question(question: checklist.Question) -> None:
    """Ask one question of the gate; a no says why it stops and what to do, without blame."""
    answers = session.workbook().readiness
    if question.id == checklist.AGENT_QUESTION:
        st.markdown(outlook.agents(answers, question), help=question.question_ja)
        return
    reply = answers.gate.get(question.id, Reply.UNKNOWN)
    st.segmented_control(
        question.question_ja,
        options=[Reply.YES, Reply.NO],
        format_func=_label,
        help=question.reminder_ja,
        **session.view(
            f"gate_{question.id}",
            None if reply is Reply.UNKNOWN else reply,
            _reply,
            question.id,
        ),
    )
    if reply is Reply.NO:
        st.warning(
            _("ここで止まります: {why} **次にすること:** {action} {page}").format(
                why=question.why_ja,
                action=question.action_ja,
                page=wording.link(question.check_at),
            ),
            icon="⚠️",
        )


def _show_items(items: list[forecast.Step], shown: Sequence[int]) -> None:
    """Show a row for each item that somebody can begin, with a cell for each officer.

    The key carries the number of cells, of which the style makes columns.
    """
    names = outlook.entry_names(session.steps())
    rows = dict.fromkeys(step.entry for step in items if step.status is not Status.BLOCKED)
    if not rows:
        return
    with st.container(key=f"items_{len(shown)}_{items[0].entry.stage}"):
        if len(shown) > 1 and any(entry.who is Per.OFFICER for entry in rows):
            labels = "".join(f"<b>{escape(_who(place))}</b>" for place in shown)
            st.html(f'<div class="officers" aria-hidden="true"><b></b>{labels}</div>')
        for entry in rows:
            of = {step.officer: step for step in items if step.entry is entry}
            minutes = _("(約{minutes}分)").format(minutes=entry.minutes) if entry.minutes else ""
            st.markdown(names[entry.id] + minutes, help=entry.why_ja)
            for place in [None] if entry.who is Per.ORGANIZATION else shown:
                _show_cell(entry, of.get(place), place)


def _show_cell(entry: checklist.Entry, step: forecast.Step | None, place: int | None) -> None:
    """Show how far an item is: a box to tick, or a word where there is nothing to tick.

    A cell says whose it is, of what, and how far, each a paragraph, of which the style hides what
    row and column say: emphasis would be signs in the name of the box.
    """
    word = _("不要") if step is None else outlook.cell(step, session.workbook().as_of)
    told = f"{wording.plain(_who(place))}\n\n{entry.label_ja}\n\n{word}".strip()
    if step is None or step.status is Status.BLOCKED:
        st.markdown(told)
        return
    st.checkbox(
        told,
        disabled=step.status is Status.NA,
        **session.view(
            f"done_{'' if place is None else place}_{entry.id}",
            step.status is Status.DONE,
            _tick,
            place,
            entry.id,
        ),
    )


def _show_editor(stage: checklist.Stage, steps: list[forecast.Step]) -> None:
    """Edit status, planned and actual day of every item of a stage in one table."""
    place = st.expander(
        _("日付・対応中・該当なしを入れる"), key=f"edit_{stage.id}", on_change="rerun"
    )
    if not place.open:
        return
    planned = pd.Series([step.answer.planned for step in steps], dtype=DAYS)
    done_on = pd.Series([step.answer.done_on for step in steps], dtype=DAYS)
    status = st.column_config.SelectboxColumn(
        _("状態"),
        options=OPEN_CHOICES,
        format_func=lambda one: _label(Status(str(one))),
        required=True,
    )
    table = {
        "item": (_("項目"), [step.entry.label_ja for step in steps]),
        "who": (_("担当"), [_who(step.officer) for step in steps]),
        "status": (status, [str(step.answer.status) for step in steps]),
        "planned": (_day(_("予定日")), planned),
        "done_on": (_day(_("完了日")), done_on),
    }
    with place:
        st.caption(_("予定日は見込みの日数の代わりに、完了日は実際の日として使います。"))
        keys = [step.key for step in steps]
        columns.show_editor(f"dates_{stage.id}", table, _store_edits, keys)


def _show_details(stage: checklist.Stage, entries: list[checklist.Entry]) -> None:
    """Tell why, how, with what reminder and from which source, for every entry of a stage."""
    place = st.expander(_("手順・理由・出典"), key=f"details_{stage.id}", on_change="rerun")
    if not place.open:
        return
    names = outlook.entry_names(session.steps())
    with place:
        st.markdown(stage.summary_ja)
        for entry in dict.fromkeys(entries):
            told = [f"**{names[entry.id]}** — {entry.why_ja}"]
            told += ["\n".join(f"{n}. {step}" for n, step in enumerate(entry.steps_ja, 1))]
            if entry.reminder_ja:
                told.append(_("注意: {reminder}").format(reminder=entry.reminder_ja))
            source = _("{confidence}・{source}・確認日 {day} — {page}").format(
                confidence=_label(Evidence(entry.confidence)),
                source=entry.source,
                day=entry.checked_on,
                page=wording.link(entry.check_at),
            )
            told.append(f":small[{source}]")
            st.markdown("\n\n".join(filter(None, told)))


def _label(word: Word) -> str:
    return _(LABELS[word])


def _day(label: str) -> Any:
    first, last = checklist.DAY_LIMITS
    return st.column_config.DateColumn(label, format="YYYY-MM-DD", min_value=first, max_value=last)


def _who(officer: int | None) -> str:
    if officer is None:
        return _("会社")
    return session.workbook().readiness.officers[officer].label.strip()


def _reply(question: str, reply: Reply | None) -> None:
    session.keep_answers(
        checklist.answered(
            session.workbook().readiness, None, question, Reply(reply or Reply.UNKNOWN)
        )
    )


def _tick(officer: int | None, item: str, ticked: bool) -> None:
    """Store that an item was done on this day, or is open again."""
    answers, status = session.workbook().readiness, Status.DONE if ticked else Status.TODO
    answer = checklist.answer_of(answers, officer, item)
    answer = checklist.edited(answer, {"status": status}, session.workbook().as_of)
    session.keep_answers(checklist.answered(answers, officer, item, answer))


def _store_edits(editor: str, keys: list[forecast.Key]) -> None:
    """Store what was typed into a table."""
    answers, today = session.workbook().readiness, session.workbook().as_of
    for (officer, item), cells in columns.edits(editor, keys):
        answer = checklist.answer_of(answers, officer, item)
        try:
            answer = checklist.edited(answer, cells, today)
        except ValidationError:
            first, last = checklist.DAY_LIMITS
            session.tell(
                _("日付は{first}〜{last}で入れてください。").format(first=first, last=last)
            )
            return
        answers = checklist.answered(answers, officer, item, answer)
    session.keep_answers(answers)
