"""Key messages: a draft is submitted, somebody else approves it, the next version takes its place, or it is withdrawn."""

from datetime import date, datetime
from typing import Any

from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotAllowed, NotFound, RuleViolation, Stale
from repertory.core.states import move
from repertory.core.time import day_of
from repertory.platform.changes import Changes, apply
from repertory.platform.unit import action, emit
from repertory.products import access
from repertory.products.actions import writing
from repertory.products.choices import EDITABLE, MESSAGE_TRANSITIONS, OPEN, MessageState
from repertory.products.events import MessageApproved, MessageSubmitted, MessageWithdrawn
from repertory.products.inputs import DecideMessage, DraftMessage, ReviseMessage, WithdrawMessage
from repertory.products.models import KeyMessage, MessageVersion, Product
from repertory.products.rules import latest_end

WORDING = ("theme", "title", "text", "audiences", "departments", "evidence", "valid_from", "valid_until")


@action
def draft_message(*, actor: Actor, at: datetime, product_id: int, data: DraftMessage) -> MessageVersion:
    """Write a new message of a product: its first version, nobody's to use until it is approved."""
    product = access.lock_for_messages(actor, product_id)
    message = KeyMessage.objects.create(product=product, created_at=at)
    return _write(actor, at, message, 1, data)


@action
def draft_next_version(*, actor: Actor, at: datetime, message_id: int, data: DraftMessage) -> MessageVersion:
    """Write the next version of a message. The one in use stays so until the new one is approved and begins."""
    message = access.visible_messages(actor).filter(pk=message_id).first()
    if message is None:
        raise NotFound()
    message.product = access.lock_for_messages(actor, message.product_id)
    if MessageVersion.objects.filter(message=message, state__in=OPEN).exists():
        raise Conflict(_("这条信息已有一个版本在起草或待审批，请先处理它。"), code="version_open")
    last = MessageVersion.objects.filter(message=message).aggregate(last=Max("number"))["last"] or 0
    return _write(actor, at, message, last + 1, data)


@action
def revise_draft(*, actor: Actor, at: datetime, version_id: int, data: ReviseMessage) -> MessageVersion:
    """Change a wording that nobody has approved yet. Whoever changed it last can't approve it, nor can its first author."""
    version, product = _locked(actor, version_id, access.lock_for_messages)
    if version.state not in EDITABLE:
        raise RuleViolation(_("已提交或已批准的版本不能改，请起草新版本。"), code="not_editable")
    if data.version is not None and data.version != version.version:
        raise Stale()
    changes = apply(version, _wording(data))
    if changes:
        version.edited_by_id = actor.user_id
        version.version += 1
        version.save()
        writing.note("message_revised", product, {"title": [None, version.title], **changes})
    return version


@action
def discard_draft(*, actor: Actor, at: datetime, version_id: int) -> None:
    """Throw away a wording that was never approved; nothing points at it."""
    version, product = _locked(actor, version_id, access.lock_for_messages)
    if version.state not in EDITABLE:
        raise RuleViolation(_("已提交或已批准的版本不能删除。"), code="not_editable")
    writing.note("message_discarded", product, {"title": [version.title, ""], "text": [version.text, ""]})
    version.delete()
    if not MessageVersion.objects.filter(message=version.message).exists():
        version.message.delete()


@action
def submit_message(*, actor: Actor, at: datetime, version_id: int) -> MessageVersion:
    """Ask for approval. What is said to customers stands on evidence, of a product that has its approval."""
    version, product = _locked(actor, version_id, access.lock_for_messages)
    if not version.evidence:
        raise RuleViolation(_("请先写明依据（说明书章节、文献等）再提交。"), field="evidence", code="evidence_missing")
    if not product.approval_number:
        raise RuleViolation(_("产品还没有批准文号，不能提交推广信息。"), code="approval_missing")
    _move(version, MessageState.SUBMITTED, submitted_at=at, author_id=version.author_id or actor.user_id)
    _note("message_submitted", product, version)
    emit(MessageSubmitted(version.pk))
    return _fresh(version)


