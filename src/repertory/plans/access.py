"""Who sees which plans and targets, and who may do what to them (M-PLN-1, M-LAW-1)."""

from django.db.models import QuerySet

from repertory.core.actor import Actor
from repertory.organisation.access import has_role, scope_of
from repertory.organisation.choices import Role
from repertory.plans.choices import PlanState
from repertory.plans.models import CustomerFigure, TargetFigure, TargetPlan
from repertory.sales import access as sales

# Who makes the company's plan; leaders break down what they are given.
PLANNERS = frozenset({Role.FINANCE, Role.ADMIN})
LEADERS = frozenset({Role.SUPERVISOR, Role.MANAGER})
# Whoever only has figures to reach is told of them once they are approved.
EARLY_READERS = PLANNERS | LEADERS | {Role.AUDITOR, Role.PRODUCT_MANAGER}
IN_FORCE = (PlanState.APPROVED, PlanState.REPLACED)


def may_see(actor: Actor) -> bool:
    """The academic side has no quota."""
    return sales.may_see(actor)


def may_see_drafts(actor: Actor) -> bool:
    return may_see(actor) and has_role(actor, *EARLY_READERS)


def visible_plans(actor: Actor) -> QuerySet[TargetPlan]:
    """Where every read of plans starts."""
    plans = TargetPlan.objects.all()
    if not may_see(actor):
        return plans.none()
    return plans if may_see_drafts(actor) else plans.filter(state__in=IN_FORCE)


def visible_figures(actor: Actor) -> QuerySet[TargetFigure]:
    """Figures of nodes in one's part of the tree, of the plans that one sees."""
    figures = sales.visible_sales(actor, TargetFigure.objects.all())
    return figures if may_see_drafts(actor) else figures.filter(plan__state__in=IN_FORCE)


def visible_customer_figures(actor: Actor) -> QuerySet[CustomerFigure]:
    rows = CustomerFigure.objects.all()
    if scope_of(actor).whole and may_see_drafts(actor) and not sales.sees_own_products_only(actor):
        return rows
    return rows.filter(figure__in=visible_figures(actor).order_by().values("pk"))
