"""Column specification of every table: name, type, unit, range, and the rules between columns.

A column's `title` is its Japanese header, its `description` what a cell has to be, as a phrase.
The `title` of a rule between columns is the column it blames, its `error` the sentence told.
"""

from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple, TypeVar

import pandas as pd
from pandera.pandas import Check, Column, DataFrameSchema

from onlineready.domain.vocabulary import (
    FIELDS,
    Channel,
    Driver,
    Evidence,
    Per,
    PlanKind,
    Procedure,
    Route,
    Valued,
)
from onlineready.language import mark

TOTAL_MONTHS = 60
"""Months that a worker may stay under SSW(i) in total (docs/domain.md, section 2, C)."""

MAX_GRANT_MONTHS = 36
"""Longest period granted under SSW(i) since 2025-09-30 (docs/domain.md, section 2, R×5)."""

MAX_LANDING_MONTHS = 12
"""Longest period granted at a COE landing (docs/domain.md, section 2, R×1)."""

MAX_HEADCOUNT = 100_000
"""Most workers that one row of a plan may stand for."""

PLAN_YEARS = (1990, 2120)
"""First and last calendar year that a plan or a table of the law may name."""

Made = TypeVar("Made")

MODELLED_FEES = tuple((procedure, channel) for procedure in Procedure for channel in Channel)
FEES_BEGIN = pd.Period("2020-01", freq="M")


class Tables(NamedTuple):
    """The shipped tables that the model reads, loaded once at the edge."""

    fees: pd.DataFrame
    tasks: pd.DataFrame
    intake_stops: pd.DataFrame


MOST_KEPT = 8
"""Tables of one kind of which what is made of them is kept."""


def kept_by_table(make: Callable[[pd.DataFrame], Made]) -> Callable[[pd.DataFrame], Made]:
    """Keep what a function makes of the last tables it was given.

    A table is the same where it is the same object: none is ever changed, but replaced.
    """
    kept: deque[tuple[pd.DataFrame, Made]] = deque(maxlen=MOST_KEPT)

    @wraps(make)
    def made(table: pd.DataFrame) -> Made:
        # Other sessions may add to what is kept meanwhile: a copy is looked through.
        for known, thing in tuple(kept):
            if known is table:
                return thing
        thing = make(table)
        kept.append((table, thing))
        return thing

    return made


def _text(title: str, *checks: Check, **options: Any) -> Column:
    options.setdefault("description", mark("文字"))
    return Column("string", checks=list(checks), title=title, **options)


def _word(title: str, words: Any, expected: str = "", **options: Any) -> Column:
    allowed = [str(word) for word in words]
    description = expected or " / ".join(allowed)
    return _text(title, Check.isin(allowed), description=description, **options)


def _number(
    title: str, dtype: str, low: float, high: float, expected: str, **options: Any
) -> Column:
    check = Check.in_range(low, high)
    return Column(dtype, check, title=title, description=expected, **options)


def _month(title: str, **options: Any) -> Column:
    first, last = PLAN_YEARS
    check = Check.in_range(pd.Period(f"{first}-01", "M"), pd.Period(f"{last}-12", "M"))
    expected = mark("1990-01〜2120-12の年月(例 2026-04、2026年4月)")
    return Column("period[M]", check, title=title, description=expected, **options)


def _site() -> Column:
    return _text(
        "事業所", Check.str_length(1, 60), description=mark("60文字までの名前"), required=False
    )


def _grant(title: str) -> Column:
    expected = mark("1〜36の整数(月)")
    return _number(title, "Int64", 1, MAX_GRANT_MONTHS, expected, nullable=True, required=False)


def collapsed(plan: pd.DataFrame) -> pd.DataFrame:
    """Return the plan with equal rows added up, in the order of their columns' values."""
    keys = [key for key in plan if key != "headcount"]
    rows = plan.groupby(keys, dropna=False)["headcount"].sum().reset_index()
    return rows[list(plan.columns)]


def _is(plan: pd.DataFrame, *routes: Route) -> pd.Series:
    return plan["route"].isin([str(route) for route in routes]).astype(bool)


def _worked_months_fit(plan: pd.DataFrame) -> pd.Series:
    begin, end = plan["start"], plan["expiry"]
    used = (end.astype("int64") - begin.astype("int64")).where(begin.notna() & end.notna())
    return ~_is(plan, Route.CURRENT) | used.between(1, TOTAL_MONTHS) | used.isna()


