"""Column specification of every table: name, type, unit, range, and the rules between columns.

The `title` of a plan's column is its Japanese header, the `description` of any column what a cell
has to be, as a phrase. A rule between columns has the column it blames for a `title`, and the
sentence told for an `error`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from itertools import product
from typing import Any, NamedTuple, TypeVar

import pandas as pd
from pandera.pandas import Check, Column, DataFrameSchema

from onlineready.domain.scenario import FEE_MONTHS
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
    WorkStep,
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

DEFAULT_SITE = mark("全社")
"""The site of a plan that names none: the whole company."""

NUMBERED_SITE = mark("事業所{number}")
"""What one of several sites is called where nobody has given it a name."""

PLAN_YEARS = (1990, 2120)
"""First and last calendar year that a plan or a table of the law may name."""

Made = TypeVar("Made")

FEES_BEGIN = pd.Period(FEE_MONTHS.first, freq="M")


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


def _text(*checks: Check, **options: Any) -> Column:
    return Column("string", checks=[*checks], **{"description": mark("文字"), **options})


def _word(words: Iterable[str], **options: Any) -> Column:
    allowed = [str(word) for word in words]
    return _text(Check.isin(allowed), **{"description": " / ".join(allowed), **options})


def _number(dtype: str, low: float, high: float, expected: str, **options: Any) -> Column:
    return Column(dtype, Check.in_range(low, high), description=expected, **options)


def _month(**options: Any) -> Column:
    first, last = PLAN_YEARS
    check = Check.in_range(pd.Period(f"{first}-01", "M"), pd.Period(f"{last}-12", "M"))
    expected = mark("1990-01〜2120-12の年月(例 2026-04、2026年4月)")
    return Column("period[M]", check, description=expected, **options)


def _rule(column: str, error: str, holds: Callable[[pd.DataFrame], pd.Series | bool]) -> Check:
    """Return a rule between columns: the column it blames, the sentence told, where it holds."""
    return Check(holds, title=column, error=error)


_OPTIONAL = {"nullable": True, "required": False}
_SITE = _text(
    Check.str_length(1, 60), title="事業所", description=mark("60文字までの名前"), required=False
)


def _grant(title: str) -> Column:
    expected = mark("1〜36の整数(月)")
    return _number("Int64", 1, MAX_GRANT_MONTHS, expected, title=title, **_OPTIONAL)


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
        "site": _SITE,
        "field": _word(FIELDS, title="分野", **_OPTIONAL),
        "route": _word(
            Route,
            title="区分",
            description=mark("在籍(current)・海外(overseas)・国内(domestic)のどれか"),
        ),
        "headcount": _number("Int64", 1, MAX_HEADCOUNT, mark("1〜100,000の整数"), title="人数"),
        "start": _month(title="開始月", **_OPTIONAL),
        "used_months": _number(
            "Int64", 0, TOTAL_MONTHS - 1, mark("0〜59の整数(月)"), title="通算済月数", **_OPTIONAL
        ),
        "expiry": _month(title="在留期限", **_OPTIONAL),
        "first_period": _grant("初回在留期間"),
        "period": _grant("更新在留期間"),
    },
    checks=[
        _rule(
            "start",
            mark("海外・国内の行には開始月が要ります。働き始める年月を入れてください。"),
            lambda plan: ~_is(plan, Route.OVERSEAS, Route.DOMESTIC) | plan["start"].notna(),
        ),
        _rule(
            "expiry",
            mark("在籍の行には在留期限が要ります。今の在留期間が終わる年月を入れてください。"),
            lambda plan: ~_is(plan, Route.CURRENT) | plan["expiry"].notna(),
        ),
        _rule(
            "expiry",
            mark("在留期限は在籍の行だけに入れます。海外・国内の行では空にしてください。"),
            lambda plan: ~_is(plan, Route.OVERSEAS, Route.DOMESTIC) | plan["expiry"].isna(),
        ),
        _rule(
            "used_months",
            mark("通算済月数は国内の行だけに入れます。在籍・海外の行では空にしてください。"),
            lambda plan: _is(plan, Route.DOMESTIC) | plan["used_months"].fillna(0).eq(0),
        ),
        _rule(
            "first_period",
            mark("海外からの初回の在留期間は12か月までです。12以下にするか、空にしてください。"),
            lambda plan: (
                ~_is(plan, Route.OVERSEAS) | plan["first_period"].fillna(0).le(MAX_LANDING_MONTHS)
            ),
        ),
        _rule(
            "expiry",
            mark(
                "開始月から在留期限までが1〜60か月になりません"
                "(特定技能1号は通算60か月まで)。どちらかの年月を直してください。"
            ),
            _worked_months_fit,
        ),
    ],
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
        "site": _SITE,
        "month": _month(title="月", **_OPTIONAL),
        "fiscal_year": _number(
            "Int64", *PLAN_YEARS, mark("1990〜2120の年度(例 2026)"), title="年度", **_OPTIONAL
        ),
        "headcount": _number("Int64", 0, MAX_HEADCOUNT, mark("0〜100,000の整数"), title="人数"),
    },
    checks=[
        _rule(
            "month",
            mark("いつからの人数か分かりません。月か年度のどちらかを入れてください。"),
            lambda plan: plan["month"].notna() | plan["fiscal_year"].notna(),
        ),
        _rule(
            "fiscal_year",
            mark("月と年度の両方が入っています。どちらか一方だけにしてください。"),
            lambda plan: plan["month"].isna() | plan["fiscal_year"].isna(),
        ),
        _rule(
            "month",
            mark(
                "月ごとの人数と年度ごとの人数が混ざっています(この行から)。"
                "計画全体をどちらか一方にそろえてください。"
            ),
            lambda plan: ~_first_of_another_sort(plan),
        ),
        _rule(
            "month",
            mark("同じ事業所と月の人数が、上の行にもあります。片方を消してください。"),
            lambda plan: ~_given_twice(plan, "month"),
        ),
        _rule(
            "fiscal_year",
            mark("同じ事業所と年度の人数が、上の行にもあります。片方を消してください。"),
            lambda plan: ~_given_twice(plan, "fiscal_year"),
        ),
    ],
    strict=True,
)
"""Targets (docs/model.md, section 1b): how many workers a site is to have, and from when.

