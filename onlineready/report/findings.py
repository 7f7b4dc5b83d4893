"""What a result says, once: every page, paper, table and file asks here.

A sentence ends without a full stop: whoever puts it into a text adds one.
"""

from datetime import date
from typing import NamedTuple

import pandas as pd

from onlineready.domain.scenario import FIXED_FEES, Scenario
from onlineready.domain.tables import Tables, plan_kind
from onlineready.domain.vocabulary import (
    LABELS,
    Case,
    Channel,
    Estimate,
    PlanKind,
    Procedure,
    Side,
)
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.breakdown import fees_by_year, given_away_yen, work_yen
from onlineready.model.comparison import npv_by_rate, yearly_flow
from onlineready.model.fees import PAYING, fee, is_confirmed, last_checked, paid_changes, tariff
from onlineready.model.plan import staffing_by_year
from onlineready.model.result import Result
from onlineready.model.uncertainty import SEED, Simulation, by_task
from onlineready.report import tabular, wording
from onlineready.report.assumed import Assumed
from onlineready.report.confidence import own_rates

APP_NAME = mark("在留申請オンライン化の費用と効果")
"""What the app is called, on pages and papers."""

DISCLAIMER = mark(
    "すべての申請が許可されるとした期待値による試算で、法律上の助言ではありません。"
    "申請の前に出入国在留管理庁の公式ページで手数料と手続を確かめてください。"
)
"""What every paper says below its figures."""

YEAR_MONTHS = 12
"""Months of the permission whose fee is named."""

LONGEST_ANSWER = 25
"""Letters that the answer may have, to be read at a glance."""

MOST_BARS = 12
"""Assumptions that the tornado draws; the table and the download have all of them."""


class PointLabel(NamedTuple):
    """Words at one point of a line: the place of its row, from 0, and the words."""

    place: int
    words: str


class Finding(NamedTuple):
    """What is said of one matter.

    Attributes:
        title: the finding, with its number.
        measure: of its chart: measure, unit and period.
        detail: what is said beside it.
    """

    title: str
    measure: str = ""
    detail: str = ""

    @property
    def alt(self) -> str:
        """What its chart shows, for those who do not see it."""
        return alternative(self.title, self.measure)


def alternative(title: str, measure: str) -> str:
    """Return what a chart shows, for those who do not see it."""
    return _("{title}。{measure}。").format(title=title, measure=measure)


# Costs and savings


