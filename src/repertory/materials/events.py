"""What happens to materials and samples."""

from dataclasses import dataclass
from datetime import date

from repertory.core.events import Event


@dataclass(frozen=True)
class MaterialSubmitted(Event):
    version_id: int


@dataclass(frozen=True)
class MaterialApproved(Event):
    """Usable from `valid_from` through `valid_until`."""

    version_id: int
    valid_from: date
    valid_until: date


@dataclass(frozen=True)
class MaterialWithdrawn(Event):
    version_id: int
    on: date
