"""What can be put up for approval, and where to ask about people and the tree; `wiring` fills both."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.platform.models import ApprovalRequest


@dataclass(frozen=True)
class RouteStep:
    """One step of a route: who holds `role` at the node of `level` above the thing's place, from an amount on."""

    role: str
    level: str
    from_cny: Decimal = Decimal(0)


class React(Protocol):
    """What happens to the thing, in the transaction of the decision; an error takes the decision back."""

    def __call__(self, request: ApprovalRequest, *, actor: Actor, at: Any) -> None: ...


def nothing(request: ApprovalRequest, *, actor: Actor, at: Any) -> None:
    """For kinds that do not care."""


def everybody(actor: Actor) -> bool:
    return True


@dataclass(frozen=True)
class ApprovalKind:
    """key: the code. on_approved: after the last step; on_rejected, on_withdrawn: when it comes to nothing. url: the
    thing's page. visible: the things that a person sees, for the link. route: where no dated one is set. open_to: who may
    know of such requests at all and may decide them, such as not the academic side where prices are meant."""

    key: str
    label: Any
    on_approved: React
    url: Callable[[int], str]
    visible: Callable[[Actor], QuerySet]
    route: tuple[RouteStep, ...]
    on_rejected: React = nothing
    on_withdrawn: React = nothing
    open_to: Callable[[Actor], bool] = everybody


@dataclass(frozen=True)
class Place:
    """A node of the tree, by its key."""

    node_id: int
    name: str


Options = list[tuple[str, Any]]


@dataclass(frozen=True)
class Directory:
    """What approvals must know of people and the tree, by keys.

    places: (role, level, node) → the node of that level above or at the node, then those above it up to the top; none
    where the node lies higher itself; level "": those above the node. holders: (role, node, day) → those in use who hold it there. posts: (person, day) →
    (role, node) of everything that the person decides on. home: (person, day) → the node where the person stands, the top
    for who stands nowhere. names: of nodes. people: (person) → accounts and names of those who can be a deputy.
    """

    places: Callable[[str, str, int], tuple[Place, ...]]
    holders: Callable[[str, int, date], list[int]]
    posts: Callable[[int, date], set[tuple[str, int]]]
    home: Callable[[int | None, date], int]
    names: Callable[[Collection[int]], dict[int, str]]
    people: Callable[[Actor], Options]
    roles: Options
    levels: Options
    may_write: Callable[[Actor], bool]
    may_administer: Callable[[Actor], bool]
    may_read_all: Callable[[Actor], bool]

    def role_label(self, role: str) -> str:
        return str(dict(self.roles).get(role, role))


_kinds: dict[str, ApprovalKind] = {}
_directory: list[Directory] = []


def connect(kinds: Iterable[ApprovalKind], directory: Directory) -> None:
    """Replace the table and the directory."""
    _kinds.clear()
    _kinds.update({kind.key: kind for kind in kinds})
    _directory[:] = [directory]


def directory() -> Directory:
    return _directory[0]


def all_kinds() -> tuple[ApprovalKind, ...]:
    return tuple(_kinds.values())


def kind_labels() -> Options:
    return [(kind.key, kind.label) for kind in _kinds.values()]


def kind_named(key: str) -> ApprovalKind:
    """Raises NotFound for a kind that there is not."""
    if key not in _kinds:
        raise NotFound(_("没有“%(name)s”这种审批事项。") % {"name": key[:40]}, code="unknown_kind", field="kind")
    return _kinds[key]
