"""What a sheet of figures is made of. Values are whole steps of the plan."""

from typing import NamedTuple

from repertory.plans.choices import Parts


class Cell(NamedTuple):
    """Where sums must agree: a month and a product."""

    month: int
    product_id: int


class Row:
    """A node's figure of a cell. held: typed in this write. stored: (parts, value, fixed) in the table, None for a new one."""

    __slots__ = ("above", "below", "cell", "fixed", "held", "key", "parts", "stored", "territory_id", "value")

    def __init__(self, cell: Cell, territory_id: int, above: "Row | None") -> None:
        self.cell, self.territory_id, self.above = cell, territory_id, above
        self.key: int | None = None
        self.below: list[Row] = []
        self.parts: str = Parts.NONE
        self.value, self.fixed, self.held = 0, False, False
        self.stored: tuple[str, int, bool] | None = None
        if above is not None:
            above.below.append(self)


class Part(NamedTuple):
    """A customer's part; key None for a new one."""

    key: int | None
    customer_id: int
    value: int
    fixed: bool


class Typed(NamedTuple):
    """What somebody typed for a customer; value None: as it is; fixed None: if the value is another one."""

    value: int | None
    fixed: bool | None
