"""What happens to reports."""

from dataclasses import dataclass

from repertory.core.events import Event


@dataclass(frozen=True)
class ReportIssued(Event):
    issued_id: int
