"""Single visits and short rows of them: the page of a visit, a customer's history, a calendar."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.core.time import Days
from repertory.customers import access as customers
from repertory.organisation.models import User
from repertory.organisation.queries.chain import assignments_on
from repertory.visits import access
from repertory.visits.choices import Status
from repertory.visits.models import Visit, VisitMessage
from repertory.visits.queries.listing import shown

HISTORY = 20
MOST_IN_CALENDAR = 5_000


def visit_of(*, actor: Actor, visit_id: int) -> Visit:
    """The visit with everything that hangs at it."""
    rows = shown(access.visible_visits(actor)).select_related("plan", "follows", "email__template__material")
    messages = Prefetch("messages", VisitMessage.objects.select_related("message_version__message__product"))
    visit = rows.prefetch_related(messages, "check_ins", "followed_by").filter(pk=visit_id).first()
    if visit is None:
        raise NotFound()
    return visit


def history_of(*, actor: Actor, customer_id: int, before: date | None = None, most: int = HISTORY) -> list[Visit]:
    """A customer's visits, newest first, and of those to others in which it took part no more than the list says."""
    customers.get_visible(actor, customer_id)
    rows = Visit.objects.filter(customer=customer_id)
    if before is not None:
        rows = rows.filter(day__lt=before)
    return list(shown(rows).prefetch_related("messages__message_version").order_by("-day", "-pk")[:most])


def last_done(*, actor: Actor, customer_id: int) -> Visit | None:
    """The visit whose values the next one begins with."""
    rows = access.visible_visits(actor).filter(customer=customer_id, status=Status.DONE)
    return rows.prefetch_related("products", "messages").order_by("-day", "-pk").first()


def calendar(*, actor: Actor, days: Days, people: list[User] | None = None) -> QuerySet[Visit]:
    """Visits of some days, oneself or the people named; cancelled ones too, for they stay in sight."""
    rows = access.visible_visits(actor).filter(day__gte=days.start, day__lt=days.end)
    wanted = [person.pk for person in people] if people is not None else [actor.user_id]
    ordered = rows.filter(user__in=wanted).select_related("customer", "user")
    return ordered.order_by("day", "planned_start", "starts_at", "pk")[:MOST_IN_CALENDAR]


def team_of(*, actor: Actor, on: date) -> list[User]:
    """The people whom one leads and who hold a post in the field on a day, in the order of the tree."""
    led = access.led_people(actor)
    return list(led.filter(is_active=True, pk__in=_in_the_field(on)).order_by("name", "pk"))


def _in_the_field(on: date) -> QuerySet:
    return assignments_on(on).filter(role__in=access.FIELD).values("user_id")
