"""Answers that work for a page and for the part of it that htmx asked for."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def to_page(request: HttpRequest, url: str) -> HttpResponse:
    """Go to another page: htmx follows its own header, a plain form the usual one."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def part(
    request: HttpRequest, template: str, context: dict[str, Any], *, frame: str, status: int = 200
) -> HttpResponse:
    """A part of a page for htmx; opened by itself, the same part inside the frame, a template that includes `part`."""
    if request.headers.get("HX-Request"):
        return render(request, template, context, status=status)
    return render(request, frame, context | {"part": template}, status=status)


def page_changed(request: HttpRequest, url: str, text: Any) -> HttpResponse:
    """Something on the page is different now: htmx loads the shown tab again, a plain form goes back to the page."""
    if not request.headers.get("HX-Request"):
        return redirect(url)
    response = HttpResponse(status=204)
    # The dialog closes last: an element that has left the page passes no event on.
    news = {"toast": {"text": str(text), "kind": "good"}, "card:changed": "", "dialog:close": ""}
    response.headers["HX-Trigger"] = json.dumps(news)
    return response
