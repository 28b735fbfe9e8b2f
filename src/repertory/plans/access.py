"""Who sees which plans and targets, and who may do what to them (M-PLN-1, M-LAW-1)."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed, NotFound
from repertory.organisation.access import Scope, has_role, may_write, scope_of, visible_territories
from repertory.organisation.choices import Role
from repertory.organisation.models import Territory
from repertory.plans.choices import PlanState
from repertory.plans.models import CustomerFigure, TargetFigure, TargetPlan, TargetReply
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


def work_scope(actor: Actor) -> Scope:
    """Where the person works on targets: the whole company, or the nodes that one leads."""
    if not (may_write(actor) and may_see(actor)):
        return Scope(whole=False)
    return scope_of(actor, only=PLANNERS | LEADERS)


def may_plan(actor: Actor) -> bool:
    """Make the company's plan, submit it, change its figures at any node."""
    return work_scope(actor).whole


def may_work(actor: Actor) -> bool:
    """In general; at which nodes, the two below say."""
    return not work_scope(actor).empty


def may_break_down(actor: Actor, territory: Territory) -> bool:
    """The parts of a figure are the business of the node's leader and of those above."""
    return work_scope(actor).covers(territory.path)


def may_set(actor: Actor, territory: Territory) -> bool:
    """A node's own figure is the business of the one above: nobody lowers their own target."""
    scope = work_scope(actor)
    return scope.whole or (not territory.is_root() and scope.covers(territory.path[: -Territory.steplen]))


def may_approve(actor: Actor, plan: TargetPlan) -> bool:
    """Nobody approves what they drew up or submitted."""
    own = actor.user_id is not None and actor.user_id in (plan.author_id, plan.submitted_by_id)
    return may_plan(actor) and not own


def may_export(actor: Actor) -> bool:
    return sales.may_export(actor)


def get_plan(actor: Actor, plan_id: int) -> TargetPlan:
    """The plan, or NotFound: not there and not yours can't be told apart."""
    plan = visible_plans(actor).filter(pk=plan_id).first()
    if plan is None:
        raise NotFound()
    return plan


def lock_plan(actor: Actor, plan_id: int, *, allowed: bool) -> TargetPlan:
    """The plan, locked for a write. NotFound out of sight, NotAllowed where the person may only look."""
    get_plan(actor, plan_id)
    if not allowed:
        raise NotAllowed(_("您可以查看这份指标，但不能做这项操作。"))
    return TargetPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)


def get_node(actor: Actor, code: str) -> Territory:
    """A node in sight by its code, or NotFound."""
    node = visible_territories(actor).filter(code=code).first()
    if node is None:
        message = _("没有编码为“%(code)s”的区域，或者不在您的范围内。") % {"code": code[:40]}
        raise NotFound(message, field="territory")
    return node


def visible_replies(actor: Actor) -> QuerySet[TargetReply]:
    """Of nodes in one's part of the tree."""
    rows = sales.visible_sales(actor, TargetReply.objects.all())
    return rows if may_see_drafts(actor) else rows.none()


def may_answer(actor: Actor, reply: TargetReply) -> bool:
    own = actor.user_id is not None and actor.user_id == reply.by_id
    return may_set(actor, reply.territory) and not own
