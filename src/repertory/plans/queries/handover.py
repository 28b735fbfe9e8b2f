"""Whose target a month is where a territory changes hands: split between its holders by working days."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import lcm

from django.db.models import Q

from repertory.core.actor import Actor
from repertory.core.money import split
from repertory.core.periods import Period
from repertory.core.time import Days
from repertory.organisation.choices import Role, Side
from repertory.organisation.firewall import holds_on
from repertory.organisation.models import Assignment
from repertory.plans.choices import Level
from repertory.plans.queries.targets import target_totals
from repertory.platform.workdays import working_days
from repertory.sales.queries.totals import EVERYTHING, Where

UNIT = Decimal("0.01")
Holding = tuple[int, date, date | None]
"""Person, first day, first day no more."""


@dataclass(frozen=True)
class PersonTarget:
    """A person's part of a month's target of a territory. user_id None: of the days on which nobody held it."""

    user_id: int | None
    territory_id: int
    month: int
    quantity: Decimal
    amount: Decimal


def person_targets(
    *, actor: Actor, period: Period, where: Where = EVERYTHING, level: str = Level.BASE
) -> list[PersonTarget]:
    """The approved targets of territories by person; the parts of each territory and month add up to its target exactly.

    The reps of a territory hold it. Each working day of the month counts the same; several on one day share it; a month
    without working days is shared by all its days. The academic side has no quota (M-LAW-1): its days are nobody's.
    """
    found = target_totals(actor=actor, period=period, by=("territory_id", "month"), where=where, level=level)
    holders = _holders({total.key[0] for total in found}, period.days)
    days = {month: _days_of(month) for month in {total.key[1] for total in found}}
    targets = []
    for total in found:
        territory_id, month = total.key
        shares = days_held(holders[territory_id], days[month])
        people = sorted(shares, key=lambda key: (key is None, key or 0))
        weights = [shares[key] for key in people]
        amounts, quantities = (split(value, weights, _unit(value)) for value in (total.amount, total.quantity))
        targets += [
            PersonTarget(person, territory_id, month, quantity, amount)
            for person, amount, quantity in zip(people, amounts, quantities, strict=True)
        ]
    return targets


def days_held(holdings: Sequence[Holding], days: Sequence[date]) -> dict[int | None, int]:
    """How much of these days each person held, in whole parts of a day; None: nobody."""
    on_day = [[key for key, start, end in holdings if start <= day and (end is None or day < end)] for day in days]
    parts = lcm(*(len(people) for people in on_day if people), 1)
    held: dict[int | None, int] = defaultdict(int)
    for people in on_day:
        if not people:
            held[None] += parts
        for key in people:
            held[key] += parts // len(people)
    return dict(held)


def _unit(value: Decimal) -> Decimal:
    """Cents, or finer where the target itself is."""
    return UNIT if value == value.quantize(UNIT) else Decimal("0.00001")


def _days_of(month: int) -> list[date]:
    span = Period(month, 1).days
    return working_days(span.start, span.end) or [
        date.fromordinal(number) for number in range(span.start.toordinal(), span.end.toordinal())
    ]


def _holders(territories: set[int], days: Days) -> dict[int, list[Holding]]:
    rows = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=days.start), role=Role.REP)
    rows = rows.filter(territory__in=territories, starts_on__lt=days.end)
    if holds_on(days.start):
        rows = rows.exclude(user__side=Side.ACADEMIC)
    found: dict[int, list[Holding]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.territory_id].append((row.user_id, row.starts_on, row.ends_on))
    return found
