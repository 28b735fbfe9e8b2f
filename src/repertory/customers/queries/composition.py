"""What a set of customers consists of: counts and trade by kind, tier, stage, channel, province, credit grade."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from repertory.core import regions
from repertory.core.actor import Actor
from repertory.customers.fields import label, model_field
from repertory.customers.queries.columns import Column
from repertory.customers.queries.listing import ListQuery, matching_customers

SCALES = frozenset({"tier", "stage", "trade_class", "care_class"})
DIMENSIONS = ("kind", "tier", "stage", "source", "province_code", "credit_grade", "trade_class", "care_class")


@dataclass(frozen=True)
class Part:
    """One value of a dimension ("" where it is not filled in), how many customers, their trade of twelve months in yuan."""

    value: str
    label: str
    count: int
    trade_cny: Decimal


@dataclass(frozen=True)
class Mix:
    key: str
    label: Any
    parts: list[Part]


def composition(*, actor: Actor, query: ListQuery, known: Mapping[str, Column]) -> list[Mix]:
    """The mixes of the customers that the list with this query shows, the largest part first."""
    rows = matching_customers(actor=actor, query=query, known=dict(known)).order_by()
    return [_mix(rows, name) for name in DIMENSIONS]


def _mix(rows: Any, name: str) -> Mix:
    found = rows.values_list(name).annotate(count=Count("pk"), trade=Sum("profile__trade_amount_cny"))
    parts = [Part(value, _word(name, value), count, trade or Decimal(0)) for value, count, trade in found]
    return Mix(name, label(name), sorted(parts, key=_order_of(name)))


def _order_of(name: str) -> Callable[[Part], Any]:
    """Steps of a scale in their order, everything else by size; what is not filled in comes last."""
    if name not in SCALES:
        return lambda part: (part.value == "", -part.count, part.value)
    steps = [code for code, _text in model_field(name).choices or ()]
    return lambda part: (part.value == "", steps.index(part.value) if part.value in steps else len(steps))


def _word(name: str, value: str) -> str:
    if name == "province_code":
        region = regions.by_code(value) if value else None
        return region.province if region else value
    choices = dict(model_field(name).choices or ())
    return str(choices.get(value, value))
