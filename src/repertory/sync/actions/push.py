"""Take over what phones have done without a network: each item exactly once, and by itself: one that fails holds no
other up."""

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, InterfaceError, OperationalError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, RepertoryError
from repertory.organisation.access import require
from repertory.platform.audit_chain import Line
from repertory.platform.unit import action, apart, record
from repertory.sync import access
from repertory.sync.choices import DEPENDS_ON, PASSING, SERVER_ERROR, WAITING, Answer, ItemStatus
from repertory.sync.commands import command_named, label_of
from repertory.sync.inputs import PushedEntry
from repertory.sync.models import PushedItem
from repertory.sync.references import in_order, references_in, resolved, uid_of

ITEM = "sync_item"
OUTCOME = (
    *("status", "code", "payload", "payload_hash", "waits_for", "object_type", "object_id", "answer"),
    *("attempts", "settled_at", "settled_by"),
)
TOGETHER = 20
"""So many new items come in with one commit. Others who write wait as long."""
log = logging.getLogger(__name__)
Told = dict[str, Any]


def push(*, actor: Actor, at: datetime, device: str, entries: Sequence[PushedEntry]) -> list[Told]:
    """One answer for each entry, in the order in which they came.

    Each: {"uid", "status" applied | duplicate | conflict | rejected, "code", "message", "field", "details",
    "object_type", "object_id"}; a duplicate also "first", the status of the first answer.
    """
    require(access.may_send(actor))
    # Asked once for all of them; what arrives meanwhile by another way, the unique key tells.
    seen = set(PushedItem.objects.filter(uid__in=[entry.uid for entry in entries]).values_list("uid", flat=True))
    hanging = _waited_for(actor)
    told: dict[int, Told] = {}
    for known_before, group in _grouped(in_order(entries), seen):
        answers = (_push_again if known_before else _push_new)(actor, at, device, group)
        if any(answer["code"] == DEPENDS_ON for answer in answers):
            hanging = _waited_for(actor)
        for entry, answer in zip(group, answers, strict=True):
            if answer["status"] == Answer.APPLIED and entry.uid in hanging:
                try_what_waited(actor=actor, at=at, uid=entry.uid, user_id=actor.user_id)
            told[id(entry)] = answer
    return [told[id(entry)] for entry in entries]


def _grouped(entries: Sequence[PushedEntry], seen: set[UUID]) -> Iterator[tuple[bool, list[PushedEntry]]]:
    """(seen before?, entries) in their order: new ones up to TOGETHER, one that was seen before by itself."""
    group: list[PushedEntry] = []
    for entry in entries:
        known_before = entry.uid in seen
        if group and (known_before or len(group) == TOGETHER):
            yield False, group
            group = []
        if known_before:
            yield True, [entry]
        else:
            seen.add(entry.uid)
            group.append(entry)
    if group:
        yield False, group


def _waited_for(actor: Actor) -> set[UUID]:
    """The items that others of this person wait for."""
    waiting = PushedItem.objects.filter(waits_for__isnull=False, user_id=actor.user_id, status__in=WAITING)
    return {uid for uid in waiting.values_list("waits_for", flat=True) if uid is not None}


def _push_again(actor: Actor, at: datetime, device: str, entries: Sequence[PushedEntry]) -> list[Told]:
    (entry,) = entries
    earlier = _arrived(entry)
    if earlier is None:
        return _push_new(actor, at, device, entries)
    return [_once_more(actor, at, earlier, entry, hash_of(entry.command, entry.payload))]


def _push_new(actor: Actor, at: datetime, device: str, entries: Sequence[PushedEntry]) -> list[Told]:
    digests = [hash_of(entry.command, entry.payload) for entry in entries]
    outcomes = _apply_all(actor=actor, at=at, device=device, entries=list(zip(entries, digests, strict=True)))
    return [
        _refused(actor, at, device, entry, digest, outcome)
        if isinstance(outcome, Exception)
        else {"uid": str(entry.uid), **outcome.answer}
        for entry, digest, outcome in zip(entries, digests, outcomes, strict=True)
    ]


