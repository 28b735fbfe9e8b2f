"""Rows that belong to a customer name it by its code."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.customers.access import visible_customers
from repertory.platform.bulk import one_of
from repertory.platform.exchange.columns import Column

CUSTOMER_COLUMNS = (
    Column("customer", gettext_lazy("客户编码"), aliases=("编码", "客户"), required=True, example="C0000123"),
    Column("customer_name", gettext_lazy("客户名称"), imported=False),
)


def keys_of(actor: Actor, rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The keys, by code, of the visible customers that the rows name."""
    codes = {row["customer"].strip() for row in rows if row.get("customer")}
    return dict(visible_customers(actor).filter(code__in=one_of(codes)).values_list("code", "pk"))


def customer_of(actor: Actor, values: Mapping[str, Any]) -> int:
    """The key of the visible customer that the row names. InvalidInput says the same of a foreign and of a missing one."""
    code = (values.get("customer") or "").strip()
    if not code:
        raise InvalidInput(_("客户编码不能为空。"), code="missing", field="customer")
    key = visible_customers(actor).filter(code=code).values_list("pk", flat=True).first()
    if key is None:
        message = _("没有编码为“%(code)s”的客户，或者不在您的查看范围内。") % {"code": code[:40]}
        raise InvalidInput(message, code="unknown_customer", field="customer")
    return key
