"""What the figures of a meeting rest on: assumptions, tasks, the sources of the fees."""

from collections.abc import Sequence

import pandas as pd

from onlineready.domain.vocabulary import Evidence
from onlineready.language import translate as _
from onlineready.model.fees import PAYING, is_confirmed
from onlineready.report import tabular, wording
from onlineready.report.briefing import Table
from onlineready.report.facts import Facts


def paper_table(table: pd.DataFrame, numbers: int, alt: str) -> Table:
    """Return a table of words for papers, its index as the first column."""
    rows = tuple(table.itertuples(name=None))
    return Table((str(table.index.name), *table.columns), rows, numbers, alt)


def assumptions_table(facts: Facts, keys: Sequence[str]) -> Table:
    """Return assumptions with value, range and how sure each is."""
    scenario = facts.result.scenario
    forecast = facts.subject.workbook.scenarios[0].go_live is None
    fees = Evidence.CONFIRMED if is_confirmed(facts.shipped.tables.fees) else Evidence.REPORTED
    rows = [
        (
            _("オンライン申請の開始月"),
            facts.begin,
            "",
            _("準備の見込み") if forecast else _("自社の値"),
        ),
        (_("手数料の表"), wording.fee_basis(scenario.fee_basis), "", wording.confidence(fees)),
    ]
    chosen = facts.shipped.assumptions.loc[list(keys)]
    sure = tabular.assumption_confidence(scenario, chosen)
    for (key, row), confidence in zip(chosen.iterrows(), sure, strict=True):
        value, low, high = (
            wording.quantity(number, str(row["unit"]))
            for number in (getattr(scenario, str(key)), row["low"], row["high"])
        )
        spread = "" if pd.isna(row["low"]) else _("{low}〜{high}").format(low=low, high=high)
        rows.append((str(row["label_ja"]), value, spread, confidence))
    return Table(
        columns=(_("前提"), _("値"), _("幅"), _("確からしさ")),
        rows=tuple(rows),
        numbers=0,
        alt=_("前提の値と幅と確からしさ"),
    )


def tasks_table(facts: Facts) -> Table:
    """Return minutes and yen of every task."""
    table = tabular.tasks(facts.result.scenario, facts.shipped.tables.tasks)
    words = tabular.written(table.drop(columns=_("出典")), "{:,.10g}")
    return paper_table(words, 2, _("作業ごとの時間と実費"))


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
