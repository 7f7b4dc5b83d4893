"""What a result says in a meeting: six findings in words, and the page for approval."""

from collections.abc import Sequence

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Case, CostKind, Estimate, Procedure
from onlineready.language import translate as _
from onlineready.model.uncertainty import DRAWS
from onlineready.readiness import forecast
from onlineready.readiness.checklist import Question
from onlineready.readiness.forecast import Step
from onlineready.report import findings, wording
from onlineready.report.briefing import (
    DISCLAIMER,
    Approval,
    Briefing,
    Figure,
    FigureKind,
    Metric,
    Remark,
    Series,
    Slide,
    Table,
)
from onlineready.report.checksheets import sheets
from onlineready.report.evidence import assumptions_table, fee_sources, sources, stamp, tasks_table
from onlineready.report.facts import Facts, Shipped, Subject, gathered, printable
from onlineready.report.palette import COUNTER, ONLINE, ONLINE_SHADES
from onlineready.report.slide_charts import drawn

MAIN_ASSUMPTIONS = (
    "company_fee_share",
    "realised_time_share",
    "wage_yen_per_hour",
    "batch_size",
    "attrition_per_year",
    "officers",
    "discount_rate",
)
"""What a board asks about first."""

LONGEST_LABEL = 12

MOST_STEPS = 7
"""Steps that one screen can show in large type."""

CERTAIN = 0.995
"""A probability from here on is not written as 100%."""

PROCEDURE_SHADES = (ONLINE_SHADES[2], ONLINE_SHADES[1], ONLINE)


def briefing(subject: Subject, shipped: Shipped) -> Briefing:
    """Return what is shown and handed out of a workbook's first scenario."""
    facts = gathered(subject, shipped)
    slides = (
        _answer(facts),
        _volume(facts),
        _cost(facts),
        _payback(facts),
        _readiness(facts),
        _decision(facts),
    )
    return Briefing(
        subject=_("在留申請オンライン化の費用と効果"),
        slides=slides,
        approval=_approval(facts, slides),
        assumptions=assumptions_table(facts, list(shipped.assumptions.index)),
        tasks=tasks_table(facts),
        sheets=sheets(facts),
        stamp=stamp(facts),
    )


def _answer(facts: Facts) -> Slide:
    year = facts.result.per_year
    nothing = findings.no_effect(facts.result)
    if round(year["net_saving_yen"]):
        title = _("オンライン申請に替えると、{gain}").format(
            gain=wording.gain_a_year(year["net_saving_yen"])
        )
    else:
        title = _("オンライン申請に替えても、損得はありません")
    return Slide(
        title=nothing or title,
        lead=_(
            "{first}から{years}年間の試算。オンライン申請は{begin}から。金額は開始後の1年あたり"
        ).format(
            first=wording.month(facts.result.scenario.start_month),
            years=facts.years,
            begin=facts.begin,
        ),
        metrics=_metrics(facts),
        points=(
            _("現金のうち、手数料の差は{fee}、実費の差は{outlay}(準備と維持を引いた後)").format(
                fee=wording.gain_a_year(year["fee_saving_yen"]),
                outlay=wording.gain_a_year(year["outlay_saving_yen"]),
            ),
            _time_is_not_cash(facts),
            _other_fees(facts),
        )
        if not nothing
        else (findings.why_no_effect(facts.result),),
        notes=(
            *(notice.text() for notice in facts.result.notices),
            *fee_sources(facts),
        ),
    )


def _metrics(facts: Facts) -> tuple[Metric, ...]:
    """Return the four figures of the business case, as page 1 shows them."""
    year = facts.result.per_year
    hours = year["hours_saved"] - year["hours_spent"]
    months = facts.result.worth.payback_months
    return (
        _money(_("差引きの効果(年)"), year["net_saving_yen"]),
        _money(_("うち現金(年)"), year["cash_saving_yen"]),
        Metric(
            _("減る時間(年)") if hours >= 0 else _("増える時間(年)"),
            wording.hours(abs(hours)),
            loss=bool(hours < 0),
        ),
        Metric(_("回収まで"), wording.payback(months), loss=months is None),
    )


def _money(label: str, yen: float) -> Metric:
    return Metric(label, wording.gain(yen), loss=round(yen) < 0)