One row per site and date; a cell left blank is no row, 0 is a target of none.
"""

OUTLINE = DataFrameSchema(
    {
        "site": _SITE,
        "headcount": _number("Int64", 0, MAX_HEADCOUNT, mark("0〜100,000の整数"), title="現在人数"),
        "hires_per_year": _number(
            "Float64",
            0,
            MAX_HEADCOUNT,
            mark("0〜100,000の数(空なら、今の人数を保つ)"),
            title="年間採用",
            **_OPTIONAL,
        ),
    },
    checks=[
        _rule(
            "site",
            mark("同じ事業所の行が、上にもあります。1行にまとめてください。"),
            lambda plan: ~plan.duplicated("site"),
        ),
    ],
    strict=True,
)
"""An outline (docs/model.md, section 1c): how many workers a site has, how many it hires a year.

One row per site; where the hires are left blank, the number of workers is held.
"""

PLANS: Mapping[PlanKind, DataFrameSchema] = {
    PlanKind.ROSTER: PLAN,
    PlanKind.TARGETS: TARGETS,
    PlanKind.OUTLINE: OUTLINE,
}


def plan_kind(plan: pd.DataFrame) -> PlanKind:
    """Return of which kind a checked plan is: each has a column that no other kind has."""
    if "route" in plan:
        return PlanKind.ROSTER
    return PlanKind.OUTLINE if "hires_per_year" in plan else PlanKind.TARGETS


_FIGURES = {
    "confidence": _word(Evidence),
    "source": _text(),
    "checked_on": Column("datetime64[us]", description=mark("日付(例 2026-11-23)")),
}
_LABELS = {"label_ja": _text(), "label_en": _text()}


_OFFICIAL = _text(Check.str_startswith("https://"))


def _table(
    columns: Mapping[str, Column], *rules: Check, check_at: Column | None = None
) -> DataFrameSchema:
    """Return the specification of a shipped table, each row of which says where it comes from.

    `check_at` is the column of the official page, where the table has one.
    """
    official = {} if check_at is None else {"check_at": check_at}
    return DataFrameSchema({**columns, **_FIGURES, **official}, checks=[*rules], strict=True)


def _estimates(unit: str, high: float) -> dict[str, Column]:
    """Return the columns of the low, the base and the high estimate of an amount."""
    amount = _number("Float64", 0, high, mark("0以上の数"))
    return {f"{unit}{bound}": amount for bound in ("_low", "", "_high")}


def _once(*key: str) -> Check:
    error = mark("同じ項目の行が二つあります。片方を消してください。")
    return _rule(key[0], error, lambda frame: ~frame.duplicated(list(key)))


def _rising(low: str, base: str, high: str) -> Check:
    def rises(frame: pd.DataFrame) -> pd.Series:
        middle = frame[base]
        rising = frame[low].fillna(middle).le(middle) & middle.le(frame[high].fillna(middle))
        return rising.fillna(True)

    return _rule(low, mark("低・基準・高の順に大きくなっていません。"), rises)


def _only_where(column: str, words: str, among: Iterable[str], error: str) -> Check:
    """Return the rule that a column is filled in the rows of these words, and in no other."""
    rows = list(among)
    return _rule(column, error, lambda frame: frame[column].notna() == frame[words].isin(rows))


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
    modelled = product(Procedure, Channel)
    return all(key in first.index and first[key] <= FEES_BEGIN for key in modelled)


FEES = _table(
    {
        "procedure": _text(),
        "channel": _word(Channel),
        "accepted_from": _month(),
        "granted_months_from": _number("Int64", 1, 120, mark("1〜120の整数(月)"), nullable=True),
        "granted_months_to": _number("Int64", 1, 120, mark("1〜120の整数(月)"), nullable=True),
        "fee_yen": _number("Int64", 0, 1_000_000, mark("0以上の整数(円)")),
        "payment_charge_yen": _number("Int64", 0, 10_000, mark("0以上の整数(円)")),
    },
    _once(*_FEE_TABLE, "granted_months_from"),
    _rule(
        "granted_months_from",
        mark("在留期間の区分が1か月から始まり、前の区分に続いている必要があります。"),
        _bands_meet,
    ),
    _rule(
        "granted_months_to",
        mark("最も長い区分の granted_months_to は空(上限なし)にしてください。"),
        _last_band_is_open,
    ),
    _rule(
        "accepted_from",
        mark("認定・変更・更新の窓口とオンラインに、2020-01から有効な行が要ります。"),
        _every_month_has_a_fee,
    ),
    check_at=_OFFICIAL,
)
"""The law: one row per procedure, channel, month from which it holds and band of granted months."""

TASKS = _table(
    {
        "id": _text(),
        "channel": _word(Channel),
        "step": _word(WorkStep),
        "driver": _word(Driver),
        "per": _word(Per, nullable=True),
        "interval_months": _text(
            Check.str_matches(r"^(\d{1,3}|id_validity_months)$"),
            nullable=True,
            description=mark("月数か id_validity_months"),
        ),
        "procedures": _text(
            Check.str_matches(rf"^({'|'.join(Procedure)})( ({'|'.join(Procedure)}))*$"),
            nullable=True,
            description=mark("coe change extension を空白で区切ったもの"),
        ),
        "share": _number("Float64", 0, 1, mark("0〜1の数"), nullable=True),
        **_estimates("minutes", 10_000),
        **_estimates("yen", 1_000_000),
        **_LABELS,
    },
    _once("id"),
    _rising("minutes_low", "minutes", "minutes_high"),
    _rising("yen_low", "yen", "yen_high"),
    _only_where(
        "per",
        "driver",
        (Driver.SETUP, Driver.UPKEEP),
        mark("per は setup と upkeep の行だけに要ります。"),
    ),
    _only_where(
        "interval_months",
        "driver",
        (Driver.UPKEEP,),
        mark("interval_months は upkeep の行だけに要ります。"),
    ),
)
"""Each activity once (docs/model.md, section 5): what it is done once for, minutes and yen."""

_BOUND = Column("Float64", nullable=True, description=mark("数"))

ASSUMPTIONS = _table(
    {
        "key": _text(),
        "low": _BOUND,
        "high": _BOUND,
        "base": Column("Float64", description=mark("数")),
        "unit": _text(),
        **_LABELS,
    },
    _once("key"),
    _rising("low", "base", "high"),
    check_at=_text(Check.str_startswith("https://"), nullable=True),
)
"""The range of each numeric key of a scenario, its source and how far it can be trusted."""

BUREAUS = _table(
    {"bureau": _text(), "prefecture": _text()},
    _once("prefecture"),
    _rule("prefecture", mark("都道府県は47行にしてください。"), lambda rows: len(rows) == 47),
)
"""The regional immigration bureau in charge of each prefecture (docs/domain.md, section 7)."""

PROFESSIONAL_FEES = _table(
    {"procedure": _word(Procedure), **_estimates("yen", 1_000_000)},
    _once("procedure"),
    _rising("yen_low", "yen", "yen_high"),
    _rule(
        "procedure",
        mark("認定・変更・更新の3行にしてください。"),
        lambda rows: len(rows) == len(Procedure),
    ),
)
"""What an outside professional asks for one application, the statutory fee not included."""

INTAKE_STOPS = _table(
    {
        "field": _word(FIELDS),
        "stopped_from": _month(),
        "resumed_from": _month(nullable=True),
    },
    _once("field", "stopped_from"),
    check_at=_OFFICIAL,
)
"""When certificates of eligibility are not issued for a field (入管法7条の2): one row per stop."""


_TASK_IDS = Check.str_matches(r"^[a-z_]+( [a-z_]+)*$")

ADVANTAGES = _table(
    {
        "id": _text(),
        "valued": _word(Valued),
        "tasks": _text(_TASK_IDS, nullable=True, description=mark("作業のidを空白で区切ったもの")),
        "instead_of": _text(_TASK_IDS, nullable=True, description=mark("作業のid")),
        **_LABELS,
        "figures_ja": _text(),
        "caveat_ja": _text(),
    },
    _once("id"),
    _only_where(
        "tasks",
        "valued",
        (Valued.TASKS, Valued.FASTER),
        mark("tasks は valued が tasks か faster の行だけに要ります。"),
    ),
    _only_where(
        "instead_of",
        "valued",
        (Valued.FASTER,),
        mark("instead_of は valued が faster の行だけに要ります。"),
    ),
)
"""What is said for filing online: where it stands in the figures, and what is true of it."""
