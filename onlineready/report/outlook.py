"""What is said of the way to online filing, of what is due next, and of what was filed.

A sentence ends without a full stop, as in `findings`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count, product

import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.vocabulary import LABELS, Agent, Deadline, Estimate, Reply, Status
from onlineready.filing.apportionment import nearest
from onlineready.filing.windows import Due, due_within, listed
from onlineready.language import translate as _
from onlineready.readiness import forecast
from onlineready.readiness.checklist import (
    AGENT_QUESTION,
    Answers,
    Checklist,
    Entry,
    Question,
    Stage,
    agent_of,
    answer_of,
    officer_label,
    reply_of,
)
from onlineready.readiness.deadlines import SOON_DAYS, DueDay, urgent
from onlineready.readiness.forecast import Forecast, Gate, Step
from onlineready.report import wording

MOST_NAMED = 2
"""Officers called by their labels where several are meant."""


def entry_names(found: Iterable[Step]) -> dict[str, str]:
    """Return what questions and items are called, by id, and which leave the first month alone.

    Papers are numbered from (1) on, without a gap where one of them is not wanted.
    """
    names: dict[str, str] = {}
    papers = count(1)
    for entry in dict.fromkeys(step.entry for step in found):
        name = _("{label}(開始月に関わらない)") if entry.optional else "{label}"
        number = f"({next(papers)}) " if entry.paper else ""
        names[entry.id] = number + name.format(label=entry.label_ja)
    return names


def start(gate: Gate, found: Forecast, since: pd.Period | None) -> str:
    """Say when online filing can begin, or that it has begun.

    Args:
        gate: how its questions are answered.
        found: the forecast.
        since: the month in which it has begun by the scenario; None where that is left open.
    """
    month = wording.month(found.go_live)
    if found.critical_path:
        return _("{month}から始められる見込み").format(month=month)
    if gate.no:
        return _("承認は済み、事前の確認に「いいえ」が残っています")
    if since is not None and since < found.go_live:
        return _("{month}からオンラインで申請しています").format(month=wording.month(since))
    return _("準備は済み、{month}からオンラインで申請できます").format(month=month)


def readiness(gate: Gate, found: Forecast, since: pd.Period | None) -> str:
    """Say what `start` says, and on what it hangs."""
    told = start(gate, found, since)
    if not found.critical_path:
        return told
    if gate.no == (AGENT_QUESTION,):
        first = _("担当者の講習が済めば、{start}")
    elif AGENT_QUESTION in gate.no:
        first = _("届出と担当者の講習が済めば、{start}")
    elif gate.no:
        first = _("届出が済めば、{start}")
    else:
        first = _("準備に今すぐかかれば、{start}")
    return first.format(start=told)


def span(forecasts: Mapping[Estimate, Forecast]) -> str:
    """Say between which months online filing begins; nothing once an officer is approved."""
    if not forecasts[Estimate.BASE].critical_path:
        return ""
    return _("早くて{low}、遅くて{high}").format(
        low=wording.month(forecasts[Estimate.LOW].go_live),
        high=wording.month(forecasts[Estimate.HIGH].go_live),
    )


def readiness_basis(forecasts: Mapping[Estimate, Forecast], as_of: date) -> str:
    """Say from which day the start of online filing is forecast, and between which months."""
    months = span(forecasts)
    if not months:
        return _("基準日 {as_of} の準備の状況").format(as_of=as_of)
    return _("基準日 {as_of} から、残っている項目の最も長い道のり({months})。日数は仮定").format(
        as_of=as_of, months=months
    )


def declaring(answers: Answers) -> str:
    """Say how many officers declare the use, and in which way."""
    return _("担当者{count}人・{way}で申し出る").format(
        count=len(answers.officers), way=_(LABELS[answers.way])
    )


def progress(found: Iterable[Step]) -> str:
    """Say how many steps are done of how many, as `forecast.progress` counts them."""
    done, of = forecast.progress(found)
    return _("{of}件中{done}件完了").format(of=of, done=done)


def stage_line(stage: Stage, inside: Sequence[Step], checklist: Checklist) -> str:
    """Say in a line how far a stage is: done, begun, or what all of it waits for; in Markdown.

    Args:
        stage: the stage.
        inside: its steps.
        checklist: the content.
    """
    done, of = forecast.progress(inside)
    counted = [step.status for step in inside if not step.entry.optional]
    if done == of:
        line = _("✓ {number}. {label} {done}件完了")
    elif all(status is Status.BLOCKED for status in counted):
        line = _("{number}. {label} {waiting}")
    else:
        line = _("**{number}. {label}** {progress}")
    return line.format(
        number=stage.id,
        label=stage.label_ja,
        done=done,
        waiting=waiting(inside, checklist),
        progress=progress(inside),
    )


def waiting(inside: Iterable[Step], checklist: Checklist) -> str:
    """Say how many steps of a stage cannot start yet, and after which stages; nothing if all can.

    Args:
        inside: the steps of one stage.
        checklist: the content.
    """
    blocked = [step for step in inside if step.status is Status.BLOCKED]
    if not blocked:
        return ""
    awaited = {name for step in blocked for name in step.blocked_by}
    stages = {entry.stage for entry in checklist.entries if entry.id in awaited}
    before = [
        stage.label_ja
        for stage in checklist.stages
        if stage.id in stages and stage.id != blocked[0].entry.stage
    ]
    return _("あと{count}件は、{before}の後に").format(
        count=len(blocked), before="・".join(before) or _("前の項目")
    )


def together(labels: Sequence[str]) -> str:
    """Name two officers by their labels, more by their number; in Markdown."""
    if len(labels) > MOST_NAMED:
        return _("{count}人").format(count=len(labels))
    return wording.plain("・".join(labels))


def agents(answers: Answers, question: Question) -> str:
    """Say how the question of the agent is answered, and by whom; in Markdown."""
    told = []
    for agent in (Agent.CERTIFICATE, Agent.CONDITIONS):
        if labels := [one.label for one in answers.officers if agent_of(one) is agent]:
            told.append(_("{who}は{agent}").format(who=together(labels), agent=_(LABELS[agent])))
    if told:
        return _("✓ {label}: {told}").format(label=question.label_ja, told="、".join(told))
    if reply_of(answers, question.id) is Reply.YES:
        return _("✓ {label}: はい").format(label=question.label_ja)
    return _("{label}: 担当者のだれかが講習を終えると「はい」になります").format(
        label=question.label_ja
    )


def cell(step: Step, today: date) -> str:
    """Say in a word how far a step is: the day on which it was done, or is planned; else a status.

    Nothing where it can be begun and nothing is planned.
    """
    done_on, planned = step.answer.done_on, step.answer.planned
    if step.status is Status.DONE and done_on:
        return wording.day_of_year(done_on, today)
    if step.status is Status.TODO and planned:
        return _("予定 {day}").format(day=wording.day_of_year(planned, today))
    if step.status is Status.BLOCKED:
        return _("後で")
    return "" if step.status is Status.TODO else _(LABELS[step.status])


def named_day(as_of: date, today: date) -> str:
    """Name the day from which the forecast counts: as a rule today."""
    name = _("今日 {day}") if as_of == today else _("基準日 {day}")
    return name.format(day=wording.day_of_year(as_of, today))


def answers_changed(checklist: Checklist, before: Answers, after: Answers) -> str:
    """Say what a change of the answers did, and what it keeps from being started; in Markdown.

    Nothing where the answers are the same.
    """
    told = _changed(checklist, before, after)
    found, now = forecast.steps(checklist, before), forecast.steps(checklist, after)
    if blocked := forecast.blocked_again(found, now):
        names = [_of(step.entry, step.officer, after) for step in blocked]
        told += _("。そのため、また開始できなくなりました: {names}").format(
            names=wording.some(names, 5)
        )
    return told


def _changed(checklist: Checklist, before: Answers, after: Answers) -> str:
    """Say what differs between two answers: the first thing, where it is more than one."""
    if before.way is not after.way:
        return _("申し出る方法を{way}にしました").format(way=_(LABELS[after.way]))
    if len(before.officers) != len(after.officers):
        return _("担当者を{count}人にしました").format(count=len(after.officers))
    for one, now in zip(before.officers, after.officers, strict=True):
        if one.label != now.label:
            return _("「{before}」を「{after}」と呼びます").format(
                before=wording.plain(one.label), after=wording.plain(now.label)
            )
    for question in checklist.questions:
        reply = after.gate.get(question.id, Reply.UNKNOWN)
        if before.gate.get(question.id, Reply.UNKNOWN) is not reply:
            return _("「{label}」を「{reply}」にしました").format(
                label=question.label_ja, reply=_(LABELS[reply])
            )
    for officer, item in product((None, *range(len(after.officers))), checklist.items):
        was, answer = (answer_of(one, officer, item.id) for one in (before, after))
        if was != answer:
            told = _("{name}の日付を変えました")
            if was.status is not answer.status:
                told = _("{name}を{status}にしました")
            return told.format(name=_of(item, officer, after), status=_(LABELS[answer.status]))
    return ""


def _of(entry: Entry, officer: int | None, answers: Answers) -> str:
    """Name an entry and whose it is by the label, in Markdown: 「講習を受ける」(担当者A)."""
    if officer is None:
        return _("「{label}」").format(label=entry.label_ja)
    return _("「{label}」({who})").format(
        label=entry.label_ja, who=wording.plain(answers.officers[officer].label)
    )


def pre_checks(gate: Gate, checklist: Checklist) -> str:
    """Say how the questions of the gate are answered, and what keeps it shut."""
    if gate.is_open:
        return _("事前の確認の三つの問いは、すべて「はい」")
    if gate.no:
        names = [one.label_ja for one in checklist.questions if one.id in gate.no]
        return _("「いいえ」は{names}。済むまで利用者登録に進めない").format(names="、".join(names))
    return _("事前の確認の三つの問いのうち、{count}件が未確認。まず確かめて答える").format(
        count=len(gate.unknown)
    )


def too_early(scenario: Scenario, found: Forecast) -> str:
    """Say that the figures count on an earlier month than the checklist forecasts; else nothing."""
    if pd.Period(scenario.go_live, freq="M") >= found.go_live:
        return ""
    return _("試算の開始月({fixed})は、準備の見込み({month})より早い").format(
        fixed=wording.go_live(scenario), month=wording.month(found.go_live)
    )


def to_do_next(names: Sequence[str]) -> str:
    """Name the first two things to do next; nothing where there are none."""
    return _("次にすること: {names}").format(names=wording.some(names, 2)) if names else ""


def owner(officer: int | None) -> str:
    """Name an officer by the letter, never by the label, which a reader may have changed."""
    return _("会社") if officer is None else officer_label(officer)


def deadline(day: DueDay) -> str:
    """Name what is due on a day: whose, and what."""
    if day.step is None:
        return _(LABELS[day.kind])
    what = _(LABELS[day.kind])
    if day.kind is Deadline.PLANNED:
        what = _("{item}(予定日)").format(item=day.step.entry.label_ja)
    return _("{who}: {what}").format(who=owner(day.step.officer), what=what)


def days_left(days: int) -> str:
    """Say how far off a day is, with a sign where it has gone by."""
    if days < 0:
        return _("⚠ {days:,}日超過").format(days=-days)
    return _("あと{days:,}日").format(days=days) if days else _("今日")


def pressing(days: int) -> str:
    """Say the same in Markdown: in red what is overdue, in bold what is near."""
    look = "**{left}**" if days <= SOON_DAYS else "{left}"
    return (f":red[{look}]" if days < 0 else look).format(left=days_left(days))


def upkeep(days: Iterable[DueDay]) -> str:
    """List what keeps online filing possible in Markdown: how far off it is, what, which day."""
    rows = (
        _("- {left}({day})  \n{what}").format(
            left=pressing(day.days_left),
            day=wording.day(day.due_on),
            what=wording.plain(deadline(day)),
        )
        for day in days
    )
    return "\n".join(rows)


def next_due(days: Iterable[DueDay], windows: pd.DataFrame, as_of: date) -> str:
    """Say what is due next: what keeps online filing possible first, then what is to be filed.

    Nothing where nothing is.

    Args:
        days: as `deadlines.deadlines` returns them.
        windows: as `settlement.outstanding` returns them.
        as_of: the day from which is counted.
    """
    if near := urgent(days):
        first = near[0]
        words = _("{what}は、あと{days}日({day})")
        if first.days_left < 0:
            words = _("{what}は、{days}日前({day})に期限切れ")
        more = _("(ほかに{count}件)").format(count=len(near) - 1) if len(near) > 1 else ""
        day, days_off = wording.day(first.due_on), abs(first.days_left)
        return words.format(what=deadline(first), days=days_off, day=day) + more
    later = listed(windows[windows["due_on"].gt(pd.Timestamp(as_of))])
    if later.empty:
        return ""
    month = later["closes"].min()
    number = float(later.loc[later["closes"].eq(month), "applications"].sum())
    soon = due_within(windows, as_of)
    of_month = soon.loc[soon["closes"].eq(month), "count"]
    count = nearest(number) if of_month.empty else int(of_month.sum())
    return _("{month}に、申請{number}の期限が来ます").format(
        month=wording.month(month), number=wording.about_applications(count, number)
    )


def due_soon(number: Due) -> str:
    """Say how many applications come due soon."""
    expected = sum(number.expected)
    if not expected:
        return _("90日以内に期限が来る申請はありません")
    return _("90日以内に期限が来る申請は{total}").format(
        total=wording.about_applications(sum(number.counts), expected)
    )


def filed(found: pd.DataFrame) -> str:
    """Say how many applications were filed, and how many more or fewer than planned, in Markdown.

    Args:
        found: plan against actual of each month, as `variance.variances` returns it.
    """
    total = found.sum()
    difference = float(total["difference"])
    words = _("{number}多い") if difference >= 0 else _("{number}少ない")
    return _("実績を入れた{months}か月で**{filed:,.0f}件**、計画より{difference}").format(
        months=len(found),
        filed=total["filed"],
        difference=words.format(number=wording.applications(abs(difference))),
    )


def undated(steps: Iterable[Step]) -> str:
    """Say which approvals need the day of their end before their deadline can be told.

    Args:
        steps: as `deadlines.undated` returns them.
    """
    names = [
        _("{who}の{item}").format(who=owner(step.officer), item=step.entry.label_ja)
        for step in steps
    ]
    return _(
        "完了日がないため、期限を計算できません: {names}。"
        "準備チェックリストの「日付・対応中・該当なしを入れる」に承認日を入れてください。"
    ).format(names=wording.some(names, 5))