def _time_is_not_cash(facts: Facts) -> str:
    scenario = facts.result.scenario
    return _("時間は現金ではない。空いた時間の{share:.0%}だけを1時間{wage}で数え、{value}").format(
        share=scenario.realised_time_share,
        wage=wording.yen(scenario.wage_yen_per_hour),
        value=wording.gain_a_year(facts.result.per_year["time_value_yen"]),
    )


def _other_fees(facts: Facts) -> str:
    gain = wording.gain_a_year(facts.elsewise.per_year["net_saving_yen"])
    if facts.result.scenario.fee_basis == "dated":
        return _("手数料が6,000円/5,500円のままなら、差引きは{gain}").format(gain=gain)
    return _("受付日に応じた手数料なら、差引きは{gain}").format(gain=gain)


def _volume(facts: Facts) -> Slide:
    scenario = facts.result.scenario
    columns = {f"applications_{procedure}": procedure for procedure in Procedure}
    years = facts.result.fiscal_years[list(columns)].rename(columns=columns)
    volume = years.sum()
    total = volume.sum()
    reasons = {
        Procedure.EXTENSION: _("更新は{number:,.1f}件。在留期間が切れるたび、通算60か月まで"),
        Procedure.CHANGE: _("変更は{number:,.1f}件。国内で迎えるとき{ssw2}"),
        Procedure.COE: _("認定(COE)は{number:,.1f}件。海外から迎えるとき、就労の{lead}か月前"),
    }
    ssw2 = _("と、特定技能2号へ移るとき") if scenario.ssw2_share > 0 else ""
    largest = Procedure(str(volume.idxmax()))
    if not facts.result.filed:
        title = findings.nothing_filed(facts.result)
    elif volume[largest] == total:
        title = _("申請は{years}年間で{total:,.1f}件、すべて{name}")
    else:
        title = _("申請は{years}年間で{total:,.1f}件、{share:.0%}が{name}")
    points = [
        reasons[procedure].format(
            number=volume[procedure], lead=scenario.coe_lead_months, ssw2=ssw2
        )
        for procedure in volume.sort_values(ascending=False, kind="stable").index
        if volume[procedure] > 0
    ]
    if facts.result.filed:
        busiest = int(str(years.sum(axis="columns").idxmax()))
        points += [
            _("最も多いのは{year}の{number:,.1f}件").format(
                year=wording.fiscal_year(busiest),
                number=years.loc[busiest].sum(),
            ),
            _("離職を年{attrition:.0%}と見込んだ期待値で、小数になる").format(
                attrition=scenario.attrition_per_year
            ),
        ]
    else:
        points.append(findings.why_no_effect(facts.result))
    title = title.format(
        years=facts.years,
        total=total,
        name=_(LABELS[largest]),
        share=volume[largest] / total if total else 0,
    )
    measure = _("年度別の申請件数(件)")
    figure = Figure(
        kind=FigureKind.STACKED,
        measure=measure,
        alt=_("{title}。{measure}。").format(title=title, measure=measure),
        categories=tuple(
            _("{year}\n{number:,.1f}件").format(year=wording.fiscal_year(int(year)), number=number)
            for year, number in zip(years.index, years.sum(axis="columns"), strict=True)
        ),
        series=tuple(
            Series(_(LABELS[procedure]), tuple(years[procedure]), shade)
            for procedure, shade in zip(
                reversed(Procedure), reversed(PROCEDURE_SHADES), strict=True
            )
        ),
        number_format="#,##0.0",
    )
    return Slide(
        title=title,
        lead=_("計画: {plan}").format(plan=printable(facts.subject.plan)),
        points=tuple(points),
        figure=drawn(figure) if facts.result.filed else None,
        notes=tuple(notice.text() for notice in facts.result.notices),
    )


