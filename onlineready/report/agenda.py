"""What a result says in a meeting: the question, six findings in words, and the risks."""

import pandas as pd

from onlineready.domain.vocabulary import CostKind, Estimate, Procedure
from onlineready.language import translate as _
from onlineready.model.uncertainty import DRAWS
from onlineready.readiness import forecast
from onlineready.readiness.forecast import Step
from onlineready.report import findings, outlook, tabular, wording
from onlineready.report.briefing import Briefing, ChartKind, Metric, Slide, SlideChart, Table
from onlineready.report.checksheets import sheets
from onlineready.report.evidence import assumptions_table, paper_table, tasks_table
from onlineready.report.facts import Facts, Shipped, Subject, gathered
from onlineready.report.palette import COUNTER, ONLINE, ONLINE_SHADES
from onlineready.report.slide_charts import drawn
from onlineready.report.stamp import stamp

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


def briefing(subject: Subject, shipped: Shipped) -> Briefing:
    """Return what is shown and handed out of a workbook's first scenario."""
    facts = gathered(subject, shipped)
    return Briefing(
        subject=_(findings.APP_NAME),
        question=_(
            "特定技能1号の在留申請(認定・変更・更新)を、窓口から在留申請オンラインシステムに替えるか。"
        ),
        slides=(
            _answer(facts),
            _volume(facts),
            _cost(facts),
            _payback(facts),
            _readiness(facts),
            _decision(facts),
        ),
        risks=_risks(facts),
        assumptions=assumptions_table(facts, list(shipped.assumptions.index)),
        tasks=tasks_table(facts),
        sheets=sheets(facts),
        stamp=stamp(
            facts.result.scenario,
            subject.plan,
            subject.workbook.as_of,
            shipped.tables.fees,
            subject.link,
        ),
    )


def _answer(facts: Facts) -> Slide:
    result = facts.result
    found = findings.answer(result)
    points = [found.detail]
    if not findings.no_effect(result):
        points = [
            findings.saving(result),
            findings.cash(result),
            findings.hours(result),
            findings.under_other_fees(facts.elsewise),
        ]
    return Slide(
        title=found.title,
        lead=_(
            "{first}から{years}年間の試算。オンライン申請は{begin}から。金額は開始後の1年あたり"
        ).format(
            first=wording.month(result.scenario.start_month), years=facts.years, begin=facts.begin
        ),
        metrics=_metrics(facts),
        points=tuple(points),
        notes=(
            *(notice.text() for notice in result.notices),
            *findings.fee_sources(facts.shipped.tables.fees),
        ),
    )


def _metrics(facts: Facts) -> tuple[Metric, ...]:
    """Return the four figures of the business case, as page 1 shows them."""
    values = facts.result.figures
    labels = {key: _(row.heading) for key, row in tabular.FIGURES.items()}
    hours, months = values["hours"], values["payback_months"]
    return (
        *(_money(labels[key], values[key]) for key in ("net_saving_yen", "cash_saving_yen")),
        Metric(
            labels["hours"] if hours >= 0 else _("増える時間(年)"),
            wording.hours(abs(hours)),
            loss=bool(hours < 0),
        ),
        Metric(labels["payback_months"], wording.payback(months), loss=bool(pd.isna(months))),
    )


def _money(label: str, yen: float) -> Metric:
    return Metric(label, wording.gain(yen), loss=round(yen) < 0)


