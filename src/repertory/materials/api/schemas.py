"""What the API shows of materials, handouts, lots and moves.

Models of pydantic itself: ninja's Schema drops the fields that it does not name.
"""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from repertory.materials import usability
from repertory.materials.models import Handout, Material, MaterialVersion, SampleBalance, SampleMove
from repertory.materials.queries.giving import Received
from repertory.platform.api.schemas import Row, row


class MaterialOut(BaseModel):
    """products: codes."""

    model_config = ConfigDict(extra="allow")

    id: int
    code: str
    title: str
    kind: str
    is_electronic: bool
    products: list[str]
    version: int


class Materials(BaseModel):
    items: list[MaterialOut]
    count: int
    next: str | None


class MaterialVersionOut(BaseModel):
    """standing: whether it can be handed out today, or what stands against it."""

    model_config = ConfigDict(extra="allow")

    id: int
    material: int
    number: int
    state: str
    standing: str
    version: int


class MaterialVersions(BaseModel):
    items: list[MaterialVersionOut]
    count: int
    next: str | None


class ReceivedOut(BaseModel):
    """What a customer has got, the newest first."""

    handouts: list[Row]
    samples: list[Row]


def material(found: Material) -> dict[str, Any]:
    shown = row(found)
    del shown["sort_key"], shown["search_text"], shown["removed_at"]
    return {**shown, "products": [product.code for product in found.products.all()]}


def version(found: MaterialVersion, *, on: date) -> dict[str, Any]:
    """A version with its material's title, and how it stands on the day."""
    return {
        **row(found),
        "title": found.material.title,
        "kind": found.material.kind,
        "is_electronic": found.material.is_electronic,
        "standing": str(usability.standing(found, on=on)),
    }


def handout(found: Handout) -> dict[str, Any]:
    return {**row(found), "title": found.version.material.title, "number": found.version.number}


def balance(found: SampleBalance, *, on: date) -> dict[str, Any]:
    """With the lot and whether it has expired."""
    return {
        **row(found),
        **_of_lot(found),
        "expires_on": found.lot.expires_on,
        "expired": usability.is_expired(found.lot, on=on),
    }


def move(found: SampleMove) -> dict[str, Any]:
    return {**row(found), **_of_lot(found)}


def _of_lot(found: SampleBalance | SampleMove) -> dict[str, Any]:
    pack = found.lot.pack
    return {
        "lot_number": found.lot.lot_number,
        "pack": pack.code,
        "spec": str(pack),
        "product": pack.product_id,
        "product_name": str(pack.product),
    }


def received(found: Received) -> dict[str, Any]:
    return {
        "handouts": [handout(one) for one in found.handouts],
        "samples": [move(one) for one in found.samples],
    }
