"""What happens in service."""

from dataclasses import dataclass
from datetime import datetime

from repertory.core.events import Event


@dataclass(frozen=True)
class CaseOpened(Event):
    case_id: int
    customer_id: int
    owner_id: int | None
    due_at: datetime


@dataclass(frozen=True)
class CaseEscalated(Event):
    """A case is late beyond the limit of `level` (choices.EscalationLevel); once for each level."""

    case_id: int
    level: int
    owner_id: int | None


@dataclass(frozen=True)
class CaseAnswered(Event):
    case_id: int
    owner_id: int | None


@dataclass(frozen=True)
class CustomerTold(Event):
    case_id: int
    customer_id: int


@dataclass(frozen=True)
class CasesHandedOver(Event):
    """Cases whose owner lost the customer belong to somebody else now."""

    case_ids: tuple[int, ...]


@dataclass(frozen=True)
class AdverseEventReceived(Event):
    event_id: int
    due_at: datetime


@dataclass(frozen=True)
class AdverseEventCorrected(Event):
    event_id: int
    due_at: datetime


@dataclass(frozen=True)
class AdverseEventHandedOver(Event):
    event_id: int
