"""Background work of this domain."""

from repertory.core.actor import Door, system_actor
from repertory.core.time import now
from repertory.service.actions import escalate_late_cases, hand_over_cases


def escalate() -> int:
    """Make late cases known further up; may run twice."""
    return escalate_late_cases(actor=system_actor(Door.JOB), at=now())


def hand_over() -> int:
    """Give cases whose owner lost the customer to whoever looks after it now; may run twice."""
    return hand_over_cases(actor=system_actor(Door.JOB), at=now())
