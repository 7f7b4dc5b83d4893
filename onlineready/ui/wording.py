"""How figures are written on the screen: the only place where they are rounded."""

import re

import pandas as pd

from onlineready.language import translate as _

MAN = 10_000
"""万, the unit in which large amounts are spoken of."""


def yen(amount: float) -> str:
    """Return an amount to the yen, a loss with its sign: 1,234円."""
    return _("{amount:,.0f}円").format(amount=_zero(amount, 0))


def echo(amount: float) -> str:
    """Return a large amount in both ways of writing it: 1,234,000円 = 123.4万円."""
    return _("{exact} = {man:,.10g}万円").format(exact=yen(amount), man=round(amount) / MAN)


def hours(number: float) -> str:
    """Return hours to the tenth: 12.3時間."""
    return _("{number:,.1f}時間").format(number=_zero(number, 1))


def percent(share: float) -> str:
    """Return a share in per cent, as exact as it was set: 12.5%."""
    return _("{percent:,.6g}%").format(percent=share * 100)


def gain(amount: float) -> str:
    """Return a saving as a gain, a loss in plain words: 年に得をする額, never a bare sign."""
    if round(amount) > 0:
        return _("{amount}の得").format(amount=yen(amount))
    if round(amount) < 0:
        return _("{amount}の損").format(amount=yen(-amount))
    return _("損得なし")


def signed_yen(amount: float) -> str:
    """Return a difference in yen, always with its sign: +1,234円."""
    return _("{amount}円").format(amount=_signed(amount, 0))


def signed_hours(number: float) -> str:
    """Return a difference in hours, always with its sign: -1.2時間."""
    return _("{number}時間").format(number=_signed(number, 1))


def signed_months(number: float) -> str:
    """Return a difference in months, always with its sign: +3か月."""
    return _("{number}か月").format(number=_signed(number, 0))


def shift(amount: float) -> str:
    """Return in words how much better or worse something turns out."""
    if round(amount) > 0:
        return _("{amount}良くなります").format(amount=yen(amount))
    if round(amount) < 0:
        return _("{amount}悪くなります").format(amount=yen(-amount))
    return _("変わりません")


def plain(text: str) -> str:
    """Return text that somebody wrote so that Streamlit shows it letter by letter.

    Every sign that could begin a link, an image, a formula or a colour is escaped: an image from
    a stranger's link would make the reader's browser ask the stranger's server.
    """
    return re.sub(r"([\\`*_\[\]<>$~|])", r"\\\1", re.sub(r"\s", " ", text))


def month(value: pd.Period) -> str:
    """Return a month as Japanese readers write it: 2026年4月."""
    return _("{year}年{month}月").format(year=value.year, month=value.month)


def fiscal_year(year: int) -> str:
    """Return a fiscal year by the year in which it begins: 2026年度."""
    return _("{year}年度").format(year=year)


def payback(months: int | None) -> str:
    """Return the months until the saving has paid for the start, or that it never does."""
    if months is None:
        return _("期間中は回収できず")
    return _("{months}か月").format(months=months)


def _signed(number: float, digits: int) -> str:
    rounded = _zero(number, digits)
    return f"{rounded:+,.{digits}f}" if rounded else "±0"


def _zero(number: float, digits: int) -> float:
    """Never write -0."""
    return round(number, digits) + 0.0
