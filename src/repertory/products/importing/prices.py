"""Price files: each row is one price of a draft; a list that there is not yet is opened."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.filters import list_query
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter, Values
from repertory.products import access
from repertory.products.actions import add_price, draft_price_list, revise_price
from repertory.products.choices import Audience, PriceListState
from repertory.products.inputs import DraftPriceList, SetPrice
from repertory.products.models import Price, PriceList
from repertory.products.months import season_in_words, season_of
from repertory.products.queries.prices import exported

T = gettext_lazy
CHUNK = 1_000
COLUMNS = (
    Column("price_list", T("价格表编码"), aliases=("价格表",), required=True, example="HOSPITAL-2026"),
    Column("price_list_name", T("价格表名称"), note=T("新价格表的名称；已有的不改。")),
    Column("pack", T("规格编码"), aliases=("SKU", "规格"), note=T("产品只有一个规格时，也可以只填产品编码。")),
    Column("product", T("产品编码"), aliases=("产品",)),
    Column("product_name", T("产品名称"), imported=False),
    Column("customer_kind", T("客户类型"), ColumnType.CHOICE, choices=tuple(Audience.choices)),
    Column("tier", T("客户等级"), aliases=("等级",), example="A"),
    Column("province", T("省份"), aliases=("省", "地区")),
    Column("months", T("月份"), aliases=("季节",), example="3-5、12"),
    Column("from_quantity", T("起订量"), ColumnType.INTEGER, aliases=("数量",)),
    Column("price_cny", T("单价（元）"), ColumnType.DECIMAL, aliases=("单价", "价格"), required=True),
    Column("floor_cny", T("底价（元）"), ColumnType.DECIMAL, aliases=("底价",), required=True),
    Column("starts_on", T("自"), ColumnType.DATE, aliases=("开始日期", "生效日期")),
    Column("ends_on", T("至（不含）"), ColumnType.DATE, aliases=("结束日期",)),
)
FACTS = "customer_kind tier province months from_quantity price_cny floor_cny starts_on ends_on".split()


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, write_row)


def write_row(plan: ImportPlan, values: Values) -> Outcome:
    given = {key: value.strip() if isinstance(value, str) else value for key, value in values.items() if value}
    facts = {name: given[name] for name in FACTS if name in given}
    data = read_input(SetPrice, facts | {"pack": _pack_code(plan, given)})
    found = _list_for(plan, given, data)
    known = _same_conditions(found, data)
    if known is None:
        add_price(actor=plan.actor, at=plan.at, list_id=found.pk, data=data)
        return Outcome.CREATED
    version = found.version
    revise_price(actor=plan.actor, at=plan.at, price_id=known.pk, data=data)
    found.refresh_from_db(fields=["version"])
    return Outcome.UPDATED if found.version != version else Outcome.UNCHANGED


def _pack_code(plan: ImportPlan, given: Values) -> str:
    if "pack" in given:
        return given["pack"]
    code = given.get("product", "")
    packs = access.visible_packs(plan.actor).filter(product__code=code, is_active=True) if code else ()
    codes = list(packs.values_list("code", flat=True)[:2]) if code else []
    if len(codes) != 1:
        message = _("请填规格编码：产品“%(code)s”没有规格，或者有不止一个。") if code else _("请填规格编码或产品编码。")
        raise InvalidInput(message % {"code": code[:40]} if code else message, code="unknown_pack", field="pack")
    return codes[0]


def _list_for(plan: ImportPlan, given: Values, data: SetPrice) -> PriceList:
    """The newest version of the list, which must be a draft for the price to go in."""
    code = given.get("price_list", "")[:40]
    if not code:
        raise InvalidInput(_("请填价格表编码。"), code="missing", field="price_list")
    rows = access.visible_price_lists(plan.actor).filter(code=code)
    draft = rows.filter(state=PriceListState.DRAFT).first() or rows.order_by("-number").first()
    if draft is not None:
        return draft
    starts_on = data.starts_on or day_of(plan.at)
    facts = DraftPriceList(code=code, name=given.get("price_list_name", code)[:100], starts_on=starts_on)
    return draft_price_list(actor=plan.actor, at=plan.at, data=facts)


def _same_conditions(found: PriceList, data: SetPrice) -> Price | None:
    return (
        found.prices.filter(
            pack__code=data.pack,
            customer_kind=data.customer_kind,
            tier=data.tier,
            province=data.province,
            season=season_of(data.months),
            from_quantity=data.from_quantity,
            starts_on=data.starts_on or found.starts_on,
        )
        .order_by("pk")
        .first()
    )


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    for row in exported(actor=actor, query=list_query(filters)).iterator(chunk_size=CHUNK):
        yield {
            **{name: getattr(row, name) for name in FACTS if name != "months"},
            "months": season_in_words(row.season),
            "price_list": row.price_list.code,
            "price_list_name": row.price_list.name,
            "pack": row.pack.code,
            "product": row.pack.product.code,
            "product_name": str(row.pack.product),
        }


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return exported(actor=actor, query=list_query(filters)).count()
