"""Where the API begins. Its operations are built at the first call: they take longer than everything that a page needs."""

import functools

from django.http import Http404, HttpRequest, HttpResponse
from django.urls.resolvers import RegexPattern, Resolver404, URLResolver
from django.views.decorators.csrf import csrf_exempt


@functools.cache
def _addresses() -> URLResolver:
    from repertory.config.api import api  # slow import

    patterns, app_name, namespace = api.urls
    return URLResolver(RegexPattern(r"^/api/v1/"), patterns, app_name=app_name, namespace=namespace)


@csrf_exempt
def api_door(request: HttpRequest, rest: str) -> HttpResponse:
    """Keys need no token against forged requests, and who comes with a session is checked by the API itself."""
    try:
        found = _addresses().resolve(request.path_info)
    except Resolver404:
        raise Http404 from None
    return found.func(request, *found.args, **found.kwargs)


api_door.access_rule = "public"  # type: ignore[attr-defined]
