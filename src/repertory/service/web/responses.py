"""Answers of the service pages."""

from functools import partial

from repertory.core.web import responses

part = partial(responses.part, frame="service/part.html")
