"""Licences and the approval before the first trade."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotAllowed, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers import access
from repertory.customers.actions import writing
from repertory.customers.choices import FIRST_TRADE_TRANSITIONS, PERSON_KINDS, ApprovalState, LicenceKind
from repertory.customers.inputs import DecideFirstTrade, RecordLicence
from repertory.customers.licensing import covers, wanted_licences
from repertory.customers.models import FirstTrade, Licence
from repertory.organisation.access import require
from repertory.platform.changes import plain
from repertory.platform.unit import action

BATCH = 2_000


@action
def record_licence(*, actor: Actor, at: datetime, customer_id: int, data: RecordLicence) -> Licence:
    """Keep a licence of an organisation."""
    customer = access.lock_editable(actor, customer_id)
    if customer.kind in PERSON_KINDS:
        raise RuleViolation(_("证照只登记在机构上。"))
    try:
        licence = Licence.objects.create(customer=customer, **data.model_dump())
    except IntegrityError:
        raise Conflict(_("这张证照已经登记过了：%(number)s。") % {"number": data.number}, field="number") from None
    writing.note("licence_recorded", customer, {"number": ["", data.number], "kind": ["", str(data.kind)]})
    return licence


@action
def record_licences(*, actor: Actor, at: datetime, wanted: Sequence[tuple[int, RecordLicence]]) -> None:
    """`record_licence` for many at once, each licence once; all of them or an error."""
    keys = {customer_id for customer_id, _data in wanted}
    customers = access.lock_all_editable(actor, keys)
    if any(customer.kind in PERSON_KINDS for customer in customers.values()):
        raise RuleViolation(_("证照只登记在机构上。"))
    rows = [Licence(customer_id=customer_id, **data.model_dump()) for customer_id, data in wanted]
    known = set(Licence.objects.filter(customer_id__in=keys).values_list("customer_id", "kind", "number"))
    for row in rows:
        if (row.customer_id, row.kind, row.number) in known:
            raise Conflict(_("这张证照已经登记过了：%(number)s。") % {"number": row.number}, field="number")
    Licence.objects.bulk_create(rows, batch_size=BATCH)
    for customer_id, data in wanted:
        changes = {"number": ["", data.number], "kind": ["", str(data.kind)]}
        writing.note("licence_recorded", customers[customer_id], changes)


@action
def revise_licence(*, actor: Actor, at: datetime, licence_id: int, data: RecordLicence) -> Licence:
    """Correct or renew a licence."""
    licence = Licence.objects.select_for_update().filter(pk=licence_id).first()
    if licence is None:
        raise NotFound()
    customer = access.lock_editable(actor, licence.customer_id)
    changes = {}
    for name, value in data.model_dump().items():
        if getattr(licence, name) != value:
            changes[name] = [plain(getattr(licence, name)), plain(value)]
            setattr(licence, name, value)
    try:
        licence.save()
    except IntegrityError:
        raise Conflict(_("这张证照已经登记过了：%(number)s。") % {"number": data.number}, field="number") from None
    if changes:
        writing.note("licence_revised", customer, changes)
    return licence


@action
def revoke_licence(*, actor: Actor, at: datetime, licence_id: int) -> Licence:
    """The authority took it back, or it was entered by mistake: from today it covers nothing."""
    licence = Licence.objects.select_for_update().filter(pk=licence_id).first()
    if licence is None:
        raise NotFound()
    customer = access.lock_editable(actor, licence.customer_id)
    if licence.revoked_on is not None:
        raise Conflict(_("这张证照已经作废过了。"))
    licence.revoked_on = day_of(at)
    licence.save(update_fields=["revoked_on"])
    writing.note("licence_revoked", customer, {"number": [licence.number, ""]})
    return licence


@action
def submit_first_trade(*, actor: Actor, at: datetime, customer_id: int) -> FirstTrade:
    """Ask for approval of the first trade; the licences that this kind of customer must have are there and valid."""
    customer = access.lock_editable(actor, customer_id)
    held = list(Licence.objects.filter(customer=customer))
    lacking = [kind for kind in wanted_licences(customer.kind) if not covers(held, kind, on=day_of(at))]
    if lacking:
        names = _("、").join(str(LicenceKind(kind).label) for kind in lacking)
        message = _("还缺少有效的%(names)s，请先登记再提交首营审批。") % {"names": names}
        raise RuleViolation(message, code="licence_missing")
    first_trade, _created = FirstTrade.objects.select_for_update().get_or_create(customer=customer)
    _move(first_trade, ApprovalState.SUBMITTED)
    first_trade.submitted_at, first_trade.submitted_by_id = at, actor.user_id
    first_trade.save()
    writing.note("first_trade_submitted", customer)
    return first_trade


@action
def decide_first_trade(*, actor: Actor, at: datetime, customer_id: int, data: DecideFirstTrade) -> FirstTrade:
    """Approve or send back; never one's own request."""
    require(access.may_approve_first_trade(actor))
    customer = access.lock_editable(actor, customer_id, only=access.APPROVERS)
    first_trade = FirstTrade.objects.select_for_update().filter(customer=customer).first()
    if first_trade is None:
        raise NotFound()
    if first_trade.submitted_by_id == actor.user_id and actor.user_id is not None:
        raise NotAllowed(_("自己提交的申请要由别人审批。"), code="own_request")
    if not data.approve and not data.note:
        raise RuleViolation(_("退回时请写明原因。"), field="note")
    _move(first_trade, ApprovalState.APPROVED if data.approve else ApprovalState.REJECTED)
    first_trade.decided_at, first_trade.decided_by_id, first_trade.note = at, actor.user_id, data.note
    first_trade.save()
    writing.note("first_trade_decided", customer, {"state": ["", str(first_trade.state)]}, reason=data.note)
    return first_trade


def _move(first_trade: FirstTrade, state: ApprovalState) -> None:
    """The row is locked by the caller, so comparing and setting is one step."""
    if state not in FIRST_TRADE_TRANSITIONS[first_trade.state]:
        raise Conflict(
            _("首营审批现在是“%(state)s”，不能这样操作。") % {"state": ApprovalState(first_trade.state).label}
        )
    first_trade.state = state
