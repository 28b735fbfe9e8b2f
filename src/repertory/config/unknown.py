"""What an address that is not there answers: a page to people, the API's own form to programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.defaults import page_not_found

from repertory.core.errors import NotFound

API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API):
        return JsonResponse(NotFound().as_dict(), status=404)
    return page_not_found(request, exception)
