"""Adverse events over the API. There is no way to delete one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.time import now
from repertory.platform.api.writing import expected_version, respond, write
from repertory.service import actions
from repertory.service.api import schemas
from repertory.service.api.case_routes import asked
from repertory.service.inputs import (
    CloseEvent,
    CorrectAdverseEvent,
    FollowUp,
    HandOverEvent,
    ReportAdverseEvent,
    RevealEvent,
)
from repertory.service.models import AdverseEvent
from repertory.service.queries import adverse as queries

router = Router(tags=["adverse events"])
ONE = "/adverse-events/{int:event_id}"
ANSWERS = {200: schemas.EventOut}


class EventQuery(Schema):
    """Besides these, every column is a filter: state=received, clock=at_once, customer=7 (key), due_at.to=2026-03-31;
    late=1, incomplete=1."""

    q: str = Field("", max_length=200, description="number, customer, drug or words of the description, any part")
    sort: str = Field(
        "due_at", max_length=40, description="due_at, number, aware_at, updated_at; - before it: descending"
    )
    cursor: str = Field("", max_length=800)
    limit: int = Field(50, ge=1, le=200)


@router.get("/adverse-events", response={200: schemas.Events}, operation_id="list_adverse_events")
def list_(request: HttpRequest, query: Query[EventQuery]) -> HttpResponse:
    """The reports that one may see, the earliest due first."""
    page = queries.list_events(actor=request.actor, query=asked(request, query), at=now())
    items = [schemas.event(event, at=now()) for event in page.items]
    return respond({"items": items, "count": page.count, "next": page.next})


@router.post("/adverse-events", response={201: schemas.EventOut}, operation_id="report_adverse_event")
def report(request: HttpRequest, data: ReportAdverseEvent) -> HttpResponse:
    """Take in what is known. What is missing of the minimum is listed in `missing` and asked for afterwards."""

    def work() -> AdverseEvent:
        return actions.report_adverse_event(actor=request.actor, at=now(), data=data)

    return write(request, work, show=_shown, status=201)


@router.get(ONE, response={200: schemas.EventWithSteps}, operation_id="show_adverse_event")
def show(request: HttpRequest, event_id: int) -> HttpResponse:
    event = queries.event_of(actor=request.actor, event_id=event_id)
    steps = [schemas.step(row) for row in queries.steps_of(event)]
    return respond({**schemas.event(event, at=now()), "steps": steps})


@router.post(f"{ONE}/corrections", response=ANSWERS, operation_id="correct_adverse_event")
def correct(request: HttpRequest, event_id: int, data: CorrectAdverseEvent) -> HttpResponse:
    """Complete or correct the given facts, with the reason; earlier revisions stay. If-Match as everywhere."""
    expected = expected_version(request)
    wanted = data if expected is None else data.model_copy(update={"version": expected})
    return _step(request, event_id, actions.correct_adverse_event, wanted)


@router.post(f"{ONE}/follow-ups", response=ANSWERS, operation_id="follow_up_adverse_event")
def follow_up(request: HttpRequest, event_id: int, data: FollowUp) -> HttpResponse:
    return _step(request, event_id, actions.follow_up_event, data)


@router.post(f"{ONE}/hand-over", response=ANSWERS, operation_id="hand_over_adverse_event")
def hand_over(request: HttpRequest, event_id: int, data: HandOverEvent) -> HttpResponse:
    """Pharmacovigilance has it: when, who, with which receipt."""
    return _step(request, event_id, actions.hand_over_event, data)


@router.post(f"{ONE}/closure", response=ANSWERS, operation_id="close_adverse_event")
def close(request: HttpRequest, event_id: int, data: CloseEvent) -> HttpResponse:
    return _step(request, event_id, actions.close_event, data)


@router.post(f"{ONE}/reveals", response={200: schemas.Persons}, operation_id="reveal_adverse_event_persons")
def reveal(request: HttpRequest, event_id: int, data: RevealEvent) -> HttpResponse:
    """Patient and reporter in clear, against a reason that stays in the audit trail. Not stored under a key."""
    return respond(actions.reveal_persons(actor=request.actor, at=now(), event_id=event_id, data=data))


def _step(request: HttpRequest, event_id: int, act: Callable[..., AdverseEvent], data: Any) -> HttpResponse:
    def work() -> AdverseEvent:
        return act(actor=request.actor, at=now(), event_id=event_id, data=data)

    return write(request, work, show=_shown)


def _shown(event: AdverseEvent) -> dict[str, Any]:
    return schemas.event(queries.with_names(AdverseEvent.objects.filter(pk=event.pk)).get(), at=now())
