"""Days and spans as a calendar file (RFC 5545) that Outlook, Google and Apple calendars import."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pandas as pd

PRODUCT = "-//onlineready//filing calendar//JA"
DOMAIN = "onlineready"
ZONE = "Asia/Tokyo"
EPOCH = date(2020, 1, 1)
"""Before every day of a workbook: from here on the sequence of events counts."""


def to_ics(events: pd.DataFrame, as_of: date, name: str) -> bytes:
    """Return events of whole days in Japan as a calendar file; the same input, the same bytes.

    An event is called `KEY@onlineready` in every file, and its sequence rises with `as_of`: a
    calendar that has taken in an earlier file moves the event instead of doubling it.

    Args:
        events: one row per event: `key` (ASCII, once), `first_day` and `last_day` (both within),
            `summary`, `description`, `remind_days` before the last day (0 for none).
        as_of: the day of which the events are.
        name: what the calendar is called.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    columns = ("key", "first_day", "last_day", "summary", "description", "remind_days")
    for key, first, last, summary, description, remind_days in zip(
        *(events[column].tolist() for column in columns), strict=True
    ):
        event = icalendar.Event()
        event.add("uid", f"{key}@{DOMAIN}")
        event.add("dtstamp", datetime.combine(as_of, time(), UTC))
        event.add("sequence", (as_of - EPOCH).days)
        # Days, not times: whoever looks from abroad sees the day that counts in Japan.
        event.add("dtstart", first.date())
        event.add("dtend", last.date() + timedelta(days=1))
        event.add("summary", summary)
        event.add("description", description)
        event.add("transp", "TRANSPARENT")
        if remind_days:
            event.add_component(_reminder(summary, (last - first).days - remind_days))
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _reminder(summary: str, days_from_start: int) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=days_from_start))
    return alarm
