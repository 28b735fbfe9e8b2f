"""The product's fields in one table: which section shows them, which stand in lists and files.

Labels, lengths and choices come from the model; inputs, forms, lists, filters, spreadsheets and the API read this table.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from repertory.products.models import Pack, Product


@dataclass(frozen=True)
class Section:
    key: str
    label: Any
    fields: tuple[str, ...]


SECTIONS = (
    Section(
        "basic",
        _("基本信息"),
        (
            "generic_name",
            "trade_name",
            "english_name",
            "code",
            "approval_number",
            "approval_expires_on",
            "dosage_form",
            "manufacturer",
            "holder",
            "atc_code",
        ),
    ),
    Section(
        "trade",
        _("分类与经营"),
        (
            "line",
            "product_manager",
            "insurance_class",
            "insurance_note",
            "procurement",
            "prescription_class",
            "special_control",
            "launched_on",
            "withdrawn_on",
        ),
    ),
    Section("medical", _("学术信息"), ("indications", "usage", "cautions", "selling_points")),
)
WRITABLE = tuple(name for section in SECTIONS for name in section.fields)
# What stands in a product's field is a key; people and files write the other side's code.
LINKS = {"line": "code", "product_manager": "username"}
PACK_FIELDS = (
    "code",
    "spec",
    "pack",
    "unit",
    "units_per_pack",
    "packs_per_case",
    "barcode",
    "trace_prefix",
    "shelf_life_months",
    "storage",
    "storage_note",
    "is_active",
)


def model_field(name: str) -> Any:
    """The model field behind a name; KeyError for a name that products do not have."""
    if name in WRITABLE or name in ("stage", "stage_since", "created_at", "updated_at"):
        return Product._meta.get_field(name)
    raise KeyError(name)


def label(name: str) -> Any:
    return model_field(name).verbose_name


def pack_field(name: str) -> Any:
    """The same for packs."""
    if name in PACK_FIELDS:
        return Pack._meta.get_field(name)
    raise KeyError(name)
