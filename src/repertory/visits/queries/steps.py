"""What should I do next: customers ranked, each with the reasons why now (M-VIS-7).

The reasons are a table: other domains add theirs by name in `wiring` (open cases, falling sales, overdue money).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.actor import Actor
from repertory.core.time import month_of
from repertory.customers import access as customers
from repertory.customers.models import Customer, ImportantDate, Licence
from repertory.platform.rules import value_on
from repertory.visits.queries.due import Target, seen_days, targets_of
from repertory.visits.rules import SILENCE

MOST = 30
AHEAD = timedelta(days=14)
TIER_WEIGHT = {"A": 3, "B": 2, "C": 1}


@dataclass(frozen=True)
class Reason:
    """code: a stable word. weight: how much it presses, 1 to 100."""

    code: str
    text: Any
    weight: int


@dataclass
class Step:
    customer: Customer
    reasons: list[Reason] = field(default_factory=list)

    @property
    def score(self) -> int:
        """What presses most counts whole, the rest by half; the tier decides between equals."""
        weights = sorted((reason.weight for reason in self.reasons), reverse=True)
        return weights[0] * 2 + sum(weights[1:]) + TIER_WEIGHT.get(self.customer.tier, 0)


Source = Callable[[Actor, date, set[int]], Iterable[tuple[int, Reason]]]
"""(actor, day, customers in sight) → reasons by customer."""
_sources: list[Source] = []


def connect(sources: Iterable[Source]) -> None:
    """Replace the reasons that other domains know."""
    _sources[:] = sources


def next_steps(*, actor: Actor, on: date, most: int = MOST) -> list[Step]:
    """One's own customers for whom something is due, the most pressing first."""
    if actor.user is None:
        return []
    targets = targets_of(person=actor.user, month=month_of(on))
    steps = {target.customer.pk: Step(target.customer) for target in targets}
    for customer_id, reason in _all_reasons(actor, on, targets):
        if customer_id in steps:
            steps[customer_id].reasons.append(reason)
    pressing = [step for step in steps.values() if step.reasons]
    pressing.sort(key=lambda step: (-step.score, step.customer.pk))
    return pressing[:most]


def _all_reasons(actor: Actor, on: date, targets: list[Target]) -> Iterable[tuple[int, Reason]]:
    keys = {target.customer.pk for target in targets}
    yield from _gaps(actor, on, targets)
    yield from _silence(on, targets)
    yield from _dates(actor, on, keys)
    yield from _licences(actor, on, keys)
    for source in _sources:
        yield from source(actor, on, keys)


def _gaps(actor: Actor, on: date, targets: list[Target]) -> Iterable[tuple[int, Reason]]:
    """Behind the frequency: less seen than the month's part that has gone asks for, and nothing planned."""
    month = month_of(on)
    seen = seen_days(person=actor.user, days=month)  # type: ignore[arg-type]
    gone = (on - month.start).days / (month.end - month.start).days
    for target in targets:
        days = seen.get(target.customer.pk, [])
        done = sum(day <= on for day in days)
        behind = target.times * gone - done
        if behind >= 0.5 and len(days) < target.times:
            text = _("本月应拜访 %(times)s 次，已拜访 %(done)s 次") % {"times": target.times, "done": done}
            yield target.customer.pk, Reason("frequency", text, min(60, round(20 + behind * 15)))


def _silence(on: date, targets: list[Target]) -> Iterable[tuple[int, Reason]]:
    limit = int(value_on(SILENCE, on)["days"])
    for target in targets:
        last, following = target.customer.last_contact_on, target.customer.next_contact_on
        if following is not None and following >= on:
            continue
        if last is None:
            yield target.customer.pk, Reason("never_seen", _("还从未拜访过"), 25)
        elif (on - last).days > limit:
            text = _("已有 %(days)s 天没有联系") % {"days": (on - last).days}
            yield target.customer.pk, Reason("silence", text, min(70, 30 + (on - last).days // 10))


def _dates(actor: Actor, on: date, keys: set[int]) -> Iterable[tuple[int, Reason]]:
    rows = customers.of_visible(actor, ImportantDate.objects.filter(next_on__gte=on, next_on__lt=on + AHEAD))
    for row in rows.filter(customer__in=keys).order_by("next_on", "pk"):
        text = _("%(day)s 是%(what)s") % {
            "day": formats.human_date(row.next_on, on),
            "what": row.label or row.get_kind_display(),
        }
        yield row.customer_id, Reason("date", text, 40)


def _licences(actor: Actor, on: date, keys: set[int]) -> Iterable[tuple[int, Reason]]:
    ends = Licence.objects.filter(revoked_on=None, expires_on__gte=on, expires_on__lt=on + timedelta(days=30))
    for row in customers.of_visible(actor, ends).filter(customer__in=keys).order_by("expires_on", "pk"):
        values = {"kind": row.get_kind_display(), "day": formats.human_date(row.expires_on, on)}
        yield row.customer_id, Reason("licence", _("%(kind)s %(day)s 到期") % values, 35)
