"""Who looks after a customer: the person to whom its open work goes."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from repertory.customers.models import Coverage
from repertory.organisation.choices import LEADERS, Role
from repertory.organisation.models import Assignment, Territory

STEP = Territory.steplen
CHUNK = 500


def carers_of(*, customer_ids: Collection[int], on: date) -> dict[int, int]:
    """{customer: person}: the rep of a territory that covers it on the day, else the nearest superior; nobody is left out
    but where no post is filled."""
    found: dict[int, int] = {}
    keys = sorted(set(customer_ids))
    for start in range(0, len(keys), CHUNK):
        found |= _carers(keys[start : start + CHUNK], on)
    return found


def _carers(keys: list[int], on: date) -> dict[int, int]:
    rows = Coverage.objects.filter(customer_id__in=keys, current=True).order_by("customer_id", "territory__path", "pk")
    paths: dict[int, list[str]] = {}
    for customer_id, path in rows.values_list("customer_id", "territory__path"):
        paths.setdefault(customer_id, []).append(path)
    nodes = {node for covering in paths.values() for path in covering for node in upwards(path)}
    reps, leaders = _holders(nodes, on)
    found = {}
    for customer_id, covering in paths.items():
        near = [reps[path] for path in covering if path in reps]
        above = [leaders[node] for path in covering for node in upwards(path) if node in leaders]
        if near or above:
            found[customer_id] = (near or above)[0]
    return found


def upwards(path: str) -> list[str]:
    """The node itself, then those above it."""
    return [path[:length] for length in range(len(path), 0, -STEP)]


def _holders(nodes: Iterable[str], on: date) -> tuple[dict[str, int], dict[str, int]]:
    """Reps and leaders of the nodes; who came last stays in the dictionary."""
    held = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, user__is_active=True)
    held = held.filter(territory__path__in=sorted(nodes), role__in=[Role.REP, *sorted(LEADERS)])
    reps: dict[str, int] = {}
    leaders: dict[str, int] = {}
    for path, role, user_id in held.order_by("starts_on", "pk").values_list("territory__path", "role", "user_id"):
        (reps if role == Role.REP else leaders)[path] = user_id
    return reps, leaders
