"""Answers of the archive's pages: parts stand in the frame of the archive."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from repertory.core.web import responses

part = partial(responses.part, frame="customers/part.html")


def card_changed(request: HttpRequest, customer_id: int, text: Any) -> HttpResponse:
    """Something on the archive card is different now."""
    return responses.page_changed(request, reverse("customers:card", args=(customer_id,)), text)
