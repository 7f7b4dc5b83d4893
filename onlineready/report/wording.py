"""How figures are written on the screen: the only place where they are rounded."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from unicodedata import east_asian_width, normalize

import pandas as pd

from onlineready.domain.scenario import FIXED_FEES, FeeBasis, Scenario
from onlineready.domain.tables import plan_kind
from onlineready.domain.vocabulary import (
    LABELS,
    Channel,
    Driver,
    Evidence,
    Per,
    PlanKind,
    Procedure,
)
from onlineready.language import mark
from onlineready.language import translate as _
from onlineready.model.fees import fee, paid_changes

Size = TypeVar("Size", int, float)

WHOLE, TENTHS = "{:z,.0f}", "{:z,.1f}"
"""Forms of a number: what rounds to 0 has no sign."""

MINUS = "−"
"""U+2212: as wide as a plus and a digit, and no line ends after it as after a hyphen."""

MAN = 10_000
"""万, the unit in which large amounts are spoken of."""

UNITS = (
    (100_000_000, mark("約{number}億円")),
    (MAN, mark("約{number}万円")),
    (1, mark("約{number}円")),
)
"""In which unit an amount is spoken of, from which size on."""

EXACT_BELOW_YEN, EXACT_BELOW_HOURS = 1_000, 10
"""What is smaller is short enough as it is."""

POSITIVE, NOT_POSITIVE = mark("効果がプラスになる"), mark("効果がプラスにならない")
"""That a net present value is above 0 yen, or is not."""

TIME_VALUED = mark("時間は、他の業務に使える割合と時間単価で換算")
"""How time becomes yen wherever a cost is shown."""

SHARE = "割合"
"""The unit, in the table of assumptions, of what readers know as per cent."""


def number(value: Any, form: str) -> str:
    """Return a number in a form, as `WHOLE`, with a true minus sign where it is below 0."""
    return form.format(value).replace("-", MINUS)


def yen(amount: float) -> str:
    """Return an amount to the yen, a loss with its sign: 1,234円, −1,234円."""
    return _("{amount}円").format(amount=number(amount, WHOLE))


def echo(amount: float) -> str:
    """Return a large amount in both ways of writing it: 1,234,000円 = 123.4万円."""
    return _("{exact} = {man:,.10g}万円").format(exact=yen(amount), man=round(amount) / MAN)


def compact(value: float) -> str:
    """Return a number in some five signs, to stand at a mark of a chart: 12.3, 1,235, 12.3万."""
    for unit, word in ((MAN**2, _("億")), (MAN, _("万"))):
        scaled = value / unit
        # What rounds to a unit is one.
        if abs(scaled) >= 0.9995:
            form = TENTHS if abs(scaled) < 100 else WHOLE
            return number(scaled, form).removesuffix(".0") + word
    return number(value, TENTHS if abs(value) < 999.95 else WHOLE).removesuffix(".0")


def compact_yen(amount: float) -> str:
    """Return an amount in yen in some five signs: 12.3万円."""
    return _("{amount}円").format(amount=compact(round(amount)))


def about(amount: float) -> str:
    """Return an amount to two significant figures: 約11万円, −約4,900円; below 1,000 yen exact."""
    if round(abs(amount)) < EXACT_BELOW_YEN:
        return yen(amount)
    rounded = _two_figures(abs(amount))
    size, words = next((size, words) for size, words in UNITS if rounded >= size)
    return _minus(amount) + _(words).format(number=f"{rounded / size:,.10g}")


def signed_about(amount: float) -> str:
    """Return a difference rounded as by `about`, with its sign instead of the word: +11万円."""
    sign = (_minus(amount) or "+") if round(amount) else "±"
    return sign + about(abs(amount)).removeprefix(_("約"))


def about_hours(time: float) -> str:
    """Return hours to two significant figures: 約120時間; below ten hours to the tenth."""
    if round(abs(time), 1) < EXACT_BELOW_HOURS:
        return hours(time)
    rounded = number(_two_figures(abs(time)), WHOLE)
    return _minus(time) + _("約{number}時間").format(number=rounded)


def exact(value: float) -> str:
    """Return a number with the digits that a pocket calculator needs: 45.130106, 1,200."""
    return number(value, "{:z,.6f}").rstrip("0").rstrip(".")


def hundredths(amount: float) -> str:
    """Return an amount to the hundredth of its unit, as in a calculation: 1,234.50."""
    return number(amount, "{:z,.2f}")


def percent(share: float) -> str:
    """Return a share in per cent, as exact as it was set: 50%, 12.3%."""
    return f"{share:.4%}".rstrip("%").rstrip("0").rstrip(".") + "%"


def quantity(value: float, unit: str, digits: int | None = None) -> str:
    """Return a value with the unit of its assumption: 50%, 1,673円/時, 10%/年.

    To so many digits behind the point, or as exact as it was set.
    """
    share, _slash, per = unit.partition("/")
    if share == SHARE:
        shown = percent(value) if digits is None else f"{value:.{digits}%}"
        return shown + (f"/{per}" if per else "")
    return (exact(value) if digits is None else number(value, f"{{:z,.{digits}f}}")) + unit


def probability(share: float) -> str:
    """Return a probability in per cent; certainty is only said where every draw agrees."""
    text = f"{share:.1%}"
    if text == "100.0%":
        return "100%" if share == 1 else _("99.9%超")
    if text == "0.0%":
        return "0%" if share == 0 else _("0.1%未満")
    return text


def hours(time: float) -> str:
    """Return hours to the tenth: 12.3時間."""
    return _("{number}時間").format(number=number(time, TENTHS))


def change_of_hours(time: float) -> str:
    """Return hours saved in plain words, as fewer or more: 12.3時間減る."""
    if round(time, 1) == 0:
        return _("時間は変わらない")
    words = _("{hours}減る") if time > 0 else _("{hours}増える")
    return words.format(hours=hours(abs(time)))


def gain(amount: float, written: Callable[[float], str] = yen) -> str:
    """Return a saving in plain words, never a bare sign: 1,234円の削減, 1,234円の負担増."""
    if round(amount) > 0:
        return _("{amount}の削減").format(amount=written(amount))
    if round(amount) < 0:
        return _("{amount}の負担増").format(amount=written(-amount))
    return _("増減なし")


def gain_a_year(amount: float) -> str:
    """Return a saving a year in plain words: 年1,234円の削減."""
    return _("年{gain}").format(gain=gain(amount)) if round(amount) else gain(amount)


def signed(amount: float) -> str:
    """Return a difference of whole units, always with its sign: +1,234."""
    return _signed(amount, 0)


def signed_yen(amount: float) -> str:
    """Return a difference in yen, always with its sign: +1,234円."""
    return _("{amount}円").format(amount=signed(amount))


def signed_hours(time: float) -> str:
    """Return a difference in hours, always with its sign: −1.2時間."""
    return _("{number}時間").format(number=_signed(time, 1))


def signed_months(months: float) -> str:
    """Return a difference in months, always with its sign: +3か月."""
    return _("{number}か月").format(number=signed(months))


def shift(amount: float) -> str:
    """Return in words how much better or worse something turns out."""
    if round(amount) > 0:
        return _("{amount}良くなります").format(amount=yen(amount))
    if round(amount) < 0:
        return _("{amount}悪くなります").format(amount=yen(-amount))
    return _("変わりません")


def some(names: Sequence[str], most: int) -> str:
    """Return the first names, and how many more there are: 甲、乙、ほか3件."""
    more = _("、ほか{count}件").format(count=len(names) - most) if len(names) > most else ""
    return "、".join(names[:most]) + more


def printable(text: str) -> str:
    """Return text that somebody wrote without signs that cannot be seen or printed."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def plain(text: str) -> str:
    """Return text that somebody wrote so that Streamlit shows it letter by letter.

    Every sign that could begin a link, an image, a formula or a colour is escaped: an image from
    a stranger's link would make the reader's browser ask the stranger's server. So is what makes
    a heading or a list of the beginning: 1. 本社.
    """
    escaped = re.sub(r"([\\`*_\[\]<>$~|])", r"\\\1", re.sub(r"\s", " ", text))
    return re.sub(r"^(\d*)(?=[#+=.)-])", r"\1\\", escaped)


