"""Private fields: shown one at a time, against a reason that is kept."""

from django.http import HttpRequest, HttpResponse

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web.pages import page
from repertory.customers import access, fields
from repertory.customers.actions.privacy import reveal_private
from repertory.customers.web.forms import RevealForm
from repertory.customers.web.responses import part


@page(allow=access.may_reveal, methods=("GET", "POST"))
def reveal(request: HttpRequest, customer_id: int, name: str) -> HttpResponse:
    customer = access.get_visible(request.actor, customer_id)
    if name not in fields.PRIVATE:
        raise NotFound()
    form = RevealForm(request.POST or None, initial={"field": name})
    shown = request.method == "POST" and form.carry_out(
        lambda data: reveal_private(actor=request.actor, at=time.now(), customer_id=customer_id, data=data)
    )
    context = {"form": form, "customer": customer, "label": fields.label(name), "name": name}
    context |= {"value": form.result, "shown": shown}
    return part(request, "customers/_reveal.html", context, status=422 if form.errors else 200)
