"""What the figures of a meeting rest on: assumptions, sources, the stamp of every paper."""

from collections.abc import Sequence

import pandas as pd

from onlineready import MODEL_CHANGED_ON, __version__
from onlineready.domain.scenario import FeeBasis
from onlineready.domain.vocabulary import LABELS, Case, Evidence
from onlineready.language import translate as _
from onlineready.model.fees import PAYING, changes
from onlineready.report import wording
from onlineready.report.briefing import Stamp, Table
from onlineready.report.facts import Facts, printable


def assumptions_table(facts: Facts, keys: Sequence[str]) -> Table:
    """Return assumptions with value, range and how sure each is."""
    scenario = facts.result.scenario
    rows = [
        (_("オンライン申請の開始月"), facts.begin, "", _("準備の見込み"))
        if facts.subject.workbook.scenarios[0].go_live is None
        else (_("オンライン申請の開始月"), facts.begin, "", _("入力値")),
        (_("手数料の表"), _fee_basis(scenario.fee_basis), "", _fee_confidence(facts)),
    ]
    for key, row in facts.shipped.assumptions.loc[list(keys)].iterrows():
        value, unit = getattr(scenario, str(key)), str(row["unit"])
        spread = ""
        if pd.notna(row["low"]):
            spread = _("{low}〜{high}").format(
                low=_number(row["low"], unit), high=_amount(row["high"], unit)
            )
        confidence = _(LABELS[Evidence(str(row["confidence"]))])
        if value != row["base"]:
            first = _amount(row["base"], unit)
            confidence = _("入力値(初期値 {first})").format(first=first)
        rows.append((str(row["label_ja"]), _amount(value, unit), spread, confidence))
    return Table(
        columns=(_("前提"), _("値"), _("幅"), _("確からしさ")),
        rows=tuple(rows),
        numbers=0,
        alt=_("前提の値と幅と確からしさ"),
    )


def tasks_table(facts: Facts) -> Table:
    """Return minutes and yen of every task."""
    tasks, rates = facts.shipped.tables.tasks, facts.result.scenario.tasks
    rows = []
    for row in tasks.itertuples():
        rate = rates[str(row.id)]
        changed = (rate.minutes, rate.yen) != (row.minutes, row.yen)
        confidence = _("入力値") if changed else _(LABELS[Evidence(str(row.confidence))])
        rows.append(
            (
                str(row.label_ja),
                _(LABELS[Case(str(row.channel))]),
                confidence,
                _("{minutes:,.10g}分").format(minutes=rate.minutes),
                wording.yen(rate.yen),
            )
        )
    return Table(
        columns=(_("作業"), _("方法"), _("確からしさ"), _("時間(1回)"), _("実費(1回)")),
        rows=tuple(rows),
        numbers=2,
        alt=_("作業ごとの時間と実費"),
    )


def sources(facts: Facts) -> tuple[str, str]:
    """Say in two sentences what the figures rest on."""
    fees, tasks = facts.shipped.tables.fees, facts.shipped.tables.tasks
    newest = changes(fees, PAYING)[-1]
    rows = fees[fees["procedure"].isin(PAYING) & fees["accepted_from"].isin([newest])]
    confirmed = rows["confidence"].eq(Evidence.CONFIRMED).all()
    checked = f"{rows['checked_on'].max():%Y-%m-%d}"
    fee = (
        _("手数料は入管庁のページで確かめた額(確認日 {checked})")
        if confirmed
        else _("手数料は公開資料の報告で、入管庁のページでは未確認(確認日 {checked})")
    )
    rates = facts.result.scenario.tasks
    first = tasks.set_index("id")[["minutes", "yen"]]
    own = sum((rate.minutes, rate.yen) != tuple(first.loc[task]) for task, rate in rates.items())
    work = (
        _("作業の時間と実費は{count}項目のうち{own}項目が入力値、残りは仮定")
        if own
        else _("作業の時間と実費は仮定。自社の値に置き換えて確かめる")
    )
    return (fee.format(checked=checked), work.format(count=len(first), own=own))


def stamp(facts: Facts) -> Stamp:
    """Return what ties the papers to the state they were made from."""
    fees = facts.shipped.tables.fees
    return Stamp(
        scenario=printable(facts.result.scenario.name),
        plan=printable(facts.subject.plan),
        fees=_("{basis}(最新は{newest}受付分から、確認日 {checked})").format(
            basis=_fee_basis(facts.result.scenario.fee_basis),
            newest=wording.month(changes(fees, PAYING)[-1]),
            checked=f"{fees['checked_on'].max():%Y-%m-%d}",
        ),
        as_of=facts.subject.workbook.as_of,
        version=__version__,
        changed_on=MODEL_CHANGED_ON,
        link=facts.subject.link,
    )


def _fee_basis(basis: FeeBasis) -> str:
    if basis == "dated":
        return _("受付日に応じて")
    return _("{month}の表で固定").format(month=wording.month(pd.Period(basis, freq="M")))


def _fee_confidence(facts: Facts) -> str:
    fees = facts.shipped.tables.fees
    paid = fees[fees["procedure"].isin(PAYING)]
    if paid["confidence"].eq(Evidence.CONFIRMED).all():
        return _(LABELS[Evidence.CONFIRMED])
    return _("{word}・要確認").format(word=_(LABELS[Evidence.REPORTED]))


def fee_sources(facts: Facts) -> tuple[str, ...]:
    """Return each source of the fees that are paid, once."""
    fees = facts.shipped.tables.fees
    rows = fees[fees["procedure"].isin(PAYING)].drop_duplicates(["accepted_from", "source"])
    return tuple(
        _("手数料({month}から): {source}。確認先 {url}").format(
            month=wording.month(pd.Period(str(row.accepted_from), freq="M")),
            source=row.source,
            url=row.check_at,
        )
        for row in rows.itertuples()
    )


_PER_CENT = {"割合": "%", "割合/年": "%/年"}
"""Units of shares, and how they are spoken of."""


def _amount(value: float, unit: str) -> str:
    """Return a value with its unit, a share in per cent."""
    return _number(value, unit) + _PER_CENT.get(unit, unit)


def _number(value: float, unit: str) -> str:
    return f"{value * 100:.4g}" if unit in _PER_CENT else f"{value:,.10g}"
