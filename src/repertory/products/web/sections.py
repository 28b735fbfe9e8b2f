"""The product section by section: shown, and edited in place; and opening a product."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repertory.core import formats, time
from repertory.core.errors import NotFound
from repertory.core.web.facts import Fact
from repertory.core.web.pages import page
from repertory.platform.custom_forms import label_of, shown_text
from repertory.platform.models import CustomField
from repertory.platform.queries import custom_fields
from repertory.products import access, fields
from repertory.products.actions import create_product, revise_product
from repertory.products.choices import Stage
from repertory.products.fields import Section
from repertory.products.models import Product
from repertory.products.queries.product import product_of
from repertory.products.web.forms import CreateForm, SectionForm, stored_custom
from repertory.products.web.listing import references
from repertory.products.web.responses import part

Context = dict[str, Any]
CUSTOM = Section("custom", _("补充信息"), ())
WIDE = frozenset({"insurance_note", "indications", "usage", "cautions", "selling_points"})
ON_CREATE = (
    "generic_name",
    "trade_name",
    "approval_number",
    "dosage_form",
    "manufacturer",
    "atc_code",
    "line",
    "product_manager",
    "insurance_class",
    "prescription_class",
    "launched_on",
    "code",
)


def sections_of(definitions: list[CustomField]) -> list[Section]:
    """The sections of the page; the administrator's own fields last."""
    return [*fields.SECTIONS, *([CUSTOM] if definitions else [])]


def shown_section(product: Product, section: Section, definitions: list[CustomField], *, edit: bool) -> Context:
    """What core/_section.html needs."""
    arguments = (product.pk, section.key)
    if section is CUSTOM:
        facts = [Fact(label_of(item), shown_text(product.custom.get(item.key))) for item in definitions]
    else:
        facts = [
            Fact(fields.label(name), shown_value(product, name), wide=name in WIDE, name=name)
            for name in section.fields
        ]
    return {
        "key": section.key,
        "title": section.label,
        "facts": facts,
        "edit_url": reverse("products:edit_section", args=arguments) if edit else "",
        "show_url": reverse("products:section", args=arguments),
    }


def shown_value(product: Product, name: str) -> str:
    value = getattr(product, name)
    if value in (None, ""):
        return ""
    if fields.model_field(name).choices:
        return str(getattr(product, f"get_{name}_display")())
    return formats.human_date(value, time.today()) if isinstance(value, date) else str(value)


def _section(key: str, definitions: list[CustomField]) -> Section:
    for section in sections_of(definitions):
        if section.key == key:
            return section
    raise NotFound()


@page(allow=access.may_see)
def section_view(request: HttpRequest, product_id: int, key: str) -> HttpResponse:
    return _show(request, product_id, key)


def _show(request: HttpRequest, product_id: int, key: str) -> HttpResponse:
    product, definitions = product_of(actor=request.actor, product_id=product_id), custom_fields("product")
    section = _section(key, definitions)
    shown = shown_section(product, section, definitions, edit=access.may_edit(request.actor))
    return part(request, "core/_section.html", {"section": shown, "product": product})


@page(allow=access.may_edit, methods=("GET", "POST"))
def edit_section(request: HttpRequest, product_id: int, key: str) -> HttpResponse:
    product, definitions = product_of(actor=request.actor, product_id=product_id), custom_fields("product")
    section = _section(key, definitions)
    form = _section_form(request, product, section, definitions)
    if request.method == "POST" and form.carry_out(
        lambda data: revise_product(actor=request.actor, at=time.now(), product_id=product_id, data=data)
    ):
        return _show(request, product_id, key)
    shown = shown_section(product, section, definitions, edit=True)
    context = {"section": shown, "form": form, "product": product}
    return part(request, "core/_section_form.html", context, status=422 if form.errors else 200)


def _section_form(
    request: HttpRequest, product: Product, section: Section, definitions: list[CustomField]
) -> SectionForm:
    own = tuple(definitions) if section is CUSTOM else ()
    values = {name: _typed(product, name) for name in section.fields}
    values |= {"version": product.version} | stored_custom(product.custom, own)
    links = _with_present(references(request), product)
    return SectionForm(request.POST or None, names=section.fields, definitions=own, values=values, links=links)


def _typed(product: Product, name: str) -> Any:
    value = getattr(product, name)
    return getattr(value, fields.LINKS[name]) if name in fields.LINKS and value is not None else value


def _with_present(links: dict[str, Any], product: Product) -> dict[str, Any]:
    """What stands there now stays a choice, though the person may have another post meanwhile."""
    kept = {}
    for name, options in links.items():
        code = _typed(product, name)
        present = [] if code is None or code in dict(options) else [(code, str(getattr(product, name)))]
        kept[name] = [*options, *present]
    return kept


@page(allow=access.may_edit, methods=("GET", "POST"))
def create(request: HttpRequest) -> HttpResponse:
    required = tuple(item for item in custom_fields("product") if item.required)
    form = CreateForm(
        request.POST or None,
        names=ON_CREATE,
        definitions=required,
        values={"stage": Stage.ON_SALE},
        links=references(request),
    )
    if request.method == "POST" and form.carry_out(
        lambda data: create_product(actor=request.actor, at=time.now(), data=data)
    ):
        return redirect("products:page", form.result.pk)
    return render(request, "products/create.html", {"form": form}, status=422 if form.errors else 200)