PLAN = DataFrameSchema(
    {
        "site": _site(),
        "field": _word("分野", FIELDS, nullable=True, required=False),
        "route": _word(
            "区分", Route, mark("在籍(current)・海外(overseas)・国内(domestic)のどれか")
        ),
        "headcount": _number("人数", "Int64", 1, MAX_HEADCOUNT, mark("1〜100,000の整数")),
        "start": _month("開始月", nullable=True, required=False),
        "used_months": _number(
            "通算済月数",
            "Int64",
            0,
            TOTAL_MONTHS - 1,
            mark("0〜59の整数(月)"),
            nullable=True,
            required=False,
        ),
        "expiry": _month("在留期限", nullable=True, required=False),
        "first_period": _grant("初回在留期間"),
        "period": _grant("更新在留期間"),
    },
    checks=[
        Check(
            lambda plan: ~_is(plan, Route.OVERSEAS, Route.DOMESTIC) | plan["start"].notna(),
            title="start",
            error=mark("海外・国内の行には開始月が要ります。働き始める年月を入れてください。"),
        ),
        Check(
            lambda plan: ~_is(plan, Route.CURRENT) | plan["expiry"].notna(),
            title="expiry",
            error=mark(
                "在籍の行には在留期限が要ります。今の在留期間が終わる年月を入れてください。"
            ),
        ),
        Check(
            lambda plan: ~_is(plan, Route.OVERSEAS, Route.DOMESTIC) | plan["expiry"].isna(),
            title="expiry",
            error=mark("在留期限は在籍の行だけに入れます。海外・国内の行では空にしてください。"),
        ),
        Check(
            lambda plan: _is(plan, Route.DOMESTIC) | plan["used_months"].fillna(0).eq(0),
            title="used_months",
            error=mark("通算済月数は国内の行だけに入れます。在籍・海外の行では空にしてください。"),
        ),
        Check(
            lambda plan: (
                ~_is(plan, Route.OVERSEAS) | plan["first_period"].fillna(0).le(MAX_LANDING_MONTHS)
            ),
            title="first_period",
            error=mark(
                "海外からの初回の在留期間は12か月までです。12以下にするか、空にしてください。"
            ),
        ),
        Check(
            _worked_months_fit,
            title="expiry",
            error=mark(
                "開始月から在留期限までが1〜60か月になりません"
                "(特定技能1号は通算60か月まで)。どちらかの年月を直してください。"
            ),
        ),
    ],
    title="plan",
    strict=True,
)
"""A roster (docs/model.md, section 1a): one row per group of workers in the same situation."""


def _first_of_another_sort(plan: pd.DataFrame) -> pd.Series:
    """Tell the first row that is dated by month in a plan of fiscal years, or the other way."""
    by_year = plan["fiscal_year"].notna()
    dated = plan["month"].notna() ^ by_year
    other = dated & by_year.ne(bool(by_year[dated].iloc[0])) if dated.any() else dated
    return other & other.cumsum().eq(1)


def _given_twice(plan: pd.DataFrame, date: str) -> pd.Series:
    return plan[date].notna() & plan.duplicated(["site", date])


TARGETS = DataFrameSchema(
    {
        "site": _site(),
        "month": _month("月", nullable=True, required=False),
        "fiscal_year": _number(
            "年度",
            "Int64",
            *PLAN_YEARS,
            mark("1990〜2120の年度(例 2026)"),
            nullable=True,
            required=False,
        ),
        "headcount": _number("人数", "Int64", 0, MAX_HEADCOUNT, mark("0〜100,000の整数")),
    },
    checks=[
        Check(
            lambda plan: plan["month"].notna() | plan["fiscal_year"].notna(),
            title="month",
            error=mark("いつからの人数か分かりません。月か年度のどちらかを入れてください。"),
        ),
        Check(
            lambda plan: plan["month"].isna() | plan["fiscal_year"].isna(),
            title="fiscal_year",
            error=mark("月と年度の両方が入っています。どちらか一方だけにしてください。"),
        ),
        Check(
            lambda plan: ~_first_of_another_sort(plan),
            title="month",
            error=mark(
                "月ごとの人数と年度ごとの人数が混ざっています(この行から)。"
                "計画全体をどちらか一方にそろえてください。"
            ),
        ),
        Check(
            lambda plan: ~_given_twice(plan, "month"),
            title="month",
            error=mark("同じ事業所と月の人数が、上の行にもあります。片方を消してください。"),
        ),
        Check(
            lambda plan: ~_given_twice(plan, "fiscal_year"),
            title="fiscal_year",
            error=mark("同じ事業所と年度の人数が、上の行にもあります。片方を消してください。"),
        ),
    ],
    title="targets",
    strict=True,
)
"""Targets (docs/model.md, section 1b): how many workers a site is to have, and from when.

One row per site and date; a cell left blank is no row, 0 is a target of none.
"""


