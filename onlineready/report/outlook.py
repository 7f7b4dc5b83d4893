"""What is said of the way to online filing, of what is due next, and of what was filed.

A sentence ends without a full stop, as in `findings`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.vocabulary import LABELS, Deadline, Estimate
from onlineready.filing.apportionment import nearest
from onlineready.filing.windows import Due, due_within, listed
from onlineready.language import translate as _
from onlineready.readiness.checklist import AGENT_QUESTION, Checklist, Entry, officer_label
from onlineready.readiness.deadlines import SOON_DAYS, DueDay, urgent
from onlineready.readiness.forecast import Forecast, Gate, Step
from onlineready.report import wording


def entry_name(entry: Entry) -> str:
    """Return what a question or an item is called, and whether it leaves the first month alone."""
    name = _("{label}(開始月に関わらない)") if entry.optional else "{label}"
    return name.format(label=entry.label_ja)


def readiness(gate: Gate, found: Forecast, since: pd.Period | None) -> str:
    """Say when online filing can begin, and on what it hangs.

    Args:
        gate: how its questions are answered.
        found: the forecast.
        since: the month in which it has begun by the scenario; None where that is left open.
    """
    if not found.critical_path and since is not None and since < found.go_live:
        return _("{month}からオンラインで申請しています").format(month=wording.month(since))
    if not found.critical_path:
        title = _("準備は済み、{base}からオンラインで申請できます")
    elif gate.no == (AGENT_QUESTION,):
        title = _("担当者の講習が済めば、{base}から始められる見込み")
    elif AGENT_QUESTION in gate.no:
        title = _("届出と担当者の講習が済めば、{base}から始められる見込み")
    elif gate.no:
        title = _("届出が済めば、{base}から始められる見込み")
    else:
        title = _("準備に今すぐかかれば、{base}から始められる見込み")
    return title.format(base=wording.month(found.go_live))


def readiness_basis(forecasts: Mapping[Estimate, Forecast], as_of: date) -> str:
    """Say from which day the start of online filing is forecast, and between which months."""
    if not forecasts[Estimate.BASE].critical_path:
        return _("基準日 {as_of} の準備の状況").format(as_of=as_of)
    return _(
        "基準日 {as_of} から、残っている項目の最も長い道のり(早くて{low}、遅くて{high})。日数は仮定"
    ).format(
        as_of=as_of,
        low=wording.month(forecasts[Estimate.LOW].go_live),
        high=wording.month(forecasts[Estimate.HIGH].go_live),
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
        "準備チェックリストに承認日を入れてください。"
    ).format(names=wording.some(names, 5))
