"""Files of an archive: upload, download, removal."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound, RepertoryError
from repertory.core.web.pages import page
from repertory.customers import access
from repertory.customers.actions.files import attach_file, remove_file
from repertory.customers.web.responses import card_changed
from repertory.platform.queries import attachment_of
from repertory.platform.web.files import file_answer


@page(allow=access.may_create, methods=("POST",))
def attach(request: HttpRequest, customer_id: int) -> HttpResponse:
    access.get_visible(request.actor, customer_id)
    uploaded = request.FILES.get("file")
    if uploaded is None:
        messages.error(request, _("请先选择文件。"))
    else:
        try:
            attach_file(
                actor=request.actor, at=time.now(), customer_id=customer_id, name=uploaded.name, content=uploaded
            )
        except NotFound:
            raise
        except RepertoryError as error:
            messages.error(request, str(error))
    return redirect(f"{reverse('customers:card', args=(customer_id,))}?tab=files")


@page(allow=access.may_see)
def download(request: HttpRequest, customer_id: int, attachment_id: int) -> FileResponse:
    access.get_visible(request.actor, customer_id)
    found = attachment_of(object_type="customer", object_id=customer_id, attachment_id=attachment_id)
    return file_answer(found)


@page(allow=access.may_create, methods=("POST",))
def remove(request: HttpRequest, customer_id: int, attachment_id: int) -> HttpResponse:
    remove_file(actor=request.actor, at=time.now(), customer_id=customer_id, attachment_id=attachment_id)
    return card_changed(request, customer_id, _("已删除。"))
