"""Key messages over the API: what may be said today, and the steps of their approval."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.inputs import OptionalDay
from repertory.core.time import now, today
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Done
from repertory.platform.api.writing import expected_version, respond, write
from repertory.products import access, actions
from repertory.products.api import schemas
from repertory.products.inputs import DecideMessage, DraftMessage, ReviseMessage, WithdrawMessage
from repertory.products.models import MessageVersion
from repertory.products.queries.product import message_of, product_of, usable_versions, version_of

router = Router(tags=["key messages"])
VERSION = "/message-versions/{int:version_id}"


class UsableMessagesQuery(Schema):
    on: OptionalDay = Field(None, description="the day, today where it is not given")
    kind: str = Field("", max_length=12, description="kind of the customer, such as hcp")
    department: str = Field("", max_length=80, description="the customer's department")
    product: int | None = Field(None, ge=1, lt=2**63)


@router.get("/usable-messages", response={200: schemas.Versions}, operation_id="list_usable_messages")
def usable(request: HttpRequest, query: Query[UsableMessagesQuery]) -> HttpResponse:
    """What may be said on a day to a customer: approved, in its days, of products on sale. All in one answer."""
    day = query.on or today()
    found = usable_versions(
        actor=request.actor, on=day, kind=query.kind, department=query.department, product_id=query.product
    )
    items = [schemas.version(row, on=day) for row in found]
    return respond({"items": items, "count": len(items), "next": None})


@router.get("/products/{int:product_id}/messages", response={200: schemas.Versions}, operation_id="list_messages")
def of_product(request: HttpRequest, product_id: int, query: Query[PageQuery]) -> HttpResponse:
    """The wordings of a product's messages that one may see, every version."""
    product = product_of(actor=request.actor, product_id=product_id)
    rows = access.visible_versions(request.actor).filter(message__product=product)
    return _page(rows, query)


@router.post(
    "/products/{int:product_id}/messages",
    response={201: schemas.VersionOut},
    operation_id="draft_message",
)
def draft(request: HttpRequest, product_id: int, data: DraftMessage) -> HttpResponse:
    """A new message, as a draft."""

    def work() -> MessageVersion:
        return actions.draft_message(actor=request.actor, at=now(), product_id=product_id, data=data)

    return write(request, work, show=_shown, status=201)


@router.get(
    "/messages/{int:message_id}/versions",
    response={200: schemas.Versions},
    operation_id="list_message_versions",
)
def versions(request: HttpRequest, message_id: int, query: Query[PageQuery]) -> HttpResponse:
    message = message_of(actor=request.actor, message_id=message_id)
    return _page(access.visible_versions(request.actor).filter(message=message), query)


@router.post(
    "/messages/{int:message_id}/versions",
    response={201: schemas.VersionOut},
    operation_id="draft_next_version",
)
def next_version(request: HttpRequest, message_id: int, data: DraftMessage) -> HttpResponse:
    """The next version of a message, as a draft."""

    def work() -> MessageVersion:
        return actions.draft_next_version(actor=request.actor, at=now(), message_id=message_id, data=data)

    return write(request, work, show=_shown, status=201)


@router.get(VERSION, response={200: schemas.VersionOut}, operation_id="show_message_version")
def show(request: HttpRequest, version_id: int) -> HttpResponse:
    return respond(_shown(version_of(actor=request.actor, version_id=version_id)))


@router.put(VERSION, response={200: schemas.VersionOut}, operation_id="revise_draft")
def revise(request: HttpRequest, version_id: int, data: ReviseMessage) -> HttpResponse:
    """The whole wording of a draft again. If-Match: the ETag that was read."""

    def work() -> MessageVersion:
        expected = expected_version(request)
        revised = data if expected is None else data.model_copy(update={"version": expected})
        return actions.revise_draft(actor=request.actor, at=now(), version_id=version_id, data=revised)

    return write(request, work, show=_shown)


@router.post(f"{VERSION}/removal", response={200: Done}, operation_id="discard_draft")
def discard(request: HttpRequest, version_id: int) -> HttpResponse:
    """Throw a draft away."""

    def work() -> None:
        actions.discard_draft(actor=request.actor, at=now(), version_id=version_id)

    return write(request, work)


@router.post(f"{VERSION}/submission", response={200: schemas.VersionOut}, operation_id="submit_message")
def submit(request: HttpRequest, version_id: int) -> HttpResponse:
    def work() -> MessageVersion:
        return actions.submit_message(actor=request.actor, at=now(), version_id=version_id)

    return write(request, work, show=_shown)


@router.post(f"{VERSION}/decision", response={200: schemas.VersionOut}, operation_id="decide_message")
def decide(request: HttpRequest, version_id: int, data: DecideMessage) -> HttpResponse:
    """Approve or send back; never one's own."""

    def work() -> MessageVersion:
        return actions.decide_message(actor=request.actor, at=now(), version_id=version_id, data=data)

    return write(request, work, show=_shown)


@router.post(f"{VERSION}/withdrawal", response={200: schemas.VersionOut}, operation_id="withdraw_message")
def withdraw(request: HttpRequest, version_id: int, data: WithdrawMessage) -> HttpResponse:
    """From today nobody may say it any more."""

    def work() -> MessageVersion:
        return actions.withdraw_message(actor=request.actor, at=now(), version_id=version_id, data=data)

    return write(request, work, show=_shown)


def _shown(version: MessageVersion) -> dict[str, Any]:
    return schemas.version(version, on=today())


def _page(rows: Any, query: PageQuery) -> HttpResponse:
    page = page_by_key(rows.select_related("message__product"), query)
    return respond({**page, "items": [_shown(found) for found in page["items"]]})