def _cost(facts: Facts) -> Slide:
    costs = facts.result.cost_by_year
    sums = costs.groupby(["kind", "case"])["yen"].sum()
    both = {kind: [float(sums[kind, case]) for case in Case] for kind in CostKind}
    counter, online = (sum(column) for column in zip(*both.values(), strict=True))
    change = online - counter
    if round(change) < 0:
        comparison = _("オンラインは窓口より{amount}少ない")
    elif round(change) > 0:
        comparison = _("オンラインは窓口より{amount}多い")
    else:
        comparison = _("オンラインも窓口も同じ")
    title = _("{years}年間の費用は、{comparison}").format(
        years=facts.years, comparison=comparison.format(amount=wording.yen(abs(change)))
    )
    names = {
        CostKind.FEE: _("手数料"),
        CostKind.OUTLAY: _("実費"),
        CostKind.STAFF_TIME: _("担当者の時間"),
    }
    table = Table(
        columns=(_("費用(円)"), _("窓口"), _("オンライン"), _("差")),
        rows=(
            *(_costs(names[kind], *yen) for kind, yen in both.items()),
            _costs(_("合計"), counter, online),
        ),
        numbers=3,
        alt=_("窓口は{counter}、オンラインは{online}").format(
            counter=wording.yen(counter), online=wording.yen(online)
        ),
    )
    yearly = costs.pivot_table(index="fiscal_year", columns="case", values="yen", aggfunc="sum")
    measure = _("年度別の費用(円)")
    figure = Figure(
        kind=FigureKind.CLUSTERED,
        measure=measure,
        alt=_("{title}。{measure}。").format(title=title, measure=measure),
        categories=tuple(wording.fiscal_year(int(year)) for year in yearly.index),
        series=tuple(
            Series(_(LABELS[case]), tuple(yearly[case]), colour)
            for case, colour in ((Case.COUNTER, COUNTER), (Case.ONLINE, ONLINE))
        ),
        number_format="#,##0",
    )
    scenario = facts.result.scenario
    points = [
        _(
            "時間は1時間{wage}で全額を費用にした。差引きの効果では、空いた時間の{share:.0%}だけを数える"
        ).format(wage=wording.yen(scenario.wage_yen_per_hour), share=scenario.realised_time_share)
    ]
    if facts.result.filed and not any(both[CostKind.FEE]):
        points.append(_("会社が払う手数料は、窓口もオンラインも0円"))
    return Slide(
        title=title,
        lead=_("{years}年間の合計。オンラインには、準備と維持、開始までの窓口の分を含む").format(
            years=facts.years
        ),
        points=tuple(points),
        figure=drawn(figure),
        table=table,
        notes=fee_sources(facts),
    )


def _costs(name: str, counter: float, online: float) -> tuple[str, ...]:
    return (name, f"{counter:,.0f}", f"{online:,.0f}", _signed(online - counter))


def _payback(facts: Facts) -> Slide:
    result, simulation = facts.result, facts.simulation
    title = findings.paid_back(result)
    if result.starts:
        title = _("{paid_back}。得になる確率は{chance}").format(
            paid_back=title, chance=_chance(simulation.probability_positive)
        )
    curve = result.break_even
    points = [
        _(
            "作業の時間・実費・賃金・時間の活用を、幅の中で{draws:,}通りに変えた正味現在価値(割引率{rate:.0%})"
        ).format(draws=DRAWS, rate=result.scenario.discount_rate),
        _("元の前提での正味現在価値は{npv}").format(npv=wording.gain(result.worth.npv_yen)),
    ]
    if curve.applications_per_year is not None:
        points.append(
            _("損益の境目は年{edge:,.1f}件の申請(この計画は割り引いて年{number:,.1f}件)").format(
                edge=curve.applications_per_year, number=curve.plan_applications_per_year
            )
        )
    return Slide(
        title=title,
        lead=_("正味現在価値(今の価値に直した、期間の効果の合計)の幅"),
        metrics=(
            _money(_("10回に1回はこれより悪い"), simulation.p10_yen),
            _money(_("ちょうど真ん中"), simulation.p50_yen),
            _money(_("10回に1回はこれより良い"), simulation.p90_yen),
        )
        if facts.result.starts
        else (),
        points=tuple(points) if facts.result.starts else (findings.why_no_effect(facts.result),),
        figure=_curve(facts, title),
        notes=(
            _(
                "変えていないもの: 申請の件数、手数料とその会社負担、1回の来庁でまとめる件数。"
                "前提の幅と出典は「前提と出典」と長いPDFにある。"
            ),
        ),
    )


