"""Figures about a plan: its staffing, and what each of its sites and procedures saves."""

from collections.abc import Mapping

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Procedure
from onlineready.language import translate as _
from onlineready.model import plan
from onlineready.model.breakdown import largest, savings_by
from onlineready.model.result import Result
from onlineready.report import charts, tabular, wording
from onlineready.report.figures import Figure, savings_chart

MOST_BARS = 15


def staffing(targets: pd.DataFrame, result: Result) -> Figure:
    """Return the stock, hires and leavers that targets imply, by fiscal year."""
    years = plan.staffing_by_year(targets, result.scenario).set_index("fiscal_year")
    names = {"stock": _("年度末の人数"), "hires": _("採用"), "leavers": _("離職・満了")}
    first, last = years["stock"].iloc[[0, -1]]
    long = years.reset_index().melt("fiscal_year", var_name="series", value_name="workers")
    finding = _(
        "目標から、{years}年間の採用は{hires:,.1f}人、人数は{first:,.1f}人から{last:,.1f}人"
    )
    return Figure(
        finding.format(
            years=result.scenario.years, hires=years["hires"].sum(), first=first, last=last
        ),
        _("年度別の人数・採用・離職(期待値・人)。採用は目標に足りない分として計算"),
        charts.staffing_by_year(
            long.assign(
                year=long["fiscal_year"].map(wording.fiscal_year), series=long["series"].map(names)
            ),
            list(names.values()),
        ),
        years.rename(columns=names, index=wording.fiscal_year).rename_axis(_("年度")),
        tabular.TENTHS,
        "staffing_by_year",
    )


def savings_by_site(result: Result, fees: pd.DataFrame) -> Figure:
    """Return what filing online saves at each site, set-up and upkeep apart."""
    savings = savings_by(result, fees, "site")
    finding = _("{years}年間の差引きの効果は{total}").format(
        years=result.scenario.years, total=wording.gain(savings["net_saving_yen"].sum())
    )
    if len(savings) > 1:
        finding += _("。最も大きいのは{site}の{gain}").format(
            site=savings["part"].iloc[0], gain=wording.gain(savings["net_saving_yen"].iloc[0])
        )
    drawn = _named(largest(savings, MOST_BARS))
    measure = _("事業所別の差引きの効果")
    return _savings(finding, measure, result, _named(savings), drawn, "savings_by_site")


def savings_by_procedure(result: Result, fees: pd.DataFrame) -> Figure:
    """Return what filing online saves by procedure, set-up and upkeep apart."""
    names = {str(procedure): _(LABELS[procedure]) for procedure in Procedure}
    savings = _named(savings_by(result, fees, "procedure"), names)
    finding = "、".join(
        _("{procedure}で{gain}").format(procedure=name, gain=wording.gain(amount))
        for name, amount in savings["net_saving_yen"].iloc[:-1].items()
    )
    return _savings(
        finding or _("申請がありません"),
        _("手続別の差引きの効果"),
        result,
        savings,
        savings,
        "savings_by_procedure",
    )


def _named(savings: pd.DataFrame, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return savings by part, each row under the name of its part in words."""
    words = [
        _("準備と維持") if pd.isna(part) else (names or {}).get(part, part or _("ほかの事業所"))
        for part in savings["part"]
    ]
    return savings.set_axis(pd.Index(words, name=_("内訳")))


def _savings(
    finding: str,
    measure: str,
    result: Result,
    savings: pd.DataFrame,
    drawn: pd.DataFrame,
    name: str,
) -> Figure:
    return Figure(
        finding,
        _(
            "{measure}(円・{years}年間の合計)。黒い線が差引きの効果。時間の価値は現金ではない"
        ).format(measure=measure, years=result.scenario.years),
        savings_chart(tabular.named(drawn, tabular.SAVINGS)),
        tabular.named(savings, tabular.SAVED),
        {column.heading: column.form for column in tabular.SAVED},
        name,
    )
