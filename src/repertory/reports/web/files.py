"""A report as a file, put on record."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.reports.actions import take_out
from repertory.reports.rendering.document import Document
from repertory.reports.standard.making import CONTENT_TYPES, file_of


def answer_file(request: HttpRequest, document: Document, file_format: str, filters: Mapping[str, str]) -> HttpResponse:
    """pdf, xlsx or json; NotFound for another."""
    if file_format not in CONTENT_TYPES:
        raise NotFound()
    content = file_of(document, file_format)
    name = f"{document.title} {document.period}.{file_format}"
    take_out(actor=request.actor, at=time.now(), document=document, file_name=name, filters=filters)
    response = HttpResponse(content, content_type=CONTENT_TYPES[file_format])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
