"""Breaking figures down: a node's figures shared among the nodes below it, on to territories, on to customers."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import RuleViolation
from repertory.core.periods import read_period
from repertory.core.time import day_of
from repertory.customers.models import Customer
from repertory.plans import access
from repertory.plans.actions import writing
from repertory.plans.actions.rows import Part, Row
from repertory.plans.actions.sheet import Sheet
from repertory.plans.actions.weights import ByHistory, ByPotential, Equal, Grades, Own, Weights, customers_below
from repertory.plans.choices import Parts
from repertory.plans.inputs import BreakDown, Depth, Method
from repertory.plans.models import CustomerFigure, TargetPlan
from repertory.plans.nodes import Node, Nodes
from repertory.platform.bulk import roomy_cache
from repertory.platform.changes import Changes
from repertory.platform.unit import action


@action
def break_down(*, actor: Actor, at: datetime, plan_id: int, data: BreakDown) -> int:
    """Share a node's figures among what lies below it; fixed parts stay as they are. Returns how many figures were written."""
    territory = access.get_node(actor, data.territory)
    plan = writing.lock_draft(actor, plan_id, allowed=access.may_break_down(actor, territory))
    nodes = Nodes()
    node = nodes.by_key[territory.pk]
    months = writing.months_of(plan, read_period(data.period)) if data.period else None
    sheet = Sheet(plan, data.level, nodes)
    sheet.load(products=data.product_ids or None, months=months)
    tops = [row for row in sheet.rows.values() if row.territory_id == node.pk]
    if not tops:
        raise RuleViolation(_("“%(name)s”还没有可以分解的指标。") % {"name": node.name}, code="nothing_to_break_down")
    work = _Work(sheet, data, node, day_of(at))
    work.weights = _weights(actor, plan, data, node, work.customers, {row.cell.product_id for row in tops})
    with roomy_cache():
        for row in tops:
            work.open_parts(row, node)
        sheet.save()
        work.write_customers()
    facts: Changes = {
        "territory": [None, node.name],
        "method": [None, str(data.method)],
        "figures": [None, sheet.written],
    }
    writing.touched(plan, at=at)
    writing.note("targets_broken_down", plan, facts)
    return sheet.written


def _weights(
    actor: Actor, plan: TargetPlan, data: BreakDown, node: Node, below: dict[int, Grades], products: Collection[int]
) -> Weights:
    if data.method == Method.POTENTIAL:
        return ByPotential(below, writing.first_day_of(plan))
    if data.method == Method.HISTORY:
        return ByHistory(actor, plan, products)
    if data.method == Method.EQUAL:
        return Equal()
    if data.depth == Depth.CUSTOMERS and node.below:
        raise RuleViolation(_("自定权重只能分解一级：请先分到下级区域，再在最下级区域分到客户。"), field="depth")
    codes = {inner.code: inner.pk for inner in node.below}
    if data.depth == Depth.CUSTOMERS:
        keys = [key for grades in below.values() for key in grades]
        codes = dict(Customer.objects.filter(pk__in=keys).values_list("code", "pk"))
    return Own(data.weights, codes)


class _Work:
    """One run of breaking down."""

    weights: Weights

    def __init__(self, sheet: Sheet, data: BreakDown, node: Node, on: date) -> None:
        self._sheet, self._depth = sheet, data.depth
        self._rows: dict[int, list[Row]] = {}
        self.customers = customers_below(node, on)
        if self._depth == Depth.NODES and not node.below:
            raise RuleViolation(
                _("“%(name)s”没有下级区域，可以直接分解到客户。") % {"name": node.name}, code="no_parts", field="depth"
            )
        if self._depth == Depth.CUSTOMERS and not self.customers:
            message = _("“%(name)s”没有可以定指标的客户：指标可以定到机构、药店和经销商，不能定到医生个人。")
            raise RuleViolation(message % {"name": node.name}, code="no_customers", field="depth")

    def open_parts(self, row: Row, node: Node) -> None:
        """Give a row its parts, and these theirs, as deep as asked for."""
        if not node.below:
            if self._depth == Depth.CUSTOMERS and node.pk in self.customers:
                row.parts = Parts.CUSTOMERS
                self._rows.setdefault(node.pk, []).append(row)
            else:
                self._sheet.settle_row(row)
            return
        if row.parts == Parts.CUSTOMERS:
            CustomerFigure.objects.filter(figure=row.key).delete()
            row.parts = Parts.NONE
        parts = {inner.pk: self._sheet.open_row(inner, row.cell) for inner in node.below}
        self._share(row, node)
        for inner in node.below:
            if self._depth == Depth.NODES:
                self._sheet.settle_row(parts[inner.pk])
            else:
                self.open_parts(parts[inner.pk], inner)

    def _share(self, row: Row, node: Node) -> None:
        weights = dict(
            zip((inner.pk for inner in node.below), self.weights.of_nodes(row.cell, node.below), strict=True)
        )
        kept = {index: part.value for index, part in enumerate(row.below) if part.fixed}
        values = self._sheet.share(row, [weights.get(part.territory_id, 0) for part in row.below], kept)
        for part, value in zip(row.below, values, strict=True):
            part.value = value
            if part.territory_id not in weights:
                self._sheet.settle_row(part)

    def write_customers(self) -> None:
        """After the nodes have their keys."""
        for territory_id, rows in self._rows.items():
            customers = self.customers[territory_id]
            before = self._sheet.parts_of(territory_id, [row for row in rows if row.stored])
            if before:
                CustomerFigure.objects.filter(figure__in=list(before)).delete()
            lines: list[tuple[Row, list[Part]]] = []
            for row in rows:
                kept = {part.customer_id: part.value for part in before.get(row.key or 0, ()) if part.fixed}
                lines.append((row, self._customer_parts(row, customers, kept)))
            self._sheet.insert_customers(lines)

    def _customer_parts(self, row: Row, customers: Grades, kept: dict[int, int]) -> list[Part]:
        """Customers that left keep what was fixed for them and get nothing else."""
        keys = [*customers, *(key for key in kept if key not in customers)]
        weights = self.weights.of_customers(row.cell, customers) + [0] * (len(keys) - len(customers))
        fixed = {index: kept[key] for index, key in enumerate(keys) if key in kept}
        values = self._sheet.share(row, weights, fixed)
        return [Part(None, key, value, key in kept) for key, value in zip(keys, values, strict=True)]
