"""Facts about approvals."""

from dataclasses import dataclass

from repertory.core.events import Event


@dataclass(frozen=True)
class ApprovalMoved(Event):
    """It was asked for, one more step was decided, or it ended."""

    request_id: int
