"""The one place where errors become answers of the API."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from repertory.core.errors import NotFound, RepertoryError
from repertory.core.inputs import told


def answer_errors(api: NinjaAPI) -> None:
    """Register the mappers."""

    def problem(request: HttpRequest, status: int, body: dict[str, Any]) -> HttpResponse:
        return api.create_response(request, body, status=status)

    @api.exception_handler(RepertoryError)
    def of_rule(request: HttpRequest, error: RepertoryError) -> HttpResponse:
        return problem(request, error.status, error.as_dict())

    @api.exception_handler(ValidationError)
    def of_input(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return problem(request, 422, invalid(error.errors))

    @api.exception_handler(AuthenticationError)
    def of_sign_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        message = _("请在 Authorization 头里带上有效的密钥。")
        response = problem(request, 401, {"code": "not_signed_in", "message": message, "field": "", "details": {}})
        response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(Http404)
    def of_absence(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(request, 404, NotFound().as_dict())

    @api.exception_handler(HttpError)
    def of_form(request: HttpRequest, error: HttpError) -> HttpResponse:
        message = _("请求的内容不是有效的 JSON。") if error.status_code == 400 else str(error)
        return problem(
            request, error.status_code, {"code": "bad_request", "message": message, "field": "", "details": {}}
        )


def invalid(errors: list[dict[str, Any]]) -> dict[str, Any]:
    """Pydantic's errors in our words; the first one stands in front."""
    found = told([{**item, "loc": _inside(item["loc"])} for item in errors])
    first = found[0]
    return {"code": "invalid", "message": first["message"], "field": first["field"], "details": {"errors": found}}


def _inside(location: tuple[Any, ...]) -> tuple[Any, ...]:
    """("body", "data", "name") → ("name",)."""
    if location[:1] == ("body",):
        return location[2:]
    return location[1:] if location[:1] in (("query",), ("path",), ("header",)) else location
