"""What happens to visits, plans and personal reports."""

from dataclasses import dataclass
from datetime import date

from repertory.core.events import Event


@dataclass(frozen=True)
class VisitPlanned(Event):
    visit_id: int


@dataclass(frozen=True)
class VisitDone(Event):
    """A visit took place: recorded, or a planned one completed."""

    visit_id: int
    customer_id: int
    user_id: int
    on: date


@dataclass(frozen=True)
class EmailQueued(Event):
    """An e-mail to a customer waits to go out."""

    visit_id: int


@dataclass(frozen=True)
class VisitCancelled(Event):
    visit_id: int


@dataclass(frozen=True)
class PlanSubmitted(Event):
    plan_id: int


@dataclass(frozen=True)
class PlanDecided(Event):
    plan_id: int
    approved: bool


@dataclass(frozen=True)
class ReportSent(Event):
    report_id: int
    urgent: bool


@dataclass(frozen=True)
class CoachingRecorded(Event):
    coaching_id: int
