"""A request's way: asked, decided step by step, approved, rejected or withdrawn (M-PLT-3)."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotAllowed, RuleViolation
from repertory.core.states import move
from repertory.core.time import day_of
from repertory.platform.approvals import access, chain
from repertory.platform.approvals.events import ApprovalMoved
from repertory.platform.approvals.inputs import ApproveStep, RejectRequest, WithdrawRequest
from repertory.platform.approvals.kinds import directory, kind_named
from repertory.platform.audit_lines import Line
from repertory.platform.changes import Changes, plain
from repertory.platform.models import ApprovalRequest, ApprovalStep
from repertory.platform.models.approvals import REQUEST_TRANSITIONS, STEP_TRANSITIONS, RequestState, StepState
from repertory.platform.unit import action, emit, record

LONGEST_TITLE = 200
LONGEST_REASON = 1000


@action
def request_approval(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    object_id: int,
    title: str,
    amount: Decimal | None = None,
    node: int | None = None,
    reason: str = "",
    authors: Collection[int] = (),
) -> ApprovalRequest:
    """Put a thing up for approval by the posts that its kind's route names; for other domains, which judge whether the
    person may. amount: in CNY. node: key of the thing's place in the tree, None: where the person stands. authors: keys of
    those who made the thing and therefore decide nothing.

    Raises Conflict where it waits already, RuleViolation where nobody could decide it.
    """
    found, day = kind_named(kind), day_of(at)
    if ApprovalRequest.objects.filter(kind=kind, object_id=object_id, state=RequestState.WAITING).exists():
        raise Conflict(_("它已经在审批中了，请等审批完，或者先撤回。"), code="waiting")
    node_id = node if node is not None else directory().home(actor.user_id, day)
    barred = {*authors} | ({actor.user_id} if actor.user_id is not None else set())
    posts = chain.chain_of(found, node_id=node_id, amount_cny=amount, barred=barred, day=day)
    request = ApprovalRequest.objects.create(
        kind=kind,
        object_id=object_id,
        title=title[:LONGEST_TITLE],
        amount_cny=amount,  # type: ignore[misc]
        node_id=node_id,
        asked_by_id=actor.user_id,
        authors=sorted({*authors}),
        asked_at=at,
        reason=reason[:LONGEST_REASON],
    )
    ApprovalStep.objects.bulk_create(
        ApprovalStep(request=request, position=position, role=post.role, node_id=post.node_id)
        for position, post in enumerate(posts, 1)
    )
    amounts: Changes = {"amount_cny": ["", plain(amount)]} if amount is not None else {}
    note("approval_asked", request, {"kind": ["", kind], **amounts}, reason=reason)
    emit(ApprovalMoved(request.pk))
    return request


@action
def approve_step(*, actor: Actor, at: datetime, request_id: int, data: ApproveStep) -> ApprovalRequest:
    """Agree to the step whose turn it is; after the last one what was asked for happens, or nothing of this did."""
    request, step = _decided(actor, at, request_id, data, StepState.APPROVED)
    following = chain.waiting_steps(request.steps.order_by("position"))
    if following:
        ApprovalRequest.objects.filter(pk=request.pk).update(step=following[0].position)
        request.refresh_from_db()
        note("approval_step_approved", request, _who(step), reason=data.comment)
    else:
        _end(request, RequestState.APPROVED, at=at)
        note("approval_approved", request, _who(step), reason=data.comment)
        kind_named(request.kind).on_approved(request, actor=actor, at=at)
    emit(ApprovalMoved(request.pk))
    return request


@action
def reject_request(*, actor: Actor, at: datetime, request_id: int, data: RejectRequest) -> ApprovalRequest:
    """Refuse, with the reason: the whole request ends."""
    request, step = _decided(actor, at, request_id, data, StepState.REJECTED)
    _end(request, RequestState.REJECTED, at=at)
    note("approval_rejected", request, _who(step), reason=data.comment)
    kind_named(request.kind).on_rejected(request, actor=actor, at=at)
    emit(ApprovalMoved(request.pk))
    return request


@action
def withdraw_request(*, actor: Actor, at: datetime, request_id: int, data: WithdrawRequest) -> ApprovalRequest:
    """Who asked takes it back while it waits."""
    request = access.get_request(actor, request_id)
    if not access.may_withdraw(actor, request):
        raise NotAllowed(_("只有提交人能撤回。"))
    _claim(request, data.version)
    _end(request, RequestState.WITHDRAWN, at=at, ended_why=data.reason)
    note("approval_withdrawn", request, reason=data.reason)
    kind_named(request.kind).on_withdrawn(request, actor=actor, at=at)
    emit(ApprovalMoved(request.pk))
    return request


@action
def withdraw_of(*, actor: Actor, at: datetime, kind: str, object_id: int, reason: str = "") -> bool:
    """Take back what waits for a thing that its own domain takes back; whether something waited. The domain judges whether
    the person may, and is not called back."""
    rows = ApprovalRequest.objects.select_for_update().filter(kind=kind, object_id=object_id)
    request = rows.filter(state=RequestState.WAITING).first()
    if request is None:
        return False
    _claim(request, request.version)
    _end(request, RequestState.WITHDRAWN, at=at, ended_why=reason[:LONGEST_REASON])
    note("approval_withdrawn", request, reason=reason)
    emit(ApprovalMoved(request.pk))
    return True


def _decided(
    actor: Actor, at: datetime, request_id: int, data: ApproveStep | RejectRequest, to: StepState
) -> tuple[ApprovalRequest, ApprovalStep]:
    """The request, taken by compare-and-swap, and its step with the decision. Of two people one wins."""
    request = access.get_request(actor, request_id)
    _claim(request, data.version)
    steps = list(request.steps.order_by("position"))
    principal = chain.principal_for(actor, request, steps, day=day_of(at))
    if principal is None:
        raise _why_not(actor, request, steps, at)
    step = chain.waiting_steps(steps)[0]
    decision = {"principal_id": principal, "decided_by_id": actor.user_id, "decided_at": at, "comment": data.comment}
    move(ApprovalStep, step.pk, StepState.WAITING, to, STEP_TRANSITIONS, field="state", **decision)
    step.refresh_from_db()
    return request, step


def _claim(request: ApprovalRequest, version: int) -> None:
    """Go on only from what the person saw. The row stays ours until the transaction ends."""
    rows = ApprovalRequest.objects.filter(pk=request.pk, state=RequestState.WAITING, version=version)
    if rows.update(version=F("version") + 1) != 1:
        raise Conflict(_("这份申请刚被别人审批或撤回，请刷新后再看。"), code="moved")
    request.refresh_from_db()


def _end(request: ApprovalRequest, to: RequestState, *, at: datetime, ended_why: str = "") -> None:
    request.steps.filter(state=StepState.WAITING).update(state=StepState.DROPPED)
    move(
        ApprovalRequest,
        request.pk,
        RequestState.WAITING,
        to,
        REQUEST_TRANSITIONS,
        field="state",
        ended_at=at,
        ended_why=ended_why,
    )
    request.refresh_from_db()


def _why_not(
    actor: Actor, request: ApprovalRequest, steps: list[ApprovalStep], at: datetime
) -> RuleViolation | NotAllowed:
    if actor.user_id is not None and actor.user_id in chain.barred_of(request):
        return RuleViolation(_("不能审批自己提交或制作的申请，代理别人也不行。"), code="self_approval")
    if actor.user_id is not None and actor.user_id in chain.used_of(steps):
        return RuleViolation(_("您已经审批过其中一步，同一个人不能审批两次。"), code="twice")
    own = {actor.user_id, *chain.principals_of(actor.user_id or 0, day_of(at))}
    if own & chain.possible_principals(request, steps, day=day_of(at)) and access.may_write(actor):
        message = _("后面有一步只有您能审批，这一步请由同岗位的另一位审批。")
        return RuleViolation(message, code="needed_later")
    role = directory().role_label(chain.waiting_steps(steps)[0].role)
    return NotAllowed(_("这一步要由“%(role)s”审批。") % {"role": role})


def _who(step: ApprovalStep) -> Changes:
    changes: Changes = {"step": [None, step.position]}
    if step.principal_id != step.decided_by_id:
        changes["principal"] = [None, str(step.principal)]
    return changes


def note(verb: str, request: ApprovalRequest, changes: Changes | None = None, *, reason: str = "") -> None:
    record(Line(verb, "approval", request.pk, label=request.title, changes=changes or {}, reason=reason[:300]))
