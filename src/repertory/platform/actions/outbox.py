"""What goes out: taken by one worker, tried a bounded number of times, written down. Called inside the actions of those
whose rows go out."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from repertory.platform.models.outbox import DeliveryState, Outgoing

Row = TypeVar("Row", bound=Outgoing)

BATCH = 500
ATTEMPTS = 5
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
# A worker that was killed while sending; another one takes its work over.
STUCK = timedelta(minutes=15)


def claim(rows: QuerySet[Row], *, at: datetime, most: int = BATCH) -> list[Row]:
    """Take what is to be sent now, each by one worker only. What failed too often is given up."""
    stuck = Q(state=DeliveryState.SENDING, claimed_at__lt=at - STUCK)
    waiting = rows.filter(Q(state=DeliveryState.WAITING, send_at__lte=at) | stuck)
    keys = list(
        waiting.select_for_update(skip_locked=True, of=("self",))
        .order_by("send_at", "pk")
        .values_list("pk", flat=True)[:most]
    )
    found = rows.filter(pk__in=keys)
    found.filter(attempts__gte=ATTEMPTS).update(state=DeliveryState.FAILED, problem=_("发送时程序中断。"))
    taken = list(found.exclude(state=DeliveryState.FAILED).order_by("pk"))
    for row in taken:
        row.state, row.claimed_at, row.attempts = DeliveryState.SENDING, at, row.attempts + 1
    _store(rows, taken, ["state", "claimed_at", "attempts"])
    return taken


def settle(rows: QuerySet[Row], found: Collection[Row], *, at: datetime, state: str, problem: str = "") -> None:
    """Write down how a sending went; after a failure it is tried again later, ATTEMPTS times at most."""
    for row in found:
        again = state == DeliveryState.FAILED and row.attempts < ATTEMPTS
        row.state = DeliveryState.WAITING if again else state
        row.problem = problem[:200]
        row.sent_at = at if state == DeliveryState.SENT else None
        row.send_at = at + WAITS[row.attempts - 1] if again else row.send_at
    _store(rows, found, ["state", "problem", "sent_at", "send_at"])


def _store(rows: QuerySet[Any], found: Collection[Any], fields: list[str]) -> None:
    rows.model._default_manager.bulk_update(found, fields, batch_size=BATCH)
