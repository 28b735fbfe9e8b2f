"""What the filter dialog asks for a column of the list of customers."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from repertory.core import regions
from repertory.core.web.filters import filter_inputs
from repertory.core.web.picker import Picker
from repertory.customers.queries import known_columns
from repertory.customers.queries.columns import Column
from repertory.customers.queries.references import names_of_references

# What a reference is looked up in; the administrator's own references name any customer.
PICKERS = {
    "territory": "customers:pick_territory",
    "institution": "customers:pick_organisation",
    "parent": "customers:pick_organisation",
}


def inputs(request: HttpRequest, column: Column) -> list[dict[str, Any]]:
    label = _("辖区（含下级）") if column.key == "territory" else ""
    box = _picker(request, column) if column.kind == "reference" else None
    return filter_inputs(column, request.GET, options=_regions(column.key, request.GET), box=box, label=label)


def _picker(request: HttpRequest, column: Column) -> SafeString:
    """A box that finds the reference while one types. What the person does not see is not kept."""
    value = request.GET.get(column.key, "")
    names = names_of_references(actor=request.actor, filters={column.key: [value]}, known=known_columns())
    box = Picker(reverse(PICKERS.get(column.key, "customers:pick_customer")))
    box.shown = names.get((column.key, value), "")
    return box.render(column.key, value if box.shown else "", {"id": "filter-1"})


def _regions(key: str, address: QueryDict) -> tuple[tuple[str, str], ...]:
    if key == "province_code":
        return regions.provinces()
    if key == "city_code":
        chosen = address.get("province_code")
        places = [chosen] if chosen else [code for code, _name in regions.provinces()]
        return tuple(pair for code in places for pair in regions.cities(code))
    if key == "county_code" and address.get("city_code"):
        return regions.counties(address["city_code"])
    return ()
