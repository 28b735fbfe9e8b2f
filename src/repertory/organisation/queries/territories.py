"""The territory tree as a person sees it."""

from dataclasses import dataclass, field
from datetime import date

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.organisation import access
from repertory.organisation.models import Assignment, Territory

WHOLE_TREE = 400
"""Up to so many nodes a page shows them all; above, only the upper levels and what lies around the chosen one."""
UPPER_LEVELS = 3


@dataclass
class Branch:
    """A node with those below it that are shown. holders: who is there today. hidden: there are more below it."""

    territory: Territory
    holders: list[str] = field(default_factory=list)
    below: list["Branch"] = field(default_factory=list)
    hidden: bool = False
    on_path: bool = False


def tree(*, actor: Actor, on: date, chosen: Territory | None = None) -> list[Branch]:
    """The visible nodes as trees, in order."""
    rows = access.visible_territories(actor)
    if rows.count() > WHOLE_TREE:
        shown = rows.filter(depth__lte=UPPER_LEVELS)
        if chosen is not None:
            shown = shown | rows.filter(path__startswith=chosen.path, depth__lte=chosen.depth + 1)
            shown = shown | rows.filter(path__in=_paths_above(chosen))
        rows = shown
    nodes = list(rows.order_by("path"))
    holders = holders_on([node.pk for node in nodes], on=on)
    return _nested(nodes, holders, chosen)


def _nested(nodes: list[Territory], holders: dict[int, list[str]], chosen: Territory | None) -> list[Branch]:
    roots: list[Branch] = []
    open_branches: list[Branch] = []
    for node in nodes:
        on_path = chosen is not None and chosen.path.startswith(node.path)
        branch = Branch(node, holders.get(node.pk, []), on_path=on_path)
        while open_branches and not node.path.startswith(open_branches[-1].territory.path):
            open_branches.pop()
        (open_branches[-1].below if open_branches else roots).append(branch)
        open_branches.append(branch)
    for branch in _all(roots):
        branch.hidden = branch.territory.numchild > len(branch.below)
    return roots


def _all(branches: list[Branch]) -> list[Branch]:
    return [each for branch in branches for each in (branch, *_all(branch.below))]


def _paths_above(territory: Territory) -> list[str]:
    step = Territory.steplen
    return [territory.path[:end] for end in range(step, len(territory.path) + 1, step)]


def holders_on(territory_ids: list[int], *, on: date) -> dict[int, list[str]]:
    """Names of the people at nodes on a day, in the order of roles."""
    rows = Assignment.objects.filter(territory_id__in=territory_ids, starts_on__lte=on).exclude(ends_on__lte=on)
    found: dict[int, list[str]] = {}
    for territory_id, name in rows.order_by("role", "user__username").values_list("territory_id", "user__name"):
        found.setdefault(territory_id, []).append(name)
    return found


def territory(*, actor: Actor, territory_id: int) -> Territory:
    """Raises NotFound outside the actor's scope."""
    found = access.visible_territories(actor).filter(pk=territory_id).first()
    if found is None:
        raise NotFound()
    return found


def parent_of(*, actor: Actor, territory: Territory) -> Territory | None:
    """The node above, None where there is none or it lies outside the actor's scope."""
    return access.visible_territories(actor).filter(path=territory.path[: -Territory.steplen]).first()


def assignments_at(*, actor: Actor, territory_id: int) -> list[Assignment]:
    """Who holds or held a node, newest first."""
    rows = access.visible_assignments(actor).filter(territory_id=territory_id)
    return list(rows.select_related("user").order_by("-starts_on", "-pk"))


def open_territories(*, actor: Actor) -> list[tuple[str, str]]:
    """(code, name indented by depth) of the nodes in use, for drop-downs."""
    rows = access.visible_territories(actor).filter(closed_on=None).order_by("path")
    return [(code, f"{'　' * (depth - 1)}{name}") for code, name, depth in rows.values_list("code", "name", "depth")]
