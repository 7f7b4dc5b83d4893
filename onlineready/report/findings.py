"""What is said of a result, once: every page, paper, table and file asks here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from onlineready.domain.scenario import Scenario
from onlineready.domain.vocabulary import LABELS, Deadline, Estimate
from onlineready.filing.windows import Due, listed
from onlineready.language import translate as _
from onlineready.model.result import Result
from onlineready.readiness.checklist import Checklist, officer_label
from onlineready.readiness.deadlines import DueDay, urgent
from onlineready.readiness.forecast import Forecast, Gate
from onlineready.report import wording

# Costs and savings


def no_effect(result: Result) -> str:
    """Say that nothing is filed, or that online filing does not begin in time; else nothing."""
    if not result.filed:
        return _("この計画では、{years}年間に出す申請がありません").format(
            years=result.scenario.years
        )
    if not result.starts:
        return _("オンライン申請の開始({begin})が期間の後になり、効果はまだありません").format(
            begin=wording.go_live(result.scenario)
        )
    return ""


def why_no_effect(result: Result) -> str:
    """Say what to look at where there is no effect."""
    if result.filed:
        return _("試算は{last}までです。開始月をそれより前にすると、効果を計算できます").format(
            last=wording.month(result.scenario.month(result.scenario.months - 1))
        )
    if result.starts:
        return _("在留期限・開始月と、試算の期間を確かめてください。かかるのは準備と維持だけです")
    return _("在留期限・開始月と、試算の期間を確かめてください")


def nothing_filed(result: Result) -> str:
    """Say that there is nothing to count."""
    return _("この計画の申請は、{years}年間で0件").format(years=result.scenario.years)


def paid_back(result: Result) -> str:
    """Say when the saving has paid for the start, and what it adds up to."""
    total, months = result.cumulative_yen.iloc[-1], result.worth.payback_months
    if not result.starts:
        title = _("オンライン申請の開始({begin})が期間の後のため、回収はありません")
    elif months is None:
        title = _("{years}年間では回収できません(累計は{total})")
    elif round(total) < 0:
        title = _("{months}か月で一度は回収しますが、累計は{total}")
    else:
        title = _("{months}か月で回収、累計は{total}")
    return title.format(
        begin=wording.go_live(result.scenario),
        years=result.scenario.years,
        months=months,
        total=wording.gain(total),
    )


def a_month_later(result: Result, delayed: Result) -> str:
    """Say what a month of delay costs over the horizon, or that it changes nothing.

    Args:
        result: a business case.
        delayed: the same with online filing beginning a month later.
    """
    change = delayed.totals - result.totals
    yen, hours = change["net_saving_yen"], change["hours_saved"] - change["hours_spent"]
    begin = wording.go_live(result.scenario)
    changes = [(round(yen), wording.yen(abs(yen))), (round(hours, 1), wording.hours(abs(hours)))]
    gained, lost = (
        _("と").join(words for amount, words in changes if amount * sign > 0) for sign in (1, -1)
    )
    told = [_("{amounts}の得").format(amounts=gained)] if gained else []
    told += [_("{amounts}の損").format(amounts=lost)] if lost else []
    if not told:
        return _("開始({begin})が1か月遅れても、期間中の効果は同じ").format(begin=begin)
    return _("開始({begin})が1か月遅れると、{told}").format(begin=begin, told="、".join(told))


# Readiness and what is due next


def readiness(gate: Gate, found: Forecast) -> str:
    """Say when online filing can begin, and on what it hangs."""
    if not found.critical_path:
        title = _("準備は済み、{base}からオンラインで申請できます")
    elif gate.no:
        title = _("事前の確認に「いいえ」が{count}件。済ませれば{base}から始められる見込み")
    else:
        title = _("準備に今すぐかかれば、{base}から始められる見込み")
    return title.format(base=wording.month(found.go_live), count=len(gate.no))


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
    return _("次にすること: {names}").format(names=some(names, 2)) if names else ""


def some(names: Sequence[str], most: int) -> str:
    """Return the first names, and how many more there are."""
    more = _("、ほか{count}件").format(count=len(names) - most) if len(names) > most else ""
    return "、".join(names[:most]) + more


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


def next_due(days: Iterable[DueDay], windows: pd.DataFrame, as_of: date) -> str:
    """Say what is due next: what keeps online filing possible first, then what is to be filed.

    Nothing where nothing is.

    Args:
        days: as `deadlines.deadlines` returns them.
        windows: as `windows.filing_windows` returns them.
        as_of: the day from which is counted.
    """
    if near := urgent(days):
        first = near[0]
        words = _("{what}は、あと{days}日({day})")
        if first.days_left < 0:
            words = _("{what}は、{days}日前({day})に期限切れ")
        more = _("(ほかに{count}件)").format(count=len(near) - 1) if len(near) > 1 else ""
        day, days_left = wording.day(first.due_on), abs(first.days_left)
        return words.format(what=deadline(first), days=days_left, day=day) + more
    later = listed(windows[windows["due_on"].gt(pd.Timestamp(as_of))])
    if later.empty:
        return ""
    month = later["closes"].min()
    number = later.loc[later["closes"].eq(month), "applications"].sum()
    return _("{month}に、申請{number}の期限が来ます").format(
        month=wording.month(month), number=wording.applications(number)
    )


def due_soon(number: Due) -> str:
    """Say how many applications come due soon, and how many of them now."""
    return _("90日以内に在留期限か就労開始の来る申請は{total}(うち今月{now})").format(
        total=wording.applications(number.total), now=wording.applications(number.now)
    )
