"""What happens to products."""

from dataclasses import dataclass
from datetime import date

from repertory.core.events import Event


@dataclass(frozen=True)
class ProductStageMoved(Event):
    """A product came on sale, was suspended, was withdrawn …"""

    product_id: int
    from_stage: str
    to_stage: str
    on: date


@dataclass(frozen=True)
class MessageSubmitted(Event):
    version_id: int


@dataclass(frozen=True)
class MessageApproved(Event):
    """Usable from `valid_from` through `valid_until`."""

    version_id: int
    valid_from: date
    valid_until: date


@dataclass(frozen=True)
class MessageWithdrawn(Event):
    version_id: int
    on: date


@dataclass(frozen=True)
class SuggestionAnswered(Event):
    suggestion_id: int
