"""Plans with their versions, what changed between two of them, and the replies of the field."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from repertory.core.actor import Actor
from repertory.organisation.models import Territory
from repertory.plans import access
from repertory.plans.choices import Level, ReplyState
from repertory.plans.models import TargetPlan, TargetReply
from repertory.products.models import Product

MOST_DIFFERENCES = 500


@dataclass(frozen=True)
class Difference:
    """What a version changed against the one before, of a node and a product, over the year."""

    territory: Territory
    product: Product
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return self.after - self.before


def list_plans(*, actor: Actor) -> list[TargetPlan]:
    """All versions in sight, the newest year first."""
    rows = access.visible_plans(actor).select_related("author", "decided_by")
    return list(rows.order_by("-year", "measure", "-number", "pk"))


def plan_of(*, actor: Actor, plan_id: int) -> TargetPlan:
    """NotFound out of sight."""
    return access.get_plan(actor, plan_id)


def totals_of(*, actor: Actor, plans: list[TargetPlan]) -> dict[tuple[int, str], Decimal]:
    """(plan, level) → what the highest figures in one's sight add up to."""
    rows = access.visible_figures(actor).filter(plan__in=[plan.pk for plan in plans])
    depths: dict[int, int] = {}
    sums: dict[tuple[int, str, int], Decimal] = {}
    grouped = rows.order_by().values_list("plan_id", "level", "territory__depth").annotate(value=Sum("value"))
    for plan_id, level, depth, value in grouped:
        depths[plan_id] = min(depth, depths.get(plan_id, depth))
        sums[plan_id, level, depth] = value
    return {(key, level): value for (key, level, depth), value in sums.items() if depth == depths[key]}


def version_before(plan: TargetPlan) -> TargetPlan | None:
    """The version that it was drawn up from."""
    return plan.based_on


def differences(*, actor: Actor, plan: TargetPlan, level: str = Level.BASE) -> list[Difference]:
    """Where a version differs from the one that it was drawn up from, from the top of the tree down, as far as in sight."""
    if plan.based_on_id is None:
        return []
    after, before = (_by_place(actor, key, level) for key in (plan.pk, plan.based_on_id))
    changed = [place for place in {*after, *before} if after.get(place) != before.get(place)]
    nodes = Territory.objects.in_bulk([place[0] for place in changed])
    products = Product.objects.in_bulk([place[1] for place in changed])
    found = [
        Difference(
            nodes[node],
            products[product],
            before.get((node, product), Decimal(0)),
            after.get((node, product), Decimal(0)),
        )
        for node, product in changed
    ]
    return sorted(found, key=lambda one: (one.territory.path, one.product.sort_key, one.product.pk))[:MOST_DIFFERENCES]


def _by_place(actor: Actor, plan_id: int, level: str) -> dict[tuple[int, int], Decimal]:
    rows = access.visible_figures(actor).filter(plan=plan_id, level=level)
    sums = rows.order_by().values_list("territory_id", "product_id").annotate(value=Sum("value"))
    return {(node, product): value for node, product, value in sums}


def replies_of(*, actor: Actor, plan: TargetPlan) -> QuerySet[TargetReply]:
    """The newest first."""
    rows = access.visible_replies(actor).filter(plan=plan).select_related("territory", "product", "by", "decided_by")
    return rows.order_by("-pk")


def open_reply_count(*, actor: Actor, plan: TargetPlan) -> int:
    return access.visible_replies(actor).filter(plan=plan, state=ReplyState.OPEN).count()
