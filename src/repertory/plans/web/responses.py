"""Answers of the pages of plans and tasks."""

from functools import partial

from repertory.core.web import responses

part = partial(responses.part, frame="plans/part.html")
