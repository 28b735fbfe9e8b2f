"""A material's page: its versions, who has copies, who got some; opening, revising and removing it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.web.pages import page
from repertory.core.web.responses import page_changed, to_page
from repertory.materials import access
from repertory.materials.actions import create_material, remove_material, revise_material
from repertory.materials.choices import DECIDED, EDITABLE, VersionState
from repertory.materials.models import Material
from repertory.materials.queries.holdings import stock_of_version
from repertory.materials.queries.listing import handouts
from repertory.materials.queries.materials import Edition, editions_of, is_open, material_of
from repertory.materials.queries.references import product_options
from repertory.materials.web import forms
from repertory.materials.web.responses import part
from repertory.materials.web.tags import audiences_in_words, edition_tag
from repertory.platform.audit_words import entry_in_words
from repertory.platform.queries import history_of

LONGEST = 100


@page(allow=access.may_see)
def material_page(request: HttpRequest, material_id: int) -> HttpResponse:
    actor = request.actor
    material = material_of(actor=actor, material_id=material_id)
    editions = editions_of(actor=actor, material=material, on=time.today())
    may_write = access.may_write_materials(actor)
    given = handouts(actor=actor).filter(version__material=material).order_by("-on", "-pk")
    history = history_of(object_type="material", object_id=material.pk, limit=LONGEST) if may_write else []
    context = {
        "material": material,
        "may_write": may_write,
        "may_draft": may_write and not is_open(editions),
        "editions": [_shown(one, request) for one in editions],
        "handouts": given[:LONGEST],
        "entries": [entry_in_words(row) for row in history],
    }
    return render(request, "materials/page.html", context)


def _shown(edition: Edition, request: HttpRequest) -> dict[str, Any]:
    version, actor = edition.version, request.actor
    stocked = not version.material.is_electronic and version.state in DECIDED
    return {
        "version": version,
        "tag": edition_tag(edition),
        "audiences": audiences_in_words(version),
        "editable": version.state in EDITABLE and access.may_write_materials(actor),
        "to_decide": version.state == VersionState.SUBMITTED and access.may_decide(actor, version),
        "in_force": version.state == VersionState.APPROVED and access.may_write_materials(actor),
        "stocked": stocked,
        "balances": stock_of_version(actor=actor, version_id=version.pk) if stocked else [],
        "may_store": stocked and access.may_keep_store(actor),
        "may_issue": stocked and access.may_issue(actor),
        "may_hold": stocked and access.may_hold(actor),
    }


@page(allow=access.may_write_materials, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    form = forms.CreateForm(request.POST or None, products=product_options(actor=request.actor))
    if request.method == "POST" and form.carry_out(
        lambda data: create_material(actor=request.actor, at=time.now(), data=data)
    ):
        return redirect("materials:new_version", form.result.pk)
    context = {"form": form, "title": _("新资料"), "back": reverse("materials:list"), "verb": _("建立资料")}
    return render(request, "materials/form.html", context, status=422 if form.errors else 200)


@page(allow=access.may_write_materials, methods=("GET", "POST"))
def edit(request: HttpRequest, material_id: int) -> HttpResponse:
    material = material_of(actor=request.actor, material_id=material_id)
    form = forms.ReviseForm(
        request.POST or None, products=product_options(actor=request.actor), initial=_typed(material)
    )
    if request.method == "POST" and form.carry_out(
        lambda data: revise_material(actor=request.actor, at=time.now(), material_id=material_id, data=data)
    ):
        return page_changed(request, reverse("materials:page", args=(material_id,)), _("已保存。"))
    context = {"form": form, "title": _("修改资料"), "about": material}
    return part(request, "materials/_dialog.html", context, status=422 if form.errors else 200)


def _typed(material: Material) -> dict[str, Any]:
    names = ("title", "code", "kind", "is_electronic", "note", "version")
    typed = {name: getattr(material, name) for name in names}
    return {**typed, "products": [product.code for product in material.products.all()]}


@page(allow=access.may_write_materials, methods=("GET", "POST"))
def remove(request: HttpRequest, material_id: int) -> HttpResponse:
    material = material_of(actor=request.actor, material_id=material_id)
    form = forms.RemoveForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: remove_material(actor=request.actor, at=time.now(), material_id=material_id, data=data)
    ):
        return to_page(request, reverse("materials:list"))
    context = {"form": form, "title": _("移除资料"), "about": material}
    return part(request, "materials/_dialog.html", context, status=422 if form.errors else 200)
