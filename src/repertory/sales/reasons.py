"""Why a row did not go into the ledger, in words."""

from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _


class _Reasons(NamedTuple):
    """waiting: those that a person can clear by saying what a name means."""

    waiting: dict[str, Any]
    refused: dict[str, Any]


REASONS: Final = _Reasons(
    waiting={
        "unknown_customer": _("客户名称还没有对应到客户档案。"),
        "unknown_product": _("产品名称还没有对应到产品。"),
        "unknown_unit": _("这个单位还不知道折合多少销售单位。"),
    },
    refused={
        "not_a_date": _("日期看不懂，请写成 2026-03-31 这样。"),
        "not_a_month": _("月份看不懂，请写成 2026-03 这样。"),
        "other_month": _("日期不在这个文件的月份里。"),
        "bad_quantity": _("数量不是数字。"),
        "bad_amount": _("金额不是数字。"),
        "bad_price": _("单价不是数字。"),
        "huge_quantity": _("数量太大。"),
        "huge_amount": _("金额太大。"),
        "huge_price": _("单价太大。"),
        "no_customer": _("没有客户名称。"),
        "no_product": _("没有产品名称。"),
        "no_figures": _("数量和金额都没有。"),
        "person": _("客户是个人：销售只记到医院、药店和商业公司（不得统方）。"),
    },
)
_FILE = {
    "": _("没有日期，也没有指定月份。请加上日期列，或者指定这个文件是哪个月的。"),
    "no_seller": _("没有指定是哪家商业公司的流向。请选择商业公司（命令行用 --distributor）。"),
    "unknown_seller": _("没有名称或编码是“{text}”的经销商/代理商。请先建档，或者检查写法。"),
    "doubtful_seller": _("有几家经销商都叫“{text}”，请改用客户编码。"),
}


def sentence(code: str, text: str) -> str:
    known = {**REASONS.waiting, **REASONS.refused, **_FILE}
    return str(known[code]).format(text=text[:60])
