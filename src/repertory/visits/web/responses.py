"""Parts of the visit pages."""

from functools import partial

from repertory.core.web import responses

part = partial(responses.part, frame="visits/part.html")
