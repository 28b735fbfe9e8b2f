"""Customers over the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.time import now
from repertory.customers import access, actions
from repertory.customers.api import schemas
from repertory.customers.fields import PROFILE_FIELDS
from repertory.customers.inputs import (
    CreateCustomer,
    DecideTier,
    Erase,
    Reassign,
    RemoveCustomer,
    Reveal,
    ReviseCustomer,
)
from repertory.customers.models import Customer, Profile
from repertory.customers.queries import ListQuery, list_customers
from repertory.platform.api.schemas import Done, Row
from repertory.platform.api.writing import expected_version, respond, write

router = Router(tags=["customers"])
RESERVED = frozenset({"q", "sort", "cursor", "limit"})


class CustomerQuery(Schema):
    """Besides these, every column is a filter: tier=A&tier=B, headcount.from=100, created_at.to=2026-03-31,
    custom.beds.from=500, phone=- (empty), territory=HD1."""

    q: str = Field("", max_length=200, description="name, pinyin, initials, phone or code, any part")
    sort: str = Field("name", max_length=40, description="name, code, created_at, updated_at; - before it: descending")
    cursor: str = Field("", max_length=800)
    limit: int = Field(50, ge=1, le=200)


@router.get("/customers", response={200: schemas.Customers})
def list_(request: HttpRequest, query: Query[CustomerQuery]) -> HttpResponse:
    """The customers of one's own scope."""
    filters = {key: request.GET.getlist(key) for key in request.GET if key not in RESERVED}
    asked = ListQuery(text=query.q, filters=filters, sort=query.sort, cursor=query.cursor, limit=query.limit)
    page = list_customers(actor=request.actor, query=asked)
    items = [schemas.brief(customer) for customer in page.items]
    return respond({"items": items, "count": page.count, "more": page.more, "next": page.next})


@router.post("/customers", response={201: schemas.CustomerOut})
def create(request: HttpRequest, data: CreateCustomer) -> HttpResponse:
    """Open an archive. 409 likely_duplicate lists those it may be; send confirmed_new to save all the same."""

    def work() -> Customer:
        return actions.create_customer(actor=request.actor, at=now(), data=data)

    held = _card if data.model_fields_set & PROFILE_FIELDS else _card_without_profile
    return write(request, work, show=held, status=201)


@router.get("/customers/{int:customer_id}", response={200: schemas.CustomerOut})
def show(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The whole card; opening it is logged."""
    customer = access.get_visible(request.actor, customer_id)
    actions.log_opening(actor=request.actor, at=now(), customer=customer)
    return respond(_card(customer))


@router.patch("/customers/{int:customer_id}", response={200: schemas.CustomerOut})
def revise(request: HttpRequest, customer_id: int, data: ReviseCustomer) -> HttpResponse:
    """Change the given fields. If-Match: the ETag that was read, 409 when it is no longer the newest."""

    def work() -> Customer:
        expected = expected_version(request)
        revised = data if expected is None else data.model_copy(update={"version": expected})
        return actions.revise_customer(actor=request.actor, at=now(), customer_id=customer_id, data=revised)

    return write(request, work, show=_card)


@router.post("/customers/reassignments", response={200: Done})
def reassign(request: HttpRequest, data: Reassign) -> HttpResponse:
    """Hand customers of one territory, or all of them, to another from a day on."""

    def work() -> int:
        return actions.reassign_customers(actor=request.actor, at=now(), data=data)

    return write(request, work, show=lambda count: {"done": True, "count": count})


@router.post("/customers/{int:customer_id}/removal", response={200: Done})
def remove(request: HttpRequest, customer_id: int, data: RemoveCustomer) -> HttpResponse:
    def work() -> None:
        actions.remove_customer(actor=request.actor, at=now(), customer_id=customer_id, data=data)

    return write(request, work)


class Restore(Schema):
    territory: str = Field(max_length=40)


@router.post("/customers/{int:customer_id}/restoration", response={200: schemas.CustomerOut})
def restore(request: HttpRequest, customer_id: int, data: Restore) -> HttpResponse:
    def work() -> Customer:
        return actions.restore_customer(
            actor=request.actor, at=now(), customer_id=customer_id, territory=data.territory
        )

    return write(request, work, show=_card)


@router.post("/customers/{int:customer_id}/tier-decision", response={200: schemas.CustomerOut})
def decide_tier(request: HttpRequest, customer_id: int, data: DecideTier) -> HttpResponse:
    def work() -> Customer:
        return actions.decide_tier(actor=request.actor, at=now(), customer_id=customer_id, data=data)

    return write(request, work, show=_card)


@router.post("/customers/{int:customer_id}/reveals", response={200: schemas.Revealed})
def reveal(request: HttpRequest, customer_id: int, data: Reveal) -> HttpResponse:
    """A private field in clear, against a reason that is logged. Takes no Idempotency-Key: the answer is not stored."""
    value = actions.reveal_private(actor=request.actor, at=now(), customer_id=customer_id, data=data)
    return respond({"value": value})


@router.post("/customers/{int:customer_id}/erasure", response={201: Row})
def erase(request: HttpRequest, customer_id: int, data: Erase) -> HttpResponse:
    """A person asked to be forgotten."""

    def work() -> Any:
        return actions.erase_person(actor=request.actor, at=now(), customer_id=customer_id, data=data)

    return write(request, work, show=schemas.row, status=201)


def _card_without_profile(customer: Customer) -> dict[str, Any]:
    return schemas.whole(customer, None)


def _card(customer: Customer) -> dict[str, Any]:
    return schemas.whole(customer, Profile.objects.filter(customer=customer).first())
