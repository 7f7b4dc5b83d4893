"""What is written in a cell into what it means: numbers with their units, months, routes.

Each function takes the different words of a column and returns a value for each, missing where the
word is none; what is ambiguous or impossible is missing too, never guessed.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

import pandas as pd
from pandas.api.extensions import ExtensionArray

from onlineready.domain.tables import PLAN_YEARS
from onlineready.domain.vocabulary import Route
from onlineready.load.word_lists import DATA, word_lists

Words = Iterable[str]
Values = ExtensionArray

_WHOLE = r"[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3}"
_PEOPLE = re.compile(rf"({_WHOLE})\s*[人名]?")
_A_YEAR = re.compile(rf"(?:年間?|毎年)?(?P<people>(?:{_WHOLE})(?:\.[0-9]{{1,40}})?)[人名]?(?:/年)?")
_NUMBER = re.compile(rf"({_WHOLE})")
_DECIMAL = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?")
_SPAN = re.compile(
    "(?P<bare>[0-9]{1,4})"
    "|(?:(?P<years>[0-9]{1,2})年間?)?(?:(?P<months>[0-9]{1,4})[かヶケカヵ箇]?月間?)?"
)

_YEAR = r"(?P<year>[0-9]{4})"
_ERA_YEAR = r"(?P<era>令和|平成|[rh])(?P<era_year>[0-9]{1,2}|元)"
_DATE = r"(?P<month>[0-9]{1,2})"
_DAY = r"(?P<day>[0-9]{1,2})"
_SPACED = re.compile(r"\s*(令和|平成|[-/.年月日])\s*")
"""A date may be written with spaces to align it: 令和 8年 4月, 2026/ 4/ 1."""

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_TIME = r"(?:[ t][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?)?"
_MONTHS = [
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}(?P<sign>[-/]){_DATE}(?:(?P=sign){_DAY}{_TIME})?",
        rf"{_YEAR}\.{_DATE}\.{_DAY}{_TIME}",
        rf"(?:{_YEAR}|{_ERA_YEAR})年{_DATE}月(?:{_DAY}日)?",
        rf"{_ERA_YEAR}(?P<sign>[-/.]){_DATE}(?:(?P=sign){_DAY})?",
    )
]
_FISCAL_YEAR = re.compile(rf"(?:fy)?{_YEAR}(?:年?度|fy)?|{_ERA_YEAR}(?:年?度)")
_ERAS = {
    "令和": (datetime.date(2019, 5, 1), datetime.date.max),
    "平成": (datetime.date(1989, 1, 8), datetime.date(2019, 4, 30)),
}
"""The first and the last day of an era (令和: 元号を改める政令、平成31年政令第143号)."""
_ERAS |= {"r": _ERAS["令和"], "h": _ERAS["平成"]}
_FIRST_YEAR, _LAST_YEAR = PLAN_YEARS
_SERIALS = (32_000, 81_000)
"""What a spreadsheet's count of days is for the years that a plan may name."""

PLAN_WORDS = word_lists(DATA / "plan_words.toml")
_ROUTE_WORDS = {word: str(route) for route in Route for word in PLAN_WORDS[f"routes.{route}"]}

_LONGEST = 200
"""Letters of the longest text that is looked at as a word of a plan; the longest is far shorter."""

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_LINE_BREAKS = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def plain(text: str) -> str:
    """Return a header or a word in one spelling: half width, no spaces, lower case."""
    return "".join(_narrow(text).translate(_UNSEEN).split())


def on_one_line(text: str) -> str:
    """Return a text as it can be told: a problem is one line, whatever breaks a cell has."""
    return _LINE_BREAKS.sub(" ", text).strip()


def texts(words: Words) -> Values:
    """Return the words without the spaces around them; an empty one is missing."""
    return _array([word.strip() or None for word in words], "str")


def routes(words: Words) -> Values:
    """Return the route that each word names; a word that names none stays, to be told."""
    found = [_ROUTE_WORDS.get(plain(word), word.strip()) or None for word in words]
    return _array(found, "str")


def fields(words: Words) -> Values:
    """Return the names of fields in full-width katakana and without the spaces around them."""
    return texts(map(_half_width, words))


def people(words: Words) -> Values:
    """Return how many people each word says: 12, １２, 1,200, 12名, 3人."""
    return _numbers(words, _people)


def people_a_year(words: Words) -> Values:
    """Return how many people a year each word says: 5, 2.5, 1,200名, 5人/年, 毎年5人."""
    return _array([_people_a_year(word) for word in map(_narrow, words)], "Float64")


def whole_numbers(words: Words) -> Values:
    """Return the whole number that each word is, thousands separated or not."""
    return _numbers(words, lambda word: _whole(_NUMBER.fullmatch(word)))