@action
def _apply_all(
    *, actor: Actor, at: datetime, device: str, entries: Sequence[tuple[PushedEntry, str]]
) -> list[PushedItem | Exception]:
    """With one commit. Each: the item that was carried out, or why nothing of it was done."""
    outcomes: list[PushedItem | Exception] = []
    for entry, digest in entries:
        try:
            with apart():
                outcomes.append(_apply_first(actor, at, _new_item(actor, at, device, entry, digest), entry))
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            outcomes.append(error)
    return outcomes


def _apply_first(actor: Actor, at: datetime, item: PushedItem, entry: PushedEntry) -> PushedItem:
    # The row comes first: whoever sends the same at the same moment waits for it here.
    item.status, item.object_id = ItemStatus.APPLIED, 0
    item.save(force_insert=True)
    carry_out(actor=actor, at=at, item=item, payload=entry.payload)
    return item


def carry_out(*, actor: Actor, at: datetime, item: PushedItem, payload: dict[str, Any]) -> None:
    """Do what the item asks for, inside the running action, and write its answer."""
    command = command_named(item.command)
    made = command.carry_out(actor=actor, at=at, payload=resolved(payload, _made(item, payload)), item=item)
    item.status, item.code, item.payload, item.waits_for = ItemStatus.APPLIED, "", None, None
    item.object_type, item.object_id = command.makes, made.pk
    item.answer = answer_of(Answer.APPLIED, object_type=command.makes, object_id=made.pk)
    item.save(update_fields=OUTCOME)


def _made(item: PushedItem, payload: dict[str, Any]) -> dict[str, int]:
    """What the person's own earlier items have made; nobody refers to somebody else's."""
    wanted = {uid for text in references_in(payload) if (uid := uid_of(text)) is not None}
    if not wanted:
        return {}
    rows = PushedItem.objects.filter(uid__in=wanted, user_id=item.user_id, status=ItemStatus.APPLIED)
    found = rows.exclude(pk=item.pk).values_list("uid", "object_id")
    return {str(uid): key for uid, key in found if key is not None}


def _once_more(actor: Actor, at: datetime, earlier: PushedItem, entry: PushedEntry, digest: str) -> Told:
    """Seen before: the first answer, or another attempt where the reason may have passed or the content was mended."""
    uid = {"uid": str(entry.uid)}
    if earlier.user_id != actor.user_id:
        return uid | answer_of(Answer.CONFLICT, _key_reused())
    mended = entry.corrected and digest != earlier.payload_hash
    if earlier.payload_hash != digest and not (mended and earlier.status in WAITING):
        kind, key = earlier.object_type, earlier.object_id
        return uid | answer_of(Answer.CONFLICT, _key_reused(), object_type=kind, object_id=key)
    if earlier.status in WAITING and (entry.corrected or earlier.code in PASSING):
        payload = entry.payload if mended else None
        return uid | try_again(actor=actor, at=at, item_id=earlier.pk, payload=payload).answer
    return uid | earlier.answer | {"status": Answer.DUPLICATE, "first": earlier.status}


def _key_reused() -> Conflict:
    return Conflict(_("这个编号已用于另一条内容，先收到的那条不变。"), code="key_reused")


def _refused(actor: Actor, at: datetime, device: str, entry: PushedEntry, digest: str, error: Exception) -> Told:
    """Nothing of it was done. It is kept, for the person and the superior; unless another request was faster with it."""
    earlier = _arrived(entry) if isinstance(error, IntegrityError) else None
    if earlier is None:
        try:
            item = _quarantine(actor=actor, at=at, device=device, entry=entry, digest=digest, error=known(error))
            return {"uid": str(entry.uid), **item.answer}
        except IntegrityError:
            earlier = _arrived(entry)
    if earlier is None:
        raise error
    return _once_more(actor, at, earlier, entry, digest)


def _arrived(entry: PushedEntry) -> PushedItem | None:
    return PushedItem.objects.filter(uid=entry.uid).select_related("user").first()


@action
def _quarantine(
    *, actor: Actor, at: datetime, device: str, entry: PushedEntry, digest: str, error: RepertoryError
) -> PushedItem:
    item = _new_item(actor, at, device, entry, digest)
    item.payload = entry.payload
    note_refusal(item, error)
    item.save(force_insert=True)
    record(Line("quarantined", ITEM, item.pk, label=str(label_of(item.command)), changes={"code": ["", item.code]}))
    return item


