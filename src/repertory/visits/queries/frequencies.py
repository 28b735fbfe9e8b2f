"""How often whom: the rules that hold on a day, and what they ask for in a month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor

from django.db.models import QuerySet

from repertory.core.actor import Actor
from repertory.visits import access
from repertory.visits.models import CallFrequency

GOLDEN = Decimal("0.618034")


@dataclass(frozen=True)
class FrequencyTable:
    """The rules of a day, the most particular first."""

    rules: tuple[CallFrequency, ...]

    def per_month(self, *, kind: str, tier: str, role: str) -> Decimal | None:
        """Visits a month to a customer of this kind and tier by this role; None where no rule speaks of it."""
        for rule in self.rules:
            if rule.kind in ("", kind) and rule.tier in ("", tier) and rule.role in ("", role):
                return rule.per_month
        return None


def frequencies_on(day: date) -> FrequencyTable:
    rows = CallFrequency.objects.filter(starts_on__lte=day)
    return FrequencyTable(tuple(sorted(_newest(rows), key=_particular, reverse=True)))


def list_frequencies(*, actor: Actor) -> QuerySet[CallFrequency]:
    return access.visible_frequencies(actor).order_by("kind", "tier", "role", "-starts_on", "pk")


def times_in(month: date, per_month: Decimal, customer_id: int) -> int:
    """Whole visits in a month; what is less than whole is spread over the months, for each customer from another one on:
    0.5 is one visit every second month."""
    number = month.year * 12 + month.month
    shift = customer_id * GOLDEN % 1
    return floor(per_month * number + shift) - floor(per_month * (number - 1) + shift)


def _newest(rows: Iterable[CallFrequency]) -> list[CallFrequency]:
    """The last begun of each kind, tier and role."""
    last: dict[tuple[str, str, str], CallFrequency] = {}
    for row in sorted(rows, key=lambda row: (row.starts_on, row.pk)):
        last[row.kind, row.tier, row.role] = row
    return list(last.values())


def _particular(rule: CallFrequency) -> tuple[int, bool, bool]:
    """More named parts go first; of one part each, the kind before the tier before the role."""
    return sum(map(bool, (rule.kind, rule.tier, rule.role))), bool(rule.kind), bool(rule.tier)
