"""Printed copies of a version: into the store, to people, back, lost, counted. An expired one can still come back, be
written off and be counted; only what may be used, or soon may, is given out."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotFound, RuleViolation
from repertory.materials import access, usability
from repertory.materials.actions import ledger, writing
from repertory.materials.actions.ledger import STOCK, Entry
from repertory.materials.choices import Standing
from repertory.materials.inputs import Count, Issue, Lose, Receive, Return
from repertory.materials.models import MaterialVersion, StockMove
from repertory.organisation.access import require
from repertory.platform.unit import action

ISSUABLE = (Standing.USABLE, Standing.UPCOMING)


@action
def receive_stock(*, actor: Actor, at: datetime, version_id: int, data: Receive) -> StockMove:
    """Copies of an approved version come into the store."""
    require(access.may_keep_store(actor))
    entry = _entry(actor, at, version_id, data.on, data.reason)
    return _noted("stock_received", entry, ledger.receive(entry, data))


@action
def issue_stock(*, actor: Actor, at: datetime, version_id: int, data: Issue) -> StockMove:
    """Copies go to a person below."""
    require(access.may_issue(actor))
    entry = _entry(actor, at, version_id, data.on, data.reason)
    standing = usability.standing(entry.item, on=entry.on)
    if standing not in ISSUABLE:
        raise unusable(entry.item, standing)
    return _noted("stock_issued", entry, ledger.issue(entry, data))


@action
def return_stock(*, actor: Actor, at: datetime, version_id: int, data: Return) -> StockMove:
    """Copies come back into the store."""
    require(access.may_hold(actor))
    entry = _entry(actor, at, version_id, data.on, data.reason)
    return _noted("stock_returned", entry, ledger.give_back(entry, data))


@action
def lose_stock(*, actor: Actor, at: datetime, version_id: int, data: Lose) -> StockMove:
    """Copies are lost, spoilt or destroyed."""
    require(access.may_hold(actor))
    entry = _entry(actor, at, version_id, data.on, data.reason)
    return _noted("stock_lost", entry, ledger.lose(entry, data))


@action
def count_stock(*, actor: Actor, at: datetime, version_id: int, data: Count) -> StockMove:
    """The books follow what was counted."""
    require(access.may_issue(actor))
    entry = _entry(actor, at, version_id, data.on, data.reason)
    return _noted("stock_counted", entry, ledger.count(entry, data))


def unusable(version: MaterialVersion, standing: Standing) -> RuleViolation:
    """Why a version can't be used, in a sentence."""
    message = _("资料“%(name)s”%(standing)s，不能发放。请换用有效的版本。") % {
        "name": str(version),
        "standing": standing.label,
    }
    return RuleViolation(message, field="version_id", code=f"material_{standing}")


def _entry(actor: Actor, at: datetime, version_id: int, on: date | None, reason: str) -> Entry:
    version = access.get_stocked(actor, version_id)
    if version.material.is_electronic:
        raise RuleViolation(_("电子资料没有库存。"), code="electronic")
    if version.material.removed_at is not None:
        raise NotFound()
    return Entry(STOCK, version, actor, at, writing.happened(at, on), reason)


def _noted(verb: str, entry: Entry, move: StockMove) -> StockMove:
    changes = {"number": [None, entry.item.number], **ledger.changes_of(move)}
    writing.note(verb, entry.item.material, changes, reason=entry.reason)
    return move
