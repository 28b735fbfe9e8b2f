"""What a person's home page answers: how am I doing, what is wrong, what next."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.customers import access as customers
from repertory.customers.choices import ApprovalState, DateKind, Stage, Tier
from repertory.customers.models import CustomerCount, FirstTrade, ImportantDate
from repertory.customers.queries.work import (
    duplicate_pairs,
    expiring_licences,
    incomplete_customers,
    open_proposals,
    waiting_facts,
)
from repertory.organisation.access import scope_of, visible_territories
from repertory.organisation.choices import Level
from repertory.organisation.models import Territory
from repertory.sales import access as sales
from repertory.sales.choices import FileState, RowState, StrayState
from repertory.sales.models import HeldRow, StrayFlow

AHEAD_DAYS = 30
SHOWN_DATES = 8
# Above this many customers the home page does not count classes on the fly; the composition page does, on request.
COUNTED_SCOPE = 50_000
COUNT_TO = 999


@dataclass(frozen=True)
class Figure:
    """A number with the list that it counts."""

    label: str
    value: int
    url: str
    tone: str = ""
    more: bool = False


def customer_total(actor: Actor) -> int:
    """From the counters that every write keeps."""
    scope = scope_of(actor)
    if scope.whole:
        return CustomerCount.objects.values_list("total", flat=True).get(pk=1)
    return scope.size if len(scope.paths) == 1 else customers.visible_customers(actor).count()


def figures(actor: Actor) -> list[Figure]:
    """How many customers, and of which tier and stage."""
    total = customer_total(actor)
    address = reverse("customers:list")
    shown = [Figure(_("客户"), total, address)]
    if total > COUNTED_SCOPE:
        return shown
    classes = {f"tier_{tier}": Count("pk", filter=Q(tier=tier)) for tier in Tier.values}
    stages = {f"stage_{stage}": Count("pk", filter=Q(stage=stage)) for stage in (Stage.ACTIVE, Stage.DORMANT)}
    counts = customers.visible_customers(actor).order_by().aggregate(**classes, **stages)
    shown += [
        Figure(_("%(tier)s 级") % {"tier": tier}, counts[f"tier_{tier}"], f"{address}?tier={tier}")
        for tier in Tier.values
    ]
    return shown + [
        Figure(str(stage.label), counts[f"stage_{stage}"], f"{address}?stage={stage}")
        for stage in (Stage.ACTIVE, Stage.DORMANT)
    ]


def what_waits(actor: Actor, *, today: date) -> list[Figure]:
    """Everything that somebody should do something about, with how many; what is done is not listed."""
    lists: list[tuple[str, Any, str, str]] = [
        (_("证照到期或将到期"), expiring_licences(actor=actor, on=today), "customers:licences", "bad"),
        (_("合作客户资料不全"), incomplete_customers(actor=actor), "customers:incomplete", "warn"),
        (_("客户填写的资料待确认"), waiting_facts(actor=actor), "customers:facts", "note"),
    ]
    if customers.may_lead(actor):
        lists += [
            (_("可能重复的客户"), duplicate_pairs(actor=actor), "customers:duplicates", "warn"),
            (_("等级建议待确认"), open_proposals(actor=actor), "customers:tiers", "note"),
        ]
    counted = [
        (label, rows.order_by()[: COUNT_TO + 1].values("pk").count(), name, tone) for label, rows, name, tone in lists
    ]
    shown = [
        Figure(label, min(count, COUNT_TO), reverse(name), tone, count > COUNT_TO)
        for label, count, name, tone in counted
        if count
    ]
    return shown + _first_trades(actor) + _flow(actor, today=today)


def _flow(actor: Actor, *, today: date) -> list[Figure]:
    """What is wrong with goods and files: stray flows in sight, and for who sees files the rows that wait."""
    strays = sales.visible_sales(actor, StrayFlow.objects.filter(state=StrayState.OPEN))
    lists: list[tuple[str, Any, str]] = [(_("窜货待处理"), strays, "bad")]
    if sales.may_see_files(actor):
        waiting = HeldRow.objects.filter(state=RowState.WAITING, file__state=FileState.CURRENT)
        lists.append((_("流向行待对应"), waiting, "warn"))
    counted = [(label, rows.order_by()[: COUNT_TO + 1].values("pk").count(), tone) for label, rows, tone in lists]
    url = reverse("reports:report", args=["flow"])
    return [Figure(label, min(count, COUNT_TO), url, tone, count > COUNT_TO) for label, count, tone in counted if count]


def _first_trades(actor: Actor) -> list[Figure]:
    if not customers.may_approve_first_trade(actor):
        return []
    submitted = FirstTrade.objects.filter(state=ApprovalState.SUBMITTED).exclude(submitted_by_id=actor.user_id)
    waiting = customers.of_visible(actor, submitted)
    first = waiting.order_by("submitted_at", "pk").values_list("customer_id", flat=True).first()
    if first is None:
        return []
    return [
        Figure(_("首营审批待处理"), waiting.count(), f"{reverse('customers:card', args=[first])}?tab=licences", "note")
    ]


def dates_ahead(actor: Actor, *, today: date) -> list[ImportantDate]:
    """Days to remember that come within a month, each from its own days of notice on. Birthdays are private: only for
    those who may read private fields."""
    ahead = ImportantDate.objects.filter(next_on__gte=today, next_on__lte=today + timedelta(days=AHEAD_DAYS))
    rows = customers.of_visible(actor, ahead)
    if not customers.may_reveal(actor):
        rows = rows.exclude(kind=DateKind.BIRTHDAY)
    return list(rows.select_related("customer").order_by("next_on", "pk")[:SHOWN_DATES])


@dataclass(frozen=True)
class Node:
    """A node right below one's own, who holds it, and how many customers it covers."""

    name: str
    code: str
    holders: str
    customers: int
    url: str


def nodes_below(actor: Actor, *, today: date) -> list[Node]:
    """The next level of the tree below the person's posts; empty for a rep."""
    scope = scope_of(actor)
    own = visible_territories(actor)
    tops = own.filter(depth=1) if scope.whole else own.filter(path__in=scope.paths)
    below = Q(pk__in=[])
    for top in tops:
        below |= Q(depth=top.depth + 1, path__gte=top.path, path__lt=top.path_end)
    rows = list(own.filter(below, closed_on=None).exclude(level=Level.COMPANY).order_by("path"))
    holders = _holders([row.pk for row in rows], today)
    address = reverse("customers:list")
    return [
        Node(row.name, row.code, holders.get(row.pk, ""), row.customer_count, f"{address}?territory={row.code}")
        for row in rows
    ]


def _holders(territory_ids: list[int], today: date) -> dict[int, str]:
    open_posts = Q(assignments__starts_on__lte=today) & (
        Q(assignments__ends_on=None) | Q(assignments__ends_on__gt=today)
    )
    rows = Territory.objects.filter(open_posts, pk__in=territory_ids).order_by("pk", "assignments__pk")
    names: dict[int, list[str]] = {}
    for key, name in rows.annotate(holder=F("assignments__user__name")).values_list("pk", "holder"):
        names.setdefault(key, []).append(name)
    return {key: _("、").join(found) for key, found in names.items()}
