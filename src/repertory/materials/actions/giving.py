"""What customers get: copies of materials and samples, each taken from the giver's own bag, and the reversal of a giving
that was entered by mistake. Called by visits inside their transaction, and by the pages of this domain."""

import base64
import binascii
from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db.models import F
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, NotFound, RuleViolation
from repertory.customers.access import get_visible
from repertory.customers.models import Customer
from repertory.materials import access, rules, usability
from repertory.materials.actions import writing
from repertory.materials.actions.ledger import SAMPLES, STOCK, Entry
from repertory.materials.actions.samples import expired
from repertory.materials.actions.stock import unusable
from repertory.materials.choices import SAMPLE_KINDS, Move, Standing
from repertory.materials.inputs import GiveSample, HandOut, KeepSignature, TakeBack
from repertory.materials.models import Handout, MaterialVersion, SampleAllowance, SampleLot, SampleMove
from repertory.materials.queries.period import of_customer, packs_in_period
from repertory.organisation.access import require
from repertory.platform.actions.attachments import attach
from repertory.platform.changes import Changes
from repertory.platform.models import Attachment
from repertory.platform.unit import action
from repertory.products.models import Product
from repertory.products.usability import may_be_promoted

SIGNATURE = "signature"
PNG_HEAD = "data:image/png;base64,"


@action
def hand_out(*, actor: Actor, at: datetime, customer_id: int, data: HandOut, on: date | None = None) -> Handout:
    """Give copies of a version that may be used on that day; `again` says that this customer had it already. Printed ones
    are taken from the giver's bag. on: the day it happened, today where it is not given."""
    require(access.may_give(actor))
    day = writing.happened(at, on)
    customer = get_visible(actor, customer_id)
    version = access.reported_versions(actor).select_related("material").filter(pk=data.version_id).first()
    if version is None:
        raise NotFound()
    standing = usability.standing(version, on=day)
    if standing != Standing.USABLE:
        raise unusable(version, standing)
    if not usability.is_meant_for(version, kind=customer.kind):
        message = _("资料“%(name)s”不是给这类客户的。") % {"name": str(version)}
        raise RuleViolation(message, field="version_id", code="not_meant_for")
    handout = Handout.objects.create(
        version=version,
        customer=customer,
        quantity=data.quantity,
        giver_id=actor.user_id,
        on=day,
        at=at,
        again=_had_already(customer, version, day),
        visit_id=data.visit_id,
    )
    _take_copies(actor, handout)
    writing.note("material_handed_out", version.material, _changes(handout, version.number))
    return handout


@action
def take_back_handout(*, actor: Actor, at: datetime, handout_id: int, data: TakeBack) -> Handout:
    """Reverse a giving that did not happen so: a row of its own with the opposite number, of the same day; the copies are
    in the giver's bag again."""
    known = access.visible_handouts(actor).filter(pk=handout_id).first()
    if known is None:
        raise NotFound()
    require(access.may_give(actor) or access.may_issue(actor))
    found = Handout.objects.select_for_update(of=("self",)).select_related("version__material", "customer")
    handout = found.get(pk=handout_id)
    if handout.reverses_id is not None or Handout.objects.filter(reverses=handout).exists():
        raise _reversed_already()
    back = Handout.objects.create(
        version=handout.version,
        customer=handout.customer,
        quantity=-handout.quantity,
        giver_id=handout.giver_id,
        on=handout.on,
        at=at,
        visit_id=handout.visit_id,
        reverses=handout,
        reason=data.reason,
    )
    _take_copies(actor, back)
    changes = _changes(back, handout.version.number)
    writing.note("material_taken_back", handout.version.material, changes, reason=data.reason)
    return back


@action
def give_sample(
    *, actor: Actor, at: datetime, customer_id: int, data: GiveSample, on: date | None = None
) -> SampleMove:
    """Give packs of a lot out of one's own bag to a customer who may have samples: not expired on that day, within the
    customer's limit, signed where the rule says so. on: the day it happened, today where it is not given."""
    require(access.may_give(actor))
    day = writing.happened(at, on)
    customer = get_visible(actor, customer_id)
    lot = SampleLot.objects.select_related("pack__product").filter(pk=data.lot_id).first()
    if lot is None:
        raise NotFound()
    _require_giving(customer, lot, day)
    signature = _signature_for(actor, customer, data, day)
    _use_allowance(customer, lot.pack.product, data.quantity, day)
    entry = Entry(SAMPLES, lot, actor, at, day)
    facts = {"customer": customer, "signature": signature, "visit_id": data.visit_id}
    move = entry.post(Move.GIVEN, -data.quantity, actor.user_id, **facts)
    writing.note_lot("sample_given", lot, _changes(move))
    return move


@action
def take_back_sample(*, actor: Actor, at: datetime, move_id: int, data: TakeBack) -> SampleMove:
    """Reverse a giving that did not happen so; the packs are in the giver's bag again and count for no limit."""
    known = access.visible_sample_moves(actor).filter(pk=move_id, kind=Move.GIVEN).first()
    if known is None:
        raise NotFound()
    require(access.may_give(actor) or access.may_issue(actor))
    found = SampleMove.objects.select_for_update(of=("self",)).select_related("lot__pack__product", "customer")
    given = found.get(pk=move_id)
    if SampleMove.objects.filter(reverses=given).exists():
        raise _reversed_already()
    allowances = SampleAllowance.objects.filter(customer=given.customer, product=given.lot.pack.product_id)
    allowances.update(given=F("given") + given.quantity)
    entry = Entry(SAMPLES, given.lot, actor, at, given.on, data.reason)
    facts = {"customer": given.customer, "visit_id": given.visit_id, "reverses": given}
    back = entry.post(Move.TAKEN_BACK, -given.quantity, given.holder_id, **facts)
    writing.note_lot("sample_taken_back", given.lot, _changes(back), reason=data.reason)
    return back


