"""Writing to a customer from an approved template: choose, look at it, send."""

from uuid import uuid4

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web.pages import page
from repertory.visits import access, actions
from repertory.visits.queries.emails import draft_email
from repertory.visits.web.forms import EmailForm


@page(allow=access.may_record, methods=("GET", "POST"))
def write(request: HttpRequest, customer_id: int) -> HttpResponse:
    """?version= chooses the template; what would go out is shown before it is sent."""
    given = request.POST.get("version_id") or request.GET.get("version", "")
    draft = draft_email(
        actor=request.actor, customer_id=customer_id, version_id=_key(given) if given else None, on=time.today()
    )
    initial = {"customer_id": customer_id, "version_id": given, "uid": uuid4()}
    form = EmailForm({**request.POST.dict(), "customer_id": customer_id} if request.POST else None, initial=initial)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.send_email(actor=request.actor, at=time.now(), data=data)
    ):
        told.success(request, _("邮件已交给系统发送，并记为一次拜访。"))
        return redirect("visits:page", form.result.pk)
    context = {"draft": draft, "form": form, "may_send": draft.letter is not None and draft.problem is None}
    return render(request, "visits/email.html", context, status=422 if form.errors else 200)


def _key(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise NotFound(field="version_id")
    return int(value)
