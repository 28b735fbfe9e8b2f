"""Who calls: the holder of an API token."""

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from ninja.security import HttpBearer

from repertory.core.actor import Actor, Door
from repertory.core.time import now
from repertory.organisation.actions.tokens import digest_of
from repertory.organisation.models import ApiToken

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class TokenAuth(HttpBearer):
    """Sets request.actor. A read-only key answers 401 to nothing and 403 to every write, by the actor's scopes."""

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        rows = ApiToken.objects.select_related("user").filter(digest=digest_of(token), revoked_at=None)
        found = rows.filter(expires_at__gt=now(), user__is_active=True).first()
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


def _language(request: HttpRequest, own: str) -> str:
    """The caller's Accept-Language where it asks for English or Chinese, else the person's own."""
    asked = request.headers.get("Accept-Language", "").lower()
    return "en" if asked.startswith("en") else "zh-hans" if asked.startswith("zh") else own