def no_effect(result: Result) -> str:
    """Say that nothing is filed, or that online filing does not begin in time; else nothing."""
    if not result.filed:
        return _("この計画では、{years}年間に出す申請がありません").format(
            years=result.scenario.years
        )
    if not result.starts:
        return _("開始が{begin}のため、期間中の効果なし").format(
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


def pays(result: Result) -> bool:
    """Tell whether the net present value is above 0, to the yen that is shown."""
    return round(result.worth.npv_yen) > 0


def answer(result: Result) -> Finding:
    """Say in a short sentence what online filing is worth a year, or that there is no effect.

    The title is rounded; the detail says the same to the yen, cash and hours apart.
    """
    if nothing := no_effect(result):
        return Finding(nothing, detail=why_no_effect(result))
    yen = result.per_year["net_saving_yen"]
    if not round(yen):
        title = _("オンラインに切り替えても、増減なし")
    else:
        gain = wording.gain(yen, wording.about)
        openings = (
            _("オンラインに切り替えると、年間 {gain}"),
            _("オンラインにすると、年間 {gain}"),
        )
        said = [opening.format(gain=gain) for opening in openings]
        title = next((one for one in said if len(one) <= LONGEST_ANSWER), said[-1])
    return Finding(title, detail=_("。").join((saving(result), cash(result), hours(result))))


def saving(result: Result) -> str:
    """Say to the yen what online filing is worth, a year and in all, and under which fees."""
    return _("{fees}、差引きの効果は{year}、開始後{months}か月分の合計は{total}").format(
        fees=_fees(result),
        year=wording.gain_a_year(result.per_year["net_saving_yen"]),
        months=result.months_online,
        total=wording.gain(result.totals["net_saving_yen"]),
    )


def under_other_fees(elsewise: Result) -> str:
    """Say what online filing is worth a year under other fees than those of the answer."""
    return _("{fees}、{gain}").format(
        fees=_fees(elsewise), gain=wording.gain_a_year(elsewise.per_year["net_saving_yen"])
    )


def _fees(result: Result) -> str:
    """Return under which fees a result holds, as the beginning of a sentence."""
    basis = result.scenario.fee_basis
    if basis == "dated":
        return _("新手数料なら")
    if basis == FIXED_FEES:
        return _("旧手数料なら")
    return _("{month}の手数料なら").format(month=wording.month(basis))


def cash(result: Result) -> str:
    """Say what is saved in cash a year."""
    year = result.per_year
    return _("現金では{cash}(手数料の差は{fee}、準備と維持を引いた実費の差は{outlay})").format(
        cash=wording.gain_a_year(year["cash_saving_yen"]),
        fee=wording.gain_a_year(year["fee_saving_yen"]),
        outlay=wording.gain_a_year(year["outlay_saving_yen"]),
    )


def hours(result: Result) -> str:
    """Say how many hours are saved a year, and that they are no cash."""
    year, scenario = result.per_year, result.scenario
    saved = year["hours_saved"] - year["hours_spent"]
    told = _("担当者の時間は年{hours}減る") if saved > 0 else _("担当者の時間は年{hours}増える")
    if not round(saved, 1):
        told = _("担当者の時間は変わらない")
    return (
        told + _("。現金ではなく、他の業務に使える{share}だけを1時間{wage}で数えて{value}")
    ).format(
        hours=wording.hours(abs(saved)),
        share=wording.percent(scenario.realised_time_share),
        wage=wording.yen(scenario.wage_yen_per_hour),
        value=wording.gain_a_year(year["time_value_yen"]),
    )


def waterfall(result: Result, contributions: pd.Series) -> Finding:
    """Say which part of the net saving a year is the largest, for better or worse.

    Args:
        result: a business case.
        contributions: its parts under their names.
    """
    measure = _("オンライン1年あたりの効果の内訳(円)。準備と維持は期間でならした額")
    if nothing := no_effect(result):
        return Finding(nothing, measure)
    part = str(contributions.abs().idxmax())
    if not round(contributions[part]):
        return Finding(_("増える費用も減る費用もありません"), measure)
    title = _("最も大きいのは{part}の{amount}")
    amount = wording.signed_about(contributions[part])
    return Finding(title.format(part=part, amount=amount), measure)


def explained(result: Result) -> dict[str, str]:
    """Say of the four figures of a business case how much each is, exactly, and what it is made of.

    By key, as `Result.figures` and `tabular.FIGURES` name them, in the order in which they stand.
    """
    figures, year = result.figures, result.per_year
    parts = {
        "net_saving_yen": _("{value}(現金の節約 {cash}、時間の価値 {time})"),
        "cash_saving_yen": _("{value}(手数料の差 {fee}、実費の差 {outlay})"),
        "hours": _("{value}(申請で減る {saved}、準備と維持 {spent})"),
        "payback_months": "{value}",
    }
    words = {
        "cash": wording.yen(year["cash_saving_yen"]),
        "time": wording.yen(year["time_value_yen"]),
        "fee": wording.yen(year["fee_saving_yen"]),
        "outlay": wording.yen(year["outlay_saving_yen"]),
        "saved": wording.hours(year["hours_saved"]),
        "spent": wording.hours(year["hours_spent"]),
    }
    return {
        key: _("{amount}。{meaning}。").format(
            amount=part.format(value=tabular.FIGURES[key].written(figures[key]), **words),
            meaning=_(tabular.FIGURES[key].meaning),
        )
        for key, part in parts.items()
    }


def so_far(result: Result, as_of: date) -> Finding | None:
    """Say what online filing has saved before this month; None where it has not begun by then."""
    scenario, month = result.scenario, pd.Period(as_of, freq="M")
    first = scenario.month(max(scenario.online_from, 0))
    last = min(month - 1, scenario.month(scenario.months - 1))
    if first > last:
        return None
    saved, months = result.saved_until(month), last.ordinal - first.ordinal + 1
    setup = _("準備の費用を引いた額")
    if scenario.online_from < 0:
        # docs/model.md, section 6: it is booked in the first month of the horizon.
        setup = _("{begun}の準備の費用を、{first}に数えて引いた額")
    return Finding(
        _("{first}からの{months}か月で、{gain}").format(
            first=wording.month(first), months=months, gain=wording.gain(saved, wording.about)
        ),
        detail=_(
            "{first}から{last}までの{months}か月の差引きの効果は{gain}({setup})。続ければ、{year}"
        ).format(
            setup=setup.format(begun=wording.go_live(scenario), first=wording.month(first)),
            first=wording.month(first),
            last=wording.month(last),
            months=months,
            gain=wording.gain(saved),
            year=wording.gain_a_year(result.per_year["net_saving_yen"]),
        ),
    )


def plan_meant(plan: pd.DataFrame, scenario: Scenario) -> str:
    """Say whether a plan replaces those who leave, and how many workers it ends with."""
    expected = staffing_by_year(plan, scenario)
    match plan_kind(plan):
        case PlanKind.ROSTER:
            told = _("名簿の人だけを数え、退職者の補充は含まない")
        case PlanKind.TARGETS:
            told = _("目標に足りない分を採用し({years}年間で{hires})、目標を超えても人を減らさない")
        case PlanKind.OUTLINE:
            held = plan["hires_per_year"].isna()
            told = _("毎年{number}人を採用し、それを超える退職者の補充はしない")
            if held.all():
                told = _("人数を保つため、退職と通算60か月の分を採用({years}年間で{hires})")
            elif held.any():
                told = _("毎年{number}人を採用。採用の数がない事業所は人数を保つ")
    return _("{told}。{last}の見込みは{workers}").format(
        told=told.format(
            years=scenario.years,
            hires=wording.workers(expected["hires"].sum()),
            number=wording.exact(plan["hires_per_year"].sum()) if "hires_per_year" in plan else "",
        ),
        last=wording.month(scenario.month(scenario.months - 1)),
        workers=wording.workers(expected["stock"].iloc[-1]),
    )


def volume(result: Result) -> Finding:
    """Say how many applications there are, most of which kind, and in which year."""
    years = result.fiscal_years[[f"applications_{procedure}" for procedure in Procedure]]
    by_procedure, by_year = years.sum(), years.sum(axis="columns")
    total, largest = by_procedure.sum(), str(by_procedure.idxmax())
    measure = _("年度別の申請件数(期待値・件)、手続の種類別")
    if not result.filed:
        title = _("この計画の申請は、{years}年間で0件").format(years=result.scenario.years)
        return Finding(title, measure, why_no_effect(result))
    if by_procedure[largest] == total:
        title = _("申請は{years}年間で{total}、すべて{name}")
    else:
        title = _("申請は{years}年間で{total}、{share:.0%}が{name}")
    return Finding(
        title.format(
            years=result.scenario.years,
            total=wording.applications(total),
            share=by_procedure[largest] / total,
            name=_(LABELS[Procedure(largest.removeprefix("applications_"))]),
        ),
        measure,
        _("最も多いのは{year}の{number}").format(
            year=wording.fiscal_year(int(str(by_year.idxmax()))),
            number=wording.applications(by_year.max()),
        ),
    )


def costs_measured() -> str:
    """Say what a chart of the costs measures."""
    return _("年度別の費用(円)。準備と維持を含む。{time}").format(time=_(wording.TIME_VALUED))


def cost(result: Result) -> Finding:
    """Say whether filing online costs less than the counter, and what either costs."""
    sums = result.cost_by_year.groupby("case")["yen"].sum()
    counter, online = (sums[case] for case in Case)
    title = _("{years}年間の費用は、オンラインが窓口より{amount}少ない")
    if round(online - counter) > 0:
        title = _("{years}年間の費用は、オンラインが窓口より{amount}多い")
    elif not round(online - counter):
        title = _("{years}年間の費用は、オンラインも窓口も同じ")
    return Finding(
        title.format(years=result.scenario.years, amount=wording.about(abs(online - counter))),
        costs_measured(),
        _("窓口は{counter}、オンラインは{online}、差は{gain}").format(
            counter=wording.yen(counter),
            online=wording.yen(online),
            gain=wording.gain(counter - online),
        ),
    )


def payback(result: Result) -> Finding:
    """Say when the saving has paid for the start, and what it adds up to."""
    total, months = result.cumulative_yen.iloc[-1], result.worth.payback_months
    measure = _("{years}年間の差引きの効果の累計(円)、月別").format(years=result.scenario.years)
    if not result.starts:
        title = _("開始が{begin}のため、回収なし").format(begin=wording.go_live(result.scenario))
        return Finding(title, measure, why_no_effect(result))
    if months is None:
        title = _("期間中は回収なし、開始後{online}か月分の累計は{total}")
    elif round(total) < 0:
        title = _("{months}か月で一度は回収、開始後{online}か月分の累計は{total}")
    else:
        title = _("{months}か月で回収、開始後{online}か月分の累計は{total}")
    return Finding(
        title.format(
            months=months, online=result.months_online, total=wording.gain(total, wording.about)
        ),
        measure,
        _("開始後{online}か月分の累計は{total}").format(
            online=result.months_online, total=wording.gain(total)
        ),
    )


def paid_in(result: Result) -> PointLabel | None:
    """Mark the month in which the start is paid for; None where it never is."""
    months = result.worth.payback_months
    if months is None:
        return None
    place = max(result.scenario.online_from, 0) + months - 1
    return PointLabel(
        place, _("{month}に回収").format(month=wording.month(result.scenario.month(place)))
    )


def hours_by_step(result: Result) -> Finding:
    """Say how many hours either case takes over the horizon."""
    sums = result.hours_by_task.groupby("case")["hours"].sum()
    counter, online = (wording.hours(sums.get(case, 0.0)) for case in Case)
    return Finding(
        _("担当者の時間は{years}年間で窓口{counter}、オンライン{online}").format(
            years=result.scenario.years, counter=counter, online=online
        ),
        _(
            "段階別の時間({years}年間の合計・時間)。オンラインは窓口に残る分を含む。作業別は表で"
        ).format(years=result.scenario.years),
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
    told = [_("{amounts}の削減").format(amounts=gained)] if gained else []
    told += [_("{amounts}の負担増").format(amounts=lost)] if lost else []
    if not told:
        return _("開始({begin})が1か月遅れても、期間中の効果は同じ").format(begin=begin)
    return _("開始({begin})が1か月遅れると、{told}").format(begin=begin, told="、".join(told))


# How sure it is


def sources(result: Result, tables: Tables) -> tuple[str, str]:
    """Say in two sentences what the figures rest on: the fees, and the rates of the tasks."""
    fee = _("{month}からの手数料は公開資料の報告で、入管庁のページでは未確認(確認日 {checked})")
    if is_confirmed(tables.fees):
        fee = _("{month}からの手数料は入管庁のページで確かめた額(確認日 {checked})")
    own = sum(own_rates(result.scenario, tables.tasks))
    work = _("作業の時間と実費は仮定。自社の値に置き換えて確かめる")
    if own:
        work = _("作業の時間と実費は{count}項目のうち{own}項目が自社の値、残りは仮定")
    newest = wording.month(paid_changes(tables.fees)[-1])
    return (
        fee.format(month=newest, checked=last_checked(tables.fees)),
        work.format(count=len(tables.tasks), own=own),
    )


def chance(simulation: Simulation) -> Finding:
    """Say how likely online filing is to pay, and between what most of the draws lie."""
    return Finding(
        _("{outcome}確率は{probability}").format(
            outcome=_(wording.POSITIVE),
            probability=wording.probability(simulation.probability_positive),
        ),
        _(
            "正味現在価値(横、円)ごとの回数(縦、回)。作業の時間と実費、時間単価、他の業務に使える割合を"
            "幅の中で{draws:,}回ひき直した結果(乱数の種 {seed}、いつも同じ結果)"
        ).format(draws=len(simulation.npv_yen), seed=SEED),
        _("10回に8回は{p10}から{p90}の間").format(
            p10=wording.gain(simulation.p10_yen), p90=wording.gain(simulation.p90_yen)
        ),
    )


def net_present_values(result: Result) -> str:
    """Say what the NPV is at other discount rates."""
    told = _("、").join(
        _("{rate}なら{npv}").format(rate=wording.percent(float(str(rate))), npv=wording.yen(npv))
        for rate, npv in npv_by_rate(result.series).items()
    )
    return _("割引率ごとの正味現在価値: {told}").format(told=told)


def no_ratios(result: Result) -> str:
    """Say why ratios to the set-up are not shown; nothing where they say something."""
    if result.worth.ties_up_money:
        return ""
    return _(
        "準備の費用{setup}は{months}か月で回収でき、1年もお金を寝かせません。"
        "費用の何倍か・ROI・IRRは、費用が小さいほど大きく出るだけで判断に使えないため、示しません"
    ).format(
        setup=wording.yen(-yearly_flow(result.series, result.scenario)[0]),
        months=result.worth.payback_months,
    )


def tornado(result: Result, ends: pd.DataFrame, assumed: Assumed) -> Finding:
    """Say which assumption moves the NPV most, or that none does.

    Args:
        result: the business case.
        ends: as `uncertainty.tornado` returns it.
        assumed: what they are called.
    """
    npv = wording.yen(result.worth.npv_yen)
    merged = by_task(ends, result.worth.npv_yen)
    moving = merged[merged["swing"].gt(0)]
    if moving.empty:
        return Finding(_("どの前提を動かしても、正味現在価値は{npv}").format(npv=npv))
    widest = moving.iloc[0]
    return Finding(
        _("最も効くのは「{name}」: 正味現在価値は{least}から{most}").format(
            name=assumed.together(*widest["keys"]),
            least=wording.yen(min(widest["npv_low"], widest["npv_high"])),
            most=wording.yen(max(widest["npv_low"], widest["npv_high"])),
        ),
        _(
            "前提を一つだけ低い値・高い値にしたときの正味現在価値(円)。縦線は今の{npv}。"
            "一つの作業の時間と実費は一緒に動かす。動かないものを除く上位{count}(表にはすべて)"
        ).format(npv=npv, count=min(len(moving), MOST_BARS)),
    )


def switches(result: Result, found: pd.DataFrame, assumed: Assumed) -> list[str]:
    """Say of each assumption that turns the answer at which value: `switching_values` in words."""
    positive = result.worth.npv_yen > 0
    turned = _(wording.NOT_POSITIVE if positive else wording.POSITIVE)
    told = []
    for row in found[found["switching_value"].notna()].to_dict("records"):
        side = Side(row["pays"])
        turns = side if not positive else Side.BELOW if side is Side.ABOVE else Side.ABOVE
        place = row["key"].split(".")
        # A whole number has turned the answer at its switching value already, others only beyond.
        whole = isinstance(getattr(result.scenario, row["key"], None), int)
        if not whole:
            sentence = _("{name}が{value}を{side}と、{outcome}(今は{base})")
        elif turns is Side.ABOVE:
            sentence = _("{name}が{value}以上だと、{outcome}(今は{base})")
        else:
            sentence = _("{name}が{value}未満だと、{outcome}(今は{base})")
        told.append(
            sentence.format(
                side=_(LABELS[turns]),
                name=assumed.name(*place),
                value=assumed.value(row["switching_value"], *place, digits=0 if whole else 1),
                outcome=turned,
                base=assumed.value(row["base"], *place),
            )
        )
    return told


def no_switch(result: Result) -> str:
    """Say that no assumption turns the answer."""
    outcome = wording.POSITIVE if result.worth.npv_yen > 0 else wording.NOT_POSITIVE
    return _("どの前提も、一つだけを幅の中で動かすかぎり、答えは変わりません({outcome})").format(
        outcome=_(outcome)
    )


def what_if(question: str, now: Result, case: Result) -> Finding:
    """Say whether it pays under a condition ("…なら"), and how far that is from what is now."""
    figures, change = case.figures, case.figures - now.figures
    return Finding(
        _("{question}、{outcome}。差引きの効果は{gain}(いまの前提では{now})").format(
            question=question,
            outcome=_(wording.POSITIVE if pays(case) else wording.NOT_POSITIVE),
            gain=wording.gain_a_year(figures["net_saving_yen"]),
            now=wording.gain_a_year(now.figures["net_saving_yen"]),
        ),
        detail=_(
            "現金の節約は{cash}、時間の価値は{time}。{payback}。"
            "期間の合計は、いまの前提と比べて{shift}"
        ).format(
            cash=wording.gain_a_year(figures["cash_saving_yen"]),
            time=wording.gain_a_year(figures["time_value_yen"]),
            payback=payback(case).title,
            shift=wording.shift(change["total_yen"]),
        ),
    )


def scenarios(net_saving_yen: pd.Series) -> Finding:
    """Say which scenario saves least and which most: their net saving a year, by name."""
    return Finding(
        _("差引きの効果は「{worst}」で{low}、「{best}」で{high}").format(
            worst=net_saving_yen.idxmin(),
            low=wording.gain_a_year(net_saving_yen.min()),
            best=net_saving_yen.idxmax(),
            high=wording.gain_a_year(net_saving_yen.max()),
        ),
        _(
            "シナリオ別の差引きの効果(円・1年あたり)。黒い線が差引きの効果。時間の価値は現金ではない"
        ),
    )


def break_even(result: Result) -> Finding:
    """Say from how many applications a year on it pays, or that nothing is filed online."""
    curve = result.break_even
    if not curve.applications:
        return Finding(_("オンライン開始のあとに申請がなく、損益分岐はありません"))
    least = curve.applications_per_year
    title = _("年{least:,.1f}件から{positive}。計画は割り引いて年{planned}")
    if least is None:
        title = _(
            "申請1件あたりの削減がなく、件数が増えても{not_positive}(計画は割り引いて年{planned})"
        )
    return Finding(
        title.format(
            least=least,
            positive=_(wording.POSITIVE),
            not_positive=_(wording.NOT_POSITIVE),
            planned=wording.applications(curve.plan_applications_per_year),
        ),
        _(
            "年間の申請件数(横、件)と正味現在価値(縦、円)。"
            "正味現在価値 = 1件の効果{unit} × {years:,.2f}年 × 件数 − 準備と維持{fixed}(割引後)"
        ).format(
            unit=wording.yen(curve.unit_yen), years=curve.years, fixed=wording.yen(curve.fixed_yen)
        ),
    )


# Fees


def fee_change(fees: pd.DataFrame) -> Finding:
    """Say when the fees last changed, and what they were before."""
    before, after = paid_changes(fees)[-2:]
    was = tariff(fees, Procedure.EXTENSION, before).iloc[0]
    return Finding(
        _("手数料: {month}に改定").format(month=wording.month(after)),
        _(
            "変更・更新1件あたり(円)。{before}〜{until}の受付は{counter:,}円→オンライン{online:,}円、"
            "{after}からは許可される期間による。認定(COE)は0円。オンラインは決済手数料を含む"
        ).format(
            before=wording.month(before),
            until=wording.month(after - 1),
            after=wording.month(after),
            counter=int(was[Channel.COUNTER]),
            online=int(was[Channel.ONLINE]),
        ),
    )


def fee_sources(fees: pd.DataFrame) -> tuple[str, ...]:
    """Name each source of the fees of change and extension, once."""
    rows = fees[fees["procedure"].isin(PAYING)].drop_duplicates(["accepted_from", "source"])
    return tuple(
        _("手数料({month}から): {source}。確認先 {url}").format(
            month=wording.month(row["accepted_from"]), source=row["source"], url=row["check_at"]
        )
        for row in rows.to_dict("records")
    )


def fees_due(result: Result, fees: pd.DataFrame) -> Finding:
    """Say what the change of the law costs, which is more than filing online can save."""
    due = fees_by_year(result, fees)
    totals = due.groupby("case")["total_yen"].sum()
    words = {
        "years": result.scenario.years,
        "counter": wording.yen(totals[Case.COUNTER]),
        "online": wording.yen(totals[Case.ONLINE]),
    }
    title = _("{years}年間の手数料は、窓口のままで{counter}、替えると{online}")
    if result.scenario.fee_basis == "dated":
        title = _(
            "窓口の手数料は1年の許可1件で{was}から{now}に。{years}年間では{held}のはずが{counter}に増え、"
            "オンラインに替えても{online}"
        )
        held = fees_by_year(result, fees, FIXED_FEES)
        words["held"] = wording.yen(held[held["case"].eq(Case.COUNTER)]["total_yen"].sum())
        words["was"], words["now"] = (
            wording.yen(fee(fees, Procedure.EXTENSION, Channel.COUNTER, month, YEAR_MONTHS))
            for month in paid_changes(fees)[-2:]
        )
    return Finding(
        title.format(**words),
        _("年度別の手数料(円)。決済手数料を含む。認定(COE)は0円"),
    )


def who_pays(result: Result, fees: pd.DataFrame) -> str:
    """Say what of the fees the company pays and what the worker."""
    due = fees_by_year(result, fees)
    sums = due.groupby("case")[["company_yen", "worker_yen"]].sum()
    if not sums["worker_yen"].sum():
        return _("手数料は全額を会社が負担する前提です(法令上の納付者は外国人本人)")
    return _(
        "会社の負担は窓口のままで{company[counter]}、替えると{company[online]}。"
        "本人の負担は窓口のままで{worker[counter]}、替えると{worker[online]}"
    ).format(
        company=sums["company_yen"].map(wording.yen), worker=sums["worker_yen"].map(wording.yen)
    )


def given_away(result: Result, prices: pd.DataFrame) -> Finding:
    """Say what the work costs in either case, and what giving it away does at these prices."""
    own, price = work_yen(result), given_away_yen(result, prices)
    return Finding(
        _("{years}年間の作業は、窓口{counter}、オンライン{online}、行政書士に頼むと{price}").format(
            years=result.scenario.years,
            counter=wording.yen(own[Case.COUNTER]),
            online=wording.yen(own[Case.ONLINE]),
            price=wording.yen(price[Estimate.BASE]),
        ),
        _(
            "{years}年間の合計(円)。入管に納める手数料は、だれが申請しても要るため除いてあります。"
            "{time}。頼む場合に社内に残る時間(書類をそろえるなど)は入れていません"
        ).format(years=result.scenario.years, time=_(wording.TIME_VALUED)),
    )
