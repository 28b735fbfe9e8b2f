"""Turns the signed-in person into an actor and sets the person's language and looks."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from repertory.core.actor import Actor, Door
from repertory.organisation.models import User

LANGUAGE_COOKIE = "language"
# The phone app's shell is the same for everybody; what it then asks for is answered like any other page.
OPEN_BEFORE_PASSWORD = ("/accounts/", "/m/")


class PersonMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        request.looks = own_looks(request)  # type: ignore[attr-defined]
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self._answer(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        response.headers.setdefault("Content-Language", language)
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        """A person with a password from somebody else first chooses an own one."""
        user = request.user
        if user.is_authenticated and user.must_change_password and not request.path.startswith(OPEN_BEFORE_PASSWORD):
            return redirect(reverse("account_change_password"))
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    return actor_for(request, request.user if request.user.is_authenticated else None)


def actor_for(request: HttpRequest, user: User | None) -> Actor:
    """An actor of a web request; `user` is given where the request does not carry the person yet, while signing in."""
    return Actor(
        user=user,
        door=Door.WEB if user else Door.PUBLIC,
        request_id=uuid.uuid4().hex,
        address=request.META.get("REMOTE_ADDR", ""),
    )


def own_looks(request: HttpRequest) -> dict[str, str]:
    """What the person chose for every device; nothing on pages without sign-in, where the browser's cookie counts."""
    return {"theme": request.user.theme} if request.user.is_authenticated else {}


def chosen_language(request: HttpRequest) -> str:
    """The person's own choice, else the cookie of the sign-in page, else Chinese."""
    if request.user.is_authenticated:
        return request.user.language
    return "en" if request.COOKIES.get(LANGUAGE_COOKIE) == "en" else "zh-hans"
