"""Sums of sales by month, product, territory and customer, read from the smallest table that knows the answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Substr

from repertory.core.actor import Actor
from repertory.core.periods import Period
from repertory.customers.queries.merged import identities_of, survivors_of
from repertory.organisation.models import Territory, path_end
from repertory.sales import access
from repertory.sales.choices import STREAMS_OF, Basis
from repertory.sales.models import Entry

NODE = "node"
"""The node of a level that a sale lies below: its path."""
DIMENSIONS = ("month", "product_id", "territory_id", NODE, "customer_id")
LARGEST_NODE = 2 * Territory.steplen
"""Length of the path of a region, the finest node that the sums by region know."""


@dataclass(frozen=True)
class Where:
    """Which sales. node: that part of the tree. products, customers: their keys; None for all of them. basis: "" counts what
    moved at all, which no amount is made of: what we ship comes back as flow."""

    node: Territory | None = None
    products: Collection[int] | None = None
    customers: Collection[int] | None = None
    basis: str = Basis.TERMINAL


EVERYTHING = Where()


@dataclass(frozen=True)
class Total:
    """key: the values of the dimensions asked for, in their order. quantity in sales units, amount in CNY."""

    key: tuple[Any, ...]
    quantity: Decimal
    amount: Decimal
    rows: int


def totals(
    *,
    actor: Actor,
    period: Period,
    by: Sequence[str] = (),
    where: Where = EVERYTHING,
    depth: int = 2,
    largest: int | None = None,
) -> list[Total]:
    """What the person may see of the sales of a period, by `by` (of DIMENSIONS), in the order of the key.

    Without dimensions there is one total, of zeros where nothing was sold. depth: of the nodes of NODE, 2 is the regions.
    largest: only so many, those with the largest amount.
    """
    rows = sales_rows(actor=actor, where=where, by=by, depth=depth)
    rows = rows.filter(month__gte=period.first, month__lte=period.last)
    sums = {"q": Sum("quantity"), "a": Sum("amount"), "n": Count("pk") if rows.model is Entry else Sum("rows")}
    if not by:
        found = rows.aggregate(**sums)
        return [Total((), found["q"] or Decimal(0), found["a"] or Decimal(0), found["n"] or 0)]
    grouped = with_node(rows, by, depth).values_list(*by).annotate(**sums)
    grouped = grouped.order_by(*by) if largest is None else grouped.order_by("-a", *by)[:largest]
    totalled = [Total(row[:-3], *row[-3:]) for row in grouped]
    if "customer_id" not in by:
        return totalled
    merged = _one_identity(totalled, list(by).index("customer_id"))
    return merged if largest is None else sorted(merged, key=lambda total: -total.amount)


def _one_identity(found: list[Total], place: int) -> list[Total]:
    """Merged customers under the key of who they are now."""
    now = survivors_of({total.key[place] for total in found})
    if not now:
        return found
    summed: dict[tuple[Any, ...], Total] = {}
    for total in found:
        customer = now.get(total.key[place], total.key[place])
        key = (*total.key[:place], customer, *total.key[place + 1 :])
        before = summed.get(key, Total(key, Decimal(0), Decimal(0), 0))
        summed[key] = Total(
            key, before.quantity + total.quantity, before.amount + total.amount, before.rows + total.rows
        )
    return list(summed.values())


def with_node(rows: QuerySet[Any], by: Sequence[str], depth: int, prefix: str = "") -> QuerySet[Any]:
    """The rows with the path of the node of a level, where it is asked for."""
    if NODE not in by:
        return rows.order_by()
    return rows.order_by().annotate(node=Substr(f"{prefix}territory__path", 1, depth * Territory.steplen))


def sales_rows(*, actor: Actor, where: Where, by: Sequence[str] = (), depth: int = 2) -> QuerySet[Any]:
    """The rows of the smallest table that has what is asked for, as far as the person sees them."""
    of_customers = where.customers is not None or "customer_id" in by
    of_products = where.products is not None or "product_id" in by or access.sees_own_products_only(actor)
    deep = NODE in by and depth * Territory.steplen > LARGEST_NODE
    below_regions = where.node is not None and len(where.node.path) > LARGEST_NODE
    of_territories = "territory_id" in by or deep or below_regions
    rows: QuerySet[Any]
    if not of_customers and not of_territories and access.sees_whole_regions(actor):
        rows = access.visible_region_sales(actor)
    elif not of_customers:
        rows = access.visible_month_sales(actor)
    elif not of_products:
        rows = access.visible_customer_sales(actor)
    else:
        rows = access.visible_entries(actor)
    return _narrowed(rows, where)


def _narrowed(rows: QuerySet[Any], where: Where) -> QuerySet[Any]:
    if where.basis:
        rows = rows.filter(stream__in=STREAMS_OF[where.basis])
    if where.node is not None and not where.node.is_root():
        rows = rows.filter(territory__path__gte=where.node.path, territory__path__lt=path_end(where.node.path))
    if where.products is not None:
        rows = rows.filter(product__in=where.products)
    if where.customers is not None:
        rows = rows.filter(customer__in=identities_of(where.customers))
    return rows
