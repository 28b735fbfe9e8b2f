"""The archive section by section: shown, and edited in place."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repertory.core import formats, regions, time
from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.core.web.facts import Fact, facts_list
from repertory.core.web.pages import page
from repertory.customers import access, fields
from repertory.customers.actions.customer import revise_customer
from repertory.customers.actions.writing import MASK
from repertory.customers.choices import Kind
from repertory.customers.fields import Section
from repertory.customers.models import Customer
from repertory.customers.queries.references import names_of_own_references
from repertory.customers.web.forms import LINKS, SectionForm, stored_custom
from repertory.customers.web.responses import part
from repertory.platform.custom_forms import label_of, shown_text
from repertory.platform.custom_values import referring
from repertory.platform.models import CustomField, FieldKind
from repertory.platform.queries import custom_fields

CUSTOM = Section("custom", _("补充信息"), ())
# Fields that mean something for one side only; on the other they show when something stands in them all the same.
OF_PERSONS = frozenset({"title", "institution", "department", "adoption"})
OF_ORGANISATIONS = frozenset({"grade", "parent", "trade_class", "credit_grade", "website"})
# Facts that need a line of their own.
WIDE = frozenset({"address", "name"})


def sections_of(customer: Customer, definitions: Sequence[CustomField]) -> list[Section]:
    """The sections of this kind of customer; the administrator's own fields last."""
    own = [CUSTOM] if definitions else []
    return [*fields.sections_for(customer.kind), *own]


def shown_section(
    actor: Actor, customer: Customer, section: Section, definitions: Sequence[CustomField], *, edit: bool
) -> dict[str, Any]:
    """What core/_section.html needs."""
    arguments = (customer.pk, section.key)
    if section is CUSTOM:
        names = names_of_own_references(actor=actor, keys=referring(definitions), values=[customer.custom])
        facts = [_own_fact(item, customer.custom.get(item.key), names) for item in definitions]
    else:
        facts = [_fact(customer, name) for name in fitting_fields(customer, section)]
    private = section.key == "private"
    return {
        "key": section.key,
        "title": section.label,
        "facts": facts if private else (),
        "body": "" if private else facts_list(facts),
        "private": private,
        "customer": customer,
        "edit_url": reverse("customers:edit_section", args=arguments) if edit else "",
        "show_url": reverse("customers:section", args=arguments),
    }


def _own_fact(definition: CustomField, value: Any, names: Mapping[int, str]) -> Fact:
    """names: of the customers that the person may see, by key."""
    if definition.kind == FieldKind.REFERENCE and value in names:
        return Fact(label_of(definition), names[value], url=reverse("customers:card", args=(value,)))
    return Fact(label_of(definition), shown_text(value))


def fitting_fields(customer: Customer, section: Section) -> tuple[str, ...]:
    """The section's fields that this kind of customer has, or that are filled in anyway."""
    odd = OF_ORGANISATIONS if is_person(customer) else OF_PERSONS
    return tuple(name for name in section.fields if name not in odd or stored(customer, name) not in (None, ""))


def _fact(customer: Customer, name: str) -> Fact:
    value = stored(customer, name)
    url = reverse("customers:card", args=(value,)) if name in LINKS and value is not None else ""
    shown = shown_value(customer, name, value)
    return Fact(fields.label(name), shown, url=url, wide=name in WIDE, name=name)


def stored(customer: Customer, name: str) -> Any:
    """The value as it is kept: keys for links; private ones never leave the profile."""
    field: Any = fields.model_field(name)
    holder = getattr(customer, "profile", None) if fields.is_profile(name) else customer
    value = getattr(holder, field.attname, None)
    if name in fields.PRIVATE:
        return MASK if value else ""
    return value


def shown_value(customer: Customer, name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    field: Any = fields.model_field(name)
    if name in LINKS:
        return str(getattr(customer, name))
    if field.choices:
        return str(dict(field.choices).get(value, value))
    if name in ("province_code", "city_code", "county_code"):
        return _level_name(value, name)
    if isinstance(value, date):
        return formats.human_date(value, time.today())
    if isinstance(value, Decimal) and name not in ("longitude", "latitude"):
        return formats.number(value)
    return formats.number(value) if isinstance(value, int) else str(value)


def _level_name(code: str, name: str) -> str:
    region = regions.by_code(code)
    return getattr(region, name.removesuffix("_code")) if region else code


def find_section(customer: Customer, key: str, definitions: Sequence[CustomField]) -> Section:
    for section in sections_of(customer, definitions):
        if section.key == key:
            return section
    raise NotFound()


def section_form(
    actor: Actor, customer: Customer, section: Section, definitions: Sequence[CustomField], data: Any = None
) -> SectionForm:
    own = tuple(definitions) if section is CUSTOM else ()
    names = fitting_fields(customer, section)
    values = {name: stored(customer, name) for name in names if name not in fields.PRIVATE}
    sealed = tuple(name for name in names if name in fields.PRIVATE and stored(customer, name))
    values |= {"version": customer.version} | stored_custom(customer.custom, own)
    links = {name: str(getattr(customer, name)) for name in LINKS if getattr(customer, f"{name}_id")}
    keys = referring(own)
    found = names_of_own_references(actor=actor, keys=keys, values=[customer.custom])
    links |= {f"custom__{key}": found[customer.custom[key]] for key in keys if customer.custom.get(key) in found}
    return SectionForm(data, names=names, definitions=own, values=values, links=links, sealed=sealed)


@page(allow=access.may_see)
def section_view(request: HttpRequest, customer_id: int, key: str) -> HttpResponse:
    return _show(request, customer_id, key)


def _show(request: HttpRequest, customer_id: int, key: str) -> HttpResponse:
    customer, definitions = access.get_visible(request.actor, customer_id), custom_fields("customer")
    section = find_section(customer, key, definitions)
    shown = shown_section(request.actor, customer, section, definitions, edit=access.may_create(request.actor))
    return part(request, "customers/_section.html", {"section": shown})


@page(allow=access.may_create, methods=("GET", "POST"))
def edit_section(request: HttpRequest, customer_id: int, key: str) -> HttpResponse:
    customer, definitions = access.get_visible(request.actor, customer_id), custom_fields("customer")
    section = find_section(customer, key, definitions)
    form = section_form(request.actor, customer, section, definitions, request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: revise_customer(actor=request.actor, at=time.now(), customer_id=customer_id, data=data)
    ):
        return _show(request, customer_id, key)
    shown = shown_section(request.actor, customer, section, definitions, edit=True)
    context = {"section": shown, "form": form, "customer": customer}
    return part(request, "customers/_section_form.html", context, status=422 if form.errors else 200)


def region_text(customer: Customer) -> str:
    """江苏省-南京市-鼓楼区, as deep as it is known."""
    code = customer.county_code or customer.city_code or customer.province_code
    region = regions.by_code(code) if code else None
    return region.text if region else ""


def is_person(customer: Customer) -> bool:
    return customer.kind in (Kind.HCP, Kind.INDIVIDUAL)
