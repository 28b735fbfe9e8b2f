"""What `repertory verify` asks of visits: that days, contacts and distances are what the rows say."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db.models import Exists, F, Max, Min, OuterRef, Q

from repertory.core.time import day_of, today
from repertory.customers.models import Customer
from repertory.visits.choices import Passage, Status
from repertory.visits.models import AgreedAction, CheckIn, Companion, Visit, VisitMessage, VisitProduct

CHUNK = 2_000
Problems = Iterator[str]


def last_contacts() -> Problems:
    """An archive's last contact is the last day on which the customer was seen, alone or with others."""
    seen = _days(Max, status=Status.DONE)
    for key, stored in Customer.objects.filter(merged_into=None).values_list("pk", "last_contact_on").iterator(CHUNK):
        if seen.get(key) != stored:
            yield f"customer {key}: last contact {stored}, seen {seen.get(key)}"


def next_contacts() -> Problems:
    """An archive's next contact is the first planned day from today on; one that has passed waits for the night."""
    present = today()
    planned = _days(Min, status=Status.PLANNED, day__gte=present)
    for key, stored in Customer.objects.filter(merged_into=None).values_list("pk", "next_contact_on").iterator(CHUNK):
        if planned.get(key) != stored and (stored is None or stored >= present):
            yield f"customer {key}: next contact {stored}, planned {planned.get(key)}"


def _days(first_or_last: Callable, **condition: object) -> dict[int, date]:
    chosen = max if first_or_last is Max else min
    own = Visit.objects.filter(**condition).order_by().values_list("customer")
    found: dict[int, date] = dict(own.annotate(found=first_or_last("day")))
    joined = Companion.objects.filter(visit__in=Visit.objects.filter(**condition)).order_by().values_list("customer")
    for key, day in joined.annotate(found=first_or_last("visit__day")):
        found[key] = chosen(day, found.get(key, day))
    return found


def visit_days() -> Problems:
    """A visit stands on the day on which it began, in the company's time; an open one where it was planned."""
    for key, day, starts_at in (
        Visit.objects.filter(status=Status.DONE).values_list("pk", "day", "starts_at").iterator(CHUNK)
    ):
        if day_of(starts_at) != day:
            yield f"visit {key}: day {day}, began {starts_at}"
    for key in Visit.objects.exclude(status=Status.DONE).exclude(planned_on=F("day")).values_list("pk", flat=True):
        yield f"visit {key}: open, but not on its planned day"


def visit_distances() -> Problems:
    """The distance on a visit is that of its arrival."""
    arrivals = CheckIn.objects.filter(passage=Passage.ARRIVAL)
    for row in arrivals.exclude(distance_m=F("visit__distance_m")).exclude(distance_m=None, visit__distance_m=None):
        yield f"visit {row.visit_id}: distance differs from its arrival's"
    for key in (
        Visit.objects.filter(distance_m__isnull=False)
        .exclude(Exists(arrivals.filter(visit=OuterRef("pk"), distance_m__isnull=False)))
        .values_list("pk", flat=True)
    ):
        yield f"visit {key}: distance without arrival"


def visit_plans() -> Problems:
    """A plan holds its own person's visits."""
    for key in Visit.objects.filter(plan__isnull=False).exclude(user=F("plan__user")).values_list("pk", flat=True):
        yield f"visit {key}: in somebody else's plan"


def visit_messages() -> Problems:
    """What was said belongs to a product that was talked about."""
    talked = VisitProduct.objects.filter(
        visit=OuterRef("visit_id"), product=OuterRef("message_version__message__product_id")
    )
    for row in VisitMessage.objects.exclude(Exists(talked)).values_list("visit_id", flat=True):
        yield f"visit {row}: wording of a product that was not talked about"


def agreed_actions() -> Problems:
    """An action is looked at again at a later coaching of the same person."""
    wrong = ~Q(reviewed_in__user=F("coaching__user")) | Q(reviewed_in__lte=F("coaching"))
    for key in AgreedAction.objects.filter(reviewed_in__isnull=False).filter(wrong).values_list("pk", flat=True):
        yield f"agreed action {key}"


CHECKS: tuple[Callable[[], Problems], ...] = (
    last_contacts,
    next_contacts,
    visit_days,
    visit_distances,
    visit_plans,
    visit_messages,
    agreed_actions,
)
