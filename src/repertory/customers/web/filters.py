"""What the filter dialog asks for a column, by the column's kind."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from repertory.core import regions
from repertory.customers.queries.columns import Column

RANGED = {"date": "date", "datetime": "date", "number": "number"}


def filter_inputs(column: Column, address: QueryDict) -> list[dict[str, Any]]:
    """Inputs as data: name, label, kind (text, date, number, choices) and the present value or options."""
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
    return [{"name": column.key, "label": _hint(column), "kind": "text", "value": address.get(column.key, "")}]


def _hint(column: Column) -> str:
    if column.key == "territory":
        return _("辖区编码（含下级）")
    if column.kind == "reference":
        return _("客户编号")
    return _("包含文字")


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
