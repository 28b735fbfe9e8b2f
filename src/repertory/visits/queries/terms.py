"""What an institution demands of those who visit, and to what it has agreed (M-LAW-1)."""

from dataclasses import dataclass
from datetime import date

from repertory.core.actor import Actor
from repertory.customers import access as customers
from repertory.customers.models import Customer
from repertory.visits.models import InstitutionConsent, InstitutionTerms, VisitingHours
from repertory.visits.permission import institution_of, living_consents


@dataclass(frozen=True)
class TermsOfVisit:
    """institution: whose terms they are. living: the consent of the day that lasts longest, None without one. in_sight:
    whether the reader has the institution's archive."""

    institution: Customer
    terms: InstitutionTerms
    living: InstitutionConsent | None
    in_sight: bool = True


def terms_of(*, actor: Actor, customer: Customer, on: date) -> TermsOfVisit:
    """What counts for a customer that the person was shown: of whom it is an institution its own terms, else those of the
    institution where it works. What nobody has entered is not demanded."""
    key = institution_of(customer)
    institution = customer if key == customer.pk else Customer.objects.get(pk=key)
    terms = InstitutionTerms.objects.filter(institution=key).first() or InstitutionTerms(institution=institution)
    lasting = sorted(living_consents(key, on=on), key=lambda row: (row.ends_on is None, row.ends_on or on, row.pk))
    seen = key == customer.pk or customers.visible_customers(actor).filter(pk=key).exists()
    return TermsOfVisit(institution, terms, lasting[-1] if lasting else None, seen)


def consents_of(*, actor: Actor, customer_id: int) -> list[InstitutionConsent]:
    """Every consent of an institution, the newest first."""
    customers.get_visible(actor, customer_id)
    rows = InstitutionConsent.objects.filter(institution=customer_id).select_related("recorded_by")
    return list(rows.order_by("-starts_on", "-pk"))


def hours_of(*, actor: Actor, customer_id: int) -> list[VisitingHours]:
    customers.get_visible(actor, customer_id)
    return list(VisitingHours.objects.filter(customer=customer_id).order_by("weekday", "opens", "pk"))
