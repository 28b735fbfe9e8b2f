"""Answers of the product pages: parts stand in the frame of the product."""

from functools import partial

from repertory.core.web import responses

part = partial(responses.part, frame="products/part.html")
