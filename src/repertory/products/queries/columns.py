"""What can be shown, filtered and sorted in the list of products: one table for page, export and API."""

from django.utils.translation import gettext_lazy as _

from repertory.core.listing import Column, column_of
from repertory.platform.models import CustomField, FieldKind
from repertory.products import fields
from repertory.products.models import Product

# Beyond the product's fields, these facts can be shown and filtered.
FACTS = ("stage", "stage_since", "created_at", "updated_at")
# What a list may be sorted by; every order ends in the key.
SORTS = {"generic_name": "sort_key", "code": "code", "updated_at": "updated_at", "created_at": "id"}


def columns(custom: list[CustomField]) -> dict[str, Column]:
    """Every column by its key; custom fields as custom.KEY."""
    own = {name: _column_of(name) for name in (*fields.WRITABLE, *FACTS)}
    own["packs"] = Column("packs", _("规格"), "number", "pack_count", filtered=False)
    return own | {f"custom.{field.key}": _column_of_custom(field) for field in custom}


def _column_of(name: str) -> Column:
    path = f"{name}__{fields.LINKS[name]}" if name in fields.LINKS else name
    return column_of(Product, name, path=path, sortable=name in SORTS)


KIND_OF_CUSTOM = {
    FieldKind.TEXT: "text",
    FieldKind.NUMBER: "text",
    FieldKind.DATE: "text",
    FieldKind.CHOICE: "choice",
    FieldKind.CHOICES: "text",
    FieldKind.REFERENCE: "text",
}


def _column_of_custom(field: CustomField) -> Column:
    kind = KIND_OF_CUSTOM[FieldKind(field.kind)]
    options = tuple((option, option) for option in field.options) if kind == "choice" else ()
    return Column(f"custom.{field.key}", field.label, kind, f"custom__{field.key}", options, custom=True)
