"""Samples by lot: into the store, to reps, back, lost, counted. An expired lot is not issued any more, but it can come
back, be written off and be counted: it has to leave the bags."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, RuleViolation
from repertory.materials import access, usability
from repertory.materials.actions import ledger, writing
from repertory.materials.actions.ledger import SAMPLES, Entry
from repertory.materials.inputs import Count, Issue, Lose, ReceiveLot, Return
from repertory.materials.models import SampleLot, SampleMove
from repertory.organisation.access import require
from repertory.platform.unit import action
from repertory.products.access import visible_packs
from repertory.products.models import Pack


@action
def receive_lot(*, actor: Actor, at: datetime, data: ReceiveLot) -> SampleMove:
    """Packs of a lot come into the store; the lot is opened with its first ones."""
    require(access.may_keep_store(actor))
    pack = visible_packs(actor).select_related("product").filter(code=data.pack).first()
    if pack is None:
        message = _("没有编码为“%(code)s”的规格。") % {"code": data.pack}
        raise InvalidInput(message, code="unknown_pack", field="pack")
    on = writing.happened(at, data.on)
    lot = _lot_of(pack, at, data)
    if usability.is_expired(lot, on=on):
        raise expired(lot, field="expires_on")
    entry = Entry(SAMPLES, lot, actor, at, on, data.reason)
    return _noted("samples_received", entry, ledger.receive(entry, data))


@action
def issue_samples(*, actor: Actor, at: datetime, lot_id: int, data: Issue) -> SampleMove:
    """Packs go to a person below."""
    require(access.may_issue(actor))
    entry = _entry(actor, at, lot_id, data.on, data.reason)
    if usability.is_expired(entry.item, on=entry.on):
        raise expired(entry.item)
    return _noted("samples_issued", entry, ledger.issue(entry, data))


@action
def return_samples(*, actor: Actor, at: datetime, lot_id: int, data: Return) -> SampleMove:
    """Packs come back into the store, expired ones too."""
    require(access.may_hold(actor))
    entry = _entry(actor, at, lot_id, data.on, data.reason)
    return _noted("samples_returned", entry, ledger.give_back(entry, data))


@action
def lose_samples(*, actor: Actor, at: datetime, lot_id: int, data: Lose) -> SampleMove:
    """Packs are lost, damaged or destroyed."""
    require(access.may_hold(actor))
    entry = _entry(actor, at, lot_id, data.on, data.reason)
    return _noted("samples_lost", entry, ledger.lose(entry, data))


@action
def count_samples(*, actor: Actor, at: datetime, lot_id: int, data: Count) -> SampleMove:
    """The books follow what was counted."""
    require(access.may_issue(actor))
    entry = _entry(actor, at, lot_id, data.on, data.reason)
    return _noted("samples_counted", entry, ledger.count(entry, data))


def expired(lot: SampleLot, *, field: str = "lot_id") -> RuleViolation:
    message = _("批号 %(lot)s 的样品已于 %(day)s 到期，不能发放，请退回或报损。") % {
        "lot": lot.lot_number,
        "day": lot.expires_on,
    }
    return RuleViolation(message, field=field, code="lot_expired")


def _lot_of(pack: Pack, at: datetime, data: ReceiveLot) -> SampleLot:
    """The lot of that number, opened where it is new. One lot has one expiry."""
    lot, _new = SampleLot.objects.select_related("pack__product").get_or_create(
        pack=pack, lot_number=data.lot_number, defaults={"expires_on": data.expires_on, "created_at": at}
    )
    if lot.expires_on != data.expires_on:
        message = _("批号“%(lot)s”登记的有效期是 %(day)s，请核对。") % {"lot": lot.lot_number, "day": lot.expires_on}
        raise RuleViolation(message, field="expires_on", code="other_expiry")
    return lot


def _entry(actor: Actor, at: datetime, lot_id: int, on: date | None, reason: str) -> Entry:
    return Entry(SAMPLES, access.get_lot(actor, lot_id), actor, at, writing.happened(at, on), reason)


def _noted(verb: str, entry: Entry, move: SampleMove) -> SampleMove:
    writing.note_lot(verb, entry.item, ledger.changes_of(move), reason=entry.reason)
    return move
