"""How the names and values in a product's audit lines are read by people."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from repertory.core import regions
from repertory.products import choices, fields
from repertory.products.models import LineTeam, MessageVersion, Price, PriceList, ProductLine
from repertory.products.months import season_in_words

OF_MESSAGE = (
    "theme",
    "title",
    "text",
    "audiences",
    "departments",
    "evidence",
    "valid_from",
    "valid_until",
    "number",
    "state",
)
# Names in the trail that are no column of their own object.
LABELS: dict[str, Promise] = {
    "pack": _("规格编码"),
    "due_on": _("计划日期"),
    "done_on": _("完成日期"),
    "in_force_from": _("实际生效日期"),
    "ended_on": _("停用日期（不含）"),
    "sku": _("规格编码"),
    "territory": _("辖区"),
    "starts_on": _("自"),
    "ends_on": _("至（不含）"),
}


def field_label(name: str) -> Any:
    """KeyError for a name that products and their trail do not know."""
    if name in LABELS:
        return LABELS[name]
    return _column(name).verbose_name


def value_label(name: str, value: Any) -> str:
    """A stored value, or a list of them, as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    shown = _choices(name)
    items = value if isinstance(value, list) else [value]
    return str(_("、")).join(str(shown.get(item, item)) for item in items)


def line_field_label(name: str) -> Any:
    """The same for product lines and their teams."""
    if name in LABELS:
        return LABELS[name]
    columns = {field.name: field for model in (LineTeam, ProductLine) for field in model._meta.concrete_fields}
    return columns[name].verbose_name


def price_field_label(name: str) -> Any:
    """The same for price lists and their prices."""
    if name in LABELS:
        return LABELS[name]
    columns = {field.name: field for model in (PriceList, Price) for field in model._meta.concrete_fields}
    return columns[name].verbose_name


def price_value_label(name: str, value: Any) -> Any:
    if name == "season":
        return season_in_words(value) or _("全年")
    if name == "province":
        return dict(regions.provinces()).get(value, value)
    return dict(choices.Audience.choices).get(value, value) if name == "customer_kind" else value


def suggestion_value_label(name: str, value: Any) -> Any:
    known = {"state": choices.SuggestionState, "kind": choices.SuggestionKind}.get(name)
    return known(value).label if known is not None and value in known.values else value


def _column(name: str) -> Any:
    if name in OF_MESSAGE:
        return MessageVersion._meta.get_field(name)
    try:
        return fields.model_field(name)
    except KeyError:
        return fields.pack_field(name)


def _choices(name: str) -> dict[Any, Any]:
    if name == "audiences":
        return dict(choices.Audience.choices)
    try:
        return dict(_column(name).choices or ())
    except KeyError:
        return {}
