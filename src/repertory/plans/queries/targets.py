"""Sums of the approved targets by month, product, territory and customer; the other half of sales/queries/totals.py."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from repertory.core.actor import Actor
from repertory.core.periods import Period
from repertory.organisation.models import Territory, path_end
from repertory.plans import access
from repertory.plans.choices import Level, Measure, Parts, PlanState
from repertory.sales.queries.totals import EVERYTHING, NODE, Total, Where, with_node

REGION = 2
"""Depth of the nodes right below the root."""


def target_totals(
    *,
    actor: Actor,
    period: Period,
    by: Sequence[str] = (),
    where: Where = EVERYTHING,
    level: str = Level.BASE,
    depth: int = 2,
) -> list[Total]:
    """What the person may see of the approved targets of a period, by `by` (of totals.DIMENSIONS), in the order of the key.

    Only figures at the finest level of nodes count; by customer those that are broken down to customers. Quantities are those
    of the year's plan in sales units, amounts those of its plan in CNY; rows: how many figures. Where's basis
    says nothing here. Without dimensions there is one total, of zeros where there is no plan. depth: of the nodes of NODE.
    """
    of_customers = where.customers is not None or "customer_id" in by
    prefix = "figure__" if of_customers else ""
    rows: QuerySet[Any] = access.visible_customer_figures(actor) if of_customers else access.visible_figures(actor)
    fitting = {"plan__state": PlanState.APPROVED, "level": level, "month__gte": period.first, "month__lte": period.last}
    rows = _narrowed(rows, where, prefix).filter(**{f"{prefix}{name}": value for name, value in fitting.items()})
    if of_customers and where.customers is None:
        # Else SQLite goes through all customers' parts of all versions by customer, ten times as long.
        rows = rows.filter(figure__in=access.visible_figures(actor).filter(**fitting).values("pk"))
    sums = {
        "q": _sum_of(Measure.QUANTITY, prefix),
        "a": _sum_of(Measure.AMOUNT, prefix),
        "n": Count("pk"),
    }
    if not by:
        found = rows.aggregate(**sums)
        return [Total((), found["q"], found["a"], found["n"])]
    names = [name if name in ("customer_id", NODE) else prefix + name for name in by]
    rows = with_node(rows, by, depth, prefix)
    return [Total(row[:-3], *row[-3:]) for row in rows.order_by(*names).values_list(*names).annotate(**sums)]


def region_targets(*, actor: Actor, period: Period, level: str = Level.BASE) -> list[Total]:
    """The approved targets by (month, path of the region), for who sees whole regions: read from the figures of the regions
    themselves, which their parts add up to, not from those parts."""
    rows = access.visible_figures(actor).filter(level=level, month__gte=period.first, month__lte=period.last)
    # By keys: the index of figures begins with plan, level and territory, and a year has hundreds of thousands of figures.
    plans = access.visible_plans(actor).filter(state=PlanState.APPROVED).values_list("pk", flat=True)
    upper = Territory.objects.filter(depth__lte=REGION).values_list("pk", flat=True)
    own = rows.filter(plan__in=list(plans), territory__in=list(upper))
    own = own.filter(Q(territory__depth=REGION) | ~Q(parts=Parts.NODES))
    # A plan that begins further down has figures without any above them, found by the index of the parents.
    begun_below = rows.filter(plan__state=PlanState.APPROVED, parent=None, territory__depth__gt=REGION)
    sums = {"q": _sum_of(Measure.QUANTITY, ""), "a": _sum_of(Measure.AMOUNT, ""), "n": Count("pk")}
    by = ("month", NODE)
    found = [
        row for part in (own, begun_below) for row in with_node(part, by, REGION).values_list(*by).annotate(**sums)
    ]
    return [Total(row[:-3], *row[-3:]) for row in found]


def _narrowed(rows: QuerySet[Any], where: Where, prefix: str) -> QuerySet[Any]:
    rows = rows.exclude(**{f"{prefix}parts": Parts.NODES})
    if where.node is not None and not where.node.is_root():
        path = f"{prefix}territory__path"
        rows = rows.filter(**{f"{path}__gte": where.node.path, f"{path}__lt": path_end(where.node.path)})
    if where.products is not None:
        rows = rows.filter(**{f"{prefix}product__in": where.products})
    if where.customers is not None:
        rows = rows.filter(customer__in=where.customers)
    return rows


def _sum_of(measure: str, prefix: str) -> Coalesce:
    return Coalesce(Sum("value", filter=Q(**{f"{prefix}plan__measure": measure})), 0)