def note_refusal(item: PushedItem, error: RepertoryError) -> None:
    """Set why it was refused."""
    conflict = isinstance(error, Conflict)
    item.status = ItemStatus.CONFLICT if conflict else ItemStatus.REJECTED
    item.code = error.code[:60]
    item.waits_for = uid_of(str(error.details.get("waits_for", "")))
    item.object_type, item.object_id = "", None
    item.answer = answer_of(Answer.CONFLICT if conflict else Answer.REJECTED, error)


def try_what_waited(*, actor: Actor, at: datetime, uid: UUID, user_id: int) -> None:
    """Items that came too early or hung on this one while it was refused, and those that hang on them."""
    waiting = PushedItem.objects.filter(waits_for=uid, user_id=user_id, status__in=WAITING)
    for key in waiting.order_by("pk").values_list("pk", flat=True):
        try_again(actor=actor, at=at, item_id=key, payload=None)


def try_again(*, actor: Actor, at: datetime, item_id: int, payload: dict[str, Any] | None) -> PushedItem:
    """Another attempt at an item in quarantine, with mended content where it is given. Refused again, it stays there."""
    try:
        item = _attempt(actor=actor, at=at, item_id=item_id, payload=payload)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        return _refused_again(actor=actor, at=at, item_id=item_id, payload=payload, error=known(error))
    if item.status == ItemStatus.APPLIED:
        try_what_waited(actor=actor, at=at, uid=item.uid, user_id=item.user_id)
    return item


@action
def _attempt(*, actor: Actor, at: datetime, item_id: int, payload: dict[str, Any] | None) -> PushedItem:
    item = _locked(item_id)
    if item.status not in WAITING:
        return item
    if payload is not None:
        item.payload, item.payload_hash = payload, hash_of(item.command, payload)
    item.attempts += 1
    item.settled_at, item.settled_by_id = at, actor.user_id
    carry_out(actor=access.person_behind(actor, item), at=at, item=item, payload=item.payload or {})
    record(Line("retried", ITEM, item.pk, label=str(label_of(item.command))))
    return item


@action
def _refused_again(
    *, actor: Actor, at: datetime, item_id: int, payload: dict[str, Any] | None, error: RepertoryError
) -> PushedItem:
    item = _locked(item_id)
    if item.status not in WAITING:
        return item
    if payload is not None:
        item.payload, item.payload_hash = payload, hash_of(item.command, payload)
    item.attempts += 1
    note_refusal(item, error)
    item.save()
    return item


def _locked(item_id: int) -> PushedItem:
    return PushedItem.objects.select_for_update(of=("self",)).select_related("user").get(pk=item_id)


def _new_item(actor: Actor, at: datetime, device: str, entry: PushedEntry, digest: str) -> PushedItem:
    return PushedItem(
        uid=entry.uid,
        user_id=actor.user_id,
        device=device,
        command=entry.command,
        payload_hash=digest,
        device_at=entry.device_at,
        received_at=at,
    )


def known(error: Exception) -> RepertoryError:
    """Our own errors as they are; any other is a fault of the program, logged, and the item waits until it is mended."""
    if isinstance(error, RepertoryError):
        return error
    log.exception("An item of a phone could not be processed", exc_info=error)
    return RepertoryError(_("服务器处理这条记录时出错，已保存，修复后会自动再试。"), code=SERVER_ERROR)


def answer_of(
    status: str, error: RepertoryError | None = None, *, object_type: str = "", object_id: int | None = None
) -> Told:
    said = error.as_dict() if error is not None else {"code": "", "message": "", "field": "", "details": {}}
    plain = json.loads(json.dumps(said, default=str))
    return {"status": str(status), **plain, "object_type": object_type, "object_id": object_id}


def hash_of(command: str, payload: dict[str, Any] | None) -> str:
    """SHA-256, hex, of what the item says; the same for the same content in any order of its fields."""
    content = json.dumps([command, payload], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
