"""Materials and samples: approved versions, lots in the store and in people's bags."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from repertory.core.actor import Actor, system_actor
from repertory.core.time import day_of
from repertory.customers.models import Customer
from repertory.materials import actions
from repertory.materials.inputs import (
    CreateMaterial,
    DecideVersion,
    DraftVersion,
    GiveSample,
    HandOut,
    Issue,
    KeepSignature,
    Receive,
    ReceiveLot,
)
from repertory.materials.models import Handout, Material, MaterialVersion, SampleLot, SampleMove
from repertory.products.models import Pack, Product
from tests.factories.company import Company

PNG = b"\x89PNG\r\n\x1a\n" + b"drawn"
DRAWN = b64encode(PNG).decode()


@dataclass(frozen=True)
class Bags:
    """A usable leaflet of a product and a lot of its pack; `rep` has 20 of each, the store 80."""

    product: Product
    version: MaterialVersion
    lot: SampleLot


def open_material(*, at: datetime, title: str = "核心信息单页", **facts: Any) -> Material:
    data = CreateMaterial(**{"title": title, "kind": "leaflet", **facts})
    return actions.create_material(actor=system_actor(), at=at, data=data)


def draft(material: Material, *, at: datetime, actor: Actor | None = None, **facts: Any) -> MaterialVersion:
    data = DraftVersion(**{"summary": "起效快，耐受好。", **facts})
    return actions.draft_version(actor=actor or system_actor(), at=at, material_id=material.pk, data=data)


def submit(version: MaterialVersion, *, at: datetime, actor: Actor | None = None) -> MaterialVersion:
    return actions.submit_version(actor=actor or system_actor(), at=at, version_id=version.pk)


def approve(version: MaterialVersion, *, at: datetime, actor: Actor | None = None, **facts: Any) -> MaterialVersion:
    """From its draft on."""
    submit(version, at=at)
    data = DecideVersion(approve=True, **facts)
    return actions.decide_version(actor=actor or system_actor(), at=at, version_id=version.pk, data=data)


def usable_version(*, at: datetime, title: str = "核心信息单页", **facts: Any) -> MaterialVersion:
    """Of a new printed material."""
    return approve(draft(open_material(at=at, title=title, **facts), at=at), at=at)


def stock(version: MaterialVersion, *, at: datetime, quantity: int = 100) -> None:
    data = Receive(quantity=quantity)
    actions.receive_stock(actor=system_actor(), at=at, version_id=version.pk, data=data)


def issue_copies(version: MaterialVersion, *, at: datetime, to: str = "rep", quantity: int = 20) -> None:
    data = Issue(to=to, quantity=quantity)
    actions.issue_stock(actor=system_actor(), at=at, version_id=version.pk, data=data)


def receive_lot(
    pack: Pack, *, at: datetime, number: str = "240301", quantity: int = 100, expires_on: date | None = None
) -> SampleLot:
    until = expires_on or day_of(at) + timedelta(days=200)
    data = ReceiveLot(pack=pack.code, lot_number=number, expires_on=until, quantity=quantity)
    return actions.receive_lot(actor=system_actor(), at=at, data=data).lot


def issue_samples(lot: SampleLot, *, at: datetime, to: str = "rep", quantity: int = 20) -> SampleMove:
    data = Issue(to=to, quantity=quantity)
    return actions.issue_samples(actor=system_actor(), at=at, lot_id=lot.pk, data=data)


def sign(actor: Actor, customer: Customer, *, at: datetime) -> int:
    """The key of a signature of the customer, drawn on the actor's phone."""
    data = KeepSignature(png=DRAWN)
    return actions.keep_signature(actor=actor, at=at, customer_id=customer.pk, data=data).pk


def give(
    actor: Actor,
    customer: Customer,
    lot: SampleLot,
    *,
    at: datetime,
    quantity: int = 1,
    on: date | None = None,
    **facts: Any,
) -> SampleMove:
    """Signed."""
    facts = {"signature_id": sign(actor, customer, at=at)} | facts
    data = GiveSample(lot_id=lot.pk, quantity=quantity, **facts)
    return actions.give_sample(actor=actor, at=at, customer_id=customer.pk, data=data, on=on)


def hand_out(
    actor: Actor, customer: Customer, version: MaterialVersion, *, at: datetime, on: date | None = None, **facts: Any
) -> Handout:
    data = HandOut(version_id=version.pk, **facts)
    return actions.hand_out(actor=actor, at=at, customer_id=customer.pk, data=data, on=on)


def fill_bags(product: Product, *, at: datetime) -> Bags:
    """The product has a pack."""
    version = usable_version(at=at, products=[product.code])
    stock(version, at=at)
    issue_copies(version, at=at)
    lot = receive_lot(product.packs.get(), at=at)
    issue_samples(lot, at=at)
    return Bags(product, version, lot)


def build_materials(
    company: Company, product: Product, customer: Customer, giver: str, *, at: datetime
) -> dict[str, int]:
    """Of a product on sale a material with a file and a lot; all of the lot lies in the giver's bag, who gave the customer
    one of each. Without a giver nothing."""
    if not giver:
        return {}
    actor = company.actor(giver)
    version = draft(open_material(at=at, title=f"{product.generic_name}单页", products=[product.code]), at=at)
    file = ContentFile(b"%PDF-1.7")
    actions.attach_version_file(actor=system_actor(), at=at, version_id=version.pk, name="单页.pdf", content=file)
    approve(version, at=at)
    stock(version, at=at)
    issue_copies(version, at=at, to=giver)
    lot = receive_lot(product.packs.get(), at=at, quantity=20)
    issue_samples(lot, at=at, to=giver)
    return {
        "material": version.material_id,
        "material version": version.pk,
        "handout": hand_out(actor, customer, version, at=at).pk,
        "lot": lot.pk,
        "sample move": give(actor, customer, lot, at=at).pk,
    }
