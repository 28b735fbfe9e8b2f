"""Approvals over the API: lists, decisions, deputies, routes."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.errors import NotFound
from repertory.core.listing import ListQuery
from repertory.core.time import day_of, now
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.writing import respond, write
from repertory.platform.approvals import access, actions, queries
from repertory.platform.approvals.inputs import ApproveStep, NameDeputy, RejectRequest, SetRoute, WithdrawRequest
from repertory.platform.changes import plain
from repertory.platform.models import ApprovalRequest, ApprovalRoute, Deputy

router = Router(tags=["approvals"])
RESERVED = frozenset({"q", "sort", "cursor", "limit"})
ONE = "/approvals/{int:request_id}"


class ApprovalOut(Schema):
    """kind and object_id: what it is about. node: key of its place in the tree. asked_by: account. step: the position of
    the step whose turn it is, of `steps`. version: to be sent with a decision."""

    id: int
    kind: str
    object_id: int
    title: str
    amount_cny: Decimal | None
    node: int
    asked_by: str | None
    asked_at: datetime
    reason: str
    state: str
    step: int
    ended_at: datetime | None
    ended_why: str
    version: int


class Approvals(Schema):
    items: list[ApprovalOut]
    count: int
    next: str | None


class LinkOut(Schema):
    """who: names; of a decided step in whose name, else of all who may decide. deputy: name of who stood in."""

    position: int
    role: str
    node: int
    state: str
    who: list[str]
    deputy: str
    decided_at: datetime | None
    comment: str


class ApprovalWithSteps(ApprovalOut):
    """may_decide: whether it is the caller's turn."""

    steps: list[LinkOut]
    may_decide: bool


class DeputyOut(Schema):
    """Days half open: [starts_on, ends_on)."""

    id: int
    person: str
    deputy: str
    starts_on: date
    ends_on: date
    reason: str


class Deputies(Schema):
    items: list[DeputyOut]
    count: int
    next: str | None


class StepOfRouteOut(Schema):
    role: str
    level: str
    from_cny: Decimal


class RouteOut(Schema):
    id: int
    kind: str
    starts_on: date
    source: str
    steps: list[StepOfRouteOut]


class Routes(Schema):
    items: list[RouteOut]
    count: int
    next: str | None


class ApprovalQuery(Schema):
    """Besides these, every column is a filter: kind=price_list, state=waiting, asked_by=rep01; turn=1: those that wait for
    the caller, mine=1: those that the caller asked for."""

    q: str = Field("", max_length=200, description="title or name of who asked, any part")
    sort: str = Field("-asked_at", max_length=40, description="asked_at; - before it: descending")
    cursor: str = Field("", max_length=800)
    limit: int = Field(50, ge=1, le=200)


@router.get("/approvals", response={200: Approvals}, operation_id="list_approvals")
def list_(request: HttpRequest, query: Query[ApprovalQuery]) -> HttpResponse:
    """What the caller asked for, decided or may decide; administrators and auditors see all."""
    filters = {key: request.GET.getlist(key) for key in request.GET if key not in RESERVED}
    wanted = ListQuery(text=query.q, filters=filters, sort=query.sort, cursor=query.cursor, limit=query.limit)
    page = queries.list_requests(actor=request.actor, query=wanted, day=day_of(now()))
    return respond({"items": [_approval(row) for row in page.items], "count": page.count, "next": page.next})


@router.get(ONE, response={200: ApprovalWithSteps}, operation_id="show_approval")
def show(request: HttpRequest, request_id: int) -> HttpResponse:
    """The request with its chain."""
    found, day = queries.request_of(actor=request.actor, request_id=request_id), day_of(now())
    steps = [_link(link) for link in queries.links_of(found, day=day)]
    may = queries.may_decide(actor=request.actor, request=found, day=day)
    return respond({**_approval(found), "steps": steps, "may_decide": may})