def linked(text: str) -> str:
    """Return a source in Markdown, its addresses as links that end where they end.

    Left to itself, Markdown takes for a part of an address the Japanese words that follow it.
    """
    return re.sub(r"https://[!-~]+", r"<\g<0>>", text)


def holds(text: str, words: str) -> bool:
    """Tell whether every word stands somewhere in a text, whatever its width and case."""
    spelled = _spelled(text)
    return all(word in spelled for word in _spelled(words).split())


def _spelled(text: str) -> str:
    return normalize("NFKC", text).casefold()


def link(url: Any) -> str:
    """Return an address as a link that says where it leads; nothing where there is none."""
    return "" if pd.isna(url) else _("[公式ページ]({url})").format(url=url)


def applications(filed: float) -> str:
    """Return an expected number of applications to the tenth: 12.3件."""
    return _("{number}件").format(number=number(filed, TENTHS))


def about_applications(count: int, expected: float) -> str:
    """Return an expected number of applications by its whole one: 約3件.

    1件未満 where some are expected, 0件 where none is.
    """
    if not count:
        return _("1件未満") if expected > 0 else _("0件")
    return _("約{count:,}件").format(count=count)


def filed(count: float) -> str:
    """Return how many applications were filed: 3件."""
    return _("{number}件").format(number=number(count, WHOLE))


