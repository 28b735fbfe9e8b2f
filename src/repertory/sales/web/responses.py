"""Answers of the sales pages."""

from functools import partial

from repertory.core.web import responses

part = partial(responses.part, frame="sales/part.html")
"""A list's fragment or a dialog, alone for htmx, in the frame otherwise."""
