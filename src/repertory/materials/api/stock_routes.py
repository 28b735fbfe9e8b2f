"""Printed materials over the API: who has how many, who got what."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from repertory.core.time import now
from repertory.materials import access, actions
from repertory.materials.api import schemas
from repertory.materials.inputs import Count, HandOutTo, Issue, Lose, Receive, Return, TakeBack
from repertory.materials.models import Handout
from repertory.materials.queries.giving import given_to
from repertory.materials.queries.listing import handouts
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Row, Rows, row
from repertory.platform.api.writing import respond, write

router = Router(tags=["material stock"])
VERSION = "/material-versions/{int:version_id}"
RESPONSE: dict[Any, Any] = {201: Row}


@router.get("/handouts", response={200: Rows}, operation_id="list_handouts")
def list_handouts(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """What oneself and those below gave; a reversal has the opposite number and says what it `reverses`."""
    page = page_by_key(handouts(actor=request.actor), query)
    return respond({**page, "items": [schemas.handout(found) for found in page["items"]]})


@router.post("/handouts", response=RESPONSE, operation_id="hand_out")
def hand_out(request: HttpRequest, data: HandOutTo) -> HttpResponse:
    """Give a material to a customer outside a visit. again: true where the customer had this version already."""

    def work() -> Handout:
        return actions.hand_out(actor=request.actor, at=now(), customer_id=data.customer_id, data=data, on=data.on)

    return write(request, work, show=schemas.handout, status=201)


@router.post("/handouts/{int:handout_id}/reversal", response=RESPONSE, operation_id="take_back_handout")
def take_back(request: HttpRequest, handout_id: int, data: TakeBack) -> HttpResponse:
    """It did not happen so: an opposite row is written."""

    def work() -> Handout:
        return actions.take_back_handout(actor=request.actor, at=now(), handout_id=handout_id, data=data)

    return write(request, work, show=schemas.handout, status=201)


@router.get(
    "/customers/{int:customer_id}/received",
    response={200: schemas.ReceivedOut},
    operation_id="list_received",
)
def received(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Materials and samples that the customer got, from whomever, without what was reversed."""
    return respond(schemas.received(given_to(actor=request.actor, customer_id=customer_id)))


@router.get("/material-balances", response={200: Rows}, operation_id="list_material_balances")
def balances(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """Copies in one's own bag and in those that one answers for; holder null is the store."""
    page = page_by_key(access.visible_stock_balances(request.actor), query)
    return respond({**page, "items": [row(found) for found in page["items"]]})


@router.get("/material-moves", response={200: Rows}, operation_id="list_material_moves")
def moves(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    page = page_by_key(access.visible_stock_moves(request.actor), query)
    return respond({**page, "items": [row(found) for found in page["items"]]})


@router.post(f"{VERSION}/receipts", response=RESPONSE, operation_id="receive_stock")
def receive(request: HttpRequest, version_id: int, data: Receive) -> HttpResponse:
    """Into the store."""
    return _moved(request, actions.receive_stock, version_id, data)


@router.post(f"{VERSION}/issues", response=RESPONSE, operation_id="issue_stock")
def issue(request: HttpRequest, version_id: int, data: Issue) -> HttpResponse:
    return _moved(request, actions.issue_stock, version_id, data)


@router.post(f"{VERSION}/returns", response=RESPONSE, operation_id="return_stock")
def give_back(request: HttpRequest, version_id: int, data: Return) -> HttpResponse:
    return _moved(request, actions.return_stock, version_id, data)


@router.post(f"{VERSION}/losses", response=RESPONSE, operation_id="lose_stock")
def lose(request: HttpRequest, version_id: int, data: Lose) -> HttpResponse:
    return _moved(request, actions.lose_stock, version_id, data)


@router.post(f"{VERSION}/counts", response=RESPONSE, operation_id="count_stock")
def count(request: HttpRequest, version_id: int, data: Count) -> HttpResponse:
    return _moved(request, actions.count_stock, version_id, data)


def _moved(request: HttpRequest, act: Callable[..., Any], version_id: int, data: Any) -> HttpResponse:
    def work() -> Any:
        return act(actor=request.actor, at=now(), version_id=version_id, data=data)

    return write(request, work, show=row, status=201)
