"""What is said of a result, once: every page, paper, table and file asks here."""

from onlineready.language import translate as _
from onlineready.model.result import Result
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
