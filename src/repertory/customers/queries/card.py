"""What an archive card shows beside the customer's own fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.customers import access, licensing
from repertory.customers.choices import PERSON_KINDS, FactState, ProposalState
from repertory.customers.models import (
    Affiliation,
    Consent,
    Coverage,
    Customer,
    Department,
    FillInInvitation,
    FirstTrade,
    ImportantDate,
    Influence,
    KeyPerson,
    Licence,
    Profile,
    ProposedFact,
    StageChange,
    TierProposal,
)

MOST_LINKS = 200
# Of the two other customers only the name is shown.
ON_CARD = (
    *(field.name for field in Customer._meta.concrete_fields),
    *(f"profile__{field.name}" for field in Profile._meta.concrete_fields),
    "institution__name",
    "parent__name",
)


@dataclass(frozen=True)
class DecisionChain:
    """People at institutions in roles, and who listens to whom; only people that the reader may see."""

    affiliations: list[Affiliation]
    influences: list[Influence]


def card_of(*, actor: Actor, customer_id: int) -> Customer:
    """The customer with profile, institution and parent in one query; NotFound outside the scope."""
    rows = access.visible_customers(actor).select_related("profile", "institution", "parent").only(*ON_CARD)
    customer = rows.filter(pk=customer_id).first()
    if customer is None:
        raise NotFound()
    return customer


def decision_chain(*, actor: Actor, customer: Customer) -> DecisionChain:
    """Of an institution: its people and the influence among them. Of a person: where it works, whom it influences and
    who influences it."""
    seen = access.of_visible(actor, Affiliation.objects.all(), "person", "institution")
    around = seen.select_related("person", "institution")
    if customer.kind in PERSON_KINDS:
        affiliations = list(around.filter(person=customer)[:MOST_LINKS])
        touching = Q(source=customer) | Q(target=customer)
    else:
        affiliations = list(around.filter(institution=customer)[:MOST_LINKS])
        people = [row.person_id for row in affiliations]
        touching = Q(source__in=people) | Q(target__in=people)
    influences = access.of_visible(actor, Influence.objects.filter(touching), "source", "target")
    return DecisionChain(affiliations, list(influences.select_related("source", "target")[:MOST_LINKS]))


def coverages_of(customer: Customer) -> list[Coverage]:
    return list(Coverage.objects.filter(customer=customer).select_related("territory").order_by("-starts_on", "pk"))


def departments_of(customer: Customer) -> list[Department]:
    return list(Department.objects.filter(customer=customer))


def key_people_of(customer: Customer) -> list[KeyPerson]:
    return list(KeyPerson.objects.filter(customer=customer))


def dates_of(customer: Customer) -> list[ImportantDate]:
    """The next one first; those that are past at the end."""
    rows = ImportantDate.objects.filter(customer=customer)
    return sorted(rows, key=lambda row: (row.next_on is None, row.next_on or row.pk, row.pk))


def consents_of(customer: Customer) -> list[Consent]:
    return list(Consent.objects.filter(customer=customer).select_related("recorded_by"))


def licences_of(customer: Customer) -> list[Licence]:
    return list(Licence.objects.filter(customer=customer))


def licence_of(customer: Customer, licence_id: int) -> Licence:
    licence = Licence.objects.filter(customer=customer, pk=licence_id).first()
    if licence is None:
        raise NotFound()
    return licence


def first_trade_of(customer: Customer) -> FirstTrade | None:
    return FirstTrade.objects.filter(customer=customer).select_related("submitted_by", "decided_by").first()


def what_stands_against_selling(customer: Customer, *, on: date) -> list[str]:
    """Codes as of licensing.reasons_not_to_sell, of an organisation that may buy; of others none."""
    if customer.kind not in licensing.WANTED:
        return []
    first_trade = FirstTrade.objects.filter(customer=customer).only("state").first()
    held = licences_of(customer)
    return licensing.reasons_not_to_sell(customer.kind, held, first_trade, on=on)


def stage_changes_of(customer: Customer) -> list[StageChange]:
    return list(StageChange.objects.filter(customer=customer).select_related("user"))


def open_proposal_of(customer: Customer) -> TierProposal | None:
    rows = TierProposal.objects.filter(customer=customer, state=ProposalState.OPEN)
    return rows.only("tier", "score").first()


def waiting_count(customer: Customer) -> int:
    """How many facts wait to be confirmed."""
    return ProposedFact.objects.filter(customer=customer, state=FactState.WAITING).count()


def invitations_of(customer: Customer) -> list[FillInInvitation]:
    return list(FillInInvitation.objects.filter(customer=customer).select_related("created_by"))


def names_of(customer_ids: Iterable[int]) -> dict[int, str]:
    """{key: name}, for keys that stand in stored values."""
    return dict(Customer.objects.filter(pk__in=list(customer_ids)).values_list("pk", "name"))
