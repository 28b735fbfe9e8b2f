"""Plans whose figures are written down as they are."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from repertory.customers.models import Customer
from repertory.organisation.models import Territory
from repertory.plans.choices import Parts, PlanState
from repertory.plans.models import CustomerFigure, TargetFigure, TargetPlan
from repertory.products.models import Product

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def open_plan(**facts: Any) -> TargetPlan:
    given = {"year": 2026, "measure": "amount", "number": 1, "state": PlanState.APPROVED, "step": Decimal(1)}
    return TargetPlan.objects.create(**{**given, "created_at": AT, "updated_at": AT, **facts})


def put_figure(
    plan: TargetPlan,
    territory: Territory,
    product: Product,
    value: int,
    *,
    month: int = 202603,
    parent: TargetFigure | None = None,
    level: str = "base",
) -> TargetFigure:
    """A figure; with a parent, one of its parts."""
    if parent is not None and parent.parts != Parts.NODES:
        parent.parts = Parts.NODES
        parent.save(update_fields=["parts"])
    return TargetFigure.objects.create(
        plan=plan, territory=territory, product=product, value=Decimal(value), month=month, parent=parent, level=level
    )


def put_customer(figure: TargetFigure, customer: Customer, value: int) -> CustomerFigure:
    if figure.parts != Parts.CUSTOMERS:
        figure.parts = Parts.CUSTOMERS
        figure.save(update_fields=["parts"])
    return CustomerFigure.objects.create(figure=figure, customer=customer, value=Decimal(value))
