"""What the API shows of a customer and the rows that hang at it.

Models of pydantic itself: ninja's Schema drops the fields that it does not name, and custom fields are never named.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from pydantic import BaseModel, ConfigDict

from repertory.customers import fields
from repertory.customers.fields import PRIVATE, PROFILE_FIELDS, WRITABLE
from repertory.customers.models import Customer, Profile

MASK = "••••"
FACTS = (
    "stage",
    "stage_since",
    "tier",
    "completeness",
    "last_contact_on",
    "next_contact_on",
    "created_at",
    "updated_at",
)


class CustomerOut(BaseModel):
    """All archive fields; private ones are "" or masked. List items hold the fields of the main table only."""

    model_config = ConfigDict(extra="allow")

    id: int
    code: str
    kind: str
    name: str
    version: int
    custom: dict[str, Any]


class Customers(BaseModel):
    """count is exact up to 10,000; `more` says that there are more than that."""

    items: list[CustomerOut]
    count: int
    more: bool
    next: str | None


class Revealed(BaseModel):
    value: str


class Invited(BaseModel):
    path: str


def brief(customer: Customer) -> dict[str, Any]:
    """The main table's fields: what a list shows."""
    shown: dict[str, Any] = {"id": customer.pk, "version": customer.version, "custom": customer.custom}
    for name in (*WRITABLE, *FACTS):
        if name not in PROFILE_FIELDS:
            shown[name] = getattr(customer, fields.model_field(name).attname)  # type: ignore[attr-defined]
    return shown


def whole(customer: Customer, profile: Profile | None) -> dict[str, Any]:
    """The whole card; private fields only say whether there is one."""
    shown = brief(customer)
    for name in WRITABLE:
        if name in PRIVATE:
            shown[name] = MASK if profile is not None and getattr(profile, name) else ""
        elif name in PROFILE_FIELDS:
            shown[name] = getattr(profile, name) if profile is not None else empty(name)
    return shown


def empty(name: str) -> Any:
    return None if fields.model_field(name).null else ""


def row(found: Model) -> dict[str, Any]:
    """All columns of a row that hangs at a customer, references as keys."""
    return {field.name: _plain(getattr(found, field.attname)) for field in found._meta.concrete_fields}


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return MASK
    assert value is None or isinstance(value, str | int | bool | float | date | datetime | Decimal | list | dict)
    return value
