"""At every customer of the archive one row of each kind that has an address of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from repertory.core.actor import system_actor
from repertory.core.time import day_of
from repertory.customers import actions
from repertory.customers.inputs import MergeCustomers
from repertory.customers.models import (
    Consent,
    Coverage,
    Customer,
    Department,
    DuplicatePair,
    FirstTrade,
    Licence,
    ProposedFact,
    TierProposal,
)
from repertory.organisation.models import ApiToken, Assignment
from repertory.platform.models import Attachment, CustomField
from repertory.products.models import KeyMessage, Product
from tests.factories.archive import Archive, open_archive
from tests.factories.catalogue import build_catalogue

TERRITORY = {"own": "E1A", "team": "E1B", "foreign": "N1A", "former": "N1A", "removed": "E1A"}
PERSON = {"own": "rep", "team": "teammate", "foreign": "foreigner"}
MISSING = 999_999


@dataclass(frozen=True)
class World:
    """keys[target][thing] → the key that stands in the address."""

    company: Any
    keys: dict[str, dict[str, Any]]


def build_world(company: Any, archive: Archive, at: datetime) -> World:
    keys = {target: _around(company, target, getattr(archive, target), at) for target in TERRITORY}
    catalogue = build_catalogue(at)
    for target in TERRITORY:
        keys[target] |= _of_product(getattr(catalogue, target))
    things = set(keys["own"])
    keys["missing"] = {thing: MISSING + number for number, thing in enumerate(sorted(things))}
    return World(company, keys)


def _around(company: Any, target: str, customer: Customer, at: datetime) -> dict[str, Any]:
    user = company.people["boss"]
    twin = open_archive(at=at, territory=TERRITORY[target], name=f"对照医院{target}")
    gone = open_archive(at=at, territory=TERRITORY[target], name=f"并入医院{target}")
    first, second = sorted((customer, twin), key=lambda row: row.pk)
    other = open_archive(at=at, territory=TERRITORY[target], name=f"对象人{target}", kind="hcp")
    person = open_archive(at=at, territory=TERRITORY[target], name=f"某人{target}", kind="hcp")
    if target != "removed":
        data = MergeCustomers(kept=customer.pk, gone=gone.pk)
        merge = actions.merge_customers(actor=system_actor(), at=at, data=data).pk
    else:
        merge = MISSING
    FirstTrade.objects.create(customer=twin, state="submitted", submitted_at=at)
    keys = {
        "customer": customer.pk,
        "fact": ProposedFact.objects.create(
            customer=customer, field="phone", value="2", source="form", received_at=at
        ).pk,
        "pair": DuplicatePair.objects.create(first=first, second=second, score=80, found_at=at).pk,
        "file": _file(customer, user, at),
        "licence": Licence.objects.create(customer=customer, kind="other", number="77").pk,
        "consent": Consent.objects.create(
            customer=customer, purpose="contact", channel="post", given_on=day_of(at), how="x"
        ).pk,
        "department": Department.objects.create(customer=customer, name="急诊科").pk,
        "coverage": Coverage.objects.filter(customer=customer)
        .order_by("-starts_on")
        .values_list("pk", flat=True)
        .first(),
        "proposal": TierProposal.objects.create(customer=customer, tier="B", score=50, proposed_at=at).pk,
        "merge": merge,
        "twin": twin.pk,
        "submitted customer": twin.pk if target != "removed" else customer.pk,
        "person row": person.pk if target != "removed" else customer.pk,
        "other person": other.pk,
        "token of boss": ApiToken.objects.create(
            user=user, name="t", prefix="p", digest=f"digest-{target}", created_at=at, expires_at=at
        ).pk,
    }
    if target in PERSON:
        holder = company.people[PERSON[target]]
        keys |= {
            "person": holder.pk,
            "territory": company.territories[TERRITORY[target]].pk,
            "assignment": Assignment.objects.get(user=holder).pk,
            "field": CustomField.objects.create(object_type="customer", key=f"f_{target}", label="x", kind="text").pk,
        }
    return keys


def _of_product(product: Product) -> dict[str, Any]:
    message = KeyMessage.objects.filter(product=product).first() or KeyMessage.objects.create(
        product=product, created_at=product.created_at
    )
    version = message.versions.values_list("pk", flat=True).first() or MISSING
    keys = {"product": product.pk, "pack": product.packs.get().pk, "message": message.pk, "version": version}
    if product.line is not None:
        team = product.line.teams.order_by("pk").last()
        keys |= {"line": product.line_id, "team": team.pk}
    return keys


def _file(customer: Customer, user: Any, at: datetime) -> int:
    row = Attachment.objects.create(
        object_type="customer",
        object_id=customer.pk,
        name="证照.pdf",
        content_type="application/pdf",
        size_bytes=1,
        sha256="0" * 64,
        stored_as=default_storage.save("policy/file", ContentFile(b"%PDF-")),
        user=user,
        at=at,
    )
    return row.pk
