"""Visits over the API: lists, recording, completing, planning."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.listing import ListQuery
from repertory.core.time import now
from repertory.platform.api.schemas import Done, Row, Rows, row
from repertory.platform.api.writing import expected_version, respond, write
from repertory.visits import actions
from repertory.visits.api import schemas
from repertory.visits.inputs import (
    AmendVisit,
    CancelVisit,
    CompleteVisit,
    MoveVisit,
    PlanVisit,
    RecordVisit,
    RevisePlanned,
    SetHours,
)
from repertory.visits.models import Visit, VisitingHours
from repertory.visits.queries.listing import list_visits
from repertory.visits.queries.terms import hours_of
from repertory.visits.queries.visits import visit_of

router = Router(tags=["visits"])
RESERVED = frozenset({"q", "sort", "cursor", "limit"})


class VisitQuery(Schema):
    """Besides these, every column is a filter: status=done, mode=field&mode=phone, day.from=2026-03-01, day.to=2026-03-31,
    user=rep01 (account), territory=E1A (code), customer_id=7, product=P001 (code), attitude=trial, late=true …"""

    q: str = Field("", max_length=200, description="name, initials or code of the customer, subject")
    sort: str = Field("-day", max_length=40, description="day, recorded; - before it: descending")
    cursor: str = Field("", max_length=800)
    limit: int = Field(50, ge=1, le=200)


@router.get("/visits", response={200: schemas.Visits}, operation_id="list_visits")
def list_(request: HttpRequest, query: Query[VisitQuery]) -> HttpResponse:
    """The visits that one may see, planned ones too."""
    filters = {key: request.GET.getlist(key) for key in request.GET if key not in RESERVED}
    asked = ListQuery(text=query.q, filters=filters, sort=query.sort, cursor=query.cursor, limit=query.limit)
    page = list_visits(actor=request.actor, query=asked)
    return respond({"items": [schemas.visit(found) for found in page.items], "count": page.count, "next": page.next})


@router.post("/visits", response={201: schemas.VisitOut}, operation_id="record_visit")
def record(request: HttpRequest, data: RecordVisit) -> HttpResponse:
    """Record a visit that took place. 422 adverse_event_question and prescription_counts ask about the text."""

    def work() -> Visit:
        return actions.record_visit(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.visit, status=201)


@router.post("/visits/planned", response={201: schemas.VisitOut}, operation_id="plan_visit")
def plan(request: HttpRequest, data: PlanVisit) -> HttpResponse:
    def work() -> Visit:
        return actions.plan_visit(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.visit, status=201)


@router.get("/visits/{int:visit_id}", response={200: schemas.VisitOut}, operation_id="show_visit")
def show(request: HttpRequest, visit_id: int) -> HttpResponse:
    return respond(schemas.whole_visit(visit_of(actor=request.actor, visit_id=visit_id)))


@router.patch("/visits/{int:visit_id}", response={200: schemas.VisitOut}, operation_id="amend_visit")
def amend(request: HttpRequest, visit_id: int, data: AmendVisit) -> HttpResponse:
    """Mend the minutes of one's own visit while its day is open. If-Match: the ETag that was read."""

    def work() -> Visit:
        return actions.amend_visit(actor=request.actor, at=now(), visit_id=visit_id, data=_expecting(request, data))

    return write(request, work, show=schemas.visit)


@router.post("/visits/{int:visit_id}/completion", response={200: schemas.VisitOut}, operation_id="complete_visit")
def complete(request: HttpRequest, visit_id: int, data: CompleteVisit) -> HttpResponse:
    """Record what became of a planned visit."""

    def work() -> Visit:
        return actions.complete_visit(actor=request.actor, at=now(), visit_id=visit_id, data=_expecting(request, data))

    return write(request, work, show=schemas.visit)


@router.post("/visits/{int:visit_id}/moving", response={200: schemas.VisitOut}, operation_id="move_visit")
def move(request: HttpRequest, visit_id: int, data: MoveVisit) -> HttpResponse:
    def work() -> Visit:
        return actions.move_visit(actor=request.actor, at=now(), visit_id=visit_id, data=_expecting(request, data))

    return write(request, work, show=schemas.visit)


@router.patch("/visits/{int:visit_id}/planned", response={200: schemas.VisitOut}, operation_id="revise_planned_visit")
def revise(request: HttpRequest, visit_id: int, data: RevisePlanned) -> HttpResponse:
    def work() -> Visit:
        return actions.revise_planned(actor=request.actor, at=now(), visit_id=visit_id, data=_expecting(request, data))

    return write(request, work, show=schemas.visit)


@router.post("/visits/{int:visit_id}/cancellation", response={200: schemas.VisitOut}, operation_id="cancel_visit")
def cancel(request: HttpRequest, visit_id: int, data: CancelVisit) -> HttpResponse:
    def work() -> Visit:
        return actions.cancel_visit(actor=request.actor, at=now(), visit_id=visit_id, data=_expecting(request, data))

    return write(request, work, show=schemas.visit)


@router.post("/visits/{int:visit_id}/taking-up", response={200: schemas.VisitOut}, operation_id="take_up_visit")
def take_up(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Plan a cancelled visit again, on the same day."""

    def work() -> Visit:
        return actions.take_up_visit(actor=request.actor, at=now(), visit_id=visit_id)

    return write(request, work, show=schemas.visit)


@router.get(
    "/customers/{int:customer_id}/visiting-hours",
    response={200: Rows},
    operation_id="list_visiting_hours",
)
def hours(request: HttpRequest, customer_id: int) -> HttpResponse:
    """When the customer can be seen; weekday 0 is Monday."""
    rows = hours_of(actor=request.actor, customer_id=customer_id)
    return respond({"items": [row(found) for found in rows], "count": len(rows), "next": None})


@router.post(
    "/customers/{int:customer_id}/visiting-hours",
    response={201: Row},
    operation_id="set_visiting_hours",
)
def set_hours(request: HttpRequest, customer_id: int, data: SetHours) -> HttpResponse:
    def work() -> VisitingHours:
        return actions.set_hours(actor=request.actor, at=now(), customer_id=customer_id, data=data)

    return write(request, work, show=row, status=201)


@router.delete("/visiting-hours/{int:hours_id}", response={200: Done}, operation_id="drop_visiting_hours")
def drop_hours(request: HttpRequest, hours_id: int) -> HttpResponse:
    def work() -> int:
        return actions.drop_hours(actor=request.actor, at=now(), hours_id=hours_id)

    return write(request, work)


def _expecting(request: HttpRequest, data: Any) -> Any:
    expected = expected_version(request)
    return data if expected is None else data.model_copy(update={"version": expected})
