"""The steps that the ledgers of printed materials and of samples share: a balance that never goes below zero, and the row
that says why it changed. A balance is changed by one conditional UPDATE, which locks it; both sides of a transfer are
changed in one order for everybody."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, NotAllowed, RuleViolation
from repertory.materials import access
from repertory.materials.choices import Move
from repertory.materials.inputs import Count, Issue, Lose, Receive, Return
from repertory.materials.models import SampleBalance, SampleMove, StockBalance, StockMove
from repertory.materials.models.ledger import LedgerBalance, LedgerMove
from repertory.organisation.access import require
from repertory.organisation.models import User
from repertory.platform.changes import Changes

LARGEST = 1_000_000_000


@dataclass(frozen=True)
class Ledger:
    """item: the column that says of what."""

    moves: type[LedgerMove]
    balances: type[LedgerBalance]
    item: str


SAMPLES = Ledger(SampleMove, SampleBalance, "lot")
STOCK = Ledger(StockMove, StockBalance, "version")


@dataclass(frozen=True)
class Entry:
    """What all rows of one business share: of what, by whom, when."""

    ledger: Ledger
    item: Any
    actor: Actor
    at: datetime
    on: date
    reason: str = ""

    def post(self, kind: Move, quantity: int, holder_id: int | None, **facts: Any) -> Any:
        """Change one balance and write the row. RuleViolation where there is not enough."""
        shift(self.ledger, self.item, holder_id, quantity)
        return self.write(kind, quantity, holder_id, **facts)

    def write(self, kind: Move, quantity: int, holder_id: int | None, **facts: Any) -> Any:
        """The row alone."""
        rows = self.ledger.moves._default_manager
        return rows.create(
            kind=kind,
            quantity=quantity,
            holder_id=holder_id,
            on=self.on,
            at=self.at,
            user_id=self.actor.user_id,
            reason=self.reason,
            **{self.ledger.item: self.item},
            **facts,
        )

    def transfer(self, kind: Move, quantity: int, source: int | None, target: int | None) -> Any:
        """From one bag, or the store, to another; the row of the side that gets it comes back."""
        sides = sorted(((source, -quantity), (target, quantity)), key=lambda side: side[0] or 0)
        for holder_id, step in sides:
            shift(self.ledger, self.item, holder_id, step)
        self.write(kind, -quantity, source, other_id=target)
        return self.write(kind, quantity, target, other_id=source)


def shift(ledger: Ledger, item: Any, holder_id: int | None, step: int) -> None:
    """Change a balance by `step`, if enough is there."""
    rows = ledger.balances._default_manager
    where = {ledger.item: item, "holder_id": holder_id}
    if step > 0:
        rows.get_or_create(**where)
    enough = {"quantity__gte": -step} if step < 0 else {"quantity__lte": LARGEST - step}
    if not rows.filter(**where, **enough).update(quantity=F("quantity") + step):
        have = rows.filter(**where).values_list("quantity", flat=True).first() or 0
        raise RuleViolation(_not_enough(holder_id, have), field="quantity", code="not_enough", details={"have": have})


def _not_enough(holder_id: int | None, have: int) -> str:
    if holder_id is None:
        return _("总库只有 %(have)s，不够。请先登记入库，或减少数量。") % {"have": have}
    return _("手上只有 %(have)s，不够。请先领用，或减少数量。") % {"have": have}


def receive(entry: Entry, data: Receive) -> Any:
    """Into the store."""
    return entry.post(Move.RECEIVED, data.quantity, None)


def issue(entry: Entry, data: Issue) -> Any:
    """From the store, or one's own bag, to a person."""
    actor = entry.actor
    person = access.people_below(actor).filter(username=data.to, is_active=True).first()
    if person is None:
        raise _unknown_person(data.to, "to")
    source = actor.user_id if data.from_own else None
    if source == person.pk:
        raise RuleViolation(_("不能发给自己。"), field="to")
    return entry.transfer(Move.ISSUED, data.quantity, source, person.pk)


def give_back(entry: Entry, data: Return) -> Any:
    """From a person to the store."""
    return entry.transfer(Move.RETURNED, data.quantity, _holder(entry.actor, data.holder), None)


def lose(entry: Entry, data: Lose) -> Any:
    """Out of the books."""
    return entry.post(Move.LOST, -data.quantity, _place(entry.actor, data))


def count(entry: Entry, data: Count) -> Any:
    """Bring the books to what was counted, by the difference, which may be none. Nobody counts their own bag."""
    holder_id = _place(entry.actor, data)
    if holder_id is not None and holder_id == entry.actor.user_id:
        raise NotAllowed(_("自己手上的由上级或内勤盘点。"), code="own_count")
    rows = entry.ledger.balances._default_manager
    where = {entry.ledger.item: entry.item, "holder_id": holder_id}
    rows.get_or_create(**where)
    balance = rows.select_for_update().get(**where)
    difference = data.counted - balance.quantity
    rows.filter(pk=balance.pk).update(quantity=data.counted)
    return entry.write(Move.COUNTED, difference, holder_id)


def _place(actor: Actor, data: Lose | Count) -> int | None:
    if data.central:
        require(access.may_keep_store(actor), _("总库由内勤、产品经理或市场管理。"))
        return None
    return _holder(actor, data.holder)


def _holder(actor: Actor, username: str) -> int:
    """The person whose bag it is: oneself, or one that the actor answers for."""
    if username in ("", actor.label) and actor.user_id is not None:
        return actor.user_id
    found: User | None = (
        access.people_below(actor).filter(username=username).first() if access.may_issue(actor) else None
    )
    if found is None:
        raise _unknown_person(username, "holder")
    return found.pk


def _unknown_person(username: str, field: str) -> InvalidInput:
    message = _("没有账号“%(name)s”，或者不归您管理。") % {"name": username}
    return InvalidInput(message, code="unknown_person", field=field)


def changes_of(move: Any) -> Changes:
    """What the trail says of a row."""
    changes: Changes = {"quantity": [None, move.quantity], "on": ["", move.on.isoformat()]}
    for name in ("holder", "other"):
        person = getattr(move, name)
        if person is not None:
            changes[name] = ["", str(person)]
    return changes