@action
def decide_message(*, actor: Actor, at: datetime, version_id: int, data: DecideMessage) -> MessageVersion:
    """Approve for some days, or send back with the reason; never one's own wording. The version before is superseded from
    the new one's first day on and stays as it was for the days before."""
    version, product = _locked(actor, version_id, access.lock_for_approval)
    if not access.may_decide(actor, version):
        raise NotAllowed(_("自己起草的信息要由别人审批。"), code="own_request")
    decided: dict[str, Any] = {"decided_at": at, "decided_by_id": actor.user_id, "decision_note": data.note}
    if not data.approve:
        if not data.note:
            raise RuleViolation(_("退回时请写明原因。"), field="note")
        _move(version, MessageState.RETURNED, **decided)
        _note("message_decided", product, version, MessageState.RETURNED, reason=data.note)
        return _fresh(version)
    start, end = _validity(version, data, at)
    _move(version, MessageState.APPROVED, valid_from=start, valid_until=end, **decided)
    _supersede(version, start)
    _note("message_decided", product, version, MessageState.APPROVED, reason=data.note)
    emit(MessageApproved(version.pk, start, end))
    return _fresh(version)


@action
def withdraw_message(*, actor: Actor, at: datetime, version_id: int, data: WithdrawMessage) -> MessageVersion:
    """From today nobody may say it any more; where it was said before, it was allowed then."""
    version, product = _locked(actor, version_id, access.lock_for_messages)
    _move(version, MessageState.WITHDRAWN, withdrawn_on=day_of(at), withdrawal_reason=data.reason)
    _note("message_withdrawn", product, version, reason=data.reason)
    emit(MessageWithdrawn(version.pk, day_of(at)))
    return _fresh(version)


def _write(actor: Actor, at: datetime, message: KeyMessage, number: int, data: DraftMessage) -> MessageVersion:
    version = MessageVersion.objects.create(
        message=message, number=number, author_id=actor.user_id, created_at=at, **_wording(data)
    )
    writing.note("message_drafted", message.product, {"title": ["", version.title], "text": ["", version.text]})
    return version


def _wording(data: DraftMessage) -> dict[str, Any]:
    values = {name: getattr(data, name) for name in WORDING}
    values["audiences"] = [str(audience) for audience in dict.fromkeys(data.audiences)]
    values["departments"] = list(dict.fromkeys(data.departments))
    return values | {"theme": str(data.theme)}


def _locked(actor: Actor, version_id: int, lock: Any) -> tuple[MessageVersion, Product]:
    """A wording that the person sees, with its product locked: all steps of one product's messages go one by one."""
    known = access.visible_versions(actor).filter(pk=version_id).values_list("message__product_id", flat=True).first()
    if known is None:
        raise NotFound()
    product = lock(actor, known)
    version = MessageVersion.objects.select_related("message").filter(pk=version_id).first()
    if version is None:
        raise NotFound()
    version.message.product = product
    return version, product


def _move(version: MessageVersion, state: MessageState, **changes: Any) -> None:
    move(
        MessageVersion,
        version.pk,
        version.state,
        state,
        MESSAGE_TRANSITIONS,
        field="state",
        version=version.version + 1,
        **changes,
    )


def _fresh(version: MessageVersion) -> MessageVersion:
    product = version.message.product
    version.refresh_from_db()
    version.message.product = product
    return version


def _validity(version: MessageVersion, data: DecideMessage, at: datetime) -> tuple[date, date]:
    """First and last day: as decided, else as proposed, else from today as long as the rule allows. Approving does not
    reach back."""
    today = day_of(at)
    start = data.valid_from or version.valid_from or today
    if start < today:
        if data.valid_from is not None:
            raise RuleViolation(_("生效日期不能早于今天。"), field="valid_from")
        start = today
    latest = latest_end(start)
    end = data.valid_until or version.valid_until or latest
    if end > latest:
        message = _("有效期最长到 %(day)s（见“设置”里的规则）。") % {"day": latest}
        raise RuleViolation(message, field="valid_until", code="valid_too_long")
    if end < start:
        raise RuleViolation(_("有效期不能早于生效日期。"), field="valid_until")
    return start, end


def _supersede(version: MessageVersion, start: date) -> None:
    """Earlier versions end where this one begins, unless they ended before."""
    earlier = MessageVersion.objects.filter(message=version.message_id, number__lt=version.number)
    earlier = earlier.filter(state__in=(MessageState.APPROVED, MessageState.WITHDRAWN))
    still = earlier.filter(Q(superseded_on=None) | Q(superseded_on__gt=start))
    still.update(superseded_on=start, version=F("version") + 1)


def _note(
    verb: str, product: Product, version: MessageVersion, state: MessageState | None = None, *, reason: str = ""
) -> None:
    changes: Changes = {"title": [None, version.title], "number": [None, version.number]}
    if state is not None:
        changes["state"] = [str(version.state), str(state)]
    writing.note(verb, product, changes, reason=reason)
