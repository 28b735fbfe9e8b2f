"""Dialogs on a product's page: its stage, its packs, taking it away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import page
from repertory.core.web.responses import page_changed, to_page
from repertory.products import access
from repertory.products.actions import add_pack, move_product_stage, remove_product, revise_pack
from repertory.products.models import Product
from repertory.products.queries.product import pack_of, product_of
from repertory.products.web import forms
from repertory.products.web.responses import part


@dataclass(frozen=True)
class Dialog:
    """A form in a dialog and the action behind it."""

    title: str | Promise
    form: Callable[[Any, Product], InputForm]
    act: Callable[..., Any]


T = gettext_lazy
DIALOGS: dict[str, Dialog] = {
    "stage": Dialog(
        T("调整产品阶段"), lambda data, product: forms.StageForm(data, present=product.stage), move_product_stage
    ),
    "pack": Dialog(T("添加规格"), lambda data, product: forms.PackForm(data), add_pack),
    "remove": Dialog(T("移除产品"), lambda data, product: forms.RemoveForm(data), remove_product),
}


@page(allow=access.may_edit, methods=("GET", "POST"))
def dialog(request: HttpRequest, product_id: int, name: str) -> HttpResponse:
    """Show one of DIALOGS for a product, and carry it out."""
    product = product_of(actor=request.actor, product_id=product_id)
    if name not in DIALOGS:
        raise NotFound()
    wanted = DIALOGS[name]
    form = wanted.form(request.POST or None, product)
    if request.method == "POST" and form.carry_out(
        lambda data: wanted.act(actor=request.actor, at=time.now(), product_id=product_id, data=data)
    ):
        return _done(request, product_id, name)
    context = {"form": form, "title": wanted.title, "product": product}
    return part(request, "products/_dialog.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, product_id: int, name: str) -> HttpResponse:
    """The stage stands in the head of the page, which is loaded anew."""
    if name == "remove":
        return to_page(request, reverse("products:list"))
    if name == "stage":
        return to_page(request, reverse("products:page", args=(product_id,)))
    return page_changed(request, reverse("products:page", args=(product_id,)) + "?tab=packs", _("已保存。"))


@page(allow=access.may_edit, methods=("GET", "POST"))
def edit_pack(request: HttpRequest, pack_id: int) -> HttpResponse:
    """Correct a size, or switch it off."""
    pack = pack_of(actor=request.actor, pack_id=pack_id)
    form = forms.RevisePackForm(request.POST or None, initial=model_to_dict(pack))
    if request.method == "POST" and form.carry_out(
        lambda data: revise_pack(actor=request.actor, at=time.now(), pack_id=pack_id, data=data)
    ):
        url = reverse("products:page", args=(pack.product_id,)) + "?tab=packs"
        return page_changed(request, url, _("已保存。"))
    context = {"form": form, "title": _("修改规格"), "product": pack.product}
    return part(request, "products/_dialog.html", context, status=422 if form.errors else 200)
