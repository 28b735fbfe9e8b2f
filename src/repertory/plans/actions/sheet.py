"""The figures of one plan and level in memory: changed, settled from the top down, written back as whole columns.

Figures are whole steps of the plan here. Settling a figure makes its parts add up to it: what is fixed, or was typed in this
very write, stays; the others share the rest in proportion to what they are.
"""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import BigIntegerField, ExpressionWrapper, F

from repertory.core.errors import RuleViolation
from repertory.core.exact import to_units
from repertory.plans.actions import places
from repertory.plans.actions.rows import Cell, Part, Row, Typed
from repertory.plans.choices import Parts
from repertory.plans.models import CustomerFigure, TargetFigure, TargetPlan
from repertory.plans.nodes import Node, Nodes
from repertory.plans.splitting import Unsplittable, divided
from repertory.platform.bulk import insert_ready, reserve_keys, update_rows

UNITS = ExpressionWrapper(F("value"), output_field=BigIntegerField())
"""The whole number in the table, without the way through Decimal."""
FIGURE_COLUMNS = (
    "id",
    "plan_id",
    "level",
    "month",
    "product_id",
    "territory_id",
    "parent_id",
    "parts",
    "value",
    "fixed",
)
CUSTOMER_COLUMNS = ("figure_id", "customer_id", "value", "fixed")


