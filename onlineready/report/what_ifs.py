"""What is said of trials: each under its name, with what it is worth, and why."""

from collections.abc import Mapping, Sequence

import pandas as pd

from onlineready.domain.vocabulary import LABELS, Trial
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.breakdown import fees_by_year, year_on_year
from onlineready.model.result import Result
from onlineready.model.trials import DELAYS, shortfall
from onlineready.report import tabular, wording

NOTES = {
    Trial.STRICT: mark(
        "減る時間は0円とし、準備と維持にかかる時間は時間単価で引く、厳しい見方です。"
        "時間をいっさい数えなければ、残るのは現金の節約です。"
    ),
    Trial.NO_DISCOUNT: mark(
        "手数料の表は法令の額なので、この条件はシナリオにできません。"
        "オンラインの額を窓口と同じとし、決済手数料はそのままとして計算しました。"
    ),
    Trial.GRANTS_36: mark(
        "計画の行ごとの更新在留期間をすべて36か月として計算しました。計画はシナリオに入らないため、"
        "使うときは計画の更新在留期間を直してください。認定で入国した人の初回は12か月までのままです。"
    ),
    Trial.FARTHER: mark("事業所ごとの移動時間を入れた事業所は、その値のままです。"),
}
"""How the answer of a trial is to be read."""


def amounts(result: Result, cases: Mapping[Trial, Result | None]) -> pd.DataFrame:
    """Return what trials are worth: index `trial`, in the order of `cases`; all in yen.

    `net_saving_yen` a year online, missing where a trial is online for longer or shorter than now:
    the averages of different spans are no comparison. `total_yen` over the horizon, and
    `change_yen` of it since now. All missing where a trial cannot be calculated.
    """
    now = result.totals["net_saving_yen"]
    rows = [(None, None) if case is None else _worth(result, case) for case in cases.values()]
    found = pd.DataFrame(
        rows,
        index=pd.Index(list(cases), dtype=object, name="trial"),
        columns=["net_saving_yen", "total_yen"],
        dtype=float,
    )
    return found.assign(change_yen=found["total_yen"] - now)


def _worth(result: Result, case: Result) -> tuple[float | None, float]:
    same = case.months_online == result.months_online
    year = case.per_year["net_saving_yen"] if same else None
    return year, case.totals["net_saving_yen"]


def between(result: Result, amounts: pd.DataFrame) -> str:
    """Say between what the net saving lies under one condition or the other."""
    total = amounts.drop(index=Trial.NOTHING, errors="ignore")["total_yen"]
    return _("条件を一つ変えると、{years}年間の効果は{low}から{high}").format(
        years=result.scenario.years,
        low=wording.gain(total.min(), wording.about),
        high=wording.gain(total.max(), wording.about),
    )


def table(amounts: pd.DataFrame, details: Sequence[str]) -> pd.DataFrame:
    """Return what trials are worth, and why, as it is saved: numbers are not rounded."""
    names = pd.Index([name(trial) for trial in amounts.index], name=_("条件"))
    return tabular.named(amounts, tabular.TRIALS).assign(**{_("理由"): details}).set_axis(names)


def name(trial: Trial) -> str:
    """Return what a trial is called."""
    return _(LABELS[trial])


def detail(trial: Trial, result: Result, case: Result | None, fees: pd.DataFrame) -> str:
    """Say why a trial is worth what it is, where that takes a word; else nothing."""
    if case is None:
        return _("計算できる期間の外です")
    if trial is Trial.NOTHING:
        return nothing_done(result, fees)
    if trial is Trial.HALF:
        return less_than_its_share(result, case)
    return delayed(result, case) if trial in DELAYS else ""


def nothing_done(result: Result, fees: pd.DataFrame) -> str:
    """Say what the fees at the counter add up to, and the year in which they rise most.

    A year is held against the year before where both have twelve months; the fees are those due,
    whoever pays.
    """
    years = year_on_year(result, fees_by_year(result, fees))
    change = years["counter_change_yen"]
    told = _("窓口の手数料は{years}年間で{total}").format(
        years=result.scenario.years, total=wording.yen(years["counter_yen"].sum())
    )
    if not change.max() > 0:
        return told
    year = int(str(change.idxmax()))
    return told + _("。最も増える{year}は{yen}で、前年度より{change}多い").format(
        year=wording.fiscal_year(year),
        yen=wording.yen(years["counter_yen"][year]),
        change=wording.yen(change[year]),
    )


def less_than_its_share(result: Result, fewer: Result) -> str:
    """Say why a smaller share online saves less than in proportion; nothing where it does not."""
    short = shortfall(result, fewer)
    if short is None:
        return ""
    return _(
        "今の効果の{share}は{proportion}。ここから、準備と維持がそのままかかる分が{fixed}、"
        "窓口へ行く回数が割合どおりには減らない分が{trips}"
    ).format(
        share=wording.percent(round(short.share, 3)),
        proportion=wording.yen(short.in_proportion),
        fixed=wording.signed_yen(-short.setup_upkeep),
        trips=wording.signed_yen(-short.trips),
    )


def delayed(result: Result, later: Result) -> str:
    """Say what a later start loses over the horizon."""
    lost = result.totals["net_saving_yen"] - later.totals["net_saving_yen"]
    words = _("開始は{month}、期間中の効果は同じ")
    if round(lost):
        words = _("失う効果は全期間で{amount}(開始は{month})")
    if round(lost) < 0:
        words = _("開始は{month}、全期間では{amount}多い")
    return words.format(amount=wording.yen(abs(lost)), month=wording.go_live(later.scenario))
