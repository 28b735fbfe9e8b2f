"""Named views of the list of customers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from repertory.core import time
from repertory.core.web.forms import InputForm, text, tick
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.customers import access
from repertory.customers.web.listing import PAGE
from repertory.customers.web.responses import part
from repertory.platform.actions.saved_views import delete_view, save_view
from repertory.platform.inputs import SaveView
from repertory.platform.queries import saved_views


class ViewForm(InputForm):
    input_class = SaveView
    name = text(_("视图名称"), required=True)
    shared = tick(_("所有人可用（各人只看到自己范围内的客户）"))

    def __init__(self, data: object = None, *, query: str) -> None:
        super().__init__(data)
        self.query = query

    def given(self) -> dict:
        return super().given() | {"page": PAGE, "query": self.query}


@page(allow=access.may_see, methods=("GET", "POST"))
def save_list_view(request: HttpRequest) -> HttpResponse:
    """Keep the present address under a name; the dialog also lists one's own views to delete."""
    query = request.GET.urlencode()
    form = ViewForm(request.POST or None, query=query)
    if request.method == "POST" and form.carry_out(
        lambda data: save_view(actor=request.actor, at=time.now(), data=data)
    ):
        return to_page(request, f"/customers/?{query}")
    own = [view for view in saved_views(actor=request.actor, page=PAGE) if view.user_id == request.actor.user_id]
    context = {"form": form, "own": own, "query": query}
    return part(request, "customers/_save_view.html", context, status=422 if form.errors else 200)


@page(allow=access.may_see, methods=("POST",))
def delete_list_view(request: HttpRequest, view_id: int) -> HttpResponse:
    delete_view(actor=request.actor, at=time.now(), view_id=view_id)
    return redirect("customers:list")
