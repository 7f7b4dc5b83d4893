"""The readiness checklist on the page: what to do next, the stages, and when filing can begin."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from onlineready.domain.vocabulary import LABELS, Agent, Estimate, Evidence, Per, Reply, Status, Way
from onlineready.language import translate as _
from onlineready.readiness import forecast
from onlineready.readiness.checklist import (
    AGENT_SEMINAR,
    DAY_LIMITS,
    MAX_OFFICERS,
    Answer,
    Answers,
    Entry,
    Item,
    Officer,
    Question,
    Stage,
    agent_of,
    answer_of,
    answered,
    as_agent,
    officer_label,
    unknown_ids,
)
from onlineready.report import findings, wording
from onlineready.report.calendar_figures import steps_to_approval
from onlineready.ui.costs import answer
from onlineready.ui.state import columns, session, shell

MOST_OFFICERS_ABREAST = 4
DAYS = "datetime64[s]"
OPEN_CHOICES = [Status.TODO, Status.DOING, Status.DONE, Status.NA]


def show_answer() -> None:
    """Say in one sentence when online filing can begin, and between which months that lies."""
    found = {estimate: session.forecast(estimate) for estimate in Estimate}
    st.header(findings.readiness(_gate(), found[Estimate.BASE]), anchor="answer")
    st.caption(findings.readiness_basis(found, session.workbook().as_of))


def show_go_live(*, place: str) -> None:
    """Say whether the figures follow the forecast or a month that the reader fixed, and swap it."""
    fixed, found = session.base().go_live, session.forecast().go_live
    month = wording.month(found)
    if fixed is None:
        told = _("開始月は**準備の見込み({month})に従っています**。").format(month=month)
        label, key = _("開始月を{month}に固定する"), f"fix_go_live_{place}"
    else:
        told = _("開始月は**{fixed}に固定**されています(準備の見込みは{month})。").format(
            fixed=wording.month(fixed), month=month
        )
        label, key = _("準備の見込み({month})に従う"), f"follow_go_live_{place}"
    st.markdown(told)
    st.button(
        label.format(month=month),
        key=key,
        on_click=session.change,
        args=("go_live", str(found) if fixed is None else None),
    )


def show_next_actions() -> None:
    """Name the first things to do now, the critical ones first, each with its official page."""
    st.subheader(_("次にすること"), anchor=False)
    checklist, shut, path = shell.checklist(), _gate(), session.forecast().critical_path
    actions = []
    if shut.unknown:
        actions.append(
            _("{first}で担当者の状況を選び、{gate}の三つの問いに答える(1分)").format(
                first=_to_stage(checklist.agent_stage), gate=_to_stage(checklist.gate_stage)
            )
        )
    actions += [
        _("{action} — [公式ページ]({url})").format(action=question.action_ja, url=question.check_at)
        for question in checklist.questions
        if question.id in shut.no
    ]
    actions += [
        _("{who}[{label}](#stage{stage}){late} — [公式ページ]({url})").format(
            who=wording.plain(_who(step.officer)),
            label=step.entry.label_ja,
            stage=step.entry.stage,
            late=_("(**開始月を左右します**)") if step in path else "",
            url=step.entry.check_at,
        )
        for step in forecast.next_items(session.steps(), path)
    ]
    if not actions:
        st.markdown(_("残っている項目はありません。オンラインで申請できます。"))
        return
    st.markdown("\n".join(f"{n}. {action}" for n, action in enumerate(actions[:3], start=1)))
    hint = _("終えた項目は、下の一覧で「完了」にします。")
    if len(actions) > 3:
        hint += _("ほかに{count}件、同時に進められます。").format(count=len(actions) - 3)
    st.caption(hint)


def show_settings() -> None:
    """Choose the way of declaring and how many officers there are; take the last change back."""
    way, officers, undo = st.columns([3, 2, 2], vertical_alignment="bottom")
    answers = session.workbook().readiness
    with way:
        st.session_state["way"] = answers.way
        st.segmented_control(
            _("利用申出の方法"),
            options=list(Way),
            format_func=lambda one: _(LABELS[one]),
            key="way",
            required=True,
            on_change=_set_way,
        )
    with officers:
        st.session_state["officer_count"] = len(answers.officers)
        st.number_input(
            _("申請を担当する職員(人)"),
            min_value=1,
            max_value=MAX_OFFICERS,
            key="officer_count",
            help=_(
                "一人ずつ登録と利用申出をします。名前は入れず、担当者A、B…と呼びます。"
                "減らすときは、辞めた人の離職を入管に届け出ます(「承認後」の段階)。"
            ),
            on_change=_set_officers,
        )
    with undo:
        session.show_undo("readiness")
    staff, scenario = forecast.staff(answers), session.base()
    counted = {key: getattr(scenario, key) for key in staff}
    told = _(
        "「費用と効果」の準備費用は担当者{officers}人(うち承認のない人{uncertified_officers}人)の"
        "ままです。取次者の状況か人数を変えると、ここに合わせます。"
    )
    if counted == staff:
        told = _(
            "担当者{officers}人(うち承認のない人{uncertified_officers}人)を「費用と効果」の"
            "準備費用に使っています。"
        )
    st.caption(told.format(**counted))
    if unknown := unknown_ids(shell.checklist(), answers):
        st.info(
            _("この版にない項目があります。消さずに残しています: {ids}").format(
                ids=wording.plain(", ".join(unknown))
            ),
            icon="ℹ️",
        )


def show_stages() -> None:
    """Show every stage in order with its progress, and the items of each officer side by side."""
    checklist, found, shown = shell.checklist(), session.steps(), _officers_shown()
    for stage in checklist.stages:
        inside = [step for step in found if step.entry.stage == stage.id]
        done, of = forecast.progress(inside)
        st.subheader(
            _("{number}. {label} — {of}件中{done}件完了").format(
                number=stage.id, label=stage.label_ja, done=done, of=of
            ),
            anchor=f"stage{stage.id}",
        )
        st.caption(stage.summary_ja)
        for step in inside:
            if isinstance(step.entry, Question):
                _show_question(step.entry)
        if stage is checklist.gate_stage:
            st.markdown(findings.pre_checks(_gate(), checklist))
        if stage is checklist.agent_stage:
            _show_situations(shown)
        _show_items([step for step in inside if isinstance(step.entry, Item)], shown)
        _show_details(stage, [step.entry for step in inside])


def show_schedule() -> None:
    """Draw the steps that take time, with the line of today and the critical path."""
    st.subheader(_("いつまでに何が終わるか"), anchor=False)
    workbook = session.workbook()
    figure = steps_to_approval(
        session.forecast(), session.steps(), workbook.readiness.officers, workbook.as_of
    )
    if figure:
        answer.show_chart(*figure)
    else:
        st.caption(_("日数のかかる項目は残っていません。"))


def show_dates() -> None:
    """Edit planned and actual days of every item in one table."""
    with st.expander(_("予定日と完了日を入れる"), key="dates"):
        st.caption(_("予定日は見込みの日数の代わりに、完了日は実際の日として使います。"))
        steps = [step for step in session.steps() if isinstance(step.entry, Item)]
        table = pd.DataFrame(
            {
                "who": [_who(step.officer) or _("会社") for step in steps],
                "item": [step.entry.label_ja for step in steps],
                "status": [_(LABELS[step.status]) for step in steps],
                "planned": pd.Series([step.answer.planned for step in steps], dtype=DAYS),
                "done_on": pd.Series([step.answer.done_on for step in steps], dtype=DAYS),
            }
        )
        settings = {
            "who": _("担当"),
            "item": _("項目"),
            "status": _("状態"),
            "planned": _day(_("予定日")),
            "done_on": _day(_("完了日")),
        }
        editor = columns.fresh_key("dates", table)
        columns.show_editor(editor, table, settings, _store_dates, [step.key for step in steps])


def _gate() -> forecast.Gate:
    return forecast.gate(shell.checklist(), session.workbook().readiness)


def _show_question(question: Question) -> None:
    """Ask one question of the gate; a no says why it stops and what to do, without blame."""
    answers = session.workbook().readiness
    reply = answers.gate.get(question.id, Reply.UNKNOWN)
    key = f"gate_{question.id}"
    st.session_state[key] = reply
    st.radio(
        question.question_ja,
        options=[Reply.YES, Reply.NO, Reply.UNKNOWN],
        format_func=lambda one: _(LABELS[one]),
        horizontal=True,
        key=key,
        on_change=_reply,
        args=(question.id, key),
    )
    if question.reminder_ja:
        st.caption(question.reminder_ja)
    if reply is Reply.NO:
        st.warning(
            _("ここで止まります: {why} **次にすること:** {action} [公式ページ]({url})").format(
                why=question.why_ja, action=question.action_ja, url=question.check_at
            ),
            icon="⚠️",
        )


def _show_situations(shown: list[int]) -> None:
    """Ask what each officer can show as an application agent."""
    first, *choices = st.columns([2, *[1] * len(shown)])
    first.markdown(_("次のどれを示せますか。「どちらもない」は講習から始めます。"))
    for column, place in zip(choices, shown, strict=True):
        officer = session.workbook().readiness.officers[place]
        key = f"agent_{place}"
        st.session_state[key] = agent_of(officer)
        column.radio(
            _("{label}が示せるもの").format(label=wording.plain(officer.label)),
            options=list(Agent),
            format_func=lambda one: _(LABELS[one]),
            key=key,
            on_change=_set_agent,
            args=(place, key),
        )


def _show_items(steps: list[forecast.Step], shown: list[int]) -> None:
    """Show the items of a stage: one row each, a column for each officer.

    Every cell says whose it is: on a narrow screen the cells stand below one another.
    """
    for entry in dict.fromkeys(step.entry for step in steps):
        of = {step.officer: step for step in steps if step.entry is entry}
        first, *cells = st.columns([2, *[1] * len(shown)], vertical_alignment="center")
        minutes = _("(約{minutes}分)").format(minutes=entry.minutes) if entry.minutes else ""
        first.markdown(f"{_paper(entry)}{entry.label_ja}{minutes}", help=entry.why_ja)
        whose: Sequence[int | None] = [None] if entry.who is Per.ORGANIZATION else shown
        for column, place in zip(cells, whose, strict=False):
            with column:
                if place in of:
                    _show_step(of[place])
                else:
                    st.caption(_("不要"))


def _show_step(step: forecast.Step) -> None:
    """Show one item of one officer: done is plain text, what can be done now is a choice."""
    name = f"{'' if step.officer is None else step.officer}_{step.entry.id}"
    whose = _who(step.officer) or _("会社: ")
    if step.status is Status.DONE:
        day = f" {step.answer.done_on}" if step.answer.done_on else ""
        st.markdown(f"{wording.plain(whose)}{_(LABELS[Status.DONE])}{day}")
        st.button(
            _("開き直す"),
            key=f"reopen_{name}",
            type="tertiary",
            on_click=_set_status,
            args=(step.officer, step.entry.id),
        )
    elif step.status is Status.BLOCKED:
        labels = {entry.id: entry.label_ja for entry in shell.checklist().entries}
        before = findings.some([labels[item] for item in step.blocked_by], 2)
        st.caption(
            _("{whose}まだ開始できません(先に: {before})").format(
                whose=wording.plain(whose), before=before
            )
        )
        if step.entry.optional:
            st.button(
                _("該当なしにする"),
                key=f"rule_out_{name}",
                type="tertiary",
                on_click=_keep_status,
                args=(step.officer, step.entry.id, Status.NA),
            )
    else:
        key = f"status_{name}"
        st.session_state[key] = step.status
        st.selectbox(
            _("{whose}{label}の状態").format(whose=wording.plain(whose), label=step.entry.label_ja),
            options=OPEN_CHOICES,
            format_func=lambda one: whose + _(LABELS[one]),
            key=key,
            label_visibility="collapsed",
            on_change=_set_status,
            args=(step.officer, step.entry.id, key),
        )


def _show_details(stage: Stage, entries: Iterable[Entry]) -> None:
    """Tell why, how, with what reminder and from which source, for every entry of a stage."""
    with st.expander(_("手順・理由・出典({label})").format(label=stage.label_ja)):
        for entry in dict.fromkeys(entries):
            st.markdown(f"**{_paper(entry)}{entry.label_ja}** — {entry.why_ja}")
            if entry.steps_ja:
                st.markdown("\n".join(f"{n}. {step}" for n, step in enumerate(entry.steps_ja, 1)))
            if entry.reminder_ja and isinstance(entry, Item):
                st.markdown(_("注意: {reminder}").format(reminder=entry.reminder_ja))
            st.caption(
                _("{confidence}・{source}・確認日 {day} — [公式ページ]({url})").format(
                    confidence=_(LABELS[Evidence(entry.confidence)]),
                    source=entry.source,
                    day=entry.checked_on,
                    url=entry.check_at,
                )
            )


def _officers_shown() -> list[int]:
    """Return the officers shown side by side; beyond four the reader chooses."""
    officers = session.workbook().readiness.officers
    if len(officers) <= MOST_OFFICERS_ABREAST:
        return list(range(len(officers)))
    chosen: list[int] = st.multiselect(
        _("並べて見る担当者({most}人まで)").format(most=MOST_OFFICERS_ABREAST),
        options=list(range(len(officers))),
        default=list(range(MOST_OFFICERS_ABREAST)),
        max_selections=MOST_OFFICERS_ABREAST,
        format_func=lambda place: officers[place].label,
        key="officers_shown",
    )
    return chosen or [0]


def _to_stage(stage: Stage) -> str:
    """Return a link to a stage further down the page."""
    return _("[{number}. {label}](#stage{number})").format(number=stage.id, label=stage.label_ja)


def _paper(entry: Entry) -> str:
    return f"({entry.paper}) " if entry.paper else ""


def _day(label: str) -> Any:
    first, last = DAY_LIMITS
    return st.column_config.DateColumn(label, format="YYYY-MM-DD", min_value=first, max_value=last)


def _who(officer: int | None) -> str:
    if officer is None:
        return ""
    return _("{label}: ").format(label=session.workbook().readiness.officers[officer].label)


def _keep(answers: Answers) -> None:
    """Put new answers into the workbook, and the staff that they tell of into the base scenario."""
    concerned = forecast.concerns_staff(session.workbook().readiness, answers)
    session.keep_answers(answers, **(forecast.staff(answers) if concerned else {}))


def _set_way() -> None:
    way = Way(st.session_state["way"])
    _keep(session.workbook().readiness.model_copy(update={"way": way}))


def _set_officers() -> None:
    count = int(st.session_state["officer_count"])
    officers = session.workbook().readiness.officers[: max(1, min(count, MAX_OFFICERS))]
    added = tuple(Officer(label=officer_label(n)) for n in range(len(officers), count))
    answers = session.workbook().readiness.model_copy(update={"officers": (*officers, *added)})
    _keep(answers)


def _set_agent(place: int, key: str) -> None:
    agent = Agent(st.session_state[key])
    if agent is Agent.NEITHER:
        _tell_blocked(place, AGENT_SEMINAR)
    _keep(as_agent(session.workbook().readiness, place, agent))


def _reply(question: str, key: str) -> None:
    reply = Reply(st.session_state[key])
    if reply is not Reply.YES:
        _tell_blocked(None, question)
    _keep(answered(session.workbook().readiness, None, question, reply))


def _set_status(officer: int | None, item: str, key: str | None = None) -> None:
    """Store the status chosen, without a choice the first one."""
    _keep_status(officer, item, Status(st.session_state[key]) if key else Status.TODO)


def _keep_status(officer: int | None, item: str, status: Status) -> None:
    """Store a status; what is done, on this day."""
    if status not in forecast.SETTLED:
        _tell_blocked(officer, item)
    answers = session.workbook().readiness
    done_on = session.workbook().as_of if status is Status.DONE else None
    changes = {"status": status, "done_on": done_on}
    answer = answer_of(answers, officer, item).model_copy(update=changes)
    _keep(answered(answers, officer, item, answer))


def _tell_blocked(officer: int | None, item: str) -> None:
    """Tell, before something is opened again, what that blocks."""
    answers = session.workbook().readiness
    blocked = forecast.reopened(shell.checklist(), answers, item, officer)
    if blocked:
        names = findings.some([_who(step.officer) + step.entry.label_ja for step in blocked], 5)
        session.tell(
            _("開き直したため、次の項目がまた開始できなくなりました: {names}").format(names=names)
        )


def _store_dates(editor: str, keys: list[forecast.Key]) -> None:
    answers = session.workbook().readiness
    for (officer, item), cells in columns.edits(editor, keys):
        raw = answer_of(answers, officer, item).model_dump(mode="json")
        raw |= {key: value and str(value)[:10] for key, value in cells.items()}
        if raw["done_on"]:
            raw["status"] = str(Status.DONE)
        try:
            answer = Answer.model_validate_json(json.dumps(raw))
        except ValidationError:
            session.tell(_("日付は2010-01-01〜2060-12-31で入れてください。"))
            return
        answers = answered(answers, officer, item, answer)
    _keep(answers)
