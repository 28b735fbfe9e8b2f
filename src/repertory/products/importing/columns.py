"""The columns of a product file: the product's own, then those of one of its packs; a row is a pack of a product."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.platform.exchange.columns import Column
from repertory.platform.exchange.fields import column_of_custom, type_of
from repertory.platform.queries import custom_fields
from repertory.products import fields
from repertory.products.choices import Stage

# Packs have a code and a switch of their own, under names that do not clash with the product's.
PACK_KEYS = {"code": "pack_code", "is_active": "pack_active"}
PACK_LABELS: dict[str, Any] = {"is_active": _("规格在用")}
ALIASES: dict[str, tuple[str, ...]] = {
    "code": ("编码", "产品代码", "货号"),
    "generic_name": ("药品名称", "药品通用名", "通用名称", "产品名称", "品名", "名称"),
    "trade_name": ("商品名称", "品牌", "商标名"),
    "approval_number": ("国药准字", "文号", "批文", "注册证号", "批准文号/注册证号"),
    "approval_expires_on": ("批文有效期", "批准文号有效期"),
    "manufacturer": ("生产厂家", "厂家", "生产厂商", "生产单位", "企业名称"),
    "holder": ("持有人", "MAH"),
    "atc_code": ("ATC", "ATC码", "药品分类代码"),
    "line": ("产品线编码",),
    "product_manager": ("产品经理账号",),
    "insurance_class": ("医保", "医保类型", "医保分类", "甲乙类"),
    "insurance_note": ("限定支付范围", "医保备注", "医保限定"),
    "procurement": ("集采", "带量采购"),
    "prescription_class": ("处方药/OTC", "处方/非处方"),
    "stage": ("阶段", "生命周期阶段"),
    "pack_code": ("SKU", "SKU编码", "规格代码"),
    "spec": ("药品规格", "规格型号", "制剂规格"),
    "pack": ("包装规格", "包装数量"),
    "unit": ("单位", "包装单位"),
    "units_per_pack": ("转换比", "包装转换比", "最小包装数量"),
    "packs_per_case": ("件装量", "箱装量"),
    "barcode": ("条码", "条形码", "69码"),
    "trace_prefix": ("药品标识码",),
    "shelf_life_months": ("有效期", "保质期（月）"),
    "storage": ("贮藏", "储存"),
}
EXAMPLES = {
    "generic_name": "阿托伐他汀钙片",
    "trade_name": "安立坦",
    "approval_number": "国药准字H20193043",
    "atc_code": "C10AA05",
    "line": "CV",
    "product_manager": "product",
    "spec": "20mg",
    "pack": "7片×2板/盒",
    "unit": "盒",
    "barcode": "6901234567892",
    "trace_prefix": "8102345",
}
NOTES: dict[str, Any] = {
    "code": _("不填时自动编号；填了就按它对应已有产品。"),
    "approval_number": _("没有产品编码时按它对应已有产品；同一文号的几行是同一产品的几个规格。"),
    "line": _("填产品线的编码。"),
    "product_manager": _("填产品经理的账号。"),
    "stage": _("新产品不填时，有批准文号的按在售，没有的按研发。"),
    "spec": _("填了就登记这个规格；一行一个规格。"),
    "pack_code": _("不填时自动编号。"),
}
# National lists write only 甲 or 乙.
SHORT_CLASSES = (("a", _("甲")), ("b", _("乙")), ("c", _("丙")))


def product_columns(actor: Actor) -> list[Column]:
    """The product's columns, its custom ones, the pack's columns."""
    own = [_column(name, fields.model_field(name)) for name in fields.WRITABLE]
    own.append(_column("stage", fields.model_field("stage"), tuple(Stage.choices)))
    own.sort(key=lambda column: column.key != "code")
    packs = [_pack_column(name) for name in fields.PACK_FIELDS]
    return own + [column_of_custom(field) for field in custom_fields("product")] + packs


def _column(key: str, field: Any, choices: tuple[tuple[str, Any], ...] = ()) -> Column:
    choices = choices or tuple(field.choices or ())
    if key == "insurance_class":
        choices = (*SHORT_CLASSES, *choices)
    return Column(
        key=key,
        label=PACK_LABELS.get(field.name, field.verbose_name),
        type=type_of(field),
        aliases=ALIASES.get(key, ()),
        required=key == "generic_name",
        choices=choices,
        allowed=_("最多 %(count)s 个字") % {"count": field.max_length}
        if field.max_length and not field.choices
        else "",
        note=NOTES.get(key, ""),
        example=EXAMPLES.get(key, ""),
    )


def _pack_column(name: str) -> Column:
    return _column(PACK_KEYS.get(name, name), fields.pack_field(name))
