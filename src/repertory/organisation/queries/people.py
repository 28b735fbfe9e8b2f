"""Who works here, at which posts, signed in where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.core.text import normalise
from repertory.organisation import access
from repertory.organisation.models import ApiToken, Assignment, User

PAGE = 50


@dataclass(frozen=True)
class PeopleQuery:
    """text: part of a name, account, number or phone. role: held on `on`. state: "" in use, "off", "all"."""

    on: date
    text: str = ""
    role: str = ""
    state: str = ""
    cursor: str = ""


@dataclass(frozen=True)
class PeoplePage:
    """posts: of the listed people on the day, by person; next: cursor of the following page."""

    items: list[User]
    posts: dict[int, list[Assignment]]
    count: int
    next: str | None


def list_people(*, actor: Actor, query: PeopleQuery) -> PeoplePage:
    """One page of the people that the actor may see, by account."""
    rows = access.visible_people(actor)
    if query.state != "all":
        rows = rows.filter(is_active=query.state != "off")
    if text := normalise(query.text):
        found = Q(name__icontains=text) | Q(username__icontains=text)
        rows = rows.filter(found | Q(employee_number__icontains=text) | Q(phone__contains=text))
    if query.role:
        holders = _held_on(Assignment.objects.filter(role=query.role), query.on).values("user_id")
        rows = rows.filter(pk__in=holders)
    count = rows.count()
    page = list(rows.filter(username__gt=query.cursor).order_by("username")[: PAGE + 1])
    items = page[:PAGE]
    return PeoplePage(items, posts_of(items, on=query.on), count, items[-1].username if len(page) > PAGE else None)


def posts_of(people: Iterable[User], *, on: date) -> dict[int, list[Assignment]]:
    """What people are on a day."""
    found: dict[int, list[Assignment]] = {}
    rows = _held_on(Assignment.objects.filter(user__in=[person.pk for person in people]), on)
    for row in rows.select_related("territory").order_by("territory__path", "role", "pk"):
        found.setdefault(row.user_id, []).append(row)
    return found


def person(*, actor: Actor, person_id: int) -> User:
    """Raises NotFound for somebody outside the actor's scope."""
    found = access.visible_people(actor).filter(pk=person_id).first()
    if found is None:
        raise NotFound()
    return found


def assignments_of(*, actor: Actor, person_id: int) -> list[Assignment]:
    """The posts of a person that lie in the actor's scope, newest first, the past ones too."""
    rows = access.visible_assignments(actor).filter(user_id=person_id)
    return list(rows.select_related("territory").order_by("-starts_on", "-pk"))


def assignment(*, actor: Actor, assignment_id: int) -> Assignment:
    """Raises NotFound outside the actor's scope."""
    found = access.visible_assignments(actor).select_related("user", "territory").filter(pk=assignment_id).first()
    if found is None:
        raise NotFound()
    return found


def sessions_of(*, actor: Actor, person_id: int, at: datetime) -> list[UserSession]:
    """Where a person is signed in, newest first; of others only administrators see it."""
    if person_id != actor.user_id and not access.may_administer(actor):
        return []
    live = Session.objects.filter(expire_date__gt=at).values("session_key")
    return list(UserSession.objects.filter(user_id=person_id, session_key__in=live).order_by("-created_at", "-pk"))


def tokens_of(*, actor: Actor, person_id: int) -> list[ApiToken]:
    """A person's keys, newest first; of others only administrators see them."""
    rows = ApiToken.objects.all() if access.may_administer(actor) else access.own_tokens(actor)
    return list(rows.filter(user_id=person_id).order_by("-created_at", "-pk"))


def _held_on(rows: QuerySet[Assignment], day: date) -> QuerySet[Assignment]:
    return rows.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))
