"""Who sees what phones have sent and could not be accepted, and who settles it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.organisation.access import has_role, may_write, scope_of
from repertory.organisation.choices import Role
from repertory.organisation.models import Assignment
from repertory.sync.models import PushedItem

READERS = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.ADMIN, Role.AUDITOR})


def visible_items(actor: Actor) -> QuerySet[PushedItem]:
    """One's own, and those of the people whom one leads: who hold or held a post below one's own as a superior. Auditors
    read all of them."""
    items = PushedItem.objects.all()
    if actor.is_system:
        return items
    own = Q(user_id=actor.user_id)
    if not has_role(actor, *READERS):
        return items.filter(own)
    scope = scope_of(actor, only=READERS)
    if scope.whole:
        return items
    led = Assignment.objects.filter(scope.as_condition("territory__")).values("user_id")
    return items.filter(own | Q(user_id__in=led))


def may_see(actor: Actor) -> bool:
    """Everybody may send; so everybody has the page of what was not accepted."""
    return True


def may_send(actor: Actor) -> bool:
    return actor.user_id is not None and may_write(actor)


def get_visible(actor: Actor, uid: UUID) -> PushedItem:
    item = visible_items(actor).select_related("user").filter(uid=uid).first()
    if item is None:
        raise NotFound()
    return item


def person_behind(actor: Actor, item: PushedItem) -> Actor:
    """Whoever lets an item be tried again: it is done as the person who recorded it, by that person's present rights."""
    if actor.user_id == item.user_id:
        return actor
    return Actor(user=item.user, door=actor.door, request_id=actor.request_id, address=actor.address)
