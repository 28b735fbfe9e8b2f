"""What `repertory verify` asks of cases and adverse events: that every clock is the one that the rules give."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import Max, Q

from repertory.core.errors import RepertoryError
from repertory.platform.models import AuditEntry
from repertory.platform.workdays import WORKING_HOURS
from repertory.service import persons
from repertory.service.choices import CASE_TRANSITIONS, CaseState, EventState
from repertory.service.models import AdverseEvent, AdverseEventRevision, Case, CaseStep, NumberSeries
from repertory.service.queries.adverse import content_of
from repertory.service.rules import ADVERSE_EVENT_TERMS, case_due, clock_of, event_due

CHUNK = 2_000
Problems = Iterator[str]


def case_due_times() -> Problems:
    """Due is what working time makes of the hours. A working day or working hours that were set afterwards leave what was
    promised before as it was."""
    since = _last_set(Q(verb="workday_set") | Q(verb="policy_set", label=WORKING_HOURS.key))
    rows = Case.objects.all() if since is None else Case.objects.filter(clock_from__gt=since)
    for case in rows.order_by("pk").iterator(chunk_size=CHUNK):
        if case.due_at != case_due(case.clock_from, case.due_hours):
            yield f"case {case.number}: due {case.due_at.isoformat()}"


def case_steps() -> Problems:
    """Each change of state follows the one before by the table, and the last one is where the case stands."""
    last: dict[int, str] = {}
    for step in CaseStep.objects.exclude(to_state="").order_by("case_id", "pk").iterator(chunk_size=CHUNK):
        before = last.get(step.case_id, "")
        if step.from_state != before or (before and step.to_state not in CASE_TRANSITIONS[before]):
            yield f"case {step.case_id}: {step.from_state} → {step.to_state} after {before}"
        last[step.case_id] = step.to_state
    for case in Case.objects.order_by("pk").iterator(chunk_size=CHUNK):
        if last.get(case.pk) != case.state:
            yield f"case {case.number}: state {case.state}"
        if (case.state == CaseState.CLOSED) != (case.told_at is not None):
            yield f"case {case.number}: told {case.told_at}"


def service_numbers() -> Problems:
    """Numbers run without a gap up to the last one of each year."""
    for series in NumberSeries.objects.order_by("pk"):
        model, prefix = {"case": (Case, ""), "adverse": (AdverseEvent, "ADR")}[series.name]
        count = model.objects.filter(number__startswith=f"{prefix}{series.year}-").count()
        if count != series.last:
            yield f"{series.name} {series.year}: {count} of {series.last}"


def adverse_event_clocks() -> Problems:
    """Every report has the legal clock that its facts ask for, counted from the first awareness."""
    since = _last_set(Q(verb="policy_set", label=ADVERSE_EVENT_TERMS.key))
    for event in AdverseEvent.objects.order_by("pk").iterator(chunk_size=CHUNK):
        clock = clock_of(seriousness=event.seriousness, expectedness=event.expectedness, outcome=event.outcome)
        if event.clock != clock:
            yield f"{event.number}: clock {event.clock}"
        elif (since is None or event.updated_at > since) and event.due_at != event_due(event.aware_at, clock):
            yield f"{event.number}: due {event.due_at.isoformat()}"
        if event.state != EventState.RECEIVED and event.handed_over_at is None:
            yield f"{event.number}: handed over without a time"


def adverse_event_revisions() -> Problems:
    """Revisions count from 1, open with our keys, and the last one says what stands there; so does `missing`."""
    numbers: dict[int, list[AdverseEventRevision]] = {}
    for row in AdverseEventRevision.objects.order_by("event_id", "number", "pk").iterator(chunk_size=CHUNK):
        numbers.setdefault(row.event_id, []).append(row)
    for event in AdverseEvent.objects.order_by("pk").iterator(chunk_size=CHUNK):
        rows = numbers.get(event.pk, [])
        if not rows or [row.number for row in rows] != list(range(1, len(rows) + 1)):
            yield f"{event.number}: revisions do not count from 1"
            continue
        try:
            facts = persons.facts_of(event)
            if content_of(rows[-1]) != facts or event.missing != persons.missing_elements(facts):
                yield f"{event.number}: changed without a revision"
        except RepertoryError as error:
            yield f"{event.number}: {error}"


def _last_set(what: Q) -> datetime | None:
    """When something of this kind was set last."""
    return AuditEntry.objects.filter(what).aggregate(last=Max("batch__at"))["last"]


CHECKS: tuple[Callable[[], Problems], ...] = (
    case_due_times,
    case_steps,
    service_numbers,
    adverse_event_clocks,
    adverse_event_revisions,
)
