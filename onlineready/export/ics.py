"""Days and spans as a calendar file (RFC 5545) that Outlook, Google and Apple calendars import."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import icalendar

from onlineready.report.filing_tables import Event

PRODUCT = "-//onlineready//filing calendar//JA"
DOMAIN = "onlineready"
ZONE = "Asia/Tokyo"
EPOCH = date(2020, 1, 1)
"""Before every day of a workbook: from here on the sequence of events counts."""


def to_ics(events: Iterable[Event], as_of: date, name: str) -> bytes:
    """Return events of whole days in Japan as a calendar file; the same input, the same bytes.

    An event is called `KEY@onlineready` in every file, and its sequence rises with `as_of`: a
    calendar that has taken in an earlier file moves the event instead of doubling it.

    Args:
        events: each with a key of its own; one that opens on no known day is of its last alone.
        as_of: the day of which the events are.
        name: what the calendar is called.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    for event in events:
        first = event.opens_on or event.due_on
        entry = icalendar.Event()
        entry.add("uid", f"{event.key}@{DOMAIN}")
        entry.add("dtstamp", datetime.combine(as_of, time(), UTC))
        entry.add("sequence", (as_of - EPOCH).days)
        # Days, not times: whoever looks from abroad sees the day that counts in Japan.
        entry.add("dtstart", first)
        entry.add("dtend", event.due_on + timedelta(days=1))
        entry.add("summary", event.summary)
        entry.add("description", event.description)
        entry.add("transp", "TRANSPARENT")
        if event.remind_days:
            days = (event.due_on - first).days - event.remind_days
            alarm = icalendar.Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", event.summary)
            alarm.add("trigger", timedelta(days=days))
            entry.add_component(alarm)
        calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content