def plan_kind(plan: pd.DataFrame) -> PlanKind:
    """Return whether a checked plan is a roster, which tells how each worker came, or targets."""
    return PlanKind.ROSTER if "route" in plan else PlanKind.TARGETS


def _date(title: str) -> Column:
    return Column("datetime64[us]", title=title, description=mark("日付(例 2026-11-23)"))


_EVIDENCE = {
    "confidence": _word("confidence", Evidence),
    "source": _text("source"),
    "checked_on": _date("checked_on"),
}
_LABELS = {"label_ja": _text("label_ja"), "label_en": _text("label_en")}


def _once(*key: str) -> Check:
    return Check(
        lambda frame: ~frame.duplicated(list(key)),
        title=key[0],
        error=mark("同じ項目の行が二つあります。片方を消してください。"),
    )


def _rising(low: str, base: str, high: str) -> Check:
    def rises(frame: pd.DataFrame) -> pd.Series:
        return frame[low].fillna(frame[base]).le(frame[base]).fillna(True) & frame[base].le(
            frame[high].fillna(frame[base])
        ).fillna(True)

    return Check(rises, title=low, error=mark("低・基準・高の順に大きくなっていません。"))


def _amount(title: str, high: float) -> Column:
    return _number(title, "Float64", 0, high, mark("0以上の数"))


_FEE_TABLE = ["procedure", "channel", "accepted_from"]


def _bands_meet(fees: pd.DataFrame) -> pd.Series:
    """Tell each row whether its band begins where the band before it in the same table ends."""
    ordered = fees.sort_values([*_FEE_TABLE, "granted_months_from"])
    table = ordered.groupby(_FEE_TABLE)
    previous = table["granted_months_to"].shift()
    first = table.cumcount().eq(0)
    begins = ordered["granted_months_from"]
    return (
        first & begins.fillna(1).eq(1) | ~first & begins.eq(previous + 1).fillna(False)
    ).reindex(fees.index)


def _last_band_is_open(fees: pd.DataFrame) -> pd.Series:
    """Tell each row whether it is followed by another band or has no end."""
    ordered = fees.sort_values([*_FEE_TABLE, "granted_months_from"])
    last = ordered.groupby(_FEE_TABLE).cumcount(ascending=False).eq(0)
    return (~last | ordered["granted_months_to"].isna()).reindex(fees.index)


def _every_month_has_a_fee(fees: pd.DataFrame) -> bool:
    first = fees.groupby(["procedure", "channel"])["accepted_from"].min()
    return all(key in first.index and first[key] <= FEES_BEGIN for key in MODELLED_FEES)


FEES = DataFrameSchema(
    {
        "procedure": _text("procedure"),
        "channel": _word("channel", Channel),
        "accepted_from": _month("accepted_from"),
        "granted_months_from": _number(
            "granted_months_from", "Int64", 1, 120, mark("1〜120の整数(月)"), nullable=True
        ),
        "granted_months_to": _number(
            "granted_months_to", "Int64", 1, 120, mark("1〜120の整数(月)"), nullable=True
        ),
        "fee_yen": _number("fee_yen", "Int64", 0, 1_000_000, mark("0以上の整数(円)")),
        "payment_charge_yen": _number(
            "payment_charge_yen", "Int64", 0, 10_000, mark("0以上の整数(円)")
        ),
        **_EVIDENCE,
        "check_at": _text("check_at", Check.str_startswith("https://")),
    },
    checks=[
        _once(*_FEE_TABLE, "granted_months_from"),
        Check(
            _bands_meet,
            title="granted_months_from",
            error=mark("在留期間の区分が1か月から始まり、前の区分に続いている必要があります。"),
        ),
        Check(
            _last_band_is_open,
            title="granted_months_to",
            error=mark("最も長い区分の granted_months_to は空(上限なし)にしてください。"),
        ),
        Check(
            _every_month_has_a_fee,
            title="accepted_from",
            error=mark("認定・変更・更新の窓口とオンラインに、2020-01から有効な行が要ります。"),
        ),
    ],
    title="fees",
    strict=True,
)
"""The law: one row per procedure, channel, month from which it holds and band of granted months."""