def _curve(facts: Facts, title: str) -> Figure:
    """Return the net saving added up month by month, the month of payback marked."""
    result, months = facts.result, facts.result.worth.payback_months
    total = result.cumulative_yen
    remark = None
    if months is not None:
        place = max(result.scenario.online_from, 0) + months - 1
        paid = wording.month(result.scenario.month(place))
        remark = Remark(place, _("{month}に回収").format(month=paid))
    measure = _("差引きの効果の累計(円)、月別")
    return drawn(
        Figure(
            kind=FigureKind.LINE,
            measure=measure,
            alt=_("{title}。{measure}。").format(title=title, measure=measure),
            categories=tuple(str(month) for month in total.index),
            series=(Series(_("差引きの効果の累計"), tuple(total), ONLINE),),
            number_format="#,##0",
            remark=remark,
        )
    )


def _readiness(facts: Facts) -> Slide:
    found = facts.forecasts[Estimate.BASE]
    if not found.critical_path:
        title = _("準備は済み、{base}からオンラインで申請できます")
    elif facts.gate.no:
        title = _("事前の確認に「いいえ」が{count}件。済ませれば{base}から始められる見込み")
    else:
        title = _("準備に今すぐかかれば、{base}から始められる見込み")
    title = title.format(base=wording.month(found.go_live), count=len(facts.gate.no))
    slowest = _(
        "基準日 {as_of} から、残っている項目の最も長い道のり(早くて{low}、遅くて{high})。日数は仮定"
    )
    done = _("基準日 {as_of} の準備の状況")
    lead = (slowest if found.critical_path else done).format(
        as_of=facts.subject.workbook.as_of,
        low=wording.month(facts.forecasts[Estimate.LOW].go_live),
        high=wording.month(facts.forecasts[Estimate.HIGH].go_live),
    )
    points = [
        _gate_sentence(facts),
        *_next_sentence(facts),
        *_mismatch(facts),
        findings.a_month_later(facts.result, facts.delayed),
    ]
    return Slide(
        title=title,
        lead=lead,
        points=tuple(points),
        table=_path(facts) if found.critical_path else None,
        notes=tuple(
            _("{label}: {source}(確認日 {day})").format(
                label=step.entry.label_ja, source=step.entry.source, day=step.entry.checked_on
            )
            for step in found.critical_path
        ),
    )


def _gate_sentence(facts: Facts) -> str:
    if facts.gate.is_open:
        return _("事前の確認の三つの問いは、すべて「はい」")
    if facts.gate.no:
        names = {question.id: question.label_ja for question in facts.shipped.checklist.questions}
        return _("「いいえ」は{names}。済むまで利用者登録に進めない").format(
            names="、".join(names[name] for name in facts.gate.no)
        )
    return _("事前の確認の三つの問いのうち、{count}件が未確認。まず確かめて答える").format(
        count=len(facts.gate.unknown)
    )


def _next_sentence(facts: Facts) -> list[str]:
    path = facts.forecasts[Estimate.BASE].critical_path
    last = max(stage.id for stage in facts.shipped.checklist.stages)
    following = [
        _owned(facts, step)
        for step in forecast.next_steps(facts.steps, path)
        if not isinstance(step.entry, Question) and (step.entry.stage < last or not path)
    ]
    if not following:
        return []
    more = _("など{count}件").format(count=len(following)) if len(following) > 2 else ""
    return [_("次にすること: {names}{more}").format(names="、".join(following[:2]), more=more)]


def _mismatch(facts: Facts) -> list[str]:
    """Warn where the figures count on an earlier month than the checklist forecasts."""
    month = facts.forecasts[Estimate.BASE].go_live
    fixed = pd.Period(facts.result.scenario.go_live, freq="M")
    if fixed >= month:
        return []
    return [
        _("試算の開始月({fixed})は、準備の見込み({month})より早い").format(
            fixed=wording.month(fixed), month=wording.month(month)
        )
    ]


def _path(facts: Facts) -> Table:
    """Return the steps that decide the month of going live, with their days."""
    found = facts.forecasts[Estimate.BASE]
    rows = []
    for step in found.critical_path[-MOST_STEPS:]:
        first, last = facts.days[step.key]
        rows.append(
            (
                step.entry.label_ja,
                _short(facts.owner(step.officer)),
                f"{first:%Y-%m-%d}",
                f"{last:%Y-%m-%d}",
            )
        )
    return Table(
        columns=(_("開始月を左右する項目"), _("担当"), _("始まり"), _("終わり")),
        rows=tuple(rows),
        numbers=2,
        alt=_("{first}に始まり{last}に終わる道のり").format(first=rows[0][2], last=rows[-1][3]),
    )


