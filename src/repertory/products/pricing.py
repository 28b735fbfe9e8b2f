"""Which price holds: the conditions, which of several goes first, which two contradict each other."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.errors import RuleViolation
from repertory.products.choices import DECIDED_PRICES
from repertory.products.models import Price
from repertory.products.months import ALL_MONTHS, bit

SAME = ("pack_id", "customer_kind", "tier", "province", "from_quantity")
"""Two prices that agree in all of these, share a month and a day contradict each other."""


def in_force(on: date) -> Q:
    """Prices of lists that are in force on a day."""
    return Q(
        Q(price_list__ended_on=None) | Q(price_list__ended_on__gt=on),
        price_list__state__in=DECIDED_PRICES,
        price_list__in_force_from__lte=on,
    )


def valid_on(rows: QuerySet[Price], on: date) -> QuerySet[Price]:
    rows = rows.filter(Q(ends_on=None) | Q(ends_on__gt=on), in_force(on), starts_on__lte=on)
    return rows.annotate(shared=F("season").bitand(bit(on.month))).filter(shared__gt=0)


def fitting(rows: QuerySet[Price], *, customer_kind: str, tier: str, province: str, quantity: int) -> QuerySet[Price]:
    """Those whose every condition the customer and the order meet."""
    given = {"customer_kind": customer_kind, "tier": tier, "province": province}
    for name, value in given.items():
        rows = rows.filter(**{f"{name}__in": {"", value}})
    return rows.filter(from_quantity__lte=quantity)


def precedence(price: Price) -> tuple:
    """The price with the greatest goes first: more conditions; of as many, the tier before the customer's kind before the
    province before the season; the larger quantity; the later start; the later key."""
    conditions = (bool(price.tier), bool(price.customer_kind), bool(price.province), price.season != ALL_MONTHS)
    return sum(conditions), conditions, price.from_quantity, price.starts_on, price.pk


def holding(prices: Iterable[Price], on: date, *, quantity: int, **customer: str) -> Price | None:
    """Of prices that are already clipped, the one that holds on a day: the same choice as valid_on, fitting and precedence
    make, for who asks for many sales of a few packs."""
    found = [
        price
        for price in prices
        if price.starts_on <= on
        and (price.ends_on is None or price.ends_on > on)
        and price.season & bit(on.month)
        and price.from_quantity <= quantity
        and all(getattr(price, name) in ("", value) for name, value in customer.items())
    ]
    return max(found, key=precedence, default=None)


def contradicting(price: Price, among: Iterable[Price]) -> Price | None:
    """Another price under the same conditions, for a month and a day that both have."""
    for other in among:
        same = other.pk != price.pk and all(getattr(other, name) == getattr(price, name) for name in SAME)
        if same and _share_a_month(other, price) and _share_a_day(other, price):
            return other
    return None


def _share_a_month(one: Price, other: Price) -> bool:
    """A season goes before the whole year, and therefore does not contradict it."""
    return bool(one.season & other.season) and (one.season == ALL_MONTHS) == (other.season == ALL_MONTHS)


def _share_a_day(one: Price, other: Price) -> bool:
    before = one.ends_on is not None and one.ends_on <= other.starts_on
    after = other.ends_on is not None and other.ends_on <= one.starts_on
    return not before and not after


def clipped(price: Price) -> bool:
    """Narrow its days, in memory, to those on which its list is in force; whether any are left."""
    found = price.price_list
    ends = [day for day in (price.ends_on, found.ended_on) if day is not None]
    price.starts_on = max(price.starts_on, found.in_force_from or price.starts_on)
    price.ends_on = min(ends, default=None)
    return price.ends_on is None or price.ends_on > price.starts_on


def check_offer(price: Price, offered_cny: Decimal) -> None:
    """RuleViolation for an offer below the floor."""
    if offered_cny < price.floor_cny:
        message = _("%(pack)s 的报价 %(offered)s 低于底价 %(floor)s，不能成交。请提高报价，或者申请新的价格表。")
        words = {
            "pack": str(price),
            "offered": formats.money(offered_cny),
            "floor": formats.money(price.floor_cny),
        }
        raise RuleViolation(message % words, code="below_floor", field="price_cny")
