"""What lies ahead on the way to filing online: when it can begin, and what comes next."""

import streamlit as st

from onlineready import clock
from onlineready.domain.vocabulary import Estimate, Reply
from onlineready.language import translate as _
from onlineready.readiness import forecast
from onlineready.readiness.checklist import AGENT_QUESTION, Question
from onlineready.readiness.forecast import Step
from onlineready.report import outlook, wording
from onlineready.report.calendar_figures import steps_to_approval
from onlineready.ui.state import session, shared
from onlineready.ui.state.drawing import show_chart

MOST_ACTIONS = 3


def show_answer() -> None:
    """Say when online filing can begin, between which months that lies, and how far the way is."""
    found = {estimate: session.forecast(estimate) for estimate in Estimate}
    base, since = found[Estimate.BASE], session.base().go_live
    gate = forecast.gate(shared.checklist(), session.workbook().readiness)
    st.title(outlook.start(gate, base, since), anchor="answer")
    basis = outlook.readiness_basis(found, session.workbook().as_of)
    answers = session.workbook().readiness
    st.markdown(f"{outlook.span(found) or basis}\n\n{outlook.declaring(answers)}", help=basis)
    done, of = forecast.progress(session.steps())
    st.progress(done / of, text=outlook.progress(session.steps()))


def linked_stages() -> set[int]:
    """Return the stages to which the next actions lead."""
    return {step.entry.stage for step, *_others in _next_actions()[:MOST_ACTIONS]}


def show_next_actions() -> None:
    """Name the first things to do now, the critical ones first, each with its official page."""
    actions = _next_actions()
    if not actions:
        told = _("残っている項目はありません。オンラインで申請できます。")
    else:
        told = "\n".join(f"1. {_action(action)}" for action in actions[:MOST_ACTIONS])
    if more := actions[MOST_ACTIONS:]:
        told += _("\n\n:small[ほかに{count}件、同時に進められます]").format(count=len(more))
    st.markdown(_("## 次にすること") + "\n\n" + told)


def _next_actions() -> tuple[tuple[Step, ...], ...]:
    return forecast.next_actions(session.steps(), session.forecast().critical_path)


def _action(action: tuple[Step, ...]) -> str:
    """Return what to do as a link to its stage, who does it, and the official page."""
    answers, entry = session.workbook().readiness, action[0].entry
    what, who = entry.label_ja, ""
    if isinstance(entry, Question):
        what = _("{label}を確かめて答える").format(label=entry.label_ja)
        if entry.id == AGENT_QUESTION or answers.gate.get(entry.id) is Reply.NO:
            what = entry.action_ja.partition("。")[0]
    labels = [answers.officers[step.officer].label for step in action if step.officer is not None]
    if labels and len(answers.officers) > 1:
        who = _("({who})").format(who=outlook.together(labels))
    return _("[{what}](#stage{stage}){who} {page}").format(
        what=what, stage=entry.stage, who=who, page=wording.link(entry.check_at)
    )


def show_undo() -> None:
    """Say what the last change did, and offer to take it back; nothing before the first one."""
    held = session.history()
    if not held.earlier:
        return
    answers = [state.workbook.readiness for state in (held.earlier[-1], held.now)]
    told = outlook.answers_changed(shared.checklist(), *answers)
    with st.container(key="undo_message", horizontal=True, vertical_alignment="center"):
        st.markdown(told or _("{what}を変えました").format(what=held.last_change()))
        st.button(_("元に戻す"), key="undo_readiness", on_click=session.undo)


def show_schedule(shown: list[int]) -> None:
    """Draw from when to when each stage keeps each officer.

    Args:
        shown: the places of the officers.
    """
    answers, as_of = session.workbook().readiness, session.workbook().as_of
    figure = steps_to_approval(
        session.forecast(),
        session.steps(),
        shared.checklist().stages,
        {None: _("会社"), **{place: answers.officers[place].label for place in shown}},
        (outlook.named_day(as_of, clock.today()), as_of),
    )
    if figure:
        show_chart(figure)


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
