"""Answers of the pages of materials and samples: parts stand in a frame of their own."""

from functools import partial

from repertory.core.web import responses

part = partial(responses.part, frame="materials/part.html")
