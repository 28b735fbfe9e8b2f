"""The columns of files of sales. All are read as text: what can't be a day or a number makes a refused row, not a refused
file; see reading."""

from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.platform.exchange.columns import Column, ColumnType

MONTH = Column(
    "month",
    _("月份"),
    aliases=("period", "期间", "年月", "会计期间", "流向月份"),
    example="2026-03",
    note=_("没有日期列时必填；指定后，日期不在这个月的行会退回。"),
)
SELLER = Column(
    "seller",
    _("商业公司"),
    aliases=("distributor", "经销商", "配送企业", "销售方", "商业名称"),
    note=_("流向是哪家商业公司的：名称或客户编码。"),
)
COMMON = (
    MONTH,
    Column(
        "day",
        _("日期"),
        aliases=("date", "销售日期", "开票日期", "出库日期", "单据日期", "发货日期", "业务日期"),
        example="2026-03-12",
    ),
    Column(
        "customer",
        _("客户名称"),
        aliases=(
            *(
                "购货单位",
                "销往单位",
                "终端名称",
                "终端",
                "医院名称",
                "客户",
                "购买方",
                "收货单位",
                "下游客户",
                "销售去向",
            ),
            *("购货方", "往来单位"),
        ),
        required=True,
        example="南京鼓楼医院",
    ),
    Column("customer_code", _("客户编码"), note=_("填了就按编码对应，不看名称。")),
    Column(
        "product",
        _("产品名称"),
        aliases=("商品名称", "品名", "药品名称", "通用名", "通用名称", "货品名称", "产品", "商品"),
        required=True,
        example="阿托伐他汀钙片",
    ),
    Column("spec", _("规格"), aliases=("规格型号", "商品规格", "品规", "包装规格"), example="20mg*7片"),
    Column(
        "product_code", _("产品编码"), aliases=("规格编码", "pack", "pack_code"), note=_("本公司的产品或规格编码。")
    ),
    Column("unit", _("单位"), aliases=("计量单位", "销售单位", "包装单位"), example="盒"),
    Column(
        "quantity",
        _("数量"),
        aliases=("销售数量", "出库数量", "开票数量", "发货数量", "销量", "qty"),
        note=_("退货填负数。"),
        example="120",
    ),
    Column("price", _("单价"), aliases=("含税单价", "销售单价", "开票单价"), note=_("没有金额列时，用数量乘单价。")),
    Column(
        "amount",
        _("金额"),
        aliases=("含税金额", "销售金额", "开票金额", "价税合计", "总金额"),
        example="4212.00",
    ),
    Column("lot", _("批号"), aliases=("生产批号", "产品批号", "batch")),
    Column(
        "date_order",
        _("日期写法"),
        ColumnType.CHOICE,
        choices=(("ymd", _("年月日")), ("mdy", _("月日年")), ("dmy", _("日月年"))),
        note=_("日期写成 3/12/2026 这样时，说明先月还是先日。"),
        exported=False,
    ),
    Column(
        "create_missing",
        _("新建没有的客户和产品"),
        ColumnType.BOOL,
        note=_("填“是”：认不出的名称直接建档；否则在“待对应”里等人确认。"),
        exported=False,
    ),
    Column(
        "reason",
        _("更正原因"),
        aliases=("restatement_reason",),
        note=_("替换已导入的月份时说明原因。"),
        exported=False,
    ),
)


def flow_columns(actor: Actor) -> tuple[Column, ...]:
    return (SELLER, *COMMON)


def ledger_columns(actor: Actor) -> tuple[Column, ...]:
    return COMMON
