"""Every text a reader sees passes through here; Japanese is the source language."""

from contextvars import ContextVar
from gettext import NullTranslations

_catalogue: ContextVar[NullTranslations | None] = ContextVar("catalogue", default=None)


def translate(message: str) -> str:
    """Return `message` in the language of the current session (Japanese where none is set)."""
    catalogue = current()
    return message if catalogue is None else catalogue.gettext(message)


def mark(message: str) -> str:
    """Mark a constant for the catalogue; it is translated where it is shown."""
    return message


def current() -> NullTranslations | None:
    """Return the catalogue of the current session; None is the source language."""
    return _catalogue.get()


def use(catalogue: NullTranslations | None) -> None:
    """Set the catalogue of the current session; None is the source language."""
    _catalogue.set(catalogue)


def lettered(number: int) -> str:
    """Return A, B … Z, AA, AB … for 0, 1, …, as spreadsheets name their columns."""
    more, letter = divmod(number, 26)
    return (lettered(more - 1) if more else "") + chr(ord("A") + letter)
