"""Samples over the API: one's own bag, lots, the ledger, giving with a signature."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from repertory.core.time import now, today
from repertory.materials import access, actions
from repertory.materials.api import schemas
from repertory.materials.inputs import Count, GiveSampleTo, Issue, KeepSignature, Lose, ReceiveLot, Return, TakeBack
from repertory.materials.models import SampleMove
from repertory.materials.queries.holdings import own_samples
from repertory.materials.queries.listing import with_names
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Row, Rows, row
from repertory.platform.api.writing import respond, write

router = Router(tags=["samples"])
LOT = "/sample-lots/{int:lot_id}"
RESPONSE: dict[Any, Any] = {201: Row}


@router.get("/samples", response={200: Rows}, operation_id="list_own_samples")
def own(request: HttpRequest) -> HttpResponse:
    """What is in one's own bag, what expires first on top. All in one answer."""
    day = today()
    items = [schemas.balance(one.balance, on=day) for one in own_samples(actor=request.actor, on=day)]
    return respond({"items": items, "count": len(items), "next": None})


@router.post("/samples", response=RESPONSE, operation_id="give_sample")
def give(request: HttpRequest, data: GiveSampleTo) -> HttpResponse:
    """Give packs to a customer outside a visit, out of one's own bag. signature_id: see the customer's signatures."""

    def work() -> SampleMove:
        return actions.give_sample(actor=request.actor, at=now(), customer_id=data.customer_id, data=data, on=data.on)

    return write(request, work, show=schemas.move, status=201)


@router.post("/customers/{int:customer_id}/signatures", response=RESPONSE, operation_id="keep_signature")
def sign(request: HttpRequest, customer_id: int, data: KeepSignature) -> HttpResponse:
    """Keep the picture of a signature; its id goes into the giving of samples, of one visit or day."""

    def work() -> Any:
        return actions.keep_signature(actor=request.actor, at=now(), customer_id=customer_id, data=data)

    return write(request, work, show=lambda kept: {"id": kept.pk, "sha256": kept.sha256}, status=201)


@router.get("/sample-lots", response={200: Rows}, operation_id="list_sample_lots")
def lots(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    page = page_by_key(access.visible_lots(request.actor), query)
    return respond({**page, "items": [row(found) for found in page["items"]]})


@router.post("/sample-lots", response=RESPONSE, operation_id="receive_sample_lot")
def receive(request: HttpRequest, data: ReceiveLot) -> HttpResponse:
    """Packs of a new lot, or more of a known one, into the store; the answer is the move, with its lot."""

    def work() -> SampleMove:
        return actions.receive_lot(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.move, status=201)


@router.get("/sample-balances", response={200: Rows}, operation_id="list_sample_balances")
def balances(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """Packs in one's own bag and in those that one answers for; holder null is the store."""
    rows = access.visible_sample_balances(request.actor).select_related("lot__pack__product")
    page, day = page_by_key(rows, query), today()
    return respond({**page, "items": [schemas.balance(found, on=day) for found in page["items"]]})


@router.get("/sample-moves", response={200: Rows}, operation_id="list_sample_moves")
def moves(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """The ledger of these bags; a holder's quantities add up to the balance."""
    page = page_by_key(with_names(access.visible_sample_moves(request.actor)), query)
    return respond({**page, "items": [schemas.move(found) for found in page["items"]]})


@router.post("/sample-moves/{int:move_id}/reversal", response=RESPONSE, operation_id="take_back_sample")
def take_back(request: HttpRequest, move_id: int, data: TakeBack) -> HttpResponse:
    """A giving that did not happen so: an opposite row is written."""

    def work() -> SampleMove:
        return actions.take_back_sample(actor=request.actor, at=now(), move_id=move_id, data=data)

    return write(request, work, show=schemas.move, status=201)


@router.post(f"{LOT}/issues", response=RESPONSE, operation_id="issue_samples")
def issue(request: HttpRequest, lot_id: int, data: Issue) -> HttpResponse:
    return _moved(request, actions.issue_samples, lot_id, data)


@router.post(f"{LOT}/returns", response=RESPONSE, operation_id="return_samples")
def give_back(request: HttpRequest, lot_id: int, data: Return) -> HttpResponse:
    return _moved(request, actions.return_samples, lot_id, data)


@router.post(f"{LOT}/losses", response=RESPONSE, operation_id="lose_samples")
def lose(request: HttpRequest, lot_id: int, data: Lose) -> HttpResponse:
    return _moved(request, actions.lose_samples, lot_id, data)


@router.post(f"{LOT}/counts", response=RESPONSE, operation_id="count_samples")
def count(request: HttpRequest, lot_id: int, data: Count) -> HttpResponse:
    return _moved(request, actions.count_samples, lot_id, data)


def _moved(request: HttpRequest, act: Callable[..., Any], lot_id: int, data: Any) -> HttpResponse:
    def work() -> Any:
        return act(actor=request.actor, at=now(), lot_id=lot_id, data=data)

    return write(request, work, show=schemas.move, status=201)
