"""Whether a person may visit a customer on a day as the law has it (M-LAW-1), and use a channel (M-LAW-3): one function for
every door."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core.errors import RuleViolation
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.consent import has_consent
from repertory.customers.models import Consent, Customer
from repertory.organisation import firewall
from repertory.organisation.models import User
from repertory.visits.choices import CHANNEL_OF_MODE, Mode
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


def check_consent(customer: Customer, mode: str, on: date) -> None:
    """A private channel is used only with the person's consent."""
    channel = CHANNEL_OF_MODE.get(mode)  # type: ignore[call-overload]
    if channel is None or customer.kind not in PERSON_KINDS:
        return
    if not has_consent(Consent.objects.filter(customer=customer), channel=channel, on=on):
        raise RuleViolation(
            _("%(name)s 还没有同意用这种方式联系。请先在客户档案里登记同意，或者换一种方式。")
            % {"name": customer.name},
            code="consent_missing",
            field="mode",
        )


def institution_of(customer: Customer) -> int:
    """Whose terms count: those of the institution where a person works, else the customer's own."""
    return customer.institution_id or customer.pk


def living_consents(institution_id: int, *, on: date) -> QuerySet[InstitutionConsent]:
    """The consents that cover a day."""
    begun = InstitutionConsent.objects.filter(institution=institution_id, starts_on__lte=on)
    return begun.filter(Q(ends_on=None) | Q(ends_on__gt=on))
