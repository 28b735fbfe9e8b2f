"""What can be shown, filtered and sorted in the list of customers: one table for page, export and API."""

import functools
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from repertory.customers import fields
from repertory.customers.fields import PRIVATE
from repertory.platform.models import CustomField, FieldKind

# Beyond the archive's fields, these facts about the archive can be shown and filtered.
FACTS = (
    "stage",
    "stage_since",
    "tier",
    "completeness",
    "last_contact_on",
    "next_contact_on",
    "created_at",
    "updated_at",
    "trade_amount_cny",
)
# What a list may be sorted by: columns with an index that ends in the key.
SORTS = {"name": "sort_key", "updated_at": "updated_at", "code": "code", "created_at": "id"}


@dataclass(frozen=True)
class Column:
    """kind: text, choice, choices, date, datetime, number, reference. path: where the ORM finds it."""

    key: str
    label: Any
    kind: str
    path: str
    choices: tuple[tuple[str, Any], ...] = ()
    custom: bool = False

    @property
    def sortable(self) -> bool:
        return self.key in SORTS


def columns(custom: list[CustomField]) -> dict[str, Column]:
    """Every column by its key; custom fields as custom.KEY. Private fields are not among them: neither a list, nor a
    filter, nor an order tells anything of them."""
    return _fixed_columns() | {f"custom.{field.key}": _column_of_custom(field) for field in custom}


@functools.cache
def _fixed_columns() -> dict[str, Column]:
    names = [name for name in fields.WRITABLE if name not in PRIVATE] + list(FACTS)
    own = {name: _column_of(name) for name in names}
    own["territory"] = Column("territory", _("辖区"), "reference", "territory")
    return own


def _column_of(name: str) -> Column:
    field = fields.model_field(name)
    path = f"profile__{name}" if fields.is_profile(name) else name
    return Column(name, field.verbose_name, _kind(field), path, tuple(field.choices or ()))


def _kind(field: models.Field) -> str:
    if field.choices:
        return "choice"
    if isinstance(field, models.ForeignKey):
        return "reference"
    if isinstance(field, models.DateTimeField):
        return "datetime"
    if isinstance(field, models.DateField):
        return "date"
    if isinstance(field, models.DecimalField | models.IntegerField):
        return "number"
    return "text"


KIND_OF_CUSTOM = {
    FieldKind.TEXT: "text",
    FieldKind.NUMBER: "number",
    FieldKind.DATE: "date",
    FieldKind.CHOICE: "choice",
    FieldKind.CHOICES: "choices",
    FieldKind.REFERENCE: "reference",
}


def _column_of_custom(field: CustomField) -> Column:
    options = tuple((option, option) for option in field.options)
    return Column(
        f"custom.{field.key}",
        field.label,
        KIND_OF_CUSTOM[FieldKind(field.kind)],
        f"custom__{field.key}",
        options,
        custom=True,
    )