def _volume(facts: Facts) -> Slide:
    result, scenario = facts.result, facts.result.scenario
    found = findings.volume(result)
    table, totals = tabular.applications_by_year(result), result.totals
    reasons = {
        Procedure.EXTENSION: _("更新は{number}。在留期間が切れるたび、通算60か月まで"),
        Procedure.CHANGE: _("変更は{number}。国内で迎えるとき{ssw2}"),
        Procedure.COE: _("認定(COE)は{number}。海外から迎えるとき、就労の{lead}か月前"),
    }
    number = {procedure: totals[f"applications_{procedure}"] for procedure in reasons}
    points = [
        reasons[procedure].format(
            number=wording.applications(number[procedure]),
            lead=scenario.coe_lead_months,
            ssw2=_("と、特定技能2号へ移るとき") if scenario.ssw2_share > 0 else "",
        )
        for procedure in sorted(Procedure, key=number.__getitem__, reverse=True)
        if number[procedure] > 0
    ]
    points.append(found.detail)
    if result.filed:
        points.append(
            _("離職を年{attrition:.0%}と見込んだ期待値で、小数になる").format(
                attrition=scenario.attrition_per_year
            )
        )
    years = [
        _("{year}\n{number}").format(year=year, number=wording.applications(total))
        for year, total in table.sum(axis="columns").items()
    ]
    # Extensions at the bottom of the stack.
    table = table.iloc[:, ::-1].set_axis(years)
    chart = SlideChart(ChartKind.STACKED, found.measure, found.alt, table, ONLINE_SHADES, "#,##0.0")
    return Slide(
        title=found.title,
        lead=_("計画: {plan}").format(plan=wording.printable(facts.subject.plan)),
        points=tuple(points),
        figure=drawn(chart) if result.filed else None,
        notes=tuple(notice.text() for notice in result.notices),
    )


def _cost(facts: Facts) -> Slide:
    result, scenario = facts.result, facts.result.scenario
    found, costs = findings.cost(result), result.cost_by_year
    yearly = costs.pivot_table(index="fiscal_year", columns="case", values="yen", aggfunc="sum")
    table = tabular.by_year(tabular.named(yearly, tabular.CASES))
    chart = SlideChart(
        ChartKind.CLUSTERED, found.measure, found.alt, table, (COUNTER, ONLINE), "#,##0"
    )
    points = [
        _(
            "時間は1時間{wage}で、他の業務に使える{share}だけを換算。準備と維持、窓口より増える時間は全額"
        ).format(
            wage=wording.yen(scenario.wage_yen_per_hour),
            share=wording.percent(scenario.realised_time_share),
        )
    ]
    if result.filed and not costs.loc[costs["kind"].eq(CostKind.FEE), "yen"].any():
        points.append(_("会社が払う手数料は、窓口もオンラインも0円"))
    return Slide(
        title=found.title,
        lead=_("{years}年間の合計。オンラインには、準備と維持、開始までの窓口の分を含む").format(
            years=facts.years
        ),
        points=tuple(points),
        figure=drawn(chart),
        table=paper_table(tabular.costs(result), 3, found.detail),
        notes=findings.fee_sources(facts.shipped.tables.fees),
    )


def _payback(facts: Facts) -> Slide:
    result, simulation = facts.result, facts.simulation
    found, points = findings.payback(result), [findings.why_no_effect(result)]
    metrics: tuple[Metric, ...] = ()
    if result.starts:
        title = _("{payback}。{chance}").format(
            payback=found.title, chance=findings.chance(simulation).title
        )
        found = found._replace(title=title)
        metrics = (
            _money(_("10回に1回はこれより悪い"), simulation.p10_yen),
            _money(_("ちょうど真ん中"), simulation.p50_yen),
            _money(_("10回に1回はこれより良い"), simulation.p90_yen),
        )
        points = [
            _(
                "作業の時間・実費・時間単価・他の業務に使える割合を、幅の中で{draws:,}通りに変えた正味現在価値(割引率{rate})"
            ).format(draws=DRAWS, rate=wording.percent(result.scenario.discount_rate)),
            _("元の前提での正味現在価値は{npv}").format(npv=wording.gain(result.worth.npv_yen)),
            findings.break_even(result).title,
        ]
    paid = findings.paid_in(result)
    table = pd.DataFrame({_("差引きの効果の累計"): result.cumulative_yen})
    chart = SlideChart(ChartKind.LINE, found.measure, found.alt, table, (ONLINE,), "#,##0", paid)
    return Slide(
        title=found.title,
        lead=_("正味現在価値(今の価値に直した、期間の効果の合計)の幅"),
        metrics=metrics,
        points=tuple(points),
        figure=drawn(chart),
        notes=(
            _(
                "変えていないもの: 申請の件数、手数料とその会社負担、1回の来庁でまとめる件数。"
                "前提の幅と出典は「前提と出典」と長いPDFにある。"
            ),
        ),
    )


