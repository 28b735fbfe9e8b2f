"""Who leads whom on a day."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from repertory.organisation.choices import FIELD_FORCE, LEADERS, Role
from repertory.organisation.models import Assignment, Territory, User

# Who stands at the same node: the manager leads the supervisor, both lead the rep.
RANK = {Role.REP: 0, Role.SUPERVISOR: 1, Role.MANAGER: 2}


def superiors_of(*, person: User, day: date, whole_chain: bool) -> list[User]:
    """Those who lead a person: at the nearest node upwards where somebody does, or at all up to the root, nearest first."""
    held = assignments_on(day)
    found: dict[int, User] = {}
    for path, role in held.filter(user=person, role__in=FIELD_FORCE).values_list("territory__path", "role"):
        for node in (path[:length] for length in range(len(path), 0, -Territory.steplen)):
            rows = held.filter(territory__path=node, role__in=LEADERS).exclude(user=person).select_related("user")
            above = [row.user for row in rows.order_by("pk") if node != path or RANK[Role(row.role)] > RANK[Role(role)]]
            found |= {user.pk: user for user in above if user.is_active and user.pk not in found}
            if above and not whole_chain:
                break
    return list(found.values())


def assignments_on(day: date) -> QuerySet[Assignment]:
    """The posts held on a day."""
    return Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)


def holders_of(roles: Collection[str], *, day: date) -> list[int]:
    """Keys of those in use who hold one of the roles on a day, in order."""
    held = assignments_on(day).filter(role__in=sorted(roles), user__is_active=True)
    return sorted(set(held.values_list("user_id", flat=True)))
