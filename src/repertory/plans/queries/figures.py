"""Lists of figures, of nodes and of customers, and the grid of a plan's page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from repertory.core.actor import Actor
from repertory.core.listing import Column, ListQuery, Page, apply_filters, column_of, page_of
from repertory.organisation.models import Territory
from repertory.plans import access
from repertory.plans.choices import Parts, PlanState
from repertory.plans.models import CustomerFigure, TargetFigure, TargetPlan

SORTS = {"id": "id", "month": "month", "value": "value"}
CUSTOMER_SORTS = {"id": "id", "value": "value"}
NAMES = ("level", "month", "parts", "value", "fixed")


def figure_columns() -> dict[str, Column]:
    """Every column by its key; of the figures of nodes."""
    found = {name: column_of(TargetFigure, name, sortable=name in SORTS) for name in NAMES}
    references = {"plan": "plan_id", "product": "product__code", "territory": "territory__code"}
    known = found | {name: column_of(TargetFigure, name, path=path) for name, path in references.items()}
    of_plan = {name: column_of(TargetPlan, name, path=f"plan__{name}") for name in ("year", "measure", "state")}
    return known | of_plan


def customer_columns() -> dict[str, Column]:
    """The same of the figures of customers."""
    own = {name: column_of(CustomerFigure, name, sortable=name == "value") for name in ("value", "fixed")}
    own["customer"] = column_of(CustomerFigure, "customer", path="customer__code")
    above = {
        name: Column(name, column.label, column.kind, f"figure__{column.path}", column.choices)
        for name, column in figure_columns().items()
        if name not in ("value", "fixed", "parts")
    }
    return above | own


def list_figures(*, actor: Actor, query: ListQuery) -> Page[TargetFigure]:
    """One page of the figures of nodes in sight; of the approved plans where neither plan nor state is asked for."""
    rows = matching_figures(actor=actor, query=query).select_related("plan", "product", "territory")
    return page_of(rows, query, SORTS)


def matching_figures(*, actor: Actor, query: ListQuery) -> QuerySet[TargetFigure]:
    return apply_filters(access.visible_figures(actor), _filters(query), figure_columns())


def list_customer_figures(*, actor: Actor, query: ListQuery) -> Page[CustomerFigure]:
    rows = matching_customer_figures(actor=actor, query=query)
    names = ("customer", "figure__plan", "figure__product", "figure__territory")
    return page_of(rows.select_related(*names), query, CUSTOMER_SORTS)


def matching_customer_figures(*, actor: Actor, query: ListQuery) -> QuerySet[CustomerFigure]:
    return apply_filters(access.visible_customer_figures(actor), _filters(query), customer_columns())


def _filters(query: ListQuery) -> dict[str, list[str]]:
    filters = dict(query.filters)
    if not {"plan", "state"} & set(filters):
        filters["state"] = [PlanState.APPROVED]
    for name in ("plan",):
        if name in filters:
            filters[name] = [
                value for value in filters[name] if value.isascii() and value.isdecimal() and len(value) < 19
            ]
    return filters


@dataclass
class GridRow:
    """A node's, or a customer's, figures of the columns. held: in how many figures of a column something is fixed."""

    name: str
    code: str
    depth: int
    node: Territory | None = None
    values: dict[int, Decimal] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)

    @property
    def total(self) -> Decimal:
        return sum(self.values.values(), Decimal(0))


def grid(*, actor: Actor, plan: TargetPlan, level: str, product_id: int | None) -> list[GridRow]:
    """The nodes in sight that have figures, from the top down, by month; of one product or of all."""
    rows = access.visible_figures(actor).filter(plan=plan, level=level)
    if product_id is not None:
        rows = rows.filter(product=product_id)
    sums = (
        rows.order_by()
        .values_list("territory_id", "month")
        .annotate(
            value=Sum("value"),
            held=Count("pk", filter=Q(fixed=True)),
            whole=Count("pk", filter=Q(parts=Parts.NONE)),
            shared=Count("pk", filter=Q(parts=Parts.CUSTOMERS)),
        )
    )
    nodes = {node.pk: node for node in Territory.objects.filter(pk__in=rows.order_by().values("territory_id"))}
    found: dict[int, GridRow] = {}
    for key, month, value, held, whole, shared in sums:
        row = found.setdefault(key, GridRow(nodes[key].name, nodes[key].code, nodes[key].depth, nodes[key]))
        row.values[month], row.held[month] = value, held
        row.parts |= {Parts.NONE} if whole else set()
        row.parts |= {Parts.CUSTOMERS} if shared else set()
    return sorted(found.values(), key=lambda row: row.node.path if row.node else "")


def customer_grid(
    *, actor: Actor, plan: TargetPlan, level: str, node: Territory, product_id: int | None
) -> list[GridRow]:
    """The customers of a node, by name."""
    rows = access.visible_customer_figures(actor).filter(figure__plan=plan, figure__level=level, figure__territory=node)
    if product_id is not None:
        rows = rows.filter(figure__product=product_id)
    names = ("customer__code", "customer__name", "figure__month")
    sums = rows.order_by().values_list(*names).annotate(value=Sum("value"), held=Count("pk", filter=Q(fixed=True)))
    found: dict[str, GridRow] = {}
    for code, name, month, value, held in sums:
        row = found.setdefault(code, GridRow(name, code, node.depth + 1))
        row.values[month], row.held[month] = value, held
    return sorted(found.values(), key=lambda row: (-row.total, row.code))


def products_of(plan: TargetPlan, *, actor: Actor) -> list[tuple[int, str]]:
    """(key, name) of the products that the plan has figures of, in order."""
    figures = access.visible_figures(actor).filter(plan=plan)
    rows = figures.order_by("product__sort_key", "product_id").values_list(
        "product_id", "product__generic_name", "product__trade_name"
    )
    return [(key, f"{name}（{trade}）" if trade else name) for key, name, trade in rows.distinct()]


def sum_of(
    *, plan: TargetPlan, level: str, territory: Territory, product_id: int, months: Sequence[int], customer: str = ""
) -> tuple[Decimal, bool]:
    """What stands there for some months, and whether all of it is fixed. The caller has seen that the person may."""
    place = {"plan": plan, "level": level, "territory": territory, "product": product_id, "month__in": list(months)}
    rows: QuerySet[Any] = TargetFigure.objects.filter(**place)
    if customer:
        above = {f"figure__{name}": value for name, value in place.items()}
        rows = CustomerFigure.objects.filter(customer__code=customer, **above)
    found = rows.aggregate(value=Sum("value"), free=Count("pk", filter=Q(fixed=False)), count=Count("pk"))
    return found["value"] or Decimal(0), bool(found["count"]) and not found["free"]


@dataclass(frozen=True)
class Room:
    """Around a figure: the sum above, what is fixed beside it, how many others are free."""

    above: Decimal
    held: Decimal
    free: int


def room_beside(*, plan: TargetPlan, place: dict[str, Any], months: Sequence[int]) -> Room | None:
    """None at the top of the tree. The caller has seen that the person may know the figure above."""
    cell = {"plan": plan, "level": place["level"], "product": place["product_id"], "month__in": list(months)}
    own = TargetFigure.objects.filter(**cell, territory__code=place["territory"])
    beside: QuerySet[Any]
    if place.get("customer"):
        above, beside = own, CustomerFigure.objects.filter(figure__in=own).exclude(customer__code=place["customer"])
    else:
        above = TargetFigure.objects.filter(pk__in=own.exclude(parent=None).values("parent"))
        beside = TargetFigure.objects.filter(parent__in=above).exclude(territory__code=place["territory"])
    total = above.aggregate(value=Sum("value"))["value"]
    if total is None:
        return None
    found = beside.aggregate(held=Sum("value", filter=Q(fixed=True)), free=Count("pk", filter=Q(fixed=False)))
    return Room(total, found["held"] or Decimal(0), found["free"] // max(1, len(months)))
