"""By what a figure is shared among its parts: last year's sales, potential, equal parts, own weights."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from django.db.models import BigIntegerField, Sum
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.exact import to_units
from repertory.core.periods import shifted
from repertory.customers.models import Coverage
from repertory.organisation.models import path_end
from repertory.plans.actions.places import unknown_part
from repertory.plans.actions.rows import Cell
from repertory.plans.choices import Measure
from repertory.plans.inputs import PartWeight
from repertory.plans.models import TargetPlan
from repertory.plans.nodes import Node
from repertory.plans.rules import POTENTIAL_WEIGHTS, kinds_with_targets, potential_weight
from repertory.platform.rules import value_on
from repertory.sales.queries.totals import Where, sales_rows

Grades = dict[int, str]
"""Customer → potential."""


class Weights(Protocol):
    def of_nodes(self, cell: Cell, nodes: Sequence[Node]) -> list[int]: ...

    def of_customers(self, cell: Cell, customers: Grades) -> list[int]: ...


def customers_below(node: Node, on: date) -> dict[int, Grades]:
    """Territory → its customers that may have a target today."""
    rows = Coverage.objects.filter(current=True, customer__removed_at=None, customer__kind__in=kinds_with_targets(on))
    rows = rows.filter(territory__path__gte=node.path, territory__path__lt=path_end(node.path))
    found: dict[int, Grades] = {}
    for territory_id, customer_id, potential in rows.order_by("territory_id", "customer_id").values_list(
        "territory_id", "customer_id", "customer__potential"
    ):
        found.setdefault(territory_id, {})[customer_id] = potential
    return found


class Equal:
    def of_nodes(self, cell: Cell, nodes: Sequence[Node]) -> list[int]:
        return [1] * len(nodes)

    def of_customers(self, cell: Cell, customers: Grades) -> list[int]:
        return [1] * len(customers)


class ByPotential:
    """Each customer counts by its grade, a node by all of its customers."""

    def __init__(self, below: dict[int, Grades], on: date) -> None:
        self._points = value_on(POTENTIAL_WEIGHTS, on)
        self._of_territory = {
            key: sum(potential_weight(grade, self._points) for grade in grades.values())
            for key, grades in below.items()
        }

    def of_nodes(self, cell: Cell, nodes: Sequence[Node]) -> list[int]:
        return [sum(self._of_territory.get(inner.pk, 0) for inner in node.around()) for node in nodes]

    def of_customers(self, cell: Cell, customers: Grades) -> list[int]:
        return [potential_weight(grade, self._points) for grade in customers.values()]


class ByHistory:
    """What the parts sold in the same month a year ago; where nobody sold anything then, in that whole year."""

    def __init__(self, actor: Actor, plan: TargetPlan, products: Collection[int]) -> None:
        self._actor, self._plan = actor, plan
        self._of_nodes = _Past(actor, plan, "territory_id", Where(products=products))
        self._of_customers: _Past | None = None
        self._read: list[int] = []

    def of_nodes(self, cell: Cell, nodes: Sequence[Node]) -> list[int]:
        return self._of_nodes.weights(cell, [[inner.pk for inner in node.around()] for node in nodes])

    def of_customers(self, cell: Cell, customers: Grades) -> list[int]:
        keys = list(customers)
        if self._of_customers is None or keys != self._read:
            # One territory's customers at a time, so that memory does not grow with the plan; of all products, for the
            # index of the products would lead through everybody's sales.
            self._read = keys
            self._of_customers = _Past(self._actor, self._plan, "customer_id", Where(customers=keys))
        return self._of_customers.weights(cell, [(key,) for key in keys])


class _Past:
    """Last year's sales of parts by month and product, in whole units; returns that exceed sales count as no sales."""

    def __init__(self, actor: Actor, plan: TargetPlan, part: str, where: Where) -> None:
        first = (plan.year - 1) * 100 + 1
        by = ("month", "product_id", part)
        rows = sales_rows(actor=actor, where=where, by=by).filter(month__gte=first, month__lte=first + 11)
        counted = Sum("quantity" if plan.measure == Measure.QUANTITY else "amount", output_field=BigIntegerField())
        self._months: dict[tuple[int, int], dict[int, int]] = {}
        self._years: dict[int, dict[int, int]] = {}
        for month, product_id, key, sold in rows.order_by(*by).values_list(*by).annotate(sold=counted):
            self._months.setdefault((month, product_id), {})[key] = int(sold)
            year = self._years.setdefault(product_id, {})
            year[key] = year.get(key, 0) + int(sold)

    def weights(self, cell: Cell, parts: Sequence[Sequence[int]]) -> list[int]:
        sold = _summed(self._months.get((shifted(cell.month, -12), cell.product_id), {}), parts)
        return sold if any(sold) else _summed(self._years.get(cell.product_id, {}), parts)


def _summed(found: dict[int, int], parts: Sequence[Sequence[int]]) -> list[int]:
    if not found:
        return [0] * len(parts)
    return [
        max(0, found.get(keys[0], 0) if len(keys) == 1 else sum(found.get(key, 0) for key in keys)) for keys in parts
    ]


class Own:
    """Typed weights of the parts right below; a part without one gets nothing."""

    def __init__(self, given: Sequence[PartWeight], keys: dict[str, int]) -> None:
        self._weights: dict[int, int] = {}
        for number, part in enumerate(given):
            if part.code not in keys:
                raise unknown_part(part.code, number)
            self._weights[keys[part.code]] = to_units(part.weight)
        if not any(self._weights.values()):
            raise InvalidInput(_("权重不能全为 0。"), field="weights")

    def of_nodes(self, cell: Cell, nodes: Sequence[Node]) -> list[int]:
        return [self._weights.get(node.pk, 0) for node in nodes]

    def of_customers(self, cell: Cell, customers: Grades) -> list[int]:
        return [self._weights.get(key, 0) for key in customers]
