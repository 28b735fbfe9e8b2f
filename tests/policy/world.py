"""At every customer of the archive one row of each kind that has an address of its own."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from repertory.core.actor import system_actor
from repertory.core.periods import month_number
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
from repertory.plans.models import Task
from repertory.platform.models import Attachment, CustomField
from repertory.products.models import KeyMessage, Product
from repertory.sales.models import Entry, SalesFile, StrayFlow
from repertory.service.models import AdverseEvent, Case
from repertory.sync.models import PushedItem
from repertory.visits.models import CallFrequency, Coaching, PersonalReport, Visit, VisitingHours, VisitPlan
from tests.factories.archive import Archive, open_archive
from tests.factories.catalogue import build_catalogue
from tests.factories.materials import build_materials

TERRITORY = {"own": "E1A", "team": "E1B", "foreign": "N1A", "former": "N1A", "removed": "E1A"}
PERSON = {"own": "rep", "team": "teammate", "foreign": "foreigner"}
# Who gave the customer of each relation a material and a sample.
GIVER = {"own": "rep", "team": "teammate", "foreign": "foreigner", "former": "foreigner"}
OF_GIVER = ("material", "material version", "handout", "lot", "sample move")
MISSING = 999_999
KIND = {"own": "hcp", "team": "hospital", "foreign": "pharmacy"}
FIGURES = {"done": 0, "planned": 0, "planned_done": 0, "unplanned": 0, "customers": 0, "lines": []}


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
        customer, giver = getattr(archive, target), GIVER.get(target, "")
        keys[target] |= build_materials(company, getattr(catalogue, target), customer, giver, at=at) or {
            thing: MISSING + number for number, thing in enumerate(OF_GIVER, 100)
        }
        keys[target] |= _of_visits(company, customer, target, at)
        keys[target] |= _of_sales(company, customer, keys[target]["product"], target, at)
    things = set(keys["own"])
    keys["missing"] = {thing: MISSING + number for number, thing in enumerate(sorted(things))}
    keys["missing"]["sync item"] = str(uuid.uuid4())
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
        **_of_service(customer, target, at),
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


def _of_service(customer: Customer, target: str, at: datetime) -> dict[str, int]:
    """Opened by nobody in particular, so that only the customer decides who sees them."""
    times = {"updated_at": at, "due_at": at + timedelta(days=1)}
    case = Case.objects.create(
        number=f"case-{target}",
        kind="question",
        severity="normal",
        title="问",
        channel="phone",
        customer=customer,
        opened_at=at,
        clock_from=at,
        due_hours=8,
        **times,
    )
    event = AdverseEvent.objects.create(
        number=f"event-{target}", customer=customer, clock="other", aware_at=at, received_at=at, **times
    )
    return {"case": case.pk, "event": event.pk}


def _of_visits(company: Any, customer: Customer, target: str, at: datetime) -> dict[str, Any]:
    """A planned visit and outpatient hours; of a person also a plan, a report and a coaching."""
    holder = company.people[GIVER.get(target, "boss")]
    tomorrow = day_of(at) + timedelta(days=1)
    times = {"created_at": at, "updated_at": at}
    visit = Visit.objects.create(customer=customer, user=holder, day=tomorrow, planned_on=tomorrow, door="web", **times)
    hours = VisitingHours.objects.create(customer=customer, weekday=2, opens="08:00", closes="11:00")
    keys: dict[str, Any] = {"visit": visit.pk, "hours": hours.pk}
    if target in PERSON:
        boss, month = company.people["boss"], day_of(at).replace(day=1)
        rule = CallFrequency.objects.create(kind=KIND[target], per_month=1, starts_on=tomorrow)
        plan = VisitPlan.objects.create(user=holder, month=month, created_at=at)
        report = PersonalReport.objects.create(
            user=holder, kind="daily", starts_on=day_of(at), ends_on=tomorrow, sent_at=at, figures=FIGURES
        )
        coaching = Coaching.objects.create(user=holder, coach=boss, on=day_of(at), observed="好", at=at)
        keys |= {"frequency": rule.pk, "plan": plan.pk, "report": report.pk, "coaching": coaching.pk}
        keys["sync item"] = _refused_item(holder, at)
        span = {"starts_on": day_of(at), "ends_on": tomorrow, "due_on": day_of(at)}
        keys["task"] = Task.objects.create(owner=holder, kind="week", text="周任务", **span, **times).pk
    return keys


def _of_sales(company: Any, customer: Customer, product: int, target: str, at: datetime) -> dict[str, int]:
    """A sale to the customer, and a distributor's that came from elsewhere; those of nobody are not there."""
    if target == "removed":
        return {"entry": MISSING + 90, "stray": MISSING + 91}
    month, territory = month_number(day_of(at)), company.territories[TERRITORY[target]].pk
    seller = open_archive(at=at, territory=TERRITORY[target], name=f"商业公司{target}", kind="distributor")
    file = SalesFile.objects.create(source="flow", seller=seller, month=month, number=1, digest=target, rows=1, at=at)
    facts = {"month": month, "product_id": product, "customer": customer, "territory_id": territory}
    entry = Entry.objects.create(file=file, row=2, day=day_of(at), stream="flow", quantity=1, amount=1, **facts)
    stray = StrayFlow.objects.create(seller=seller, quantity=1, amount=1, **facts)
    return {"entry": entry.pk, "stray": stray.pk}


def _refused_item(holder: Any, at: datetime) -> str:
    """What a person's phone sent and could not be accepted."""
    item = PushedItem.objects.create(
        uid=uuid.uuid4(),
        user=holder,
        device="phone",
        command="customer.create",
        device_at=at,
        received_at=at,
        status="rejected",
        code="invalid",
        answer={"message": "缺名称"},
        payload={"kind": "hcp"},
    )
    return str(item.uid)


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
