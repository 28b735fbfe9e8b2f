"""The audit trail as a chain: each batch's hash covers its lines and the hash of the batch before."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from repertory.core.actor import Actor
from repertory.platform.models.audit import AuditBatch, AuditEntry, AuditHead

WRITE_SIZE = 2_000


@dataclass(frozen=True)
class Line:
    """One thing that happened to one object. changes: {field: [old, new]} in plain values, private ones masked."""

    verb: str
    object_type: str
    object_id: int
    label: str = ""
    changes: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


def append_batch(*, actor: Actor, at: datetime, lines: list[Line]) -> AuditBatch | None:
    """Write the lines as the newest batch. Runs inside the action's transaction, as its last step."""
    if not lines:
        return None
    head = AuditHead.objects.select_for_update().get(pk=1)
    batch = AuditBatch(
        id=head.last_batch_id + 1,
        at=at,
        user_id=actor.user_id,
        user_label=actor.label,
        door=actor.door,
        request_id=actor.request_id[:64],
        address=actor.address[:64],
        count=len(lines),
        previous_hash=head.last_hash,
    )
    entries = [
        AuditEntry(
            batch_id=batch.id,
            position=position,
            verb=line.verb,
            object_type=line.object_type,
            object_id=line.object_id,
            label=line.label[:200],
            changes=line.changes,
            reason=line.reason,
        )
        for position, line in enumerate(lines)
    ]
    batch.hash = batch_hash(batch, entries)
    batch.save(force_insert=True)
    AuditEntry.objects.bulk_create(entries, batch_size=WRITE_SIZE)
    AuditHead.objects.filter(pk=1).update(last_batch_id=batch.id, last_hash=batch.hash)
    return batch


def batch_hash(batch: AuditBatch, entries: Iterable[AuditEntry]) -> str:
    """SHA-256, hex, over the header, the lines in order, and the previous hash."""
    digest = hashlib.sha256(batch.previous_hash.encode())
    header = [batch.id, _instant(batch.at), batch.user_id, batch.user_label, str(batch.door), batch.request_id]
    digest.update(_canonical([*header, batch.address, batch.count]))
    for entry in entries:
        digest.update(
            _canonical(
                [
                    entry.position,
                    entry.verb,
                    entry.object_type,
                    entry.object_id,
                    entry.label,
                    entry.changes,
                    entry.reason,
                ]
            )
        )
    return digest.hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(value: Any) -> bytes:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