def spans(words: Words) -> Values:
    """Return how many months each word says: 12, 12ヶ月, 6月, 1年, 1年6か月."""
    return _numbers(words, _span)


def fiscal_years(words: Words) -> Values:
    """Return the year in which the fiscal year of each word begins: 2026, 2026年度, 令和8年度."""
    return _numbers(words, fiscal_year)


def decimals(words: Words) -> Values:
    """Return the number that each word is; no separators of thousands."""
    found = [float(word) if _DECIMAL.fullmatch(word) else None for word in map(_narrow, words)]
    return _array(found, "Float64")


def dates(words: Words) -> Values:
    """Return the day that each word is, as YYYY-MM-DD."""
    found = pd.to_datetime(pd.Series(list(words)), format="%Y-%m-%d", errors="coerce")
    return _array(found, "datetime64[us]")


def months(words: Words, first_serial: datetime.date | None = None) -> Values:
    """Return the month of each word: 2026-04, 2026/4/1, 2026年4月, 令和8年4月, R8.4.1.

    In a spreadsheet, where `first_serial` is the day counted as 0, a count of days too. A day that
    does not exist or lies outside its era is none; 2026.1 is none, for it may be a cut 2026.10.
    """
    found = [month(word, first_serial) for word in words]
    return _array(found, "period[M]")


def is_value(word: str) -> bool:
    """Tell whether a word is a headcount or a route: something that stands below a header."""
    return plain(word) in _ROUTE_WORDS or _people(_narrow(word)) is not None


def _array(values: Iterable[object], dtype: str) -> Values:
    array: Values = pd.Series(list(values), dtype=dtype).array
    return array


def _numbers(words: Words, read: Callable[[str], int | None]) -> Values:
    return _array([read(word) for word in map(_narrow, words)], "Int64")


def _narrow(word: str) -> str:
    return _half_width(word).strip().casefold()


def _half_width(word: str) -> str:
    # What is too long for a word stays: to put many accents in order takes the square of them.
    return word if len(word) > _LONGEST else unicodedata.normalize("NFKC", word)


def _whole(found: re.Match[str] | None) -> int | None:
    return int(found[1].replace(",", "")) if found else None


def _people(word: str) -> int | None:
    return _whole(_PEOPLE.fullmatch(word))


def _people_a_year(word: str) -> float | None:
    found = _A_YEAR.fullmatch(word.replace(" ", ""))
    return float(found["people"].replace(",", "")) if found else None


def _span(word: str) -> int | None:
    found = _SPAN.fullmatch(word.replace(" ", ""))
    if not found or not found[0]:
        return None
    return 12 * int(found["years"] or 0) + int(found["bare"] or found["months"] or 0)


def fiscal_year(word: str) -> int | None:
    """Return the year in which a fiscal year in one spelling (see `plain`) begins."""
    found = _FISCAL_YEAR.fullmatch(word.replace(" ", ""))
    if found is None:
        return None
    year = _year(found.groupdict())
    if found["year"]:
        return year
    begin, end = _ERAS[found["era"]]
    # The era's first and last fiscal years are cut by it, and still bear its name.
    return year if begin.year <= year <= end.year else None


def month(word: str, first_serial: datetime.date | None = None) -> pd.Period | None:
    """Return the month that a single word is, as `months` reads it."""
    plain_word = _SPACED.sub(r"\1", _narrow(word).translate(_DASHES))
    if first_serial and plain_word.isascii() and plain_word.isdigit():
        days = int(plain_word[:9])
        if not _SERIALS[0] <= days <= _SERIALS[1]:
            return None
        day = first_serial + datetime.timedelta(days=days)
        return pd.Period(day, freq="M")
    found = next((match for form in _MONTHS if (match := form.fullmatch(plain_word))), None)
    if found is None:
        return None
    parts = found.groupdict()
    year = _year(parts)
    try:
        day = datetime.date(year, int(parts["month"]), int(parts.get("day") or 1))
    except ValueError:
        return None
    if parts.get("era") and not _in_era(day, parts):
        return None
    return pd.Period(day, freq="M") if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _year(parts: Mapping[str, str]) -> int:
    """Return the calendar year of a date, written as it is or as a year of an era."""
    if parts.get("year"):
        return int(parts["year"])
    return _ERAS[parts["era"]][0].year - 1 + int(parts["era_year"].replace("元", "1"))


def _in_era(day: datetime.date, parts: Mapping[str, str]) -> bool:
    """Tell whether a day lies in its era; a month does where any of its days may."""
    begin, end = _ERAS[parts["era"]]
    if not parts.get("day"):
        return (begin.year, begin.month) <= (day.year, day.month) <= (end.year, end.month)
    return begin <= day <= end
