"""How the names and values in the audit lines of materials and samples are read by people."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from repertory.materials.choices import MaterialKind, VersionState
from repertory.materials.models import Material, MaterialVersion, SampleMove
from repertory.products.choices import Audience

MODELS = (Material, MaterialVersion, SampleMove)
LABELS: dict[str, Promise] = {"products": _("相关产品"), "file": _("文件")}
CHOICES: dict[str, dict[Any, Any]] = {
    "kind": dict(MaterialKind.choices),
    "state": dict(VersionState.choices),
    "audiences": dict(Audience.choices),
}


def field_label(name: str) -> Any:
    """KeyError for a name that materials, samples and their trail do not know."""
    if name in LABELS:
        return LABELS[name]
    columns = {field.name: field for model in reversed(MODELS) for field in model._meta.concrete_fields}
    return columns[name].verbose_name


def value_label(name: str, value: Any) -> str:
    """A stored value, or a list of them, as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    return _in_words(CHOICES.get(name, {}), value)


def move_value_label(name: str, value: Any) -> str:
    """The same for lots, whose names of people and days stand as they are."""
    return "" if value is None or value == "" else _in_words({}, value)


def _in_words(known: dict[Any, Any], value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    return str(_("、")).join(str(known.get(item, item)) for item in items)
