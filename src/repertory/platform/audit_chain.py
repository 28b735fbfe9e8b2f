"""The audit trail as a chain: each batch's hash covers its lines and the hash of the batch before."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from json.encoder import encode_basestring as quote
from typing import Any

from django.db import connection

from repertory.core.actor import Actor
from repertory.platform.audit_lines import Line, LineBuffer, encode_changes, encoded
from repertory.platform.bulk import insert_ready, insert_rows
from repertory.platform.models.audit import AuditBatch, AuditEntry, AuditHead

WRITE_SIZE = 2_000
HEAD = AuditHead._meta.db_table
_HASHED = ("position", "verb", "object_type", "object_id", "label", "changes", "reason")

__all__ = ["Line", "append_batch", "batch_hash"]


def append_batch(*, actor: Actor, at: datetime, lines: Collection[Line] | LineBuffer) -> AuditBatch | None:
    """Write the lines as the newest batch. Runs inside the action's transaction, as its last step."""
    if not lines:
        return None
    last_batch_id, last_hash = _lock_head()
    batch = AuditBatch(
        id=last_batch_id + 1,
        at=at,
        user_id=actor.user_id,
        user_label=actor.label,
        door=actor.door,
        request_id=actor.request_id[:64],
        address=actor.address[:64],
        count=len(lines),
        previous_hash=last_hash,
    )
    digest = _header_digest(batch)
    position = 0
    for group in _grouped(lines):
        rows = [_row(batch.id, position + offset, line) for offset, line in enumerate(group)]
        digest.update("".join(map(_canonical_row, rows)).encode("utf-8", "surrogatepass"))
        insert_ready(AuditEntry, ("batch_id", *_HASHED), rows)
        position += len(rows)
    batch.hash = digest.hexdigest()
    insert_rows(
        AuditBatch, [{field.attname: getattr(batch, field.attname) for field in AuditBatch._meta.concrete_fields}]
    )
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {HEAD} SET last_batch_id = %s, last_hash = %s WHERE id = 1", [batch.id, batch.hash])
    return batch


def _lock_head() -> tuple[int, str]:
    """The end of the chain, held to the commit. Plain SQL, as this runs at the end of every action."""
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT last_batch_id, last_hash FROM {HEAD} WHERE id = 1{lock}")
        row = cursor.fetchone()
    return row[0], row[1]


def _grouped(lines: Iterable[Line]) -> Iterator[list[Line]]:
    waiting = iter(lines)
    while group := list(islice(waiting, WRITE_SIZE)):
        yield group


def _row(batch_id: int, position: int, line: Line) -> tuple[Any, ...]:
    """The batch and what is hashed, in the order of _HASHED."""
    return (
        batch_id,
        position,
        line.verb,
        line.object_type,
        line.object_id,
        line.label[:200],
        encoded(line),
        line.reason,
    )


def _canonical_row(row: tuple[Any, ...]) -> str:
    """As _canonical of the stored entry: its changes are encoded once, for the hash and for the column."""
    _batch, position, verb, kind, key, label, changes, reason = row
    return f"[{position},{quote(verb)},{quote(kind)},{key},{quote(label)},{changes},{quote(reason)}]"


def batch_hash(batch: AuditBatch, entries: Iterable[AuditEntry]) -> str:
    """SHA-256, hex, over the header, the lines in order, and the previous hash."""
    digest = _header_digest(batch)
    for entry in entries:
        digest.update(_canonical([getattr(entry, name) for name in _HASHED]))
    return digest.hexdigest()


def _header_digest(batch: AuditBatch) -> Any:
    digest = hashlib.sha256(batch.previous_hash.encode())
    header = [batch.id, _instant(batch.at), batch.user_id, batch.user_label, str(batch.door), batch.request_id]
    digest.update(_canonical([*header, batch.address, batch.count]))
    return digest


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(value: Any) -> bytes:
    return encode_changes(value).encode("utf-8", "surrogatepass")
