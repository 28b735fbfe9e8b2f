"""What the API shows of products, packs, messages and lines.

Models of pydantic itself: ninja's Schema drops the fields that it does not name, and custom fields are never named.
"""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from repertory.platform.api.schemas import row
from repertory.products import fields, usability
from repertory.products.models import MessageVersion, Product
from repertory.products.queries.columns import FACTS


class ProductOut(BaseModel):
    """All fields; line as its code, product_manager as the account."""

    model_config = ConfigDict(extra="allow")

    id: int
    code: str
    generic_name: str
    stage: str
    version: int
    custom: dict[str, Any]


class Products(BaseModel):
    items: list[ProductOut]
    count: int
    next: str | None


class VersionOut(BaseModel):
    """One wording of a message. standing: whether it can be said today, or what stands against it."""

    model_config = ConfigDict(extra="allow")

    id: int
    message: int
    product: int
    number: int
    state: str
    standing: str
    version: int


class Versions(BaseModel):
    items: list[VersionOut]
    count: int
    next: str | None


def product(found: Product) -> dict[str, Any]:
    shown: dict[str, Any] = {"id": found.pk, "version": found.version, "custom": found.custom}
    for name in (*fields.WRITABLE, *FACTS):
        value = getattr(found, name)
        shown[name] = getattr(value, fields.LINKS[name]) if name in fields.LINKS and value is not None else value
    return shown


def version(found: MessageVersion, *, on: date) -> dict[str, Any]:
    """A wording with its product, and how it stands on the day."""
    standing = usability.standing(found, on=on)
    return {**row(found), "product": found.message.product_id, "standing": str(standing)}
