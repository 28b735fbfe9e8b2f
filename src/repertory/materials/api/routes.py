"""Materials and their versions over the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from repertory.core.errors import InvalidInput
from repertory.core.inputs import OptionalDay
from repertory.core.listing import ListQuery
from repertory.core.time import now, today
from repertory.materials import access, actions
from repertory.materials.api import schemas
from repertory.materials.inputs import (
    CreateMaterial,
    DecideVersion,
    DraftVersion,
    RemoveMaterial,
    ReviseMaterial,
    ReviseVersion,
    WithdrawVersion,
)
from repertory.materials.models import Material, MaterialVersion
from repertory.materials.queries.giving import usable_versions
from repertory.materials.queries.listing import list_materials
from repertory.materials.queries.materials import material_of, version_of
from repertory.organisation.access import require
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Done
from repertory.platform.api.writing import expected_version, respond, write

router = Router(tags=["materials"])
RESERVED = frozenset({"q", "sort", "cursor", "limit"})
MATERIAL = "/materials/{int:material_id}"
VERSION = "/material-versions/{int:version_id}"


class MaterialQuery(Schema):
    """Besides these, columns are filters: kind=leaflet&kind=reprint, product=P00001 (code), is_electronic=true, code=…"""

    q: str = Field("", max_length=200, description="title, pinyin, initials or code, any part")
    sort: str = Field("title", max_length=40, description="title, code, updated_at; - before it: descending")
    cursor: str = Field("", max_length=800)
    limit: int = Field(50, ge=1, le=200)


class UsableQuery(Schema):
    on: OptionalDay = Field(None, description="the day, today where it is not given")
    kind: str = Field("", max_length=12, description="kind of the customer, such as hcp")
    product: int | None = Field(None, ge=1, lt=2**63)


@router.get("/materials", response={200: schemas.Materials}, operation_id="list_materials")
def list_(request: HttpRequest, query: Query[MaterialQuery]) -> HttpResponse:
    """The materials that one may see."""
    filters = {key: request.GET.getlist(key) for key in request.GET if key not in RESERVED}
    asked = ListQuery(text=query.q, filters=filters, sort=query.sort, cursor=query.cursor, limit=query.limit)
    page = list_materials(actor=request.actor, query=asked)
    items = [schemas.material(material) for material in page.items]
    return respond({"items": items, "count": page.count, "next": page.next})


@router.post("/materials", response={201: schemas.MaterialOut}, operation_id="create_material")
def create(request: HttpRequest, data: CreateMaterial) -> HttpResponse:
    """Open a material; 409 where the code is taken."""

    def work() -> Material:
        return actions.create_material(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.material, status=201)


@router.get(MATERIAL, response={200: schemas.MaterialOut}, operation_id="show_material")
def show(request: HttpRequest, material_id: int) -> HttpResponse:
    return respond(schemas.material(material_of(actor=request.actor, material_id=material_id)))


@router.patch(MATERIAL, response={200: schemas.MaterialOut}, operation_id="revise_material")
def revise(request: HttpRequest, material_id: int, data: ReviseMaterial) -> HttpResponse:
    """Change the given fields. If-Match: the ETag that was read, 409 when it is no longer the newest."""

    def work() -> Material:
        expected = expected_version(request)
        revised = data if expected is None else data.model_copy(update={"version": expected})
        return actions.revise_material(actor=request.actor, at=now(), material_id=material_id, data=revised)

    return write(request, work, show=schemas.material)


@router.post(f"{MATERIAL}/removal", response={200: Done}, operation_id="remove_material")
def remove(request: HttpRequest, material_id: int, data: RemoveMaterial) -> HttpResponse:
    """Take away a material that was opened by mistake."""

    def work() -> None:
        actions.remove_material(actor=request.actor, at=now(), material_id=material_id, data=data)

    return write(request, work)


@router.get("/usable-materials", response={200: schemas.MaterialVersions}, operation_id="list_usable_materials")
def usable(request: HttpRequest, query: Query[UsableQuery]) -> HttpResponse:
    """What may be handed out on a day: approved, in its days, of products on sale. All in one answer."""
    day = query.on or today()
    found = usable_versions(actor=request.actor, on=day, kind=query.kind, product_id=query.product)
    items = [schemas.version(row, on=day) for row in found]
    return respond({"items": items, "count": len(items), "next": None})


@router.get(
    f"{MATERIAL}/versions",
    response={200: schemas.MaterialVersions},
    operation_id="list_versions_of_material",
)
def versions(request: HttpRequest, material_id: int, query: Query[PageQuery]) -> HttpResponse:
    material = access.get_visible(request.actor, material_id)
    rows = access.visible_versions(request.actor).filter(material=material).select_related("material")
    page = page_by_key(rows.prefetch_related("material__products"), query)
    return respond({**page, "items": [_shown(found) for found in page["items"]]})


@router.post(
    f"{MATERIAL}/versions",
    response={201: schemas.MaterialVersionOut},
    operation_id="draft_material_version",
)
def draft(request: HttpRequest, material_id: int, data: DraftVersion) -> HttpResponse:
    """The next version, as a draft."""

    def work() -> MaterialVersion:
        return actions.draft_version(actor=request.actor, at=now(), material_id=material_id, data=data)

    return write(request, work, show=_shown, status=201)


@router.get(VERSION, response={200: schemas.MaterialVersionOut}, operation_id="show_material_version")
def show_version(request: HttpRequest, version_id: int) -> HttpResponse:
    return respond(_shown(version_of(actor=request.actor, version_id=version_id)))


@router.put(VERSION, response={200: schemas.MaterialVersionOut}, operation_id="revise_material_version")
def revise_version(request: HttpRequest, version_id: int, data: ReviseVersion) -> HttpResponse:
    """The whole draft again, but for its file. If-Match: the ETag that was read."""

    def work() -> MaterialVersion:
        expected = expected_version(request)
        revised = data if expected is None else data.model_copy(update={"version": expected})
        return actions.revise_version(actor=request.actor, at=now(), version_id=version_id, data=revised)

    return write(request, work, show=_shown)


@router.post(f"{VERSION}/file", response={200: schemas.MaterialVersionOut}, operation_id="attach_material_file")
def attach(request: HttpRequest, version_id: int, file: UploadedFile | None = File(None)) -> HttpResponse:
    """The file of a draft: PDF, picture or Office, as multipart/form-data."""
    if file is None:
        access.get_version(request.actor, version_id)
        require(access.may_write_materials(request.actor))
        raise InvalidInput(_("请先选择文件。"), field="file")

    def work() -> MaterialVersion:
        name = file.name or ""
        return actions.attach_version_file(
            actor=request.actor, at=now(), version_id=version_id, name=name, content=file
        )

    return write(request, work, show=_shown)


@router.post(f"{VERSION}/removal", response={200: Done}, operation_id="discard_material_version")
def discard(request: HttpRequest, version_id: int) -> HttpResponse:
    """Throw a draft away."""

    def work() -> None:
        actions.discard_version(actor=request.actor, at=now(), version_id=version_id)

    return write(request, work)


@router.post(
    f"{VERSION}/submission",
    response={200: schemas.MaterialVersionOut},
    operation_id="submit_material_version",
)
def submit(request: HttpRequest, version_id: int) -> HttpResponse:
    def work() -> MaterialVersion:
        return actions.submit_version(actor=request.actor, at=now(), version_id=version_id)

    return write(request, work, show=_shown)


@router.post(
    f"{VERSION}/decision",
    response={200: schemas.MaterialVersionOut},
    operation_id="decide_material_version",
)
def decide(request: HttpRequest, version_id: int, data: DecideVersion) -> HttpResponse:
    """Approve or send back; never one's own."""

    def work() -> MaterialVersion:
        return actions.decide_version(actor=request.actor, at=now(), version_id=version_id, data=data)

    return write(request, work, show=_shown)


@router.post(
    f"{VERSION}/withdrawal",
    response={200: schemas.MaterialVersionOut},
    operation_id="withdraw_material_version",
)
def withdraw(request: HttpRequest, version_id: int, data: WithdrawVersion) -> HttpResponse:
    """From today nobody may hand it out any more."""

    def work() -> MaterialVersion:
        return actions.withdraw_version(actor=request.actor, at=now(), version_id=version_id, data=data)

    return write(request, work, show=_shown)


def _shown(version: MaterialVersion) -> dict[str, Any]:
    return schemas.version(version, on=today())
