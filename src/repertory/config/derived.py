"""Checks of `repertory verify` on what is stored although it follows from something else, and on rules between rows that
no constraint of a database can say."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from repertory.core.errors import RepertoryError
from repertory.core.time import today
from repertory.customers.actions.card import next_day
from repertory.customers.actions.writing import derived_from_name, score_completeness
from repertory.customers.choices import PERSON_KINDS, ApprovalState
from repertory.customers.fields import PRIVATE
from repertory.customers.models import Consent, Customer, FirstTrade, ImportantDate, Merge, Profile, StageChange
from repertory.platform.models import CustomField

CHUNK = 2_000
Problems = Iterator[str]


def names_and_completeness() -> Problems:
    """How a name sorts and sounds, and how much of the archive is filled in, are as computed anew."""
    customers = Customer.objects.filter(removed_at=None).select_related("profile").order_by("pk")
    for customer in customers.iterator(chunk_size=CHUNK):
        for attribute, value in derived_from_name(customer.name, kind=customer.kind).items():
            if getattr(customer, attribute) != value:
                yield f"customer {customer.pk}: {attribute}"
        kept = customer.completeness
        score_completeness(customer, getattr(customer, "profile", None))
        if customer.completeness != kept:
            yield f"customer {customer.pk}: completeness kept {kept}, computed {customer.completeness}"


def stages() -> Problems:
    """Every living customer entered its stage by a dated step."""
    step = StageChange.objects.filter(customer=OuterRef("pk"), to_stage=OuterRef("stage"), on=OuterRef("stage_since"))
    for key in Customer.objects.filter(~Exists(step), removed_at=None).values_list("pk", flat=True).iterator():
        yield f"customer {key}"


def next_dates() -> Problems:
    day = today()
    for row in ImportantDate.objects.iterator(chunk_size=CHUNK):
        try:
            computed = next_day(row, day)
        except RepertoryError as error:
            yield f"date {row.pk} of customer {row.customer_id}: {error}"
            continue
        if row.next_on != computed:
            yield f"date {row.pk} of customer {row.customer_id}: kept {row.next_on}, computed {computed}"


def merges() -> Problems:
    """A merge that stands and the mark on the customer that is gone say the same."""
    standing = Merge.objects.filter(undone_at=None)
    apart = Q(gone__merged_into=None) | ~Q(gone__merged_into=F("kept"))
    for key in standing.filter(apart).values_list("pk", flat=True):
        yield f"merge {key} is not marked on the customer that is gone"
    marked = Customer.objects.exclude(merged_into=None)
    for key in marked.filter(~Exists(standing.filter(gone=OuterRef("pk")))).values_list("pk", flat=True):
        yield f"customer {key} is merged by no merge"


def belonging() -> Problems:
    """People work at organisations, organisations hang below organisations, nobody below itself."""
    for name in ("institution", "parent"):
        wrong = Q(**{f"{name}__kind__in": PERSON_KINDS}) | Q(**{name: F("pk")})
        for key in Customer.objects.filter(wrong, removed_at=None).values_list("pk", flat=True):
            yield f"customer {key}: {name}"


def custom_values() -> Problems:
    """Values of custom fields that were defined, be they in use or not."""
    known = set(CustomField.objects.filter(object_type="customer").values_list("key", flat=True))
    filled = Customer.objects.exclude(custom={}).order_by("pk").values_list("pk", "custom")
    for key, values in filled.iterator(chunk_size=CHUNK):
        if unknown := set(values) - known:
            yield f"customer {key}: {sorted(unknown)}"


def private_by_consent() -> Problems:
    """No private value of a living customer whose consent was never given, or was withdrawn."""
    holds = Q(pk__in=[])
    for name in PRIVATE:
        holds |= Q(**{f"{name}__isnull": False})
    given = Consent.objects.filter(customer=OuterRef("customer_id"), withdrawn_on=None)
    without = Profile.objects.filter(holds, ~Exists(given), customer__removed_at=None)
    for key in without.values_list("customer_id", flat=True):
        yield f"customer {key}"


def first_trades() -> Problems:
    """Decided by somebody else than who asked."""
    decided = FirstTrade.objects.filter(state__in=(ApprovalState.APPROVED, ApprovalState.REJECTED))
    alone = decided.filter(submitted_by=F("decided_by"))
    for key in alone.values_list("customer_id", flat=True):
        yield f"customer {key} was approved by who asked"
