"""What approvals ask about people and the tree: who holds which role where, from a node upwards."""

from collections.abc import Collection
from datetime import date

from repertory.core.actor import Actor
from repertory.organisation.access import visible_people
from repertory.organisation.choices import COMPANY_WIDE, LEADERS, Level, Role
from repertory.organisation.models import Assignment, Territory, User
from repertory.organisation.queries.chain import assignments_on
from repertory.platform.approvals.kinds import Place

STEP = Territory.steplen
# Whoever leads or works for the whole company is known to everybody as a possible deputy.
KNOWN = LEADERS | COMPANY_WIDE


def places(role: str, level: str, node_id: int) -> tuple[Place, ...]:
    """The node of a level at or above a node, then those above it up to the top; none where the node lies higher itself.
    Level "": those above the node. Who works for the whole company stands at its top wherever the post is."""
    node = Territory.objects.filter(pk=node_id).first()
    if node is None:
        return ()
    paths = [node.path[:length] for length in range(len(node.path), 0, -STEP)]
    found = {row.path: row for row in Territory.objects.filter(path__in=paths)}
    upwards = [found[path] for path in paths]
    if not level:
        chosen = upwards[1:]
    elif role in COMPANY_WIDE:
        chosen = upwards[-1:]
    else:
        first = next((number for number, row in enumerate(upwards) if row.level == level), len(upwards))
        chosen = upwards[first:]
    return tuple(Place(row.pk, row.name) for row in chosen)


def holders(role: str, node_id: int, day: date) -> list[int]:
    """Keys of those in use who hold a role at a node on a day."""
    rows = assignments_on(day).filter(role=role, user__is_active=True)
    if role not in COMPANY_WIDE:
        rows = rows.filter(territory_id=node_id)
    return sorted(set(rows.values_list("user_id", flat=True)))


def posts(person_id: int, day: date) -> set[tuple[str, int]]:
    """(role, node) of all that a person holds on a day."""
    rows = set(assignments_on(day).filter(user_id=person_id).values_list("role", "territory_id"))
    wide = {role for role, _node in rows if role in COMPANY_WIDE}
    tops = Territory.objects.filter(depth=1).values_list("pk", flat=True) if wide else ()
    return {(role, node) for role, node in rows if role not in wide} | {(role, top) for role in wide for top in tops}


def home(person_id: int | None, day: date) -> int:
    """The highest node at which a person stands; the top for who stands nowhere or works for the whole company."""
    held = assignments_on(day).exclude(role__in=COMPANY_WIDE).order_by("territory__path", "pk")
    found = None
    if person_id is not None:
        found = held.filter(user_id=person_id).values_list("territory_id", flat=True).first()
    if found is None:
        found = Territory.objects.order_by("path").values_list("pk", flat=True).first()
    return found or 0


def node_names(keys: Collection[int]) -> dict[int, str]:
    return dict(Territory.objects.filter(pk__in=keys).values_list("pk", "name"))


def possible_deputies(actor: Actor) -> list[tuple[str, str]]:
    """Accounts and names: whom the person sees, and those who lead or work for the whole company."""
    leading = Assignment.objects.filter(role__in=KNOWN, ends_on=None).values("user_id")
    people = User.objects.filter(is_active=True).exclude(pk=actor.user_id)
    found = people.filter(pk__in=leading) | people.filter(pk__in=visible_people(actor).values("pk"))
    return list(found.order_by("username").values_list("username", "name"))


ROLES = [(role.value, role.label) for role in Role if role not in (Role.REP, Role.AUDITOR)]
LEVELS = [(level.value, level.label) for level in Level]
