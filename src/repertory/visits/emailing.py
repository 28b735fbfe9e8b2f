"""Whether a customer may be written to, and how an e-mail from a template reads."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from repertory.core.errors import RuleViolation
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.models import Customer
from repertory.materials import placeholders
from repertory.materials.models import MaterialVersion
from repertory.organisation.models import User
from repertory.platform.mailing import can_send
from repertory.visits.choices import Mode
from repertory.visits.permission import check_consent


@dataclass(frozen=True)
class Letter:
    """What would go out."""

    address: str
    subject: str
    body: str


def check_email(customer: Customer, *, on: date) -> None:
    """RuleViolation where no e-mail can go to the customer: no server, no address, no consent for this channel."""
    if not can_send():
        message = _("系统还没有设置邮件服务器，发不了邮件。请联系管理员。")
        raise RuleViolation(message, code="email_not_configured", field="")
    if not customer.email:
        message = _("%(name)s 的档案里没有邮箱，请先在客户档案里填写。") % {"name": customer.name}
        raise RuleViolation(message, code="email_missing", field="customer_id")
    check_consent(customer, Mode.EMAIL, on)


def letter_of(sender: User, customer: Customer, version: MaterialVersion) -> Letter:
    """The template with the words of this customer in it; the subject is one line."""
    institution = customer.institution or customer
    is_person = customer.kind in PERSON_KINDS
    values = {
        placeholders.NAME: customer.name,
        placeholders.ADDRESS: _("%(name)s老师") % {"name": customer.name} if is_person else customer.name,
        placeholders.INSTITUTION: institution.name if customer.institution_id or not is_person else "",
        placeholders.SENDER: sender.name,
    }
    subject = " ".join(placeholders.fill(version.subject, values).split())
    return Letter(customer.email, subject, placeholders.fill(version.body, values))