class Sheet:
    """Load the cells that will be touched, change them, `settle`, `save`."""

    def __init__(self, plan: TargetPlan, level: str, nodes: Nodes) -> None:
        self.plan, self.level, self.nodes = plan, level, nodes
        self.step = to_units(plan.step)
        self.rows: dict[tuple[int, Cell], Row] = {}
        self.typed: dict[Row, dict[int, Typed]] = {}
        self.resettled: list[Row] = []
        self.written = 0
        self.created = 0
        self.updated = 0

    def load(self, *, products: Collection[int] | None = None, months: Collection[int] | None = None) -> None:
        """Rows come from the top down, so that each finds the one above it."""
        rows = TargetFigure.objects.filter(plan=self.plan, level=self.level)
        if products is not None:
            rows = rows.filter(product__in=products)
        if months is not None:
            rows = rows.filter(month__in=months)
        by_key: dict[int, Row] = {}
        names = ("pk", "parent_id", "territory_id", "month", "product_id", "parts", "fixed")
        for key, above, territory_id, month, product_id, parts, fixed, units in (
            rows.order_by("pk").values_list(*names).annotate(units=UNITS)
        ):
            row = Row(Cell(month, product_id), territory_id, by_key[above] if above else None)
            row.key, row.parts, row.value, row.fixed = key, parts, units // self.step, fixed
            row.stored = (parts, row.value, fixed)
            by_key[key] = self.rows[territory_id, row.cell] = row

    def row_at(self, node: Node, cell: Cell) -> Row | None:
        return self.rows.get((node.pk, cell))

    def open_row(self, node: Node, cell: Cell) -> Row:
        """The node's row; a new one becomes a part of the row above it."""
        found = self.row_at(node, cell)
        if found is not None:
            return found
        above_node = self.nodes.above(node)
        above = self.row_at(above_node, cell) if above_node else None
        if above_node is not None and above is None:
            raise places.nothing_above(self, node, cell)
        if above is not None:
            if above.parts == Parts.CUSTOMERS:
                raise places.broken_into_customers(self, above)
            above.parts = Parts.NODES
        row = self.rows[node.pk, cell] = Row(cell, node.pk, above)
        return row

    def type_node(self, row: Row, value: int | None, *, fixed: bool | None) -> None:
        """fixed None: where the value is another one than before."""
        before = (row.value, row.fixed)
        if fixed is None:
            fixed = row.fixed or value != row.value
        if value is not None:
            row.value, row.held = value, True
        row.fixed = fixed
        self._count(row.stored is None, before != (row.value, row.fixed))

    def _count(self, new: bool, changed: bool) -> None:
        self.created += new
        self.updated += changed and not new

    def type_customer(self, row: Row, customer_id: int, typed: Typed) -> None:
        if row.parts == Parts.NODES:
            raise places.broken_into_nodes(self, row)
        row.parts = Parts.CUSTOMERS
        self.typed.setdefault(row, {})[customer_id] = typed

    def settle(self, cells: Iterable[Cell] | None = None) -> None:
        """Make all parts add up, from the top of each cell down."""
        wanted = None if cells is None else set(cells)
        tops = [row for row in self.rows.values() if row.above is None and (wanted is None or row.cell in wanted)]
        for top in tops:
            self.settle_row(top)

    def settle_row(self, row: Row) -> None:
        if row.parts == Parts.NODES:
            if sum(part.value for part in row.below) != row.value:
                kept = {index: part.value for index, part in enumerate(row.below) if part.fixed or part.held}
                values = self.share(row, [part.value for part in row.below], kept)
                for part, value in zip(row.below, values, strict=True):
                    part.value = value
            for part in row.below:
                self.settle_row(part)
        elif row.parts == Parts.CUSTOMERS and (row in self.typed or row.stored is None or row.stored[1] != row.value):
            self.resettled.append(row)

    def share(self, row: Row, weights: list[int], kept: Mapping[int, int]) -> list[int]:
        try:
            return divided(row.value, weights, kept)
        except Unsplittable as error:
            raise self.refusal(row, error) from None

    def refusal(self, row: Row, error: Unsplittable) -> RuleViolation:
        return places.sums_disagree(self, row, error)

    def save(self) -> None:
        """Write the rows that are new or changed, then the customers of those whose parts had to be shared anew."""
        fresh = [row for row in self.rows.values() if row.stored is None]
        for row, key in zip(fresh, reserve_keys(TargetFigure, len(fresh)) if fresh else (), strict=True):
            row.key = key
        insert_ready(TargetFigure, FIGURE_COLUMNS, [self._line(row) for row in fresh])
        changed = [row for row in self.rows.values() if row.stored and row.stored != (row.parts, row.value, row.fixed)]
        update_rows(
            TargetFigure,
            [{"id": r.key, "parts": r.parts, "value": r.value * self.step, "fixed": r.fixed} for r in changed],
        )
        self.written += len(fresh) + len(changed)
        self._save_customers()

    def _line(self, row: Row) -> tuple:
        above = row.above.key if row.above else None
        place = (row.key, self.plan.pk, self.level, row.cell.month, row.cell.product_id, row.territory_id, above)
        return (*place, row.parts, row.value * self.step, row.fixed)

    def _save_customers(self) -> None:
        """Territory by territory, so that memory does not grow with the plan."""
        by_territory: dict[int, list[Row]] = {}
        for row in self.resettled:
            by_territory.setdefault(row.territory_id, []).append(row)
        for territory_id, rows in by_territory.items():
            stored = self.parts_of(territory_id, rows)
            fresh: list[Part] = []
            for row in rows:
                before = stored.get(row.key or 0, [])
                after = self._shared(row, before)
                changed = [new for new, old in zip(after, before, strict=False) if new != old]
                self._update(changed)
                fresh = after[len(before) :]
                self.insert_customers([(row, fresh)])

    def parts_of(self, territory_id: int, rows: Collection[Row]) -> dict[int, list[Part]]:
        """The customers' parts of a territory's rows, by the row's key, in order."""
        wanted = {row.key for row in rows}
        found: dict[int, list[Part]] = {}
        parts = CustomerFigure.objects.filter(
            figure__plan=self.plan,
            figure__level=self.level,
            figure__territory=territory_id,
            figure__month__in={row.cell.month for row in rows},
            figure__product__in={row.cell.product_id for row in rows},
        )
        names = ("figure_id", "pk", "customer_id", "fixed")
        for figure_id, key, customer_id, fixed, units in (
            parts.order_by("figure_id", "customer_id").values_list(*names).annotate(units=UNITS)
        ):
            if figure_id in wanted:
                found.setdefault(figure_id, []).append(Part(key, customer_id, units // self.step, fixed))
        return found

    def _shared(self, row: Row, before: list[Part]) -> list[Part]:
        typed = self.typed.get(row, {})
        known = {part.customer_id for part in before}
        parts = [*before, *(Part(None, customer_id, 0, False) for customer_id in typed if customer_id not in known)]
        parts = [self._with_typed(part, typed.get(part.customer_id)) for part in parts]
        held = {customer_id for customer_id, said in typed.items() if said.value is not None}
        kept = {i: part.value for i, part in enumerate(parts) if part.fixed or part.customer_id in held}
        if sum(part.value for part in parts) == row.value:
            return parts
        values = self.share(row, [part.value for part in parts], kept)
        return [part._replace(value=value) for part, value in zip(parts, values, strict=True)]

    def _update(self, parts: list[Part]) -> None:
        lines = [{"id": part.key, "value": part.value * self.step, "fixed": part.fixed} for part in parts]
        update_rows(CustomerFigure, lines)
        self.written += len(lines)

    def insert_customers(self, parts: Iterable[tuple[Row, list[Part]]]) -> None:
        """A territory's new parts, in the order of the index."""
        step = self.step
        lines = [
            (row.key, customer_id, value * step, fixed)
            for row, fresh in parts
            for _key, customer_id, value, fixed in fresh
        ]
        insert_ready(CustomerFigure, CUSTOMER_COLUMNS, lines)
        self.written += len(lines)

    def _with_typed(self, part: Part, typed: Typed | None) -> Part:
        if typed is None:
            return part
        value = part.value if typed.value is None else typed.value
        fixed = (part.fixed or value != part.value) if typed.fixed is None else typed.fixed
        self._count(part.key is None, (value, fixed) != (part.value, part.fixed))
        return part._replace(value=value, fixed=fixed)
