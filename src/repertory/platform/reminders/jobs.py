"""Background work: what is due every night, what an event makes due at once, what goes out."""

import logging
from collections.abc import Callable, Collection, Sequence
from typing import Any

from repertory.core.actor import Door, system_actor
from repertory.core.events import Event
from repertory.core.time import now
from repertory.platform.models import Delivery, Robot
from repertory.platform.models.outbox import DeliveryState
from repertory.platform.queue import huey
from repertory.platform.reminders import sending
from repertory.platform.reminders.actions import (
    claim_deliveries,
    forget_old_reminders,
    note_trial,
    refresh_rule,
    settle_deliveries,
)
from repertory.platform.reminders.sources import all_sources, source_of

log = logging.getLogger(__name__)


def refresh_all() -> int:
    """Every rule as of today; may run twice. One rule that fails leaves the others their turn. Returns how many are new."""
    actor, fresh = system_actor(Door.JOB), 0
    for source in all_sources():
        try:
            fresh += refresh_rule(actor=actor, at=now(), key=source.rule.key)
        except Exception:
            log.exception("reminders of %s", source.rule.key)
    forget_old_reminders(actor=actor, at=now())
    return fresh


@huey.task(retries=3, retry_delay=60)
def refresh_some(keys: list[str], ids: list[int]) -> None:
    """The rules of these objects, at once; may run twice."""
    for key in keys:
        if source_of(key) is not None:
            refresh_rule(actor=system_actor(Door.JOB), at=now(), key=key, only=ids)
    send_waiting()


def remind(
    ids_of: Callable[[Any], Collection[int]], *keys: str, when: Callable[[Any], bool] = lambda event: True
) -> Callable[[Event], None]:
    """A reaction for wiring.AFTER_COMMIT: look at these rules again for the objects that the event names."""

    def react(event: Event) -> None:
        if when(event):
            refresh_some([f"reminders.{key}" for key in keys], list(ids_of(event)))

    return react


def send_waiting() -> int:
    """E-mails and messages whose time has come; several workers never send the same. Returns how many were looked at."""
    actor = system_actor(Door.JOB)
    rows = claim_deliveries(actor=actor, at=now())

    def skip(found: Sequence[Delivery]) -> None:
        settle_deliveries(actor=actor, at=now(), rows=found, state=DeliveryState.SKIPPED)

    def settle(found: Sequence[Delivery], out: bool, problem: str) -> None:
        state = DeliveryState.SENT if out else DeliveryState.FAILED
        settle_deliveries(actor=actor, at=now(), rows=found, state=state, problem=problem)

    if rows:
        sending.send_all(rows, at=now(), skip=skip, settle=settle)
    return len(rows)


@huey.task()
def try_robot(robot_id: int) -> None:
    """Say hello in the group, and keep whether it was taken."""
    robot = Robot.objects.filter(pk=robot_id).first()
    if robot is None:
        return
    problem = ""
    try:
        sending.say_hello(robot)
    except Exception as error:
        problem = sending.why(error)
    note_trial(actor=system_actor(Door.JOB), at=now(), robot_id=robot_id, problem=problem)
