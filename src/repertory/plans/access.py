"""Who sees which plans and targets, and who may do what to them (M-PLN-1, M-LAW-1)."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed, NotFound
from repertory.organisation.access import Scope, has_role, may_write, scope_of, visible_territories
from repertory.organisation.choices import Role
from repertory.organisation.models import Territory, User
from repertory.organisation.queries.chain import assignments_on, superiors_of
from repertory.plans.choices import PlanState
from repertory.plans.models import CustomerFigure, TargetFigure, TargetPlan, TargetReply, Task
from repertory.sales import access as sales

# Who makes the company's plan; leaders break down what they are given.
PLANNERS = frozenset({Role.FINANCE, Role.ADMIN})
LEADERS = frozenset({Role.SUPERVISOR, Role.MANAGER})
# Whoever only has figures to reach is told of them once they are approved.
EARLY_READERS = PLANNERS | LEADERS | {Role.AUDITOR, Role.PRODUCT_MANAGER}
# See the tasks of the people below them, or everybody's.
TASK_READERS = LEADERS | {Role.ADMIN, Role.AUDITOR}
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


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    """One's own, those that one gave, and those of the people in the part of the tree that one leads."""
    tasks, day = Task.objects.all(), timezone.localdate()
    scope = scope_of(actor, only=TASK_READERS)
    if scope.whole:
        return tasks
    led = assignments_on(day).filter(scope.as_condition("territory__")).values("user_id")
    return tasks.filter(Q(owner=actor.user_id) | Q(set_by=actor.user_id) | Q(owner__in=led))


def may_see_tasks(actor: Actor) -> bool:
    """Everybody signed in has the page; what stands there is visible_tasks' question."""
    return True


def may_lead_person(actor: Actor, person: User) -> bool:
    """Give tasks to somebody, check and comment on them: superiors on the way up, and administrators; never oneself."""
    if not may_write(actor) or actor.user_id == person.pk:
        return False
    if has_role(actor, Role.ADMIN):
        return True
    above = superiors_of(person=person, day=timezone.localdate(), whole_chain=True)
    return actor.user_id in {superior.pk for superior in above}


def may_give_tasks(actor: Actor) -> bool:
    """In general; to whom, may_lead_person says."""
    return may_write(actor) and has_role(actor, *LEADERS, Role.ADMIN)


def may_do_tasks(actor: Actor) -> bool:
    return may_write(actor)


def get_task(actor: Actor, task_id: int) -> Task:
    task = visible_tasks(actor).select_related("owner", "set_by", "checked_by").filter(pk=task_id).first()
    if task is None:
        raise NotFound()
    return task


def lock_task(actor: Actor, task_id: int, *, led: bool) -> Task:
    """The task, locked for a step: of its owner, or, led, of who leads the owner. NotFound out of sight."""
    task = get_task(actor, task_id)
    if led and not may_lead_person(actor, task.owner):
        raise NotAllowed(_("只有负责人的上级能检查和批注这项任务，不能检查自己的任务。"))
    if not led and not (may_write(actor) and task.owner_id == actor.user_id):
        raise NotAllowed(_("这项任务由 %(name)s 填写进展。") % {"name": task.owner.name})
    return Task.objects.select_for_update(of=("self",)).select_related("owner").get(pk=task_id)