TASKS = DataFrameSchema(
    {
        "id": _text("id"),
        "channel": _word("channel", Channel),
        "driver": _word("driver", Driver),
        "per": _word("per", Per, nullable=True),
        "interval_months": _text(
            "interval_months",
            Check.str_matches(r"^(\d{1,3}|id_validity_months)$"),
            nullable=True,
            description=mark("月数か id_validity_months"),
        ),
        "procedures": _text(
            "procedures",
            Check.str_matches(rf"^({'|'.join(Procedure)})( ({'|'.join(Procedure)}))*$"),
            nullable=True,
            description=mark("coe change extension を空白で区切ったもの"),
        ),
        "share": _number("share", "Float64", 0, 1, mark("0〜1の数"), nullable=True),
        **{
            f"{unit}{bound}": _amount(f"{unit}{bound}", high)
            for unit, high in (("minutes", 10_000), ("yen", 1_000_000))
            for bound in ("_low", "", "_high")
        },
        **_LABELS,
        **_EVIDENCE,
    },
    checks=[
        _once("id"),
        _rising("minutes_low", "minutes", "minutes_high"),
        _rising("yen_low", "yen", "yen_high"),
        Check(
            lambda tasks: (
                tasks["per"].notna() == tasks["driver"].isin([Driver.SETUP, Driver.UPKEEP])
            ),
            title="per",
            error=mark("per は setup と upkeep の行だけに要ります。"),
        ),
        Check(
            lambda tasks: tasks["interval_months"].notna() == tasks["driver"].eq(Driver.UPKEEP),
            title="interval_months",
            error=mark("interval_months は upkeep の行だけに要ります。"),
        ),
    ],
    title="tasks",
    strict=True,
)
"""Each activity once (docs/model.md, section 5): what it is done once for, minutes and yen."""

ASSUMPTIONS = DataFrameSchema(
    {
        "key": _text("key"),
        **{
            bound: Column("Float64", nullable=True, title=bound, description=mark("数"))
            for bound in ("low", "high")
        },
        "base": Column("Float64", title="base", description=mark("数")),
        "unit": _text("unit"),
        **_LABELS,
        **_EVIDENCE,
        "check_at": _text("check_at", Check.str_startswith("https://"), nullable=True),
    },
    checks=[_once("key"), _rising("low", "base", "high")],
    title="assumptions",
    strict=True,
)
"""The range of each numeric key of a scenario, its source and how far it can be trusted."""

PREFECTURES = 47

BUREAUS = DataFrameSchema(
    {"bureau": _text("bureau"), "prefecture": _text("prefecture"), **_EVIDENCE},
    checks=[
        _once("prefecture"),
        Check(
            lambda bureaus: len(bureaus) == PREFECTURES,
            title="prefecture",
            error=mark("都道府県は47行にしてください。"),
        ),
    ],
    title="bureaus",
    strict=True,
)
"""The regional immigration bureau in charge of each prefecture (docs/domain.md, section 7)."""

PROFESSIONAL_FEES = DataFrameSchema(
    {
        "procedure": _word("procedure", Procedure),
        **{f"yen{bound}": _amount(f"yen{bound}", 1_000_000) for bound in ("_low", "", "_high")},
        **_EVIDENCE,
    },
    checks=[
        _once("procedure"),
        _rising("yen_low", "yen", "yen_high"),
        Check(
            lambda prices: len(prices) == len(Procedure),
            title="procedure",
            error=mark("認定・変更・更新の3行にしてください。"),
        ),
    ],
    title="professional_fees",
    strict=True,
)
"""What an outside professional asks for one application, the statutory fee not included."""

INTAKE_STOPS = DataFrameSchema(
    {
        "field": _word("field", FIELDS),
        "stopped_from": _month("stopped_from"),
        "resumed_from": _month("resumed_from", nullable=True),
        **_EVIDENCE,
        "check_at": _text("check_at", Check.str_startswith("https://")),
    },
    checks=[_once("field", "stopped_from")],
    title="intake_stops",
    strict=True,
)
"""When certificates of eligibility are not issued for a field (入管法7条の2): one row per stop."""


_TASK_IDS = Check.str_matches(r"^[a-z_]+( [a-z_]+)*$")

ADVANTAGES = DataFrameSchema(
    {
        "id": _text("id"),
        "valued": _word("valued", Valued),
        "tasks": _text(
            "tasks", _TASK_IDS, nullable=True, description=mark("作業のidを空白で区切ったもの")
        ),
        "instead_of": _text("instead_of", _TASK_IDS, nullable=True, description=mark("作業のid")),
        **_LABELS,
        "figures_ja": _text("figures_ja"),
        "caveat_ja": _text("caveat_ja"),
        **_EVIDENCE,
    },
    checks=[
        _once("id"),
        Check(
            lambda listed: (
                listed["tasks"].notna() == listed["valued"].isin([Valued.TASKS, Valued.FASTER])
            ),
            title="tasks",
            error=mark("tasks は valued が tasks か faster の行だけに要ります。"),
        ),
        Check(
            lambda listed: listed["instead_of"].notna() == listed["valued"].eq(Valued.FASTER),
            title="instead_of",
            error=mark("instead_of は valued が faster の行だけに要ります。"),
        ),
    ],
    title="advantages",
    strict=True,
)
"""What is said for filing online: where it stands in the figures, and what is true of it."""
