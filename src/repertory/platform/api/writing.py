"""What every writing operation shares: the key that makes it happen once, the version it was made from."""

import json
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from repertory.core.errors import InvalidInput
from repertory.core.time import now
from repertory.platform.idempotency import answer_once


def write(
    request: HttpRequest,
    work: Callable[[], Any],
    *,
    show: Callable[[Any], Any] = lambda result: {"done": True, "count": 1},
    status: int = 200,
) -> HttpResponse:
    """Do the work, once for each Idempotency-Key, and answer what `show` makes of its result."""

    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return respond(show(work()), status=status)

    def answer() -> tuple[int, Any]:
        return status, json.loads(json.dumps(show(work()), cls=DjangoJSONEncoder))

    first_status, body = answer_once(
        actor=request.actor,  # type: ignore[attr-defined]
        at=now(),
        key=key,
        method=request.method or "",
        path=request.get_full_path(),
        body=request.body,
        work=answer,
    )
    return respond(body, status=first_status)


def respond(body: Any, *, status: int = 200) -> HttpResponse:
    """JSON, with the version as ETag where the body has one."""
    response = HttpResponse(
        json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False), status=status, content_type="application/json"
    )
    if isinstance(body, dict) and isinstance(body.get("version"), int):
        response["ETag"] = f'"{body["version"]}"'
    return response


def expected_version(request: HttpRequest) -> int | None:
    """The version in If-Match; None where the caller does not care."""
    given = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if given in ("", "*"):
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise InvalidInput(_("If-Match 应为读取时得到的 ETag。"), field="If-Match")
    return int(given)
