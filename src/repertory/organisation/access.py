"""Who a person is today, and which part of the tree that opens."""

import functools
import operator
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed
from repertory.organisation.choices import COMPANY_WIDE, LEADERS, Role
from repertory.organisation.models import ApiToken, Assignment, Territory, User, path_end


@dataclass(frozen=True)
class Post:
    """A role that a person holds at a node today."""

    role: str
    territory_id: int
    path: str
    name: str
    customer_count: int
    is_root: bool


@dataclass(frozen=True)
class Scope:
    """Which rows: the whole company, or the subtrees below some paths. size: customers in it, at most."""

    whole: bool
    paths: tuple[str, ...] = ()
    size: int = 0

    @property
    def empty(self) -> bool:
        return not self.whole and not self.paths

    def covers(self, path: str) -> bool:
        return self.whole or any(path.startswith(own) for own in self.paths)

    def as_condition(self, prefix: str = "") -> Q:
        """Condition on a territory's path; prefix such as "territory__"."""
        parts = (Q(**{f"{prefix}path__gte": path, f"{prefix}path__lt": path_end(path)}) for path in self.paths)
        return functools.reduce(operator.or_, parts) if self.paths else Q(pk__in=[])


def posts(actor: Actor) -> tuple[Post, ...]:
    """What the person is today; looked up once a request."""
    if "posts" not in actor.memo:
        actor.memo["posts"] = _load_posts(actor.user_id, timezone.localdate()) if actor.user_id else ()
    return actor.memo["posts"]


def _load_posts(user_id: int, day: date) -> tuple[Post, ...]:
    rows = (
        Assignment.objects.filter(user_id=user_id, starts_on__lte=day)
        .filter(Q(ends_on=None) | Q(ends_on__gt=day))
        .order_by("territory__path", "role")
        .values_list(
            "role",
            "territory_id",
            "territory__path",
            "territory__name",
            "territory__customer_count",
            "territory__depth",
        )
    )
    return tuple(Post(*row[:5], is_root=row[5] == 1) for row in rows)


def roles(actor: Actor) -> frozenset[str]:
    return frozenset(post.role for post in posts(actor))


def has_role(actor: Actor, *wanted: str) -> bool:
    """The system itself may do everything."""
    return actor.is_system or not roles(actor).isdisjoint(wanted)


def scope_of(actor: Actor, *, only: Collection[str] | None = None) -> Scope:
    """The rows that the person's posts open, or those of the roles in `only`."""
    if actor.is_system:
        return Scope(whole=True)
    key = ("scope", frozenset(only) if only is not None else None)
    if key not in actor.memo:
        chosen = [post for post in posts(actor) if only is None or post.role in only]
        actor.memo[key] = _scope_of_posts(chosen)
    return actor.memo[key]


def _scope_of_posts(chosen: list[Post]) -> Scope:
    if any(post.role in COMPANY_WIDE or (post.is_root and post.role in LEADERS) for post in chosen):
        return Scope(whole=True)
    outermost: dict[str, int] = {}
    for post in sorted(chosen, key=lambda post: post.path):
        if not any(post.path.startswith(path) for path in outermost):
            outermost[post.path] = post.customer_count
    return Scope(whole=False, paths=tuple(outermost), size=sum(outermost.values()))


def may_write(actor: Actor) -> bool:
    """Auditors read only, and so do read-only keys."""
    if actor.is_system:
        return True
    if actor.token_scopes is not None and "write" not in actor.token_scopes:
        return False
    return bool(roles(actor) - {Role.AUDITOR})


def require(allowed: bool, message: Any = "") -> None:
    if not allowed:
        raise NotAllowed(message or _("您的岗位不能做这项操作。"))


def may_administer(actor: Actor) -> bool:
    return has_role(actor, Role.ADMIN)


def may_audit(actor: Actor) -> bool:
    return has_role(actor, Role.AUDITOR, Role.ADMIN)


def visible_territories(actor: Actor) -> QuerySet[Territory]:
    scope = scope_of(actor)
    return Territory.objects.all() if scope.whole else Territory.objects.filter(scope.as_condition())


def visible_people(actor: Actor) -> QuerySet[User]:
    """Oneself, and whoever holds or held a post in one's scope."""
    scope = scope_of(actor)
    if scope.whole:
        return User.objects.all()
    inside = Assignment.objects.filter(scope.as_condition("territory__")).values("user_id")
    return User.objects.filter(Q(pk=actor.user_id) | Q(pk__in=inside))


def visible_assignments(actor: Actor) -> QuerySet[Assignment]:
    scope = scope_of(actor)
    if scope.whole:
        return Assignment.objects.all()
    return Assignment.objects.filter(scope.as_condition("territory__") | Q(user_id=actor.user_id))


def own_tokens(actor: Actor) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user_id=actor.user_id)
