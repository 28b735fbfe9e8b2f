"""What a request to nowhere or of no meaning answers: a page to people, the API's own form to programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

from repertory.core.errors import NotFound

API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API):
        return JsonResponse(NotFound().as_dict(), status=404)
    return defaults.page_not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API):
        message = _("地址或提交的内容不完整，请检查后再发。")
        return JsonResponse({"code": "bad_request", "message": message, "field": "", "details": {}}, status=400)
    return defaults.bad_request(request, exception)