@router.post(f"{ONE}/approval", response={200: ApprovalOut}, operation_id="approve_step")
def approve(request: HttpRequest, request_id: int, data: ApproveStep) -> HttpResponse:
    """Agree to the step whose turn it is; 409 where somebody was faster."""
    return _step(request, request_id, actions.approve_step, data)


@router.post(f"{ONE}/rejection", response={200: ApprovalOut}, operation_id="reject_approval")
def reject(request: HttpRequest, request_id: int, data: RejectRequest) -> HttpResponse:
    """Refuse the whole request, with the reason."""
    return _step(request, request_id, actions.reject_request, data)


@router.post(f"{ONE}/withdrawal", response={200: ApprovalOut}, operation_id="withdraw_approval")
def withdraw(request: HttpRequest, request_id: int, data: WithdrawRequest) -> HttpResponse:
    """Who asked takes it back."""
    return _step(request, request_id, actions.withdraw_request, data)


def _step(request: HttpRequest, request_id: int, act: Callable[..., ApprovalRequest], data: Any) -> HttpResponse:
    def work() -> ApprovalRequest:
        return act(actor=request.actor, at=now(), request_id=request_id, data=data)

    return write(request, work, show=_approval)


@router.get("/approval-deputies", response={200: Deputies}, operation_id="list_deputies")
def list_deputies(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """Those that the caller named or was named."""
    page = page_by_key(access.visible_deputies(request.actor).select_related("person", "deputy"), query)
    return respond({**page, "items": [_deputy(row) for row in page["items"]]})


@router.post("/approval-deputies", response={201: DeputyOut}, operation_id="name_deputy")
def name(request: HttpRequest, data: NameDeputy) -> HttpResponse:
    """Somebody else decides in the caller's name for some days."""

    def work() -> Deputy:
        return actions.name_deputy(actor=request.actor, at=now(), data=data)

    return write(request, work, show=_deputy, status=201)


@router.post("/approval-deputies/{int:deputy_id}/end", response={200: DeputyOut}, operation_id="end_deputy")
def end(request: HttpRequest, deputy_id: int) -> HttpResponse:
    """Over from today on."""

    def work() -> Deputy:
        return actions.end_deputy(actor=request.actor, at=now(), deputy_id=deputy_id)

    return write(request, work, show=_deputy)


@router.get("/approval-routes", response={200: Routes}, operation_id="list_approval_routes")
def list_routes(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """The routes that were set; a kind without one goes the way that the program brings."""
    if not access.may_see_routes(request.actor):
        raise NotFound()
    page = page_by_key(queries.routes(actor=request.actor), query)
    return respond({**page, "items": [_route(row) for row in page["items"]]})


@router.post("/approval-routes", response={201: RouteOut}, operation_id="set_approval_route")
def set_route(request: HttpRequest, data: SetRoute) -> HttpResponse:
    """From a day on requests of a kind go this way."""

    def work() -> ApprovalRoute:
        return actions.set_route(actor=request.actor, at=now(), data=data)

    return write(request, work, show=_route, status=201)


SHOWN = "id kind object_id title asked_at reason state step ended_at ended_why version".split()


def _approval(row: ApprovalRequest) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in SHOWN},
        "amount_cny": plain(row.amount_cny),
        "node": row.node_id,
        "asked_by": row.asked_by.username if row.asked_by else None,  # type: ignore[attr-defined]
    }


def _link(link: queries.Link) -> dict[str, Any]:
    step = link.step
    return {
        "position": step.position,
        "role": step.role,
        "node": step.node_id,
        "state": step.state,
        "who": link.who,
        "deputy": link.deputy,
        "decided_at": step.decided_at,
        "comment": step.comment,
    }


def _deputy(row: Deputy) -> dict[str, Any]:
    return {
        "id": row.pk,
        "person": row.person.username,  # type: ignore[attr-defined]
        "deputy": row.deputy.username,  # type: ignore[attr-defined]
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "reason": row.reason,
    }


def _route(row: ApprovalRoute) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "kind", "starts_on", "source", "steps")}
