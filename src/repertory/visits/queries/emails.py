"""What an e-mail from a template would say to a customer, and what stands against sending it."""

from dataclasses import dataclass
from datetime import date

from repertory.core.actor import Actor
from repertory.core.errors import NotFound, RuleViolation
from repertory.customers import access as customers
from repertory.customers.models import Customer
from repertory.materials.models import MaterialVersion
from repertory.materials.queries.giving import email_templates
from repertory.visits import access
from repertory.visits.emailing import Letter, check_email, letter_of


@dataclass(frozen=True)
class Draft:
    """templates: what the customer may be sent today. letter: of the chosen one. problem: why none can go out."""

    customer: Customer
    templates: list[MaterialVersion]
    chosen: MaterialVersion | None
    letter: Letter | None
    problem: RuleViolation | None


def draft_email(*, actor: Actor, customer_id: int, version_id: int | None, on: date) -> Draft:
    """NotFound for a customer out of sight and for a template that may not be used for it on the day."""
    rows = customers.visible_customers(actor).select_related("institution")
    customer = rows.filter(pk=customer_id).first()
    if customer is None:
        raise NotFound(field="customer_id")
    templates = email_templates(actor=actor, on=on, kind=customer.kind)
    chosen = next((row for row in templates if row.pk == version_id), None)
    if version_id is not None and chosen is None:
        raise NotFound(field="version_id")
    letter = letter_of(access.person_for(actor, ""), customer, chosen) if chosen else None
    return Draft(customer, templates, chosen, letter, _problem(customer, on))


def _problem(customer: Customer, on: date) -> RuleViolation | None:
    try:
        check_email(customer, on=on)
    except RuleViolation as problem:
        return problem
    return None
