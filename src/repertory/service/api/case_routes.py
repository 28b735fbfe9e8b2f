"""Cases over the API; each step is a noun: POST cases/7/answer."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.listing import ListQuery
from repertory.core.time import now
from repertory.platform.api.writing import expected_version, respond, write
from repertory.service import actions
from repertory.service.api import schemas
from repertory.service.inputs import (
    AnswerCase,
    AssignCase,
    NoteProgress,
    OpenCase,
    ReopenCase,
    ReviseCase,
    TakeCase,
    TellCustomer,
)
from repertory.service.models import Case
from repertory.service.queries import cases as queries

router = Router(tags=["cases"])
RESERVED = frozenset({"q", "sort", "cursor", "limit"})
ONE = "/cases/{int:case_id}"
ANSWERS = {200: schemas.CaseOut}


class CaseQuery(Schema):
    """Besides these, every column is a filter: kind=complaint, state=open, owner=rep01 (account), customer=7 (key),
    due_at.to=2026-03-31; mine=1, late=1, unfinished=1."""

    q: str = Field("", max_length=200, description="number, title or customer's name, any part")
    sort: str = Field(
        "due_at", max_length=40, description="due_at, number, opened_at, updated_at; - before it: descending"
    )
    cursor: str = Field("", max_length=800)
    limit: int = Field(50, ge=1, le=200)


def asked(request: HttpRequest, query: Any) -> ListQuery:
    filters = {key: request.GET.getlist(key) for key in request.GET if key not in RESERVED}
    return ListQuery(text=query.q, filters=filters, sort=query.sort, cursor=query.cursor, limit=query.limit)


@router.get("/cases", response={200: schemas.Cases}, operation_id="list_cases")
def list_(request: HttpRequest, query: Query[CaseQuery]) -> HttpResponse:
    """The cases that one may see: of one's customers, and those that one owns or opened."""
    page = queries.list_cases(actor=request.actor, query=asked(request, query), at=now())
    items = [schemas.case(case, at=now()) for case in page.items]
    return respond({"items": items, "count": page.count, "next": page.next})


@router.post("/cases", response={201: schemas.CaseOut}, operation_id="open_case")
def open_(request: HttpRequest, data: OpenCase) -> HttpResponse:
    """Open a case; it is due in working time by its severity."""

    def work() -> Case:
        return actions.open_case(actor=request.actor, at=now(), data=data)

    return write(request, work, show=lambda case: _shown(case.pk), status=201)


@router.get("/case-causes", response={200: schemas.Causes}, operation_id="list_case_causes")
def causes(request: HttpRequest, query: Query[CaseQuery]) -> HttpResponse:
    """What the cases of the list came from, for a Pareto."""
    found = queries.causes(actor=request.actor, query=asked(request, query), at=now())
    items = [{"cause": share.cause, "count": share.count, "so_far": share.so_far} for share in found]
    return respond({"items": items, "total": sum(share.count for share in found)})


@router.get(ONE, response={200: schemas.CaseWithSteps}, operation_id="show_case")
def show(request: HttpRequest, case_id: int) -> HttpResponse:
    """The case with its steps."""
    case = queries.case_of(actor=request.actor, case_id=case_id)
    steps = [schemas.step(row) for row in queries.steps_of(case)]
    return respond({**schemas.case(case, at=now()), "steps": steps})


@router.patch(ONE, response=ANSWERS, operation_id="revise_case")
def revise(request: HttpRequest, case_id: int, data: ReviseCase) -> HttpResponse:
    """Change the given fields. If-Match: the ETag that was read, 409 when it is no longer the newest."""
    expected = expected_version(request)
    wanted = data if expected is None else data.model_copy(update={"version": expected})
    return _step(request, case_id, actions.revise_case, wanted)


@router.post(f"{ONE}/handling", response=ANSWERS, operation_id="take_case")
def take(request: HttpRequest, case_id: int, data: TakeCase) -> HttpResponse:
    """Begin to work on it."""
    return _step(request, case_id, actions.take_case, data)


@router.post(f"{ONE}/notes", response=ANSWERS, operation_id="note_case_progress")
def note(request: HttpRequest, case_id: int, data: NoteProgress) -> HttpResponse:
    """Where it stands."""
    return _step(request, case_id, actions.note_progress, data)


@router.post(f"{ONE}/answer", response=ANSWERS, operation_id="answer_case")
def answer(request: HttpRequest, case_id: int, data: AnswerCase) -> HttpResponse:
    """The result, and what it came from."""
    return _step(request, case_id, actions.answer_case, data)


@router.post(f"{ONE}/telling", response=ANSWERS, operation_id="tell_customer")
def tell(request: HttpRequest, case_id: int, data: TellCustomer) -> HttpResponse:
    """The customer was told; the case is closed."""
    return _step(request, case_id, actions.tell_customer, data)


@router.post(f"{ONE}/reopening", response=ANSWERS, operation_id="reopen_case")
def reopen(request: HttpRequest, case_id: int, data: ReopenCase) -> HttpResponse:
    """The customer is not satisfied; the clock begins anew."""
    return _step(request, case_id, actions.reopen_case, data)


@router.post(f"{ONE}/assignment", response=ANSWERS, operation_id="assign_case")
def assign(request: HttpRequest, case_id: int, data: AssignCase) -> HttpResponse:
    """Give it to somebody who sees its customer."""
    return _step(request, case_id, actions.assign_case, data)


def _step(request: HttpRequest, case_id: int, act: Callable[..., Case], data: Any) -> HttpResponse:
    def work() -> Case:
        return act(actor=request.actor, at=now(), case_id=case_id, data=data)

    return write(request, work, show=lambda case: _shown(case.pk))


def _shown(case_id: int) -> dict[str, Any]:
    case = queries.with_names(Case.objects.filter(pk=case_id)).get()
    return schemas.case(case, at=now())