def workers(expected: float) -> str:
    """Return an expected number of workers as a whole one: 25人."""
    return _("{number}人").format(number=number(expected, WHOLE))


def day(value: date) -> str:
    """Return a day as Japanese readers write it: 2026年4月1日."""
    return _("{year}年{month}月{day}日").format(year=value.year, month=value.month, day=value.day)


def day_of_year(value: date, today: date) -> str:
    """Return a day without its year where that is this one: 4月1日."""
    if value.year != today.year:
        return day(value)
    return _("{month}月{day}日").format(month=value.month, day=value.day)


def month(value: pd.Period) -> str:
    """Return a month as Japanese readers write it: 2026年4月."""
    return _("{year}年{month}月").format(year=value.year, month=value.month)


def go_live(scenario: Scenario) -> str:
    """Return the month in which online filing begins: 2027年2月."""
    return month(pd.Period(scenario.go_live, freq="M"))


def fiscal_year(year: int) -> str:
    """Return a fiscal year by the year in which it begins: 2026年度."""
    return _("{year}年度").format(year=year)


def confidence(letter: str) -> str:
    """Return how far a figure can be trusted, with a mark where a person must still confirm it."""
    word = _(LABELS[Evidence(letter)])
    return word if letter == Evidence.CONFIRMED else _("{word}・要確認").format(word=word)


def band(first: int, last: int) -> str:
    """Return a band of granted months in the law's words: 3か月超6か月まで, 3年以上5年未満."""
    open_end = pd.isna(last)
    if not open_end and first == last:
        return _span(first)
    lower = _("{span}以上").format(span=_span(first))
    if first % 12:
        lower = _("{span}超").format(span=_span(first - 1)) if first > 1 else ""
    if open_end:
        return lower
    if (last + 1) % 12:
        return lower + _("{span}まで").format(span=_span(last))
    return lower + _("{span}未満").format(span=_span(last + 1))


def _span(months: int) -> str:
    years, rest = divmod(months, 12)
    return _("{months}か月").format(months=months) if rest else _("{years}年").format(years=years)


