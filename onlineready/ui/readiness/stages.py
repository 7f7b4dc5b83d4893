"""The readiness checklist on the page: what to do next, the stages, and when filing can begin."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from onlineready.domain.vocabulary import LABELS, Agent, Estimate, Evidence, Per, Reply, Status, Way
from onlineready.language import translate as _
from onlineready.readiness import forecast
from onlineready.readiness.checklist import (
    AGENT_APPROVAL,
    DAY_LIMITS,
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
from onlineready.report import charts, wording
from onlineready.ui.state import columns, session, shell
from onlineready.workbook import Workbook

MOST_OFFICERS_ABREAST = 4
MOST_UNDO_STEPS = 20
DAYS = "datetime64[s]"
OPEN_CHOICES = [Status.TODO, Status.DOING, Status.DONE, Status.NA]


def answer_line() -> None:
    """Say in one sentence when online filing can begin, and between which months that lies."""
    found = session.forecast()
    if not found.critical_path:
        sentence = _("{month}からオンラインで申請できます").format(
            month=wording.month(found.go_live)
        )
    else:
        sentence = _(
            "オンライン申請は **{base}** から始められる見込み(早くて{low}、遅くて{high})"
        ).format(
            base=wording.month(found.go_live),
            low=wording.month(session.forecast(Estimate.LOW).go_live),
            high=wording.month(session.forecast(Estimate.HIGH).go_live),
        )
    st.header(sentence, anchor="answer")
    st.caption(
        _(
            "基準日 {as_of} から、残っている項目の最も長い道のりを足した見込み。日数は仮定です。"
        ).format(as_of=session.workbook().as_of)
    )


def go_live_choice(*, place: str) -> None:
    """Say whether the figures follow the forecast or a month that the reader fixed, and swap it."""
    fixed = session.base().go_live
    month = session.forecast().go_live
    if fixed is None:
        st.markdown(
            _("開始月は**準備の見込み({month})に従っています**。").format(
                month=wording.month(month)
            )
        )
        st.button(
            _("開始月を{month}に固定する").format(month=wording.month(month)),
            key=f"fix_go_live_{place}",
            on_click=session.change,
            args=("go_live", str(month)),
        )
    else:
        st.markdown(
            _("開始月は**{fixed}に固定**されています(準備の見込みは{month})。").format(
                fixed=wording.month(fixed), month=wording.month(month)
            )
        )
        st.button(
            _("準備の見込み({month})に従う").format(month=wording.month(month)),
            key=f"follow_go_live_{place}",
            on_click=session.reset,
            args=("go_live",),
        )


def next_actions() -> None:
    """Name the first things to do now, the critical ones first, each with its official page."""
    st.subheader(_("次にすること"), anchor=False)
    found = session.steps()
    path = session.forecast().critical_path
    critical = {step.key for step in path}
    gate = forecast.gate(shell.checklist(), session.workbook().readiness)
    stages = {stage.id: stage for stage in shell.checklist().stages}
    actions = []
    if gate.unknown:
        actions.append(
            _("{first}で担当者の状況を選び、{gate}の三つの問いに答える(1分)").format(
                first=_to_stage(stages[0]), gate=_to_stage(stages[_gate_stage()])
            )
        )
    actions += [
        _("{action} — [公式ページ]({url})").format(action=question.action_ja, url=question.check_at)
        for question in shell.checklist().questions
        if question.id in gate.no
    ]
    following = [
        step
        for step in forecast.next_steps(found, path)
        if not isinstance(step.entry, Question) and (step.entry.stage < _last_stage() or not path)
    ]
    actions += [
        _("{who}[{label}](#stage{stage}){late} — [公式ページ]({url})").format(
            who=wording.plain(_who(step.officer)),
            label=step.entry.label_ja,
            stage=step.entry.stage,
            late=_("(**開始月を左右します**)") if step.key in critical else "",
            url=step.entry.check_at,
        )
        for step in following
    ]
    if not actions:
        st.markdown(_("残っている項目はありません。オンラインで申請できます。"))
        return
    st.markdown("\n".join(f"{n}. {action}" for n, action in enumerate(actions[:3], start=1)))
    hint = _("終えた項目は、下の一覧で「完了」にします。")
    if len(actions) > 3:
        hint += _("ほかに{count}件、同時に進められます。").format(count=len(actions) - 3)
    st.caption(hint)


def settings() -> None:
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
            max_value=1_000,
            key="officer_count",
            help=_("一人ずつ登録と利用申出をします。名前は入れず、担当者A、B…と呼びます。"),
            on_change=_set_officers,
        )
    with undo:
        st.button(
            _("元に戻す"),
            disabled=_earlier() is None,
            on_click=_undo,
            help=_("最後の変更を取り消します({most}回まで)。").format(most=MOST_UNDO_STEPS),
        )
    staff = forecast.staff(answers)
    scenario = session.base()
    if (scenario.officers, scenario.uncertified_officers) == tuple(staff.values()):
        st.caption(
            _(
                "担当者{officers}人(うち承認のない人{uncertified}人)を「費用と効果」の準備費用に使っています。"
            ).format(officers=staff["officers"], uncertified=staff["uncertified_officers"])
        )
    else:
        st.caption(
            _(
                "「費用と効果」の準備費用は担当者{officers}人(うち承認のない人{uncertified}人)のままです。"
                "取次者の状況か人数を変えると、ここに合わせます。"
            ).format(officers=scenario.officers, uncertified=scenario.uncertified_officers)
        )
    if unknown := unknown_ids(shell.checklist(), answers):
        st.info(
            _("この版にない項目があります。消さずに残しています: {ids}").format(
                ids=wording.plain(", ".join(unknown))
            ),
            icon="ℹ️",
        )


def stages() -> None:
    """Show every stage in order with its progress, and the items of each officer side by side."""
    found = session.steps()
    progress = forecast.progress(found)
    shown = _officers_shown()
    for stage in shell.checklist().stages:
        done, of = (
            progress.loc[stage.id, ["done", "applicable"]].astype(int)
            if stage.id in progress.index
            else (0, 0)
        )
        st.subheader(
            _("{number}. {label} — {of}件中{done}件完了").format(
                number=stage.id, label=stage.label_ja, done=done, of=of
            ),
            anchor=f"stage{stage.id}",
        )
        st.caption(stage.summary_ja)
        inside = [step for step in found if step.entry.stage == stage.id]
        for step in inside:
            if isinstance(step.entry, Question):
                _question(step.entry)
        if stage.id == _gate_stage():
            _gate()
        if stage.id == 0:
            _situations(shown)
        _items([step for step in inside if isinstance(step.entry, Item)], shown)
        _details(stage, [step.entry for step in inside])


def gantt() -> None:
    """Draw the steps that take time, with the line of today and the critical path."""
    found = session.forecast()
    table = found.schedule
    lasting = table[table["start"].notna() & table["finish"].gt(table["start"])]
    names = {entry.id: entry.label_ja for entry in shell.checklist().entries}
    frame = lasting.assign(
        task=[
            _who(None if pd.isna(officer) else int(officer)) + names[item]
            for officer, item in zip(lasting["officer"], lasting["id"], strict=True)
        ],
        kind=[_("開始月を左右する") if late else _("並行して進む") for late in lasting["critical"]],
    )
    st.subheader(_("いつまでに何が終わるか"), anchor=False)
    if frame.empty:
        st.caption(_("日数のかかる項目は残っていません。"))
        return
    as_of = session.workbook().as_of
    finding = _("最後に終わるのは{last}の見込み、{days}日後").format(
        last=found.approved_on, days=(found.approved_on - as_of).days
    )
    st.caption(_("{finding}。縦の線は基準日 {as_of}。").format(finding=finding, as_of=as_of))
    st.altair_chart(
        charts.schedule(
            frame[["task", "kind", "start", "finish"]],
            pd.DataFrame({"day": [pd.Timestamp(as_of)]}),
            [_("開始月を左右する"), _("並行して進む")],
        ),
        alt=finding,
    )


def dates() -> None:
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
        editor = columns.fresh_key("dates", table)
        st.data_editor(
            table,
            hide_index=True,
            num_rows="fixed",
            placeholder="",
            disabled=["who", "item", "status"],
            column_config={
                "who": _("担当"),
                "item": _("項目"),
                "status": _("状態"),
                "planned": _day(_("予定日")),
                "done_on": _day(_("完了日")),
            },
            key=editor,
            on_change=_store_dates,
            args=(editor, [step.key for step in steps]),
        )


def _question(question: Question) -> None:
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


def _gate() -> None:
    gate = forecast.gate(shell.checklist(), session.workbook().readiness)
    if gate.is_open:
        st.markdown(_("**三つとも「はい」です。利用者登録に進めます。**"))
    elif gate.no:
        st.markdown(_("「いいえ」の項目を済ませると、利用者登録に進めます。"))
    else:
        st.markdown(_("「未確認」が残っています。確かめてから答えると、利用者登録に進めます。"))


def _situations(shown: Iterable[int]) -> None:
    """Ask what each officer can show as an application agent."""
    shown = list(shown)
    first, *columns = st.columns([2, *[1] * len(shown)])
    first.markdown(_("次のどれを示せますか。「どちらもない」は講習から始めます。"))
    for column, place in zip(columns, shown, strict=True):
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


def _items(steps: list[forecast.Step], shown: Iterable[int]) -> None:
    """Show the items of a stage: one row each, a column for each officer.

    Every cell says whose it is: on a narrow screen the cells stand below one another.
    """
    places: list[int | None] = [*shown]
    for entry in dict.fromkeys(step.entry for step in steps):
        of = {step.officer: step for step in steps if step.entry is entry}
        columns = st.columns([2, *[1] * len(places)], vertical_alignment="center", border=False)
        minutes = (
            _("(約{minutes}分)").format(minutes=entry.minutes)
            if isinstance(entry, Item) and entry.minutes
            else ""
        )
        columns[0].markdown(f"{_paper(entry)}{entry.label_ja}{minutes}", help=entry.why_ja)
        whose: list[int | None] = [None] if entry.who is Per.ORGANIZATION else places
        for column, place in zip(columns[1:], whose, strict=False):
            with column:
                if place in of:
                    _step(of[place])
                else:
                    st.caption(_("不要"))


def _step(step: forecast.Step) -> None:
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
            on_click=_reopen,
            args=(step.officer, step.entry.id),
        )
    elif step.status is Status.BLOCKED:
        labels = {entry.id: entry.label_ja for entry in shell.checklist().entries}
        before = _some([labels[item] for item in step.blocked_by], 2)
        st.caption(
            _("{whose}まだ開始できません(先に: {before})").format(
                whose=wording.plain(whose), before=before
            )
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


def _details(stage: Stage, entries: Iterable[Entry]) -> None:
    """Tell why, how, with what reminder and from which source, for every entry of a stage."""
    with st.expander(_("手順・理由・出典({label})").format(label=stage.label_ja)):
        for entry in dict.fromkeys(entries):
            st.markdown(f"**{_paper(entry)}{entry.label_ja}** — {entry.why_ja}")
            if isinstance(entry, Item) and entry.steps_ja:
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


def _some(names: list[str], most: int) -> str:
    """Return the first names and how many more there are."""
    more = _("、ほか{count}件").format(count=len(names) - most) if len(names) > most else ""
    return "、".join(names[:most]) + more


def _paper(entry: Entry) -> str:
    return f"({entry.paper}) " if isinstance(entry, Item) and entry.paper else ""


def _day(label: str) -> Any:
    first, last = DAY_LIMITS
    return st.column_config.DateColumn(label, format="YYYY-MM-DD", min_value=first, max_value=last)


def _who(officer: int | None) -> str:
    if officer is None:
        return ""
    return _("{label}: ").format(label=session.workbook().readiness.officers[officer].label)


def _gate_stage() -> int:
    return shell.checklist().questions[0].stage


def _last_stage() -> int:
    return max(stage.id for stage in shell.checklist().stages)


def _keep(answers: Answers, *, staff: bool = False) -> None:
    """Put new answers into the workbook; the old ones can be brought back."""
    before = session.workbook().readiness
    if answers == before:
        return
    earlier: list[Any] = st.session_state.setdefault("earlier_answers", [])
    earlier.append((session.workbook(), answers))
    del earlier[:-MOST_UNDO_STEPS]
    session.keep(replace(session.workbook(), readiness=answers))
    if staff:
        session.change_many(**forecast.staff(answers))


def _earlier() -> Workbook | None:
    """Return what stood before the last change; None once another workbook has been opened."""
    earlier: list[tuple[Workbook, Answers]] = st.session_state.get("earlier_answers", [])
    if not earlier or earlier[-1][1] != session.workbook().readiness:
        return None
    return earlier[-1][0]


def _undo() -> None:
    if before := _earlier():
        st.session_state["earlier_answers"].pop()
        now = session.workbook()
        staff = {key: getattr(before.scenarios[0], key) for key in forecast.staff(now.readiness)}
        session.keep(replace(now, readiness=before.readiness))
        session.change_many(**staff)


def _set_way() -> None:
    way = Way(st.session_state["way"])
    _keep(session.workbook().readiness.model_copy(update={"way": way}))


def _set_officers() -> None:
    count = int(st.session_state["officer_count"])
    officers = session.workbook().readiness.officers[: max(1, min(count, 1_000))]
    added = tuple(Officer(label=officer_label(n)) for n in range(len(officers), count))
    answers = session.workbook().readiness.model_copy(update={"officers": (*officers, *added)})
    _keep(answers, staff=True)


def _set_agent(place: int, key: str) -> None:
    agent = Agent(st.session_state[key])
    if agent is Agent.NEITHER:
        _tell_blocked(place, AGENT_APPROVAL)
    _keep(as_agent(session.workbook().readiness, place, agent), staff=True)


def _reply(question: str, key: str) -> None:
    reply = Reply(st.session_state[key])
    if reply is not Reply.YES:
        _tell_blocked(None, question)
    _keep(answered(session.workbook().readiness, None, question, reply))


def _set_status(officer: int | None, item: str, key: str) -> None:
    """Store a status; what is done now was done on the day of the workbook."""
    status = Status(st.session_state[key])
    if status not in forecast.SETTLED:
        _tell_blocked(officer, item)
    done_on = session.workbook().as_of if status is Status.DONE else None
    _keep(_with(officer, item, status=status, done_on=done_on), staff=item.startswith("agent_"))


def _reopen(officer: int | None, item: str) -> None:
    _tell_blocked(officer, item)
    _keep(_with(officer, item, status=Status.TODO, done_on=None), staff=item.startswith("agent_"))


def _tell_blocked(officer: int | None, item: str) -> None:
    """Tell, before something is opened again, what that blocks."""
    answers = session.workbook().readiness
    blocked = forecast.reopened(shell.checklist(), answers, item, officer)
    if blocked:
        names = _some([_who(step.officer) + step.entry.label_ja for step in blocked], 5)
        session.tell(
            _("開き直したため、次の項目がまた開始できなくなりました: {names}").format(names=names)
        )


def _with(officer: int | None, item: str, **changes: object) -> Answers:
    """Return the answers with one item changed."""
    answers = session.workbook().readiness
    answer = answer_of(answers, officer, item).model_copy(update=changes)
    return answered(answers, officer, item, answer)


def _store_dates(editor: str, keys: list[forecast.Key]) -> None:
    answers, agents = session.workbook().readiness, False
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
        agents |= item.startswith("agent_")
    _keep(answers, staff=agents)
