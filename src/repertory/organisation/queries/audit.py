"""The audit trail, for those who may read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, NotFound
from repertory.core.time import start_of
from repertory.organisation import access
from repertory.platform.models import AuditEntry, AuditHead

PAGE = 50
READ_AT_ONCE = 2_000


@dataclass(frozen=True)
class AuditQuery:
    """Empty values are no condition. first and last: company days, both included. cursor: from the page before."""

    text: str = ""
    user: str = ""
    verb: str = ""
    object_type: str = ""
    object_id: int | None = None
    door: str = ""
    first: date | None = None
    last: date | None = None
    cursor: str = ""


@dataclass(frozen=True)
class AuditPage:
    items: list[AuditEntry]
    next: str | None


def list_audit(*, actor: Actor, query: AuditQuery) -> AuditPage:
    """One page of lines, newest first. Raises NotFound for whoever may not read the trail."""
    rows = _matching(actor, query)
    if query.cursor:
        batch, position = _read_cursor(query.cursor)
        rows = rows.filter(Q(batch_id__lt=batch) | Q(batch_id=batch, position__gt=position))
    page = list(rows.order_by("-batch_id", "position")[: PAGE + 1])
    items = page[:PAGE]
    return AuditPage(items, f"{items[-1].batch_id}.{items[-1].position}" if len(page) > PAGE else None)


def count_audit(*, actor: Actor, query: AuditQuery) -> int:
    return _matching(actor, query).count()


def all_audit(*, actor: Actor, query: AuditQuery) -> Iterator[AuditEntry]:
    """All lines that match, oldest first, without keeping them in memory."""
    return _matching(actor, query).order_by("batch_id", "position").iterator(chunk_size=READ_AT_ONCE)


def chain_end(*, actor: Actor) -> AuditHead:
    """The newest batch's number and hash; written down elsewhere, it proves later that nothing was cut off."""
    access.require(access.may_audit(actor))
    return AuditHead.objects.get(pk=1)


def _matching(actor: Actor, query: AuditQuery) -> QuerySet[AuditEntry]:
    if not access.may_audit(actor):
        raise NotFound()
    rows = AuditEntry.objects.select_related("batch")
    exact = {
        "batch__user_label": query.user,
        "verb": query.verb,
        "object_type": query.object_type,
        "object_id": query.object_id,
        "batch__door": query.door,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value not in ("", None)})
    if query.text:
        rows = rows.filter(Q(label__icontains=query.text) | Q(reason__icontains=query.text))
    if query.first:
        rows = rows.filter(batch__at__gte=start_of(query.first))
    if query.last:
        rows = rows.filter(batch__at__lt=start_of(query.last + timedelta(days=1)))
    return rows


def _read_cursor(cursor: str) -> tuple[int, int]:
    batch, _dot, position = cursor.partition(".")
    if not (batch.isascii() and batch.isdigit() and position.isascii() and position.isdigit()):
        raise InvalidInput(field="cursor")
    if max(len(batch), len(position)) > 18:
        raise InvalidInput(field="cursor")
    return int(batch), int(position)
