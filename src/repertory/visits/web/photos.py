"""Photos of a visit: adding one later, and showing them."""

from django.contrib import messages as told
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound, RepertoryError
from repertory.core.web.pages import page
from repertory.platform.queries import attachment_of
from repertory.platform.web.files import file_answer
from repertory.visits import access, actions
from repertory.visits.queries.visits import visit_of


@page(allow=access.may_record, methods=("POST",))
def add(request: HttpRequest, visit_id: int) -> HttpResponse:
    access.get_visible(request.actor, visit_id)
    photos = request.FILES.getlist("photos")
    if not photos:
        told.error(request, _("请先拍照或选择照片。"))
    try:
        for photo in photos:
            actions.attach_photo(actor=request.actor, at=time.now(), visit_id=visit_id, content=photo)
    except NotFound:
        raise
    except RepertoryError as error:
        told.error(request, str(error))
    return redirect("visits:page", visit_id)


@page(allow=access.may_see)
def show(request: HttpRequest, visit_id: int, attachment_id: int) -> FileResponse:
    visit = visit_of(actor=request.actor, visit_id=visit_id)
    return file_answer(attachment_of(object_type="visit", object_id=visit.pk, attachment_id=attachment_id))
