"""Every page declares who may open it; a test walks all addresses and finds the ones that do not."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from repertory.core.errors import NotFound, RepertoryError

View = Callable[..., HttpResponse]


def page(*, allow: Callable[[Any], bool], methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """A page for signed-in people for whom `allow(actor)` is true; for all others it is not there (404).

    Errors that the view lets through become an error page, or a fragment when htmx asked.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _ask_to_sign_in(request)
            try:
                if not allow(request.actor):
                    raise NotFound()
                return view(request, *args, **kwargs)
            except RepertoryError as error:
                return error_page(request, error)

        guarded = never_cache(require_http_methods([*methods, *(["HEAD"] if "GET" in methods else [])])(run))
        guarded.access_rule = allow
        return guarded

    return decorate


def public(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """A page that needs no sign-in; it says so here so that nobody forgets it by accident."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except RepertoryError as error:
                return error_page(request, error)

        guarded = never_cache(require_http_methods([*methods, *(["HEAD"] if "GET" in methods else [])])(run))
        guarded.access_rule = "public"
        return guarded

    return decorate


def everyone(actor: Any) -> bool:
    """Access rule of pages that each signed-in person has."""
    return True


def error_page(request: HttpRequest, error: RepertoryError) -> HttpResponse:
    """What went wrong, in words; details never name what the person may not see."""
    template = "core/_error.html" if request.headers.get("HX-Request") else "core/error.html"
    return render(request, template, {"error": error}, status=error.status)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Redirect": f"/accounts/login/?next={request.path}"})
    return redirect_to_login(request.get_full_path())
