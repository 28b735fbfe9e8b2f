"""By what a figure is shared among its parts: last year's sales, potential, equal parts, own weights."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.exact import to_units
from repertory.core.periods import Period, shifted
from repertory.customers.models import Coverage
from repertory.organisation.models import path_end
from repertory.plans.actions.places import unknown_part
from repertory.plans.actions.sheet import Cell
from repertory.plans.choices import Measure
from repertory.plans.inputs import PartWeight
from repertory.plans.models import TargetPlan
from repertory.plans.nodes import Node
from repertory.plans.rules import POTENTIAL_WEIGHTS, kinds_with_targets, potential_weight
from repertory.platform.rules import value_on
from repertory.sales.queries.totals import Total, Where, totals

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

    def __init__(self, actor: Actor, plan: TargetPlan, node: Node, products: Collection[int]) -> None:
        self._actor, self._products = actor, products
        self._period = Period((plan.year - 1) * 100 + 1, 12)
        self._measure = plan.measure
        self._of_nodes = _Past(self._measure)
        self._of_nodes.read(self._totals("territory_id", Where(products=products)))
        self._of_customers = _Past(self._measure)
        self._read: set[int] = set()

    def of_nodes(self, cell: Cell, nodes: Sequence[Node]) -> list[int]:
        return self._of_nodes.weights(cell, [[inner.pk for inner in node.around()] for node in nodes])

    def of_customers(self, cell: Cell, customers: Grades) -> list[int]:
        keys = list(customers)
        if keys and keys[0] not in self._read:
            # One territory's customers at a time, so that memory does not grow with the plan.
            self._read, self._of_customers = set(keys), _Past(self._measure)
            where = Where(products=self._products, customers=keys)
            self._of_customers.read(self._totals("customer_id", where))
        return self._of_customers.weights(cell, [[key] for key in keys])

    def _totals(self, part: str, where: Where) -> list[Total]:
        return totals(actor=self._actor, period=self._period, by=("month", "product_id", part), where=where)


class _Past:
    def __init__(self, measure: str) -> None:
        self._measure = measure
        self._months: dict[tuple[int, int, int], int] = {}
        self._years: dict[tuple[int, int], int] = {}

    def read(self, found: list[Total]) -> None:
        for total in found:
            month, product_id, part = total.key
            if part is None:
                continue
            sold = to_units(total.quantity if self._measure == Measure.QUANTITY else total.amount)
            self._months[month, product_id, part] = sold
            self._years[product_id, part] = self._years.get((product_id, part), 0) + sold

    def weights(self, cell: Cell, parts: list[list[int]]) -> list[int]:
        """Returns that exceed sales count as no sales."""
        month = shifted(cell.month, -12)
        sold = [max(0, sum(self._months.get((month, cell.product_id, key), 0) for key in keys)) for keys in parts]
        if any(sold):
            return sold
        return [max(0, sum(self._years.get((cell.product_id, key), 0) for key in keys)) for keys in parts]


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
