"""What the filter dialog asks for a column, by the column's kind."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from repertory.core import regions
from repertory.core.web.picker import Picker
from repertory.customers.queries.columns import Column
from repertory.customers.queries.references import Names

RANGED = {"date": "date", "datetime": "date", "number": "number"}


# What a reference is looked up in; the administrator's own references name any customer.
PICKERS = {
    "territory": "customers:pick_territory",
    "institution": "customers:pick_organisation",
    "parent": "customers:pick_organisation",
}


def filter_inputs(column: Column, address: QueryDict, names: Names) -> list[dict[str, Any]]:
    """Inputs as data: name, label, kind (text, date, number, choices, picker) and the present value or options. names: of
    the references in the address."""
    if column.kind in RANGED:
        shape = RANGED[column.kind]
        ends = ((f"{column.key}.from", _("从")), (f"{column.key}.to", _("到（含）")))
        return [{"name": name, "label": label, "kind": shape, "value": address.get(name, "")} for name, label in ends]
    options = column.choices or _regions(column.key, address)
    if options:
        chosen = address.getlist(column.key)
        return [
            {
                "name": column.key,
                "label": column.label,
                "kind": "choices",
                "options": [{"value": code, "label": label, "chosen": str(code) in chosen} for code, label in options],
            }
        ]
    value = address.get(column.key, "")
    if column.kind == "reference":
        label = _("辖区（含下级）") if column.key == "territory" else str(column.label)
        box = _picker(column.key, value, names.get((column.key, value), ""))
        return [{"name": column.key, "label": label, "kind": "picker", "box": box}]
    return [{"name": column.key, "label": _("包含文字"), "kind": "text", "value": value}]


def _picker(key: str, value: str, shown: str) -> SafeString:
    """A box that finds the reference while one types. What the person does not see is not kept."""
    box = Picker(reverse(PICKERS.get(key, "customers:pick_customer")))
    box.shown = shown
    return box.render(key, value if shown else "", {"id": "filter-1"})


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
