"""Distributors' stock statements from a file."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.inputs import read_input
from repertory.core.periods import month_name
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter, Values
from repertory.sales import access, actions
from repertory.sales.importing.columns import MONTH, SELLER
from repertory.sales.importing.reading import read_month
from repertory.sales.inputs import RecordStock
from repertory.sales.matching import ProductNames
from repertory.sales.queries.sellers import distributors_named

FIGURES = (
    ("opening", gettext_lazy("期初库存"), ("上期库存", "期初", "期初数量")),
    ("received", gettext_lazy("购进"), ("本期购进", "进货", "入库", "购进数量", "采购入库")),
    ("sold", gettext_lazy("销售"), ("本期销售", "出库", "销售数量", "销售出库")),
    ("closing", gettext_lazy("期末库存"), ("本期库存", "期末", "结存", "期末数量")),
)


def columns(actor: Actor) -> Sequence[Column]:
    return (
        SELLER,
        MONTH,
        Column("product", gettext_lazy("产品名称"), aliases=("商品名称", "品名", "药品名称", "通用名"), required=True),
        Column("spec", gettext_lazy("规格"), aliases=("规格型号", "品规")),
        *(Column(key, label, ColumnType.DECIMAL, aliases=more, required=True) for key, label, more in FIGURES),
    )


def importer(plan: ImportPlan) -> RowwiseImporter:
    products: dict[int, ProductNames] = {}

    def write_row(plan: ImportPlan, values: Values) -> Outcome:
        seller = _seller(str(values.get("seller") or ""))
        names = products.get(seller) or products.setdefault(seller, ProductNames(seller_id=seller))
        item = names(f"{values.get('product') or ''} {values.get('spec') or ''}".strip(), "")
        if item is None:
            message = _("产品“%(name)s”还没有对应，请先在“待对应”里确认。") % {"name": values.get("product")}
            raise InvalidInput(message, code="unknown_product", field="product")
        month = read_month(str(values.get("month") or ""))
        given = {name: values.get(name) for name, _label, _more in FIGURES}
        data = read_input(RecordStock, {"seller": seller, "month": month, "product": item.product_id, **given})
        _row, outcome = actions.record_stock(actor=plan.actor, at=plan.at, data=data)
        return Outcome(outcome)

    return RowwiseImporter(plan, write_row)


def _seller(text: str) -> int:
    found = distributors_named(text) if text else []
    if len(found) != 1:
        message = _("请写明是哪一家商业公司（名称或客户编码），“%(text)s”对不上。") % {"text": text[:60]}
        raise InvalidInput(message, code="unknown_seller", field="seller")
    return found[0]


def export(actor: Actor, filters: Mapping[str, str]) -> Iterable[Mapping[str, Any]]:
    rows = access.visible_statements(actor).select_related("seller", "product").order_by("month", "seller_id", "pk")
    for row in rows.iterator(chunk_size=2_000):
        yield {
            "seller": row.seller.name,
            "month": month_name(row.month),
            "product": row.product.code,
            **{name: row.__dict__[name] for name, _label, _more in FIGURES},
        }


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return access.visible_statements(actor).count()
