"""Turns the signed-in person into an actor and sets the person's language."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from repertory.core.actor import Actor, Door


class PersonMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        response.headers.setdefault("Content-Language", language)
        return response


def actor_of(request: HttpRequest) -> Actor:
    user = request.user if request.user.is_authenticated else None
    return Actor(
        user=user,
        door=Door.WEB if user else Door.PUBLIC,
        request_id=uuid.uuid4().hex,
        address=request.META.get("REMOTE_ADDR", ""),
    )


def chosen_language(request: HttpRequest) -> str:
    """The person's own choice, else the cookie of the sign-in page, else Chinese."""
    if request.user.is_authenticated:
        return request.user.language
    return "en" if request.COOKIES.get("language") == "en" else "zh-hans"
