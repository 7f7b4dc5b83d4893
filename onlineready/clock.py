"""The day: read here and nowhere else, and handed to whatever counts from it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


def today() -> date:
    """Return the day in Japan, wherever the program runs."""
    return datetime.now(JAPAN).date()