def _readiness(facts: Facts) -> Slide:
    found = facts.forecasts[Estimate.BASE]
    following = forecast.next_actions(facts.steps, found.critical_path)
    points = (
        outlook.pre_checks(facts.gate, facts.shipped.checklist),
        outlook.to_do_next([_owned(facts, step) for step, *_others in following]),
        outlook.too_early(facts.result.scenario, found),
        findings.a_month_later(facts.result, facts.delayed),
    )
    return Slide(
        title=outlook.readiness(facts.gate, found, facts.result.scenario.go_live),
        lead=outlook.readiness_basis(facts.forecasts, facts.subject.workbook.as_of),
        points=tuple(filter(None, points)),
        table=_path(facts) if found.critical_path else None,
        notes=tuple(
            _("{label}: {source}(確認日 {day})").format(
                label=step.entry.label_ja, source=step.entry.source, day=step.entry.checked_on
            )
            for step in found.critical_path
        ),
    )


def _path(facts: Facts) -> Table:
    """Return the steps that decide the month of going live, with their days."""
    found = facts.forecasts[Estimate.BASE]
    rows = [
        (step.entry.label_ja, _short(facts.owner(step.officer)), *map(str, found.days[step.key]))
        for step in found.critical_path[-MOST_STEPS:]
    ]
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
    elif not findings.pays(facts.result):
        title = _("お願い: 今の前提では替えず、前提を見直して出し直すことの承認")
    elif facts.running:
        title = _("お願い: {begin}に始めたオンライン申請を続けることの承認")
    else:
        title = _("お願い: {soonest}からオンライン申請に替えることの承認")
    return Slide(
        title=title.format(begin=facts.begin, soonest=facts.soonest),
        lead=_("主な前提と、その確からしさ"),
        points=(*_cost_of_change(facts), *findings.sources(facts.result, facts.shipped.tables)),
        table=assumptions_table(facts, list(MAIN_ASSUMPTIONS)),
        notes=(
            *findings.fee_sources(facts.shipped.tables.fees),
            *(
                _("{label}: {source}").format(label=row["label_ja"], source=row["source"])
                for _key, row in facts.shipped.assumptions.loc[list(MAIN_ASSUMPTIONS)].iterrows()
            ),
            _(findings.DISCLAIMER),
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


def _risks(facts: Facts) -> tuple[str, ...]:
    fee, work = findings.sources(facts.result, facts.shipped.tables)
    return (
        _("見込み違い: 10回に1回は、正味現在価値が{worst}より悪い。{work}").format(
            worst=wording.gain(facts.simulation.p10_yen), work=work
        ),
        _("手数料: {fee}。{other}").format(
            fee=fee, other=findings.under_other_fees(facts.elsewise)
        ),
        _("時間: 削減時間の使い道を決めなければ、残る効果は現金だけ({cash})").format(
            cash=wording.gain_a_year(facts.result.per_year["cash_saving_yen"])
        ),
        _(
            "担当者: 登録と利用申出は一人ずつ(今の計画は{officers}人)。異動や退職のときはやり直し"
        ).format(officers=facts.result.scenario.officers),
        _("窓口に残るもの: 在留カードを郵送で受け取らないときの受取、手数料の減免、システムの停止"),
    )


def _short(label: str) -> str:
    """Return a label that leaves room for what stands beside it on a screen."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _owned(facts: Facts, step: Step) -> str:
    if step.officer is None:
        return step.entry.label_ja
    return _("{owner}が「{label}」").format(
        owner=_short(facts.owner(step.officer)), label=step.entry.label_ja
    )
