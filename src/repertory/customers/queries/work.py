"""What waits for somebody: missing facts, expiring licences, facts to confirm, proposed tiers, probable duplicates."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count, Min, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.customers import access
from repertory.customers.choices import DuplicateState, FactState, ProposalState, Stage
from repertory.customers.licensing import WARN_DAYS
from repertory.customers.models import Customer, DuplicatePair, Licence, Merge, Profile, ProposedFact, TierProposal

COMPLETE = 80
SHOWN = 200


def incomplete_customers(*, actor: Actor, stages: Sequence[str] = (Stage.ACTIVE,)) -> QuerySet[Customer]:
    """Customers of these stages whose archive is not complete, the emptiest first."""
    rows = access.visible_customers(actor).filter(stage__in=stages, completeness__lt=COMPLETE)
    return rows.select_related("profile").order_by("completeness", "sort_key", "pk")


def expiring_licences(*, actor: Actor, on: date, days: int = WARN_DAYS) -> QuerySet[Licence]:
    """Licences that end within so many days or have ended, the oldest first."""
    rows = access.of_visible(actor, Licence.objects.filter(revoked_on=None, expires_on__lte=on + timedelta(days=days)))
    return rows.select_related("customer").order_by("expires_on", "pk")


def waiting_facts(*, actor: Actor) -> QuerySet[Customer]:
    """Customers with facts to confirm: facts = how many, since = when the first came."""
    rows = access.visible_customers(actor).filter(proposed_facts__state=FactState.WAITING)
    counted = rows.annotate(facts=Count("proposed_facts"), since=Min("proposed_facts__received_at"))
    return counted.order_by("since", "pk")


def facts_of(customer: Customer) -> list[ProposedFact]:
    """Those that wait, in the order in which they came."""
    return list(ProposedFact.objects.filter(customer=customer, state=FactState.WAITING))


def fact_of(*, actor: Actor, fact_id: int) -> ProposedFact:
    fact = access.of_visible(actor, ProposedFact.objects.filter(pk=fact_id)).first()
    if fact is None:
        raise NotFound()
    return fact


def open_proposals(*, actor: Actor) -> QuerySet[TierProposal]:
    """What the rules propose and nobody has decided, the highest score first."""
    rows = access.of_visible(actor, TierProposal.objects.filter(state=ProposalState.OPEN))
    return rows.select_related("customer").order_by("-score", "pk")


def duplicate_pairs(*, actor: Actor) -> QuerySet[DuplicatePair]:
    """Pairs of which the person may see both."""
    rows = access.of_visible(actor, DuplicatePair.objects.filter(state=DuplicateState.OPEN), "first", "second")
    return rows.select_related("first", "second").order_by("-score", "pk")


def duplicate_pair(*, actor: Actor, pair_id: int) -> DuplicatePair:
    """A pair with both archives; NotFound when one of the two is outside the scope."""
    pair = duplicate_pairs(actor=actor).select_related("first__profile", "second__profile").filter(pk=pair_id).first()
    if pair is None:
        raise NotFound()
    return pair


def recent_merges(*, actor: Actor) -> list[Merge]:
    """Merges into customers that the person may see, newest first."""
    rows = access.of_visible(actor, Merge.objects.all(), "kept").select_related("kept", "gone", "user")
    return list(rows.order_by("-at", "-pk")[:SHOWN])


def profile_of(customer: Customer) -> Profile | None:
    return getattr(customer, "profile", None)
