"""Products and their packs over the API."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.time import now
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Done, Row, Rows, row
from repertory.platform.api.writing import expected_version, respond, write
from repertory.products import access, actions
from repertory.products.api import schemas
from repertory.products.inputs import (
    AddPack,
    CreateProduct,
    MoveProductStage,
    RemoveProduct,
    RevisePack,
    ReviseProduct,
)
from repertory.products.models import Pack, Product, ProductStageChange
from repertory.products.queries import ListQuery, list_products
from repertory.products.queries.product import pack_of, product_of

router = Router(tags=["products"])
RESERVED = frozenset({"q", "sort", "cursor", "limit"})


class ProductQuery(Schema):
    """Besides these, every column is a filter: insurance_class=a&insurance_class=b, launched_on.from=2026-01-01,
    manufacturer=药业 (any part), line=CV (code), product_manager=product (account), trade_name=- (empty), custom.KEY=…"""

    q: str = Field("", max_length=200, description="name, pinyin, initials, approval number, code or barcode, any part")
    sort: str = Field(
        "generic_name", max_length=40, description="generic_name, code, created_at, updated_at; - before it: descending"
    )
    cursor: str = Field("", max_length=800)
    limit: int = Field(50, ge=1, le=200)


@router.get("/products", response={200: schemas.Products}, operation_id="list_products")
def list_(request: HttpRequest, query: Query[ProductQuery]) -> HttpResponse:
    """The products that one may see."""
    filters = {key: request.GET.getlist(key) for key in request.GET if key not in RESERVED}
    asked = ListQuery(text=query.q, filters=filters, sort=query.sort, cursor=query.cursor, limit=query.limit)
    page = list_products(actor=request.actor, query=asked)
    items = [schemas.product(product) for product in page.items]
    return respond({"items": items, "count": page.count, "next": page.next})


@router.post("/products", response={201: schemas.ProductOut}, operation_id="create_product")
def create(request: HttpRequest, data: CreateProduct) -> HttpResponse:
    """Open a product. 409 where the approval number, or one of the same name, form and maker, is there already."""

    def work() -> Product:
        return actions.create_product(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.product, status=201)


@router.get("/products/{int:product_id}", response={200: schemas.ProductOut}, operation_id="show_product")
def show(request: HttpRequest, product_id: int) -> HttpResponse:
    return respond(schemas.product(product_of(actor=request.actor, product_id=product_id)))


@router.patch("/products/{int:product_id}", response={200: schemas.ProductOut}, operation_id="revise_product")
def revise(request: HttpRequest, product_id: int, data: ReviseProduct) -> HttpResponse:
    """Change the given fields. If-Match: the ETag that was read, 409 when it is no longer the newest."""

    def work() -> Product:
        return actions.revise_product(
            actor=request.actor, at=now(), product_id=product_id, data=_expecting(request, data)
        )

    return write(request, work, show=schemas.product)


@router.post("/products/{int:product_id}/removal", response={200: Done}, operation_id="remove_product")
def remove(request: HttpRequest, product_id: int, data: RemoveProduct) -> HttpResponse:
    """Take away a product that was opened by mistake."""

    def work() -> None:
        actions.remove_product(actor=request.actor, at=now(), product_id=product_id, data=data)

    return write(request, work)


@router.get(
    "/products/{int:product_id}/stage-changes",
    response={200: Rows},
    operation_id="list_product_stage_changes",
)
def stage_changes(request: HttpRequest, product_id: int, query: Query[PageQuery]) -> HttpResponse:
    product = access.get_visible(request.actor, product_id)
    return _rows(ProductStageChange.objects.filter(product=product), query)


@router.post(
    "/products/{int:product_id}/stage-changes",
    response={201: Row},
    operation_id="move_product_stage",
)
def move_stage(request: HttpRequest, product_id: int, data: MoveProductStage) -> HttpResponse:
    def work() -> ProductStageChange:
        return actions.move_product_stage(actor=request.actor, at=now(), product_id=product_id, data=data)

    return write(request, work, show=row, status=201)


@router.get("/products/{int:product_id}/packs", response={200: Rows}, operation_id="list_packs")
def packs(request: HttpRequest, product_id: int, query: Query[PageQuery]) -> HttpResponse:
    product = access.get_visible(request.actor, product_id)
    return _rows(Pack.objects.filter(product=product), query)


@router.post("/products/{int:product_id}/packs", response={201: Row}, operation_id="add_pack")
def add_pack(request: HttpRequest, product_id: int, data: AddPack) -> HttpResponse:
    def work() -> Pack:
        return actions.add_pack(actor=request.actor, at=now(), product_id=product_id, data=data)

    return write(request, work, show=row, status=201)


@router.get("/packs/{int:pack_id}", response={200: Row}, operation_id="show_pack")
def show_pack(request: HttpRequest, pack_id: int) -> HttpResponse:
    return respond(row(pack_of(actor=request.actor, pack_id=pack_id)))


@router.patch("/packs/{int:pack_id}", response={200: Row}, operation_id="revise_pack")
def revise_pack(request: HttpRequest, pack_id: int, data: RevisePack) -> HttpResponse:
    """Change the given fields, or switch the pack off. If-Match as for products."""

    def work() -> Pack:
        return actions.revise_pack(actor=request.actor, at=now(), pack_id=pack_id, data=_expecting(request, data))

    return write(request, work, show=row)


def _expecting(request: HttpRequest, data: Any) -> Any:
    expected = expected_version(request)
    return data if expected is None else data.model_copy(update={"version": expected})


def _rows(rows: Any, query: PageQuery, show: Callable[[Any], dict[str, Any]] = row) -> HttpResponse:
    page = page_by_key(rows, query)
    return respond({**page, "items": [show(found) for found in page["items"]]})
