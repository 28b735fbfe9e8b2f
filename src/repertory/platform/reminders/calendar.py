"""What stands in a person's calendar: it comes from the domains, `wiring` lists them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from repertory.core.actor import Actor
from repertory.core.time import COMPANY_ZONE, Days

BACK = timedelta(days=31)
AHEAD = timedelta(days=184)


@dataclass(frozen=True)
class Entry:
    """One line of the calendar. key: stays the same as long as the thing exists, such as "visit-12". starts: a day for
    what lasts all day, else an instant. text: no private field, as the address opens without signing in."""

    key: str
    title: str
    starts: date | datetime
    modified: datetime
    minutes: int = 0
    text: str = ""
    category: str = ""


Ask = Callable[[Actor, Days], Iterable[Entry]]
"""(person, days) → what stands in the person's calendar on them."""

_sources: list[Ask] = []


def connect(sources: Iterable[Ask]) -> None:
    """Replace the table."""
    _sources[:] = sources


def entries_of(actor: Actor, *, today: date) -> list[Entry]:
    """A month back, half a year ahead, in order."""
    days = Days(today - BACK, today + AHEAD)
    found = [entry for source in _sources for entry in source(actor, days)]
    return sorted(found, key=lambda entry: (str(_day_of(entry.starts)), entry.key))


def _day_of(starts: date | datetime) -> date:
    return starts.astimezone(COMPANY_ZONE).date() if isinstance(starts, datetime) else starts
