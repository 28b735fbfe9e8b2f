"""Plans whose figures are written down as they are, and plans drawn up by the actions."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from repertory.core.actor import Actor, Door, system_actor
from repertory.core.inputs import read_input
from repertory.core.periods import first_day
from repertory.customers.models import Customer
from repertory.organisation.models import Territory, User
from repertory.plans import actions
from repertory.plans.choices import Parts, PlanState
from repertory.plans.inputs import CreatePlan, SubmitTargetPlan
from repertory.plans.models import CustomerFigure, TargetFigure, TargetPlan
from repertory.platform.approvals.actions import approve_step, reject_request
from repertory.platform.approvals.inputs import ApproveStep, RejectRequest
from repertory.platform.approvals.queries import last_of
from repertory.products.models import Product
from repertory.sales.actions.regions import roll_up
from repertory.sales.actions.sums import sum_up
from repertory.sales.models import Entry, SalesFile

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


def drawn_up(figures: dict[Product, int], *, at: datetime, actor: Actor | None = None, **facts: Any) -> TargetPlan:
    """A draft of this year in equal months, through the action."""
    given = [{"product_id": product.pk, "value": value} for product, value in figures.items()]
    data = read_input(CreatePlan, {"year": at.year, "seasons": "equal", "figures": given, **facts})
    return actions.create_plan(actor=actor or system_actor(), at=at, data=data)


def in_force(plan: TargetPlan, *, at: datetime, asker: Actor | None = None) -> TargetPlan:
    """Submitted, and approved by the manager of the whole company."""
    actions.submit_plan(actor=asker or system_actor(), at=at, plan_id=plan.pk, data=SubmitTargetPlan())
    decide(plan, at=at)
    plan.refresh_from_db()
    return plan


def decide(plan: TargetPlan, *, at: datetime, who: str = "boss", refuse: str = "") -> None:
    request = last_of(kind="target_plan", object_id=plan.pk)
    assert request is not None
    actor = Actor(user=User.objects.get(username=who), door=Door.WEB)
    if refuse:
        data = RejectRequest(version=request.version, comment=refuse)
        reject_request(actor=actor, at=at, request_id=request.pk, data=data)
    else:
        approve_step(actor=actor, at=at, request_id=request.pk, data=ApproveStep(version=request.version))


def sell(customer: Customer, product: Product, territory: Territory, amount: int, *, month: int) -> None:
    """A sale of that month as the ledger and its sums have it."""
    file, _new = SalesFile.objects.get_or_create(
        source="own", month=month, number=1, defaults={"digest": "", "rows": 0, "at": AT}
    )
    day = first_day(month)
    facts = {"month": month, "territory": territory, "stream": "flow", "quantity": amount, "amount": amount}
    Entry.objects.create(file=file, row=1, day=day, customer=customer, product=product, **facts)
    sum_up(month)
    roll_up([month])


def value_at(plan: TargetPlan, territory: Territory, product: Product, *, month: int, level: str = "base") -> Decimal:
    return TargetFigure.objects.get(plan=plan, territory=territory, product=product, month=month, level=level).value