def _decision(facts: Facts) -> Slide:
    if not facts.result.filed:
        title = _("判断は要りません: この計画には、期間中に出す申請がありません")
    elif not facts.result.starts:
        title = _("お願い: オンライン申請の開始月を、試算の期間の中に決める(今は{begin})")
    elif facts.pays and facts.running:
        title = _("お願い: {begin}に始めたオンライン申請を続けることの承認")
    elif facts.pays:
        title = _("お願い: {soonest}からオンライン申請に替えることの承認")
    else:
        title = _("お願い: 今の前提では替えず、前提を見直して出し直すことの承認")
    return Slide(
        title=title.format(begin=facts.begin, soonest=facts.soonest),
        lead=_("主な前提と、その確からしさ"),
        points=(*_cost_of_change(facts), *sources(facts)),
        table=assumptions_table(facts, list(MAIN_ASSUMPTIONS)),
        notes=(
            *fee_sources(facts),
            *(
                _("{label}: {source}").format(label=row["label_ja"], source=row["source"])
                for _key, row in facts.shipped.assumptions.loc[list(MAIN_ASSUMPTIONS)].iterrows()
            ),
            _(DISCLAIMER),
        ),
    )


def _cost_of_change(facts: Facts) -> list[str]:
    """Say what set-up and upkeep take over the horizon; nothing where there is none."""
    total, scenario = facts.result.totals, facts.result.scenario
    if not facts.result.starts:
        return []
    return [
        _("準備と維持にかかるのは{years}年間で{hours}と{yen}(担当者{officers}人)").format(
            years=facts.years,
            hours=wording.hours(total["hours_spent"]),
            yen=wording.yen(total["setup_upkeep_outlay_yen"]),
            officers=scenario.officers,
        )
    ]


def _approval(facts: Facts, slides: Sequence[Slide]) -> Approval:
    return Approval(
        question=_(
            "特定技能1号の在留申請(認定・変更・更新)を、窓口から在留申請オンラインシステムに替えるか。"
        ),
        answer=slides[0].title,
        reasons=(slides[5].title, slides[2].title, slides[1].title),
        metrics=_metrics(facts)[:3],
        figure=_curve(facts, slides[3].title),
        finding=slides[3].title,
        assumptions=assumptions_table(facts, list(MAIN_ASSUMPTIONS)),
        risks=_risks(facts),
        readiness=(slides[4].title, *slides[4].points),
    )


def _risks(facts: Facts) -> tuple[str, ...]:
    year = facts.result.per_year
    fee, work = sources(facts)
    risks = [
        _("見込み違い: 10回に1回は、正味現在価値が{worst}より悪い。{work}").format(
            worst=wording.gain(facts.simulation.p10_yen), work=work
        ),
        _("手数料: {fee}。{other}").format(fee=fee, other=_other_fees(facts)),
        _("時間: 空いた時間の使い道を決めなければ、残る効果は現金だけ({cash})").format(
            cash=wording.gain_a_year(year["cash_saving_yen"])
        ),
        _(
            "担当者: 登録と利用申出は一人ずつ(今の計画は{officers}人)。異動や退職のときはやり直し"
        ).format(officers=facts.result.scenario.officers),
        _("窓口に残るもの: 在留カードを郵送で受け取らないときの受取、手数料の減免、システムの停止"),
    ]
    return tuple(risks)


def _signed(yen: float) -> str:
    rounded = round(yen) + 0
    return f"{rounded:+,}" if rounded else "0"


def _chance(probability: float) -> str:
    if probability >= CERTAIN:
        return _("99%超")
    if probability < 1 - CERTAIN:
        return _("1%未満")
    return f"{probability:.0%}"


def _short(label: str) -> str:
    """Return a label that leaves room for what stands beside it on a screen."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _owned(facts: Facts, step: Step) -> str:
    if step.officer is None:
        return step.entry.label_ja
    return _("{owner}が「{label}」").format(
        owner=_short(facts.owner(step.officer)), label=step.entry.label_ja
    )
