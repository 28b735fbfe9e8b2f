"""Whether a person may visit a customer on a day as the law has it (M-LAW-1): one function for every door."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core.errors import RuleViolation
from repertory.customers.models import Customer
from repertory.organisation import firewall
from repertory.organisation.models import User
from repertory.visits.choices import Mode
from repertory.visits.models import InstitutionConsent, InstitutionTerms


def check_permission(person: User, customer: Customer, *, mode: str, on: date) -> None:
    """An academic person needs a live filing, and on the spot the institution's consent where it demands one."""
    firewall.check_filing(person, on)
    if mode != Mode.FIELD or not firewall.is_academic(person) or not firewall.holds_on(on):
        return
    institution_id = institution_of(customer)
    if not InstitutionTerms.objects.filter(institution=institution_id, demands_consent=True).exists():
        return
    if not living_consents(institution_id, on=on).exists():
        raise RuleViolation(
            _("这家医院要求事先同意才能拜访，%(day)s 没有有效的同意。请先取得同意并登记在医院的“拜访”页。")
            % {"day": on},
            code="institution_consent_missing",
            field="customer_id",
        )


def institution_of(customer: Customer) -> int:
    """Whose terms count: those of the institution where a person works, else the customer's own."""
    return customer.institution_id or customer.pk


def living_consents(institution_id: int, *, on: date) -> QuerySet[InstitutionConsent]:
    """The consents that cover a day."""
    begun = InstitutionConsent.objects.filter(institution=institution_id, starts_on__lte=on)
    return begun.filter(Q(ends_on=None) | Q(ends_on__gt=on))
