"""A calendar as an iCalendar file (RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
from django.utils.translation import gettext as _

from repertory.core.time import COMPANY_ZONE
from repertory.platform.reminders.calendar import Entry

PRODUCT = "-//Repertory//Repertory//ZH"
DOMAIN = "repertory"
# The zone has had no summer time since 1991; programs want to read it nevertheless.
ZONE_FIRST, ZONE_LAST = date(2000, 1, 1), date(2038, 1, 1)


def written(name: str, entries: Iterable[Entry]) -> bytes:
    """The file; the same entries make the same bytes."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("药程 %(name)s") % {"name": name})
    calendar.add("x-wr-timezone", COMPANY_ZONE.key)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    zone: Any = icalendar.Timezone.from_tzid(COMPANY_ZONE.key, first_date=ZONE_FIRST, last_date=ZONE_LAST)
    calendar.add_component(zone)
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _event(entry: Entry) -> icalendar.Event:
    event = icalendar.Event()
    modified = entry.modified.astimezone(UTC).replace(microsecond=0)
    event.add("uid", f"{entry.key}@{DOMAIN}")
    event.add("dtstamp", modified)
    event.add("last-modified", modified)
    event.add("summary", entry.title)
    if entry.text:
        event.add("description", entry.text)
    if entry.category:
        event.add("categories", [entry.category])
    if isinstance(entry.starts, datetime):
        starts = entry.starts.astimezone(COMPANY_ZONE)
        event.add("dtstart", starts)
        event.add("dtend", starts + timedelta(minutes=max(entry.minutes, 1)))
    else:
        event.add("dtstart", entry.starts)
        event.add("dtend", entry.starts + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    return event
