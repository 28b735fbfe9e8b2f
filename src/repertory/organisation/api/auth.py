"""Who calls: the holder of an API token, or the person signed in in the browser that asks from our own pages."""

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from repertory.core.actor import Actor, Door
from repertory.core.errors import NotAllowed
from repertory.core.time import now
from repertory.organisation.actions.tokens import digest_of
from repertory.organisation.models import ApiToken

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PHONE_HEADER = "X-Repertory-Phone"


class TokenAuth(HttpBearer):
    """Sets request.actor. A read-only key answers 401 to nothing and 403 to every write, by the actor's scopes."""

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        rows = ApiToken.objects.select_related("user").filter(
            digest=digest_of(token), revoked_at=None, expires_at__gt=now(), user__is_active=True
        )
        found = next(iter(rows), None)
        if found is None:
            return None
        translation.activate(_language(request, found.user.language))
        request.actor = Actor(  # type: ignore[attr-defined]
            user=found.user,
            door=Door.API,
            request_id=uuid.uuid4().hex,
            address=request.META.get("REMOTE_ADDR", ""),
            token_scopes=frozenset({"read"}) if found.scope == "read" else frozenset({"read", "write"}),
        )
        return found


class SessionAuth(APIKeyCookie):
    """The phone app and our own pages: the session's cookie, and for every write the token against forged requests. A
    request with a key in its Authorization header is never answered by way of the cookie."""

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name) if "Authorization" not in request.headers else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Any | None:
        if key is None or not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise NotAllowed(_("请求没有带上防伪造标记（X-CSRFToken），请刷新页面后再试。"), code="csrf")
        request.actor = Actor(  # type: ignore[attr-defined]
            user=request.user,
            door=Door.PHONE if request.headers.get(PHONE_HEADER) == "1" else Door.WEB,
            request_id=uuid.uuid4().hex,
            address=request.META.get("REMOTE_ADDR", ""),
        )
        return request.user


def _language(request: HttpRequest, own: str) -> str:
    """The caller's Accept-Language where it asks for English or Chinese, else the person's own."""
    asked = request.headers.get("Accept-Language", "").lower()
    return "en" if asked.startswith("en") else "zh-hans" if asked.startswith("zh") else own
