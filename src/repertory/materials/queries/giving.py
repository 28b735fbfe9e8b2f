"""What a customer has got, and what a person may give today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from repertory.core.actor import Actor
from repertory.customers.access import get_visible
from repertory.customers.models import Customer
from repertory.materials import access, rules, usability
from repertory.materials.choices import MaterialKind, Move
from repertory.materials.models import Handout, MaterialVersion, SampleMove
from repertory.materials.queries.period import of_customer, packs_in_period
from repertory.products.models import Product


@dataclass(frozen=True)
class Received:
    """The newest first, without what was reversed."""

    customer: Customer
    handouts: list[Handout]
    samples: list[SampleMove]


@dataclass(frozen=True)
class Allowance:
    """Packs of a product in the period around a day; left is None where there is no limit."""

    had: int
    limit: int | None

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.had)


def given_to(*, actor: Actor, customer_id: int, most: int | None = None) -> Received:
    """All that a customer in one's sight got, from whomever, so that nothing is given twice. NotFound out of sight."""
    customer = get_visible(actor, customer_id)
    handouts = handouts_of(customer).select_related("version__material", "giver").order_by("-on", "-pk")
    samples = samples_of(customer).select_related("lot__pack__product", "holder").order_by("-on", "-pk")
    return Received(customer, list(handouts[:most]), list(samples[:most]))


def handouts_of(customer: Customer) -> QuerySet[Handout]:
    return Handout.objects.filter(of_customer(customer), reverses=None, reversal=None)


def samples_of(customer: Customer) -> QuerySet[SampleMove]:
    return SampleMove.objects.filter(of_customer(customer), kind=Move.GIVEN, reversal=None)


def had_before(*, actor: Actor, customer_id: int) -> set[int]:
    """Keys of the versions that a customer has already, for a warning before one gives."""
    customer = get_visible(actor, customer_id)
    return set(handouts_of(customer).values_list("version_id", flat=True))


def handouts_of_visit(visit_id: int) -> list[Handout]:
    """What stands of a visit, for its domain: who may see the visit, it has asked."""
    rows = Handout.objects.filter(visit_id=visit_id, reverses=None, reversal=None)
    return list(rows.select_related("version__material").order_by("pk"))


def samples_of_visit(visit_id: int) -> list[SampleMove]:
    rows = SampleMove.objects.filter(visit_id=visit_id, kind=Move.GIVEN, reversal=None)
    return list(rows.select_related("lot__pack__product").order_by("pk"))


def allowance_of(*, actor: Actor, customer_id: int, product: Product, on: date) -> Allowance:
    """How many packs a customer had in this period, of how many."""
    customer = get_visible(actor, customer_id)
    return Allowance(packs_in_period(customer, product, on), rules.sample_limit(on, kind=customer.kind))


def usable_versions(*, actor: Actor, on: date, kind: str = "", product_id: int | None = None) -> list[MaterialVersion]:
    """The versions that the person may hand out on a day, to a customer of this kind. E-mail templates are not: they are
    sent."""
    rows = access.reported_versions(actor).exclude(material__kind=MaterialKind.EMAIL)
    return _usable(rows, on=on, kind=kind, product_id=product_id)


def email_templates(*, actor: Actor, on: date, kind: str = "") -> list[MaterialVersion]:
    """The e-mail templates that the person may use on a day, for a customer of this kind."""
    rows = access.reported_versions(actor).filter(material__kind=MaterialKind.EMAIL)
    return _usable(rows, on=on, kind=kind)


def _usable(
    versions: QuerySet[MaterialVersion], *, on: date, kind: str, product_id: int | None = None
) -> list[MaterialVersion]:
    rows = versions.filter(usability.usable_on(on)).select_related("material", "file")
    if product_id is not None:
        rows = rows.filter(material__products=product_id)
    ordered = rows.prefetch_related("material__products").order_by("material__sort_key", "material_id", "number", "pk")
    return [row for row in ordered if usability.is_meant_for(row, kind=kind)]
