"""Names, areas, stray sales, stock and chains over the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from repertory.core.periods import read_period
from repertory.core.time import now
from repertory.organisation.access import require
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Done
from repertory.platform.api.writing import expected_version, respond, write
from repertory.sales import access, actions
from repertory.sales.api import schemas
from repertory.sales.choices import NameKind
from repertory.sales.inputs import (
    AllowArea,
    DecideStray,
    ExemptChain,
    LearnCustomer,
    LearnProduct,
    LearnUnit,
    RecordStock,
)
from repertory.sales.queries import files, flow

router = Router(tags=["sales"])


class StrayQuery(PageQuery):
    state: str = Field("", max_length=10, description="open, allowed, confirmed, cleared")
    period: str = Field("", max_length=10, description="2026, 2026-Q3 or 2026-03")


@router.get("/ledger-names/{kind}", response={200: schemas.Names}, operation_id="list_waiting_names")
def names(request: HttpRequest, kind: NameKind) -> HttpResponse:
    """Names of files that nobody has explained yet, with suggestions; the most money first."""
    require(access.may_see_files(request.actor))
    items = [schemas.name(row) for row in files.waiting_names(actor=request.actor, kind=kind)]
    return respond({"items": items, "count": len(items), "next": None})


@router.post("/ledger-customer-names", response={200: Done}, operation_id="learn_customer_name")
def learn_customer(request: HttpRequest, data: LearnCustomer) -> HttpResponse:
    """A name means this customer; count: rows that could be entered now."""
    return _learn(request, actions.learn_customer, data)


@router.post("/ledger-product-names", response={200: Done}, operation_id="learn_product_name")
def learn_product(request: HttpRequest, data: LearnProduct) -> HttpResponse:
    """A name means this product, or this size of it."""
    return _learn(request, actions.learn_product, data)


@router.post("/ledger-units", response={200: Done}, operation_id="learn_unit")
def learn_unit(request: HttpRequest, data: LearnUnit) -> HttpResponse:
    """A unit of a file is so many sales units."""
    return _learn(request, actions.learn_unit, data)


def _learn(request: HttpRequest, act: Any, data: Any) -> HttpResponse:
    return write(
        request,
        lambda: act(actor=request.actor, at=now(), data=data),
        show=lambda count: {"done": True, "count": count},
    )


@router.post("/seller-areas", response={201: Done}, operation_id="allow_seller_area")
def allow_area(request: HttpRequest, data: AllowArea) -> HttpResponse:
    """A distributor may sell into a part of the tree."""
    return write(request, lambda: actions.allow_area(actor=request.actor, at=now(), data=data), status=201)


@router.get("/stray-flows", response={200: schemas.Strays}, operation_id="list_stray_flows")
def list_strays(request: HttpRequest, query: Query[StrayQuery]) -> HttpResponse:
    """窜货: sales of distributors outside their areas, into one's own part of the tree."""
    period = read_period(query.period) if query.period else None
    page = page_by_key(flow.strays(actor=request.actor, state=query.state, period=period), query)
    return respond({**page, "items": [schemas.stray(row) for row in page["items"]]})


@router.post("/stray-flows/{int:stray_id}/decision", response={200: schemas.StrayOut}, operation_id="decide_stray")
def decide(request: HttpRequest, stray_id: int, data: DecideStray) -> HttpResponse:
    """Say what it was. If-Match: the version that was read."""
    expected = expected_version(request)
    wanted = data if expected is None else data.model_copy(update={"version": expected})

    def work() -> Any:
        return actions.decide_stray(actor=request.actor, at=now(), stray_id=stray_id, data=wanted)

    return write(request, work, show=lambda row: schemas.stray(flow.strays(actor=request.actor).get(pk=row.pk)))


@router.post("/stock-statements", response={200: Done}, operation_id="record_stock_statement")
def record_stock(request: HttpRequest, data: RecordStock) -> HttpResponse:
    """What a distributor had, received, sold and had left of a product in a month."""
    return write(request, lambda: actions.record_stock(actor=request.actor, at=now(), data=data))


@router.get("/stock-checks", response={200: schemas.Checks}, operation_id="list_stock_checks")
def stock(request: HttpRequest, month: str) -> HttpResponse:
    """Statements of a month (2026-03), and what does not agree with them."""
    rows = flow.stock_checks(actor=request.actor, month=read_period(month, field="month").first)
    items = [schemas.check(row) for row in rows]
    return respond({"items": items, "count": len(items), "next": None})


@router.get("/long-chains", response={200: schemas.Chains}, operation_id="list_long_chains")
def chains(request: HttpRequest, period: str) -> HttpResponse:
    """两票制: sales to hospitals with more invoices than allowed; exemption says why one may be."""
    items = [schemas.chain(row) for row in flow.long_chains(actor=request.actor, period=read_period(period))]
    return respond({"items": items, "count": len(items), "next": None})


@router.post("/chain-exemptions", response={201: Done}, operation_id="exempt_chain")
def exempt(request: HttpRequest, data: ExemptChain) -> HttpResponse:
    """A longer chain is lawful, and why."""
    return write(request, lambda: actions.exempt_chain(actor=request.actor, at=now(), data=data), status=201)
