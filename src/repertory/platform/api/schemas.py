"""Output shapes that all domains share."""

from typing import Any

from django.db.models import Model
from ninja import Schema
from pydantic import BaseModel, ConfigDict


class Problem(Schema):
    """Every error: a stable code, a sentence for the person, the field that is wrong, more for machines."""

    code: str
    message: str
    field: str
    details: dict[str, Any]


class Done(Schema):
    """An operation that has nothing to return but that it is done, and to how many."""

    done: bool = True
    count: int = 1


class Row(BaseModel):
    """A row that hangs at another, with the columns of its table; references as keys.

    A model of pydantic itself: ninja's Schema drops the fields that it does not name."""

    model_config = ConfigDict(extra="allow")

    id: int


class Rows(BaseModel):
    items: list[Row]
    count: int
    next: str | None


def row(found: Model) -> dict[str, Any]:
    """What a Row shows."""
    return {field.name: getattr(found, field.attname) for field in found._meta.concrete_fields}
