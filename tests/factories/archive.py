"""Customers around one rep: own, a teammate's, a stranger's, one that was the rep's until yesterday, a removed one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from repertory.core.actor import system_actor
from repertory.core.time import day_of
from repertory.customers import actions
from repertory.customers.inputs import (
    CreateCustomer,
    GiveConsent,
    Reassign,
    RecordLicence,
    RemoveCustomer,
    ReviseCustomer,
)
from repertory.customers.models import Customer

PRIVATE_PHONE = "13912340987"


@dataclass(frozen=True)
class Archive:
    own: Customer
    team: Customer
    foreign: Customer
    former: Customer
    removed: Customer
    doctor: Customer


def open_archive(*, at: datetime, territory: str | None, name: str, kind: str = "hospital", **facts: Any) -> Customer:
    data = CreateCustomer(kind=kind, name=name, territory=territory, confirmed_new=True, **facts)
    return actions.create_customer(actor=system_actor(), at=at, data=data)


def build_archive(at: datetime) -> Archive:
    """One customer of each relation to `rep` (E1A), and a doctor of the rep's own with a private phone."""
    before = at - timedelta(days=30)
    own = open_archive(at=before, territory="E1A", name="南京鼓楼医院", phone="025-83106666", city_code="320100")
    team = open_archive(at=before, territory="E1B", name="南京玄武医院", phone="025-84201111")
    foreign = open_archive(at=before, territory="N1A", name="北京东城医院", phone="010-65287777")
    former = open_archive(at=before, territory="E1A", name="南京秦淮医院", phone="025-52883333")
    move = Reassign(from_territory="E1A", to_territory="N1A", on=day_of(at) - timedelta(days=1), customers=[former.pk])
    actions.reassign_customers(actor=system_actor(), at=at, data=move)
    removed = open_archive(at=before, territory="E1A", name="南京误建医院")
    actions.remove_customer(actor=system_actor(), at=at, customer_id=removed.pk, data=RemoveCustomer(reason="误建"))
    doctor = open_archive(at=before, territory="E1A", name="单雪", kind="hcp", institution=own.pk, department="心内科")
    _make_private(doctor, at)
    licence = RecordLicence(kind="medical", number="PDY001", expires_on=day_of(at) + timedelta(days=20))
    actions.record_licence(actor=system_actor(), at=at, customer_id=own.pk, data=licence)
    return Archive(own, team, foreign, former, removed, doctor)


def _make_private(doctor: Customer, at: datetime) -> None:
    for channel in ("phone", "archive"):
        consent = GiveConsent(purpose="contact", channel=channel, given_on=day_of(at), how="书面")
        actions.give_consent(actor=system_actor(), at=at, customer_id=doctor.pk, data=consent)
    facts = ReviseCustomer(private_phone=PRIVATE_PHONE, birthday=day_of(at) - timedelta(days=15_000))
    actions.revise_customer(actor=system_actor(), at=at, customer_id=doctor.pk, data=facts)
