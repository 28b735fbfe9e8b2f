"""What the phone exchanges with the server."""

import gzip
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.errors import InvalidInput
from repertory.core.time import day_of, now
from repertory.platform.api.writing import respond, write
from repertory.sync import access
from repertory.sync.actions import discard_item, push, retry_item
from repertory.sync.api import schemas
from repertory.sync.inputs import DiscardItem, PushBatch, RetryItem
from repertory.sync.queries import items as queries
from repertory.sync.queries.pull import MOST_WANTED, pull
from repertory.sync.queries.session import session_of

router = Router(tags=["sync"])
COMPRESSED_FROM_BYTES = 1_000


class SessionQuery(Schema):
    device: str = Field(min_length=1, max_length=60, description="the phone's own name for itself, made once")


class PullQuery(Schema):
    since: str = Field("", max_length=200, description="`next` of the answer before; empty for everything")
    want: str = Field("", max_length=8_000, description="keys of customers that the phone is missing, with commas")


@router.get("/sync/session", response={200: schemas.SessionOut})
def session(request: HttpRequest, query: Query[SessionQuery]) -> HttpResponse:
    """Who is signed in, and the key that seals this person's data on this phone."""
    at = now()
    found = session_of(actor=request.actor, device=query.device, today=day_of(at))
    return respond({**found, "server_at": at, "csrf": get_token(request)})


@router.post("/sync/push", response={200: schemas.PushAnswer})
def push_(request: HttpRequest, data: PushBatch) -> HttpResponse:
    """What was done without a network. Each item is taken, refused, or recognised on its own: send all of them again when
    the answer did not arrive. {"$ref": "<uid>"} in a payload stands for the key of what that item makes."""
    at = now()
    told = push(actor=request.actor, at=at, device=data.device, entries=data.items)
    return respond({"items": told, "server_at": at})


@router.get("/sync/pull", response={200: schemas.Pulled})
def pull_(request: HttpRequest, query: Query[PullQuery]) -> HttpResponse:
    """What changed since, and what is no longer to be held; compressed."""
    found = pull(actor=request.actor, at=now(), since=query.since, wanted=_keys(query.want))
    return _compressed(request, respond(found))


def _keys(text: str) -> list[int]:
    words = [word for word in text.split(",") if word]
    if not all(word.isascii() and word.isdigit() and len(word) <= 18 for word in words):
        raise InvalidInput(_("want 应为客户编号，用逗号分开。"), field="want")
    return [int(word) for word in words[:MOST_WANTED]]


def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    accepted = request.headers.get("Accept-Encoding", "")
    if "gzip" in accepted and len(response.content) >= COMPRESSED_FROM_BYTES:
        response.content = gzip.compress(response.content, compresslevel=6)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
    return response


@router.get("/sync/items", response={200: schemas.Items})
def list_items(request: HttpRequest) -> HttpResponse:
    """What waits in quarantine: one's own, and that of the people one leads."""
    rows = queries.quarantined(actor=request.actor)
    shown = [queries.shown(item) for item in rows[: queries.MOST]]
    return respond({"items": shown, "count": rows.count(), "next": None})


@router.get("/sync/items/{uuid:uid}", response={200: schemas.ItemOut})
def show_item(request: HttpRequest, uid: UUID) -> HttpResponse:
    return respond(_whole(access.get_visible(request.actor, uid)))


@router.post("/sync/items/{uuid:uid}/retry", response={200: schemas.ItemOut})
def retry(request: HttpRequest, uid: UUID, data: RetryItem) -> HttpResponse:
    """Try once more as the person who recorded it, with mended content where it is given. Read `status` of the answer."""

    def work() -> Any:
        return retry_item(actor=request.actor, at=now(), uid=uid, data=data)

    return write(request, work, show=_whole)


@router.post("/sync/items/{uuid:uid}/discarding", response={200: schemas.ItemOut})
def discard(request: HttpRequest, uid: UUID, data: DiscardItem) -> HttpResponse:
    """Give it up, for a reason that is logged."""

    def work() -> Any:
        return discard_item(actor=request.actor, at=now(), uid=uid, data=data)

    return write(request, work, show=_whole)


def _whole(item: Any) -> dict[str, Any]:
    return queries.shown(item, with_content=True)
