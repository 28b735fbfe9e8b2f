"""What reminders come from: each domain states its rules, `wiring` lists them, the worker asks every one of them daily."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from repertory.core import formats
from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.platform.rules import Part, PartKind, Rule

ON = Part("on", _("提醒"), PartKind.SWITCH)
DAYS = Part("days", _("提前几天"), PartKind.WHOLE)
MOST = Part("most", _("每人最多几条"), PartKind.WHOLE)


@dataclass(frozen=True)
class DueReminder:
    """Whom to remind of which object. occasion: tells one time from the next, such as a licence's key with its last day.
    values: what fills the rule's sentence, plain JSON; codes and ISO days are put into words when somebody reads it."""

    person_id: int
    object_id: int
    occasion: str
    due_on: date
    url: str
    values: dict[str, Any] = field(default_factory=dict)
    due_at: datetime | None = None


Ask = Callable[[date, dict[str, Any], Collection[int] | None], Iterable[DueReminder]]
"""(day, the rule's value on it, keys of the only objects to look at or None for all) → all that is due then."""


def as_it_is(values: dict[str, Any], today: date) -> dict[str, Any]:
    return values


def always(day: date) -> Q:
    return Q()


@dataclass(frozen=True)
class Source:
    """One rule of reminding.

    rule: its value has at least {"on": …}. visible: the objects that a person sees, asked again whenever reminders are
    shown or sent. still: what an object must be like so that the reminder still makes sense, between two nights.
    words: the values as the reader's language says them. at_once: not kept back until the morning. deadline: the hour
    counts, not only the day.
    """

    rule: Rule
    object_type: str
    sentence: Any
    due: Ask
    visible: Callable[[Actor], QuerySet]
    still: Callable[[date], Q] = always
    words: Callable[[dict[str, Any], date], dict[str, Any]] = as_it_is
    at_once: bool = False
    deadline: bool = False

    def text(self, values: dict[str, Any], *, today: date) -> str:
        return str(self.sentence) % self.words(values, today)


def reminding(key: str, label: Any, text: Any, *, days: int | None = None, most: int | None = None) -> Rule:
    """A rule of reminding: a switch, and how many days ahead and how many a person at most, where that has a meaning."""
    figures = [(part, value) for part, value in ((DAYS, days), (MOST, most)) if value is not None]
    return Rule(
        key=f"reminders.{key}",
        label=label,
        text=text,
        basis=_("系统默认，由公司自行规定"),
        default={"on": True, **{part.path: value for part, value in figures}},
        parts=(ON, *(part for part, _value in figures)),
    )


def day_in_words(iso: str, today: date) -> str:
    return formats.human_date(date.fromisoformat(iso), today)


_sources: dict[str, Source] = {}


def connect(sources: Iterable[Source]) -> None:
    """Replace the table."""
    _sources.clear()
    _sources.update({source.rule.key: source for source in sources})


def all_sources() -> tuple[Source, ...]:
    return tuple(_sources.values())


def source_of(key: str) -> Source | None:
    """None for a rule that this version no longer has."""
    return _sources.get(key)


def source_named(key: str) -> Source:
    """Raises NotFound."""
    found = source_of(key)
    if found is None:
        raise NotFound()
    return found