def payback(months: float | None) -> str:
    """Return the months until the saving has paid for the start; missing where it never does."""
    if months is None or pd.isna(months):
        return _("回収なし")
    return _("{months:.0f}か月").format(months=months)


def fee_basis(basis: FeeBasis | str, fees: pd.DataFrame) -> str:
    """Return which fees are charged: 新手数料(2026年10月〜), 旧手数料(6,000円/5,500円)で試算.

    The new ones are those of the day of acceptance, called by the month of the newest in the fee
    table; the old ones are called by what they were at the counter and online.
    """
    if basis == "dated":
        return _("新手数料({month}〜)").format(month=month(paid_changes(fees)[-1]))
    begin = pd.Period(basis, freq="M")
    if begin != FIXED_FEES:
        return _("{month}の手数料で試算").format(month=month(begin))
    counter, online = (
        yen(fee(fees, Procedure.EXTENSION, channel, begin, 1)) for channel in Channel
    )
    return _("旧手数料({counter}/{online})で試算").format(counter=counter, online=online)


def plan_summary(plan: pd.DataFrame) -> str:
    """Say of which kind a plan is, and how much is in it: 名簿・2事業所・14人(2行)."""
    sites, rows = plan["site"].nunique(), len(plan)
    workers = int(plan["headcount"].sum())
    match plan_kind(plan):
        case PlanKind.TARGETS:
            return _("目標の人数・{sites:,}事業所({rows:,}件)").format(sites=sites, rows=rows)
        case PlanKind.OUTLINE:
            return _("人数と採用・{sites:,}事業所・{workers:,}人").format(
                sites=sites, workers=workers
            )
        case PlanKind.ROSTER:
            return _("名簿・{sites:,}事業所・{workers:,}人({rows:,}行)").format(
                sites=sites, workers=workers, rows=rows
            )


def done_for(task: Mapping[Hashable, Any]) -> str:
    """Return what a row of the task table is done once for: 申請1件(変更・更新), 開始時・1人."""
    often = _(LABELS[Driver(task["driver"])])
    if pd.notna(task["share"]):
        often = _("申請の{share}").format(share=percent(task["share"]))
    if pd.notna(task["procedures"]):
        named = "・".join(_(LABELS[Procedure(word)]) for word in task["procedures"].split())
        often = _("{often}({procedures})").format(often=often, procedures=named)
    if pd.notna(task["per"]):
        often = _("{often}・{per}").format(often=often, per=_(LABELS[Per(task["per"])]))
    months = task["interval_months"]
    if pd.notna(months):
        every = _("IDの有効期間ごと")
        if months.isdecimal():
            every = _("{months}か月ごと").format(months=months)
        often = _("{often}・{every}").format(often=often, every=every)
    return often


def times(ratio: float | None) -> str:
    """Return how many times its cost a benefit is: 12.3倍; None where there is no cost."""
    return _("なし(費用が0円)") if ratio is None else _("{ratio:,.1f}倍").format(ratio=ratio)


def rate_of_return(rate: float | None) -> str:
    """Return a rate of return in per cent: 1,234%; None where there is none."""
    return _("求められません") if rate is None else number(rate, "{:z,.0%}")


def width(text: str, half: Size, full: Size, wide: str = "WF") -> Size:
    """Return about how wide a text is.

    Args:
        text: what is measured.
        half: how wide a half-width letter is.
        full: how wide a full-width letter is.
        wide: which classes of `unicodedata.east_asian_width` are full-width.
    """
    return sum(full if east_asian_width(letter) in wide else half for letter in text)


def _two_figures(size: float) -> float:
    return float(f"{size:.1e}")


def _minus(amount: float) -> str:
    return MINUS if amount < 0 else ""


def _signed(difference: float, digits: int) -> str:
    return number(difference, f"{{:+,.{digits}f}}") if round(difference, digits) else "±0"
