"""What can be asked for: a fixed list of measures and dimensions. Nobody writes SQL."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import F, IntegerField
from django.db.models.functions import Cast, ExtractMonth, ExtractYear, Substr
from django.utils.translation import gettext_lazy as _

from repertory.customers.choices import Kind, Stage
from repertory.organisation.models import Territory
from repertory.products.choices import Stage as ProductStage
from repertory.reports.rendering.document import Kind as ValueKind
from repertory.sales.choices import Stream


class Source(StrEnum):
    """Whose rows a measure counts."""

    SALES = "sales"
    TARGETS = "targets"
    VISITS = "visits"


ALL = frozenset(Source)
OF_MONEY = frozenset({Source.SALES, Source.TARGETS})
OF_SALES = frozenset({Source.SALES})


class Needs(StrEnum):
    """What a table must know so that it can be asked by a dimension."""

    TIME = "time"
    PRODUCT = "product"
    REGION = "region"
    NODE = "node"
    CUSTOMER = "customer"
    ATTRIBUTE = "attribute"
    ENTRY = "entry"


@dataclass(frozen=True)
class Names:
    """How a source calls things: prefixes of the columns of a fact and of its customer. day: where months are made of days."""

    fact: str = ""
    customer: str = ""
    day: bool = False

    @property
    def month(self) -> Any:
        if not self.day:
            return F(f"{self.fact}month")
        return Cast(ExtractYear("day") * 100 + ExtractMonth("day"), IntegerField())


@dataclass(frozen=True)
class Dimension:
    """key: for addresses; expression: what rows are grouped by; choices: words of codes; sources: whose rows know it."""

    key: str
    label: Any
    needs: Needs
    expression: Callable[[Names], Any]
    sources: frozenset[Source] = ALL
    choices: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Measure:
    """column: what is summed of the source; "" counts rows, "customers" customers. share_of: it is divided by another one."""

    key: str
    label: Any
    kind: ValueKind
    source: Source
    column: str
    of: tuple[str, str] | None = None


def _node(depth: int) -> Callable[[Names], Any]:
    return lambda names: Substr(f"{names.fact}territory__path", 1, depth * Territory.steplen)


def _of_fact(column: str) -> Callable[[Names], Any]:
    return lambda names: F(names.fact + column)


def _of_customer(column: str) -> Callable[[Names], Any]:
    return lambda names: F(f"{names.customer}customer__{column}")


NODE_DEPTHS = {"region": 2, "district": 3, "territory": 4}
"""Dimension → depth of its nodes in the tree."""

DIMENSIONS = {
    dimension.key: dimension
    for dimension in (
        Dimension("month", _("月份"), Needs.TIME, lambda names: names.month),
        Dimension("quarter", _("季度"), Needs.TIME, lambda names: names.month / 100 * 10 + (names.month % 100 + 2) / 3),
        Dimension("year", _("年份"), Needs.TIME, lambda names: names.month / 100),
        Dimension("product", _("产品"), Needs.PRODUCT, _of_fact("product_id"), OF_MONEY),
        Dimension("line", _("产品线"), Needs.PRODUCT, _of_fact("product__line_id"), OF_MONEY),
        Dimension(
            "product_stage",
            _("产品阶段"),
            Needs.PRODUCT,
            _of_fact("product__stage"),
            OF_MONEY,
            tuple(ProductStage.choices),
        ),
        Dimension("region", _("大区"), Needs.REGION, _node(2)),
        Dimension("district", _("地区"), Needs.NODE, _node(3)),
        Dimension("territory", _("辖区"), Needs.NODE, _node(4)),
        Dimension("customer", _("客户"), Needs.CUSTOMER, lambda names: F(f"{names.customer}customer_id")),
        Dimension("kind", _("客户类别"), Needs.ATTRIBUTE, _of_customer("kind"), choices=tuple(Kind.choices)),
        Dimension("tier", _("客户等级"), Needs.ATTRIBUTE, _of_customer("tier")),
        Dimension("stage", _("客户阶段"), Needs.ATTRIBUTE, _of_customer("stage"), choices=tuple(Stage.choices)),
        Dimension("province", _("省份"), Needs.ATTRIBUTE, _of_customer("province_code")),
        Dimension("credit_grade", _("信用等级"), Needs.ATTRIBUTE, _of_customer("credit_grade")),
        Dimension("seller", _("商业公司"), Needs.ENTRY, lambda names: F("file__seller_id"), OF_SALES),
        Dimension("stream", _("流转"), Needs.TIME, lambda names: F("stream"), OF_SALES, choices=tuple(Stream.choices)),
    )
}

MEASURES = {
    measure.key: measure
    for measure in (
        Measure("amount", _("销售金额（元）"), ValueKind.MONEY, Source.SALES, "amount"),
        Measure("quantity", _("销售数量"), ValueKind.QUANTITY, Source.SALES, "quantity"),
        Measure("rows", _("账上行数"), ValueKind.WHOLE, Source.SALES, "rows"),
        Measure("customers", _("有销售的客户数"), ValueKind.WHOLE, Source.SALES, "customers"),
        Measure("target", _("金额指标（元）"), ValueKind.MONEY, Source.TARGETS, "amount"),
        Measure("attainment", _("达成率"), ValueKind.SHARE, Source.TARGETS, "", of=("amount", "target")),
        Measure("visits", _("完成拜访次数"), ValueKind.WHOLE, Source.VISITS, "rows"),
        Measure("visited", _("拜访到的客户数"), ValueKind.WHOLE, Source.VISITS, "customers"),
    )
}
DISTINCT = frozenset({"customers", "visited"})
"""Measures that do not add up: a customer who bought in two months is one customer."""