@action
def keep_signature(*, actor: Actor, at: datetime, customer_id: int, data: KeepSignature) -> Attachment:
    """Keep the picture of a customer's signature, before the samples that it is for are given."""
    require(access.may_give(actor))
    customer = get_visible(actor, customer_id)
    try:
        picture = base64.b64decode(data.png.removeprefix(PNG_HEAD), validate=True)
    except (binascii.Error, ValueError):
        raise InvalidInput(_("签名图片的内容不对，请重新签名。"), field="png") from None
    where = {"object_type": SIGNATURE, "object_id": customer.pk, "label": customer.name}
    return attach(actor=actor, at=at, name=f"{_('签名')}.png", content=ContentFile(picture), **where)


def _had_already(customer: Customer, version: MaterialVersion, day: date) -> bool:
    """Refuses a second time where the rule does; the customer's row is locked then, so that two phones can't both pass."""
    once = rules.once_only(day)
    if once:
        list(Customer.objects.select_for_update(of=("self",)).filter(pk=customer.pk).values_list("pk"))
    had = Handout.objects.filter(of_customer(customer), version=version, reverses=None, reversal=None).exists()
    if had and once:
        message = _("这位客户已经有资料“%(name)s”，不能重复发放。") % {"name": str(version)}
        raise RuleViolation(message, field="version_id", code="given_already")
    return had


def _take_copies(actor: Actor, handout: Handout) -> None:
    """A giving takes from the giver's bag, its reversal puts back."""
    if handout.version.material.is_electronic:
        return
    kind = Move.GIVEN if handout.quantity > 0 else Move.TAKEN_BACK
    entry = Entry(STOCK, handout.version, actor, handout.at, handout.on, handout.reason)
    entry.post(kind, -handout.quantity, handout.giver_id, handout=handout)


def _require_giving(customer: Customer, lot: SampleLot, day: date) -> None:
    if customer.kind not in SAMPLE_KINDS:
        message = _("样品只能给医生/药师、医院和药店，不能给%(kind)s。") % {"kind": customer.get_kind_display()}
        raise RuleViolation(message, field="customer_id", code="no_samples_for_kind")
    if usability.is_expired(lot, on=day):
        raise expired(lot)
    if not may_be_promoted(lot.pack.product, on=day):
        message = _("产品“%(name)s”不在售，不能给样品。") % {"name": str(lot.pack.product)}
        raise RuleViolation(message, field="lot_id", code="product_not_on_sale")


def _signature_for(actor: Actor, customer: Customer, data: GiveSample, day: date) -> Attachment | None:
    """The picture that this person kept for this customer. One picture signs for one occasion: for several lots of it,
    never for another visit or day."""
    if data.signature_id is None:
        if rules.signature_required(day):
            raise RuleViolation(_("请客户在手机上签名后再给样品。"), field="signature_id", code="signature_missing")
        return None
    rows = Attachment.objects.select_for_update(of=("self",)).filter(object_type=SIGNATURE, removed_at=None)
    rows = rows.filter(object_id=customer.pk)
    signature = rows.filter(pk=data.signature_id, user_id=actor.user_id).first()
    elsewhere = SampleMove.objects.filter(signature_id=data.signature_id, reversal=None)
    if signature is None or elsewhere.exclude(on=day, visit_id=data.visit_id).exists():
        raise InvalidInput(_("没有这份签名，请重新签名。"), code="unknown_signature", field="signature_id")
    return signature


def _use_allowance(customer: Customer, product: Product, quantity: int, day: date) -> None:
    """Count the packs for the customer, if the period's limit allows. The row stays locked to the end of the action."""
    SampleAllowance.objects.get_or_create(customer=customer, product=product)
    allowance = SampleAllowance.objects.select_for_update().get(customer=customer, product=product)
    limit = rules.sample_limit(day, kind=customer.kind)
    if limit is not None:
        had = packs_in_period(customer, product, day)
        if had + quantity > limit:
            raise _over_limit(limit, had, day)
    SampleAllowance.objects.filter(pk=allowance.pk).update(given=F("given") + quantity)


def _over_limit(limit: int, had: int, day: date) -> RuleViolation:
    period = rules.sample_period(day)
    message = _("从 %(start)s 到 %(end)s 每位客户这个产品最多 %(limit)s 盒，已经给了 %(had)s 盒。") % {
        "start": period.start,
        "end": rules.last_day(period),
        "limit": limit,
        "had": had,
    }
    details = {"limit": limit, "had": had}
    return RuleViolation(message, field="quantity", code="sample_limit", details=details)


def _reversed_already() -> RuleViolation:
    return RuleViolation(_("这一笔已经冲回了。"), code="reversed_already")


def _changes(row: Handout | SampleMove, number: int | None = None) -> Changes:
    named: Changes = {} if number is None else {"number": [None, number]}
    on = row.on.isoformat()
    return {**named, "customer": ["", str(row.customer)], "quantity": [None, abs(row.quantity)], "on": ["", on]}
