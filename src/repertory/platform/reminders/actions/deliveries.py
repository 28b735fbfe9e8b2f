"""What goes out of the reminders, by the outbox of the platform."""

from collections.abc import Collection
from datetime import datetime

from repertory.core.actor import Actor
from repertory.platform.actions import outbox
from repertory.platform.models import Delivery, Robot
from repertory.platform.reminders.actions.system import system_only
from repertory.platform.unit import action


@action
def claim_deliveries(*, actor: Actor, at: datetime, most: int = outbox.BATCH) -> list[Delivery]:
    """Take what is to be sent now, each by one worker only. What failed too often is given up."""
    system_only(actor)
    return outbox.claim(Delivery.objects.select_related("reminder__person", "robot"), at=at, most=most)


@action
def settle_deliveries(*, actor: Actor, at: datetime, rows: Collection[Delivery], state: str, problem: str = "") -> None:
    """Write down how a sending went; after a failure it is tried again later, a bounded number of times."""
    system_only(actor)
    outbox.settle(Delivery.objects.all(), rows, at=at, state=state, problem=problem)


@action
def note_trial(*, actor: Actor, at: datetime, robot_id: int, problem: str) -> None:
    """How the last trial of a robot went."""
    system_only(actor)
    Robot.objects.filter(pk=robot_id).update(tried_at=at, problem=problem[:200])
