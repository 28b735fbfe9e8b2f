"""What goes out: taken by one worker, tried a bounded number of times, written down."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.platform.models import Delivery, Robot
from repertory.platform.models.reminders import DeliveryState
from repertory.platform.reminders.actions.system import system_only
from repertory.platform.unit import action

BATCH = 500
ATTEMPTS = 5
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
# A worker that was killed while sending; another one takes its work over.
STUCK = timedelta(minutes=15)


@action
def claim_deliveries(*, actor: Actor, at: datetime, most: int = BATCH) -> list[Delivery]:
    """Take what is to be sent now, each by one worker only. What failed too often is given up."""
    system_only(actor)
    stuck = Q(state=DeliveryState.SENDING, claimed_at__lt=at - STUCK)
    waiting = Delivery.objects.filter(Q(state=DeliveryState.WAITING, send_at__lte=at) | stuck)
    keys = list(
        waiting.select_for_update(skip_locked=True).order_by("send_at", "pk").values_list("pk", flat=True)[:most]
    )
    rows = Delivery.objects.filter(pk__in=keys)
    rows.filter(attempts__gte=ATTEMPTS).update(state=DeliveryState.FAILED, problem=_("发送时程序中断。"))
    taken = list(rows.exclude(state=DeliveryState.FAILED).select_related("reminder__person", "robot").order_by("pk"))
    for row in taken:
        row.state, row.claimed_at, row.attempts = DeliveryState.SENDING, at, row.attempts + 1
    Delivery.objects.bulk_update(taken, ["state", "claimed_at", "attempts"], batch_size=BATCH)
    return taken


@action
def settle_deliveries(*, actor: Actor, at: datetime, rows: Collection[Delivery], state: str, problem: str = "") -> None:
    """Write down how a sending went; after a failure it is tried again later, ATTEMPTS times at most."""
    system_only(actor)
    for row in rows:
        again = state == DeliveryState.FAILED and row.attempts < ATTEMPTS
        row.state = DeliveryState.WAITING if again else state
        row.problem = problem[:200]
        row.sent_at = at if state == DeliveryState.SENT else None
        row.send_at = at + WAITS[row.attempts - 1] if again else row.send_at
    Delivery.objects.bulk_update(rows, ["state", "problem", "sent_at", "send_at"], batch_size=BATCH)


@action
def note_trial(*, actor: Actor, at: datetime, robot_id: int, problem: str) -> None:
    """How the last trial of a robot went."""
    system_only(actor)
    Robot.objects.filter(pk=robot_id).update(tried_at=at, problem=problem[:200])
