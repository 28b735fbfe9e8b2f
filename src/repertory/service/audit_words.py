"""How the names and values in the audit lines of cases and adverse events are read by people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from repertory.service.choices import Seriousness
from repertory.service.models import AdverseEvent, Case

SERIOUSNESS = dict(Seriousness.choices)


def field_label(name: str) -> Any:
    """KeyError for a name that cases and their trail do not know."""
    return _column(Case, name).verbose_name


def event_field_label(name: str) -> Any:
    """The same for adverse events."""
    return _("怀疑药品") if name == "product_id" else _column(AdverseEvent, name).verbose_name


def value_label(name: str, value: Any) -> str:
    return _shown(Case, name, value)


def event_value_label(name: str, value: Any) -> str:
    return _shown(AdverseEvent, name, value)


def _column(model: Any, name: str) -> Any:
    columns = {field.name: field for field in model._meta.concrete_fields}
    return columns[name]


def _shown(model: Any, name: str, value: Any) -> str:
    """A stored value, or a list of them, as people read it. KeyError for an unknown name."""
    if value is None or value == "" or value == []:
        return ""
    labels = SERIOUSNESS if name == "seriousness" else dict(_column(model, name).choices or ())
    items = value if isinstance(value, list) else [value]
    return str(_("、")).join(str(labels.get(item, item)) for item in items)
