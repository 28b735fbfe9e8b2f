"""Who sees which requests, and who may do what to them."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed, NotFound
from repertory.platform.approvals.chain import principals_of
from repertory.platform.approvals.kinds import all_kinds, directory
from repertory.platform.models import ApprovalRequest, ApprovalRoute, ApprovalStep, Deputy


def visible_requests(actor: Actor) -> QuerySet[ApprovalRequest]:
    """Where every read starts: what one asked for, decided, or holds a post of the chain for, in one's own name or as a
    deputy of today; everything for administrators and auditors. Of kinds that are not open to the person, nothing."""
    rows = ApprovalRequest.objects.filter(kind__in=[kind.key for kind in all_kinds() if kind.open_to(actor)])
    if actor.is_system or directory().may_read_all(actor):
        return rows
    mine = Q(principal_id=actor.user_id) | Q(decided_by_id=actor.user_id) | at_posts(actor, timezone.localdate())
    steps = ApprovalStep.objects.filter(mine, request_id=OuterRef("pk"))
    return rows.filter(Q(asked_by_id=actor.user_id) | Exists(steps))


def at_posts(actor: Actor, day: date) -> Q:
    """Condition on steps: of a post that the person holds, or somebody in whose name the person decides."""
    condition = Q(pk__in=[])
    if actor.user_id is None:
        return condition
    key = ("approval posts", day)
    if key not in actor.memo:
        people = (actor.user_id, *principals_of(actor.user_id, day))
        actor.memo[key] = sorted(set().union(*(directory().posts(person, day) for person in people)))
    for role, node_id in actor.memo[key]:
        condition |= Q(role=role, node_id=node_id)
    return condition


def visible_deputies(actor: Actor) -> QuerySet[Deputy]:
    """Those one named or was named; all of them for administrators and auditors."""
    if actor.is_system or directory().may_read_all(actor):
        return Deputy.objects.all()
    return Deputy.objects.filter(Q(person_id=actor.user_id) | Q(deputy_id=actor.user_id))


def visible_routes(actor: Actor) -> QuerySet[ApprovalRoute]:
    return ApprovalRoute.objects.all() if may_see_routes(actor) else ApprovalRoute.objects.none()


def may_see_routes(actor: Actor) -> bool:
    return actor.is_system or directory().may_read_all(actor)


def may_set_routes(actor: Actor) -> bool:
    return may_write(actor) and (actor.is_system or directory().may_administer(actor))


def may_write(actor: Actor) -> bool:
    return actor.is_system or directory().may_write(actor)


def may_withdraw(actor: Actor, request: ApprovalRequest) -> bool:
    """Who asked for it takes it back."""
    return may_write(actor) and (actor.is_system or request.asked_by_id == actor.user_id)


def get_request(actor: Actor, request_id: int) -> ApprovalRequest:
    """The request, or NotFound."""
    found = visible_requests(actor).filter(pk=request_id).first()
    if found is None:
        raise NotFound()
    return found


def require(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed(_("您的岗位不能做这项操作。"))
