"""The readiness checklist on the page: what to do next, the stages, and when filing can begin."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from onlineready.domain.vocabulary import (
    LABELS,
    Agent,
    Estimate,
    Evidence,
    Per,
    Reply,
    Status,
    Way,
    Word,
)
from onlineready.language import translate as _
from onlineready.readiness import checklist, forecast
from onlineready.report import outlook, wording
from onlineready.report.calendar_figures import steps_to_approval
from onlineready.ui.state import columns, fields, session, shared
from onlineready.ui.state.drawing import show_chart

MOST_OFFICERS_ABREAST = 4
DAYS = "datetime64[s]"
OPEN_CHOICES = [Status.TODO, Status.DOING, Status.DONE, Status.NA]


def show_answer() -> None:
    """Say in one sentence when online filing can begin, and between which months that lies."""
    found = {estimate: session.forecast(estimate) for estimate in Estimate}
    since = session.base().go_live
    st.header(outlook.readiness(_gate(), found[Estimate.BASE], since), anchor="answer")
    st.caption(outlook.readiness_basis(found, session.workbook().as_of))


def show_go_live(*, place: str) -> None:
    """Say whether the figures follow the forecast or a month that the reader fixed, and swap it."""
    fixed, found = session.base().go_live, session.forecast().go_live
    month = wording.month(found)
    if fixed is None:
        st.markdown(_("開始月は**準備の見込み({month})に従っています**。").format(month=month))
        label, key = _("開始月を{month}に固定する"), f"fix_go_live_{place}"
    else:
        told = _("開始月は**{fixed}に固定**されています(準備の見込みは{month})。")
        st.markdown(told.format(fixed=wording.month(fixed), month=month))
        label, key = _("準備の見込み({month})に従う"), f"follow_go_live_{place}"
    st.button(
        label.format(month=month),
        key=key,
        on_click=session.change,
        kwargs={"go_live": str(found) if fixed is None else None},
    )


def show_next_actions() -> None:
    """Name the first things to do now, the critical ones first, each with its official page."""
    st.subheader(_("次にすること"), anchor=False)
    shipped, shut, path = shared.checklist(), _gate(), session.forecast().critical_path
    actions = []
    if shut.unknown:
        actions.append(
            _("{first}で担当者の状況を選び、{gate}の三つの問いに答える(1分)").format(
                first=_to_stage(shipped.agent_stage), gate=_to_stage(shipped.gate_stage)
            )
        )
    actions += [
        _("{action} — [公式ページ]({url})").format(action=question.action_ja, url=question.check_at)
        for question in shipped.questions
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
    way.segmented_control(
        _("利用申出の方法"),
        options=list(Way),
        format_func=_label,
        required=True,
        **session.view("way", answers.way, _set_way),
    )
    with officers:
        fields.show_number(
            _("申請を担当する職員(人)"),
            "officer_count",
            len(answers.officers),
            (1, checklist.MAX_OFFICERS),
            _set_officers,
            step=1,
            help=_(
                "一人ずつ登録と利用申出をします。名前は入れず、担当者A、B…と呼びます。"
                "減らすときは、辞めた人の離職を入管に届け出ます(「承認後」の段階)。"
            ),
        )
    with undo:
        session.show_undo("readiness")
    staff, scenario = forecast.staff(answers), session.base()
    counted = {key: getattr(scenario, key) for key in staff}
    told = _(
        "「費用と効果」の準備費用は担当者{officers}人(うち証明書のない人{uncertified_officers}人)の"
        "ままです。取次者の状況か人数を変えると、ここに合わせます。"
    )
    if counted == staff:
        told = _(
            "担当者{officers}人(うち証明書のない人{uncertified_officers}人)を「費用と効果」の"
            "準備費用に使っています。"
        )
    st.caption(told.format(**counted))
    if unknown := checklist.unknown_ids(shared.checklist(), answers):
        st.info(
            _("この版にない項目があります。消さずに残しています: {ids}").format(
                ids=wording.plain(", ".join(unknown))
            ),
            icon="ℹ️",
        )


def show_stages() -> None:
    """Show every stage in order with its progress, and the items of each officer side by side."""
    shipped, found, shown = shared.checklist(), session.steps(), _show_officers()
    for stage in shipped.stages:
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
            if isinstance(step.entry, checklist.Question):
                _show_question(step.entry)
        if stage is shipped.gate_stage:
            st.markdown(outlook.pre_checks(_gate(), shipped))
        if stage is shipped.agent_stage:
            _show_situations(shown)
        _show_items([step for step in inside if isinstance(step.entry, checklist.Item)], shown)
        _show_details(stage, [step.entry for step in inside])


def show_schedule() -> None:
    """Draw the steps that take time, with the line of today and the critical path."""
    st.subheader(_("いつまでに何が終わるか"), anchor=False)
    workbook = session.workbook()
    figure = steps_to_approval(
        session.forecast(), session.steps(), workbook.readiness.officers, workbook.as_of
    )
    if figure:
        show_chart(figure, level=4)
    else:
        st.caption(_("日数のかかる項目は残っていません。"))


def show_dates() -> None:
    """Edit planned and actual days of every item in one table."""
    with st.expander(_("予定日と完了日を入れる"), key="dates"):
        st.caption(_("予定日は見込みの日数の代わりに、完了日は実際の日として使います。"))
        steps = [step for step in session.steps() if isinstance(step.entry, checklist.Item)]
        planned = pd.Series([step.answer.planned for step in steps], dtype=DAYS)
        done_on = pd.Series([step.answer.done_on for step in steps], dtype=DAYS)
        table = {
            "who": (_("担当"), [_who(step.officer) or _("会社") for step in steps]),
            "item": (_("項目"), [step.entry.label_ja for step in steps]),
            "status": (_("状態"), [_label(step.status) for step in steps]),
            "planned": (_day(_("予定日")), planned),
            "done_on": (_day(_("完了日")), done_on),
        }
        columns.show_editor("dates", table, _store_dates, [step.key for step in steps])


def _gate() -> forecast.Gate:
    return forecast.gate(shared.checklist(), session.workbook().readiness)


def _show_question(question: checklist.Question) -> None:
    """Ask one question of the gate; a no says why it stops and what to do, without blame."""
    reply = session.workbook().readiness.gate.get(question.id, Reply.UNKNOWN)
    st.radio(
        question.question_ja,
        options=[Reply.YES, Reply.NO, Reply.UNKNOWN],
        format_func=_label,
        horizontal=True,
        **session.view(f"gate_{question.id}", reply, _reply, question.id),
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
        column.radio(
            _("{label}が示せるもの").format(label=wording.plain(officer.label)),
            options=list(Agent),
            format_func=_label,
            **session.view(f"agent_{place}", checklist.agent_of(officer), _set_agent, place),
        )


def _show_items(steps: list[forecast.Step], shown: list[int]) -> None:
    """Show the items of a stage: one row each, a column for each officer.

    Every cell says whose it is: on a narrow screen the cells stand below one another.
    """
    for entry in dict.fromkeys(step.entry for step in steps):
        of = {step.officer: step for step in steps if step.entry is entry}
        first, *cells = st.columns([2, *[1] * len(shown)], vertical_alignment="center")
        minutes = _("(約{minutes}分)").format(minutes=entry.minutes) if entry.minutes else ""
        name = f"{_paper(entry)}{outlook.entry_name(entry)}{minutes}"
        first.markdown(name, help=entry.why_ja)
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
        st.markdown(f"{wording.plain(whose)}{_label(Status.DONE)}{day}")
        _show_change(step, Status.TODO, _("未完了に戻す"), f"reopen_{name}")
    elif step.status is Status.BLOCKED:
        labels = {entry.id: entry.label_ja for entry in shared.checklist().entries}
        before = wording.some([labels[item] for item in step.blocked_by], 2)
        st.caption(
            _("{whose}まだ開始できません(先に: {before})").format(
                whose=wording.plain(whose), before=before
            )
        )
        if step.entry.optional:
            _show_change(step, Status.NA, _("該当なしにする"), f"rule_out_{name}")
    else:
        st.selectbox(
            _("{whose}{label}の状態").format(whose=wording.plain(whose), label=step.entry.label_ja),
            options=OPEN_CHOICES,
            format_func=lambda one: whose + _label(one),
            label_visibility="collapsed",
            **session.view(f"status_{name}", step.status, _set_status, step.officer, step.entry.id),
        )


def _show_change(step: forecast.Step, status: Status, label: str, key: str) -> None:
    """Offer to give one item of one officer another status."""
    st.button(
        label,
        key=key,
        type="tertiary",
        on_click=_set_status,
        args=(step.officer, step.entry.id, status),
    )


def _show_details(stage: checklist.Stage, entries: Iterable[checklist.Entry]) -> None:
    """Tell why, how, with what reminder and from which source, for every entry of a stage."""
    with st.expander(_("手順・理由・出典({label})").format(label=stage.label_ja)):
        for entry in dict.fromkeys(entries):
            st.markdown(f"**{_paper(entry)}{entry.label_ja}** — {entry.why_ja}")
            if entry.steps_ja:
                st.markdown("\n".join(f"{n}. {step}" for n, step in enumerate(entry.steps_ja, 1)))
            if entry.reminder_ja and isinstance(entry, checklist.Item):
                st.markdown(_("注意: {reminder}").format(reminder=entry.reminder_ja))
            st.caption(
                _("{confidence}・{source}・確認日 {day} — [公式ページ]({url})").format(
                    confidence=_label(Evidence(entry.confidence)),
                    source=entry.source,
                    day=entry.checked_on,
                    url=entry.check_at,
                )
            )


def _show_officers() -> list[int]:
    """Let officers be chosen where there are more than four, and return whom to show abreast."""
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


def _to_stage(stage: checklist.Stage) -> str:
    """Return a link to a stage further down the page."""
    return _("[{number}. {label}](#stage{number})").format(number=stage.id, label=stage.label_ja)


def _label(word: Word) -> str:
    return _(LABELS[word])


def _paper(entry: checklist.Entry) -> str:
    return f"({entry.paper}) " if entry.paper else ""


def _day(label: str) -> Any:
    first, last = checklist.DAY_LIMITS
    return st.column_config.DateColumn(label, format="YYYY-MM-DD", min_value=first, max_value=last)


def _who(officer: int | None) -> str:
    if officer is None:
        return ""
    return _("{label}: ").format(label=session.workbook().readiness.officers[officer].label)


def _set_way(way: Way) -> None:
    session.keep_answers(session.workbook().readiness.model_copy(update={"way": Way(way)}))


def _set_officers(count: int) -> None:
    officers = session.workbook().readiness.officers[:count]
    added = tuple(
        checklist.Officer(label=checklist.officer_label(n)) for n in range(len(officers), count)
    )
    session.keep_answers(
        session.workbook().readiness.model_copy(update={"officers": (*officers, *added)})
    )


def _set_agent(place: int, agent: Agent) -> None:
    if agent == Agent.NEITHER:
        _tell_blocked(place, checklist.AGENT_SEMINAR)
    session.keep_answers(checklist.as_agent(session.workbook().readiness, place, Agent(agent)))


def _reply(question: str, reply: Reply) -> None:
    if reply != Reply.YES:
        _tell_blocked(None, question)
    session.keep_answers(
        checklist.answered(session.workbook().readiness, None, question, Reply(reply))
    )


def _set_status(officer: int | None, item: str, status: Status) -> None:
    """Store the status chosen; what is done, on this day."""
    if status not in forecast.SETTLED:
        _tell_blocked(officer, item)
    answers = session.workbook().readiness
    done_on = session.workbook().as_of if status == Status.DONE else None
    changes = {"status": Status(status), "done_on": done_on}
    answer = checklist.answer_of(answers, officer, item).model_copy(update=changes)
    session.keep_answers(checklist.answered(answers, officer, item, answer))


def _tell_blocked(officer: int | None, item: str) -> None:
    """Tell, before something is opened again, what that blocks."""
    answers = session.workbook().readiness
    blocked = forecast.reopened(shared.checklist(), answers, item, officer)
    if blocked:
        names = wording.some([_who(step.officer) + step.entry.label_ja for step in blocked], 5)
        session.tell(
            _("未完了に戻したため、次の項目がまた開始できなくなりました: {names}").format(
                names=names
            )
        )


def _store_dates(editor: str, keys: list[forecast.Key]) -> None:
    answers = session.workbook().readiness
    for (officer, item), cells in columns.edits(editor, keys):
        raw = checklist.answer_of(answers, officer, item).model_dump(mode="json")
        raw |= {key: value and str(value)[:10] for key, value in cells.items()}
        if raw["done_on"]:
            raw["status"] = str(Status.DONE)
        try:
            answer = checklist.Answer.model_validate_json(json.dumps(raw))
        except ValidationError:
            first, last = checklist.DAY_LIMITS
            session.tell(
                _("日付は{first}〜{last}で入れてください。").format(first=first, last=last)
            )
            return
        answers = checklist.answered(answers, officer, item, answer)
    session.keep_answers(answers)
