"""What the figures of a meeting rest on, as tables of words: assumptions and tasks."""

from collections.abc import Sequence

import pandas as pd

from onlineready.domain.vocabulary import Evidence
from onlineready.language import translate as _
from onlineready.model.fees import is_confirmed
from onlineready.report import confidence, tabular, wording
from onlineready.report.assumed import WITHOUT_RANGE
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
            _(WITHOUT_RANGE["go_live"]),
            facts.begin,
            "",
            _("準備の見込み") if forecast else _("自社の値"),
        ),
        (
            _(WITHOUT_RANGE["fee_basis"]),
            wording.fee_basis(scenario.fee_basis, facts.shipped.tables.fees),
            "",
            wording.confidence(fees),
        ),
    ]
    chosen = facts.shipped.assumptions.loc[list(keys)]
    sure = confidence.of_assumptions(scenario, chosen)
    for (key, row), word in zip(chosen.iterrows(), sure, strict=True):
        value, low, high = (
            wording.quantity(number, str(row["unit"]))
            for number in (getattr(scenario, str(key)), row["low"], row["high"])
        )
        spread = "" if pd.isna(row["low"]) else _("{low}〜{high}").format(low=low, high=high)
        rows.append((str(row["label_ja"]), value, spread, word))
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
