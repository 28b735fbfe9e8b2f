"""Price lists and prices over the API; for the sales side only."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.errors import NotFound
from repertory.core.inputs import OptionalDay
from repertory.core.time import now, today
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Done
from repertory.platform.api.writing import expected_version, respond, write
from repertory.products import access, actions
from repertory.products.api import price_schemas as schemas
from repertory.products.inputs import (
    DraftPriceList,
    NextPriceList,
    RevisePriceList,
    SetPrice,
    SubmitPriceList,
    WithdrawPriceList,
)
from repertory.products.models import Price, PriceList
from repertory.products.queries import prices as queries

router = Router(tags=["prices"])
ONE = "/price-lists/{int:list_id}"
ROW = "/price-rows/{int:price_id}"
LIST_OUT = {200: schemas.PriceListOut}


class PriceQuery(Schema):
    """Whom, where, how many, when; what is left out is not known, and only prices without that condition hold."""

    pack: str = Field(max_length=50, description="code of the pack")
    customer_kind: str = Field("", max_length=12)
    tier: str = Field("", max_length=20)
    province: str = Field("", max_length=6, description="six digits")
    quantity: int = Field(1, ge=1, le=1_000_000_000)
    on: OptionalDay = Field(None, description="today where it is not given")


def _only_sales_side(request: HttpRequest) -> None:
    if not access.may_see_prices(request.actor):
        raise NotFound()


@router.get("/prices", response={200: schemas.PriceFound}, operation_id="find_price")
def find(request: HttpRequest, query: Query[PriceQuery]) -> HttpResponse:
    """What a pack costs: of the prices whose conditions are all met, the one with more conditions goes first."""
    _only_sales_side(request)
    pack = queries.pack_by_code(actor=request.actor, code=query.pack)
    ranked = queries.prices_for(
        actor=request.actor,
        pack_id=pack.pk,
        on=query.on or today(),
        customer_kind=query.customer_kind,
        tier=query.tier,
        province=query.province,
        quantity=query.quantity,
    )
    shown = [schemas.price(row) for row in ranked]
    return respond({"price": shown[0] if shown else None, "others": shown[1:]})


@router.get("/price-lists", response={200: schemas.PriceLists}, operation_id="list_price_lists")
def list_(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """Those that were approved; drafts too for who sees the whole company."""
    _only_sales_side(request)
    page = page_by_key(access.visible_price_lists(request.actor).select_related("author"), query)
    return respond({**page, "items": [schemas.price_list(row) for row in page["items"]]})


@router.post("/price-lists", response={201: schemas.PriceListOut}, operation_id="draft_price_list")
def draft(request: HttpRequest, data: DraftPriceList) -> HttpResponse:
    """A new list without prices."""
    _only_sales_side(request)

    def work() -> PriceList:
        return actions.draft_price_list(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.price_list, status=201)


@router.get(ONE, response=LIST_OUT, operation_id="show_price_list")
def show(request: HttpRequest, list_id: int) -> HttpResponse:
    return respond(schemas.price_list(queries.price_list(actor=request.actor, list_id=list_id)))


@router.patch(ONE, response=LIST_OUT, operation_id="revise_price_list")
def revise(request: HttpRequest, list_id: int, data: RevisePriceList) -> HttpResponse:
    """Name, first day or note of a draft. If-Match: the ETag that was read."""
    expected = expected_version(request)
    wanted = data if expected is None else data.model_copy(update={"version": expected})
    return _step(request, list_id, actions.revise_price_list, wanted)


@router.get(f"{ONE}/prices", response={200: schemas.Prices}, operation_id="list_prices")
def rows(request: HttpRequest, list_id: int, query: Query[PageQuery]) -> HttpResponse:
    """The list's prices."""
    found = queries.price_list(actor=request.actor, list_id=list_id)
    page = page_by_key(access.visible_prices(request.actor).filter(price_list=found).select_related("pack"), query)
    return respond({**page, "items": [schemas.price(row) for row in page["items"]]})


@router.post(f"{ONE}/prices", response={201: schemas.PriceOut}, operation_id="add_price")
def add(request: HttpRequest, list_id: int, data: SetPrice) -> HttpResponse:
    """One more price of a draft."""

    def work() -> Price:
        return actions.add_price(actor=request.actor, at=now(), list_id=list_id, data=data)

    return write(request, work, show=schemas.price, status=201)


@router.put(ROW, response={200: schemas.PriceOut}, operation_id="revise_price")
def revise_row(request: HttpRequest, price_id: int, data: SetPrice) -> HttpResponse:
    """The whole price again."""

    def work() -> Price:
        return actions.revise_price(actor=request.actor, at=now(), price_id=price_id, data=data)

    return write(request, work, show=schemas.price)


@router.delete(ROW, response={200: Done}, operation_id="remove_price")
def remove_row(request: HttpRequest, price_id: int) -> HttpResponse:
    return write(request, lambda: actions.remove_price(actor=request.actor, at=now(), price_id=price_id))


@router.post(f"{ONE}/submission", response=LIST_OUT, operation_id="submit_price_list")
def submit(request: HttpRequest, list_id: int, data: SubmitPriceList) -> HttpResponse:
    """Put it up for approval."""
    return _step(request, list_id, actions.submit_price_list, data)


@router.post(f"{ONE}/return", response=LIST_OUT, operation_id="take_back_price_list")
def take_back(request: HttpRequest, list_id: int) -> HttpResponse:
    """A draft again, before it is decided."""

    def work() -> PriceList:
        return actions.take_back_price_list(actor=request.actor, at=now(), list_id=list_id)

    return write(request, work, show=schemas.price_list)


@router.post(f"{ONE}/versions", response={201: schemas.PriceListOut}, operation_id="next_price_list")
def renew(request: HttpRequest, list_id: int, data: NextPriceList) -> HttpResponse:
    """The next version, a draft with the same prices."""
    return _step(request, list_id, actions.draft_next_price_list, data, status=201)


@router.post(f"{ONE}/withdrawal", response=LIST_OUT, operation_id="withdraw_price_list")
def withdraw(request: HttpRequest, list_id: int, data: WithdrawPriceList) -> HttpResponse:
    """Nothing is sold at these prices from today on."""
    return _step(request, list_id, actions.withdraw_price_list, data)


def _step(
    request: HttpRequest, list_id: int, act: Callable[..., PriceList], data: Any, status: int = 200
) -> HttpResponse:
    def work() -> PriceList:
        return act(actor=request.actor, at=now(), list_id=list_id, data=data)

    return write(request, work, show=schemas.price_list, status=status)
