"""Case files: each row opens a case, one with a number that is there already is left alone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.inputs import read_input
from repertory.core.time import COMPANY_ZONE, now
from repertory.customers.access import visible_customers
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.filters import list_query
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter, Values
from repertory.products.access import visible_products
from repertory.service.access import visible_cases
from repertory.service.actions import open_case
from repertory.service.choices import CaseKind, CaseState, Cause, Channel, EscalationLevel, Severity
from repertory.service.inputs import OpenCase
from repertory.service.models import Case
from repertory.service.queries.cases import matching_cases, with_names

CHUNK = 1_000
T = gettext_lazy
COLUMNS = (
    Column("number", T("个案编号"), aliases=("编号",), note=T("填了已有的编号，这一行不导入；新个案不填，自动编号。")),
    Column("customer", T("客户编码"), aliases=("客户",), required=True),
    Column("customer_name", T("客户名称"), imported=False),
    Column("kind", T("类型"), ColumnType.CHOICE, required=True, choices=tuple(CaseKind.choices)),
    Column("severity", T("紧急程度"), ColumnType.CHOICE, choices=tuple(Severity.choices)),
    Column("product", T("产品编码"), aliases=("产品",)),
    Column("product_name", T("产品名称"), imported=False),
    Column("title", T("标题"), required=True, example="询问与克拉霉素合用"),
    Column("text", T("内容"), aliases=("描述",)),
    Column("channel", T("来源"), ColumnType.CHOICE, choices=tuple(Channel.choices)),
    Column("owner", T("负责人账号"), aliases=("负责人",)),
    Column("state", T("状态"), ColumnType.CHOICE, choices=tuple(CaseState.choices), imported=False),
    Column("opened_by", T("登记人账号"), imported=False),
    Column("opened_at", T("登记时间"), imported=False),
    Column("due_at", T("到期时间"), imported=False),
    Column("escalation", T("升级"), imported=False),
    Column("cause", T("原因"), ColumnType.CHOICE, choices=tuple(Cause.choices), imported=False),
    Column("result", T("处理结果"), imported=False),
    Column("answered_at", T("得出结果时间"), imported=False),
    Column("told_at", T("告知客户时间"), imported=False),
    Column("told_how", T("告知方式"), ColumnType.CHOICE, choices=tuple(Channel.choices), imported=False),
)
PLAIN = ("number", "kind", "severity", "title", "text", "channel", "state", "cause", "result", "told_how")
MOMENTS = ("opened_at", "due_at", "answered_at", "told_at")


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, write_row)


def write_row(plan: ImportPlan, values: Values) -> Outcome:
    given = {key: value.strip() if isinstance(value, str) else value for key, value in values.items() if value}
    number = given.pop("number", "")
    if number:
        if visible_cases(plan.actor).filter(number=number).exists():
            return Outcome.UNCHANGED
        message = _("没有编号为“%(number)s”的个案。新个案请把编号留空。") % {"number": number[:40]}
        raise InvalidInput(message, code="unknown_number", field="number")
    given["customer_id"] = _key(visible_customers(plan.actor), given.pop("customer", ""), "customer", _("客户"))
    if "product" in given:
        given["product_id"] = _key(visible_products(plan.actor), given.pop("product"), "product", _("产品"))
    open_case(actor=plan.actor, at=plan.at, data=read_input(OpenCase, given))
    return Outcome.CREATED


def _key(rows: QuerySet, code: str, field: str, what: str) -> int:
    found = rows.filter(code=code).values_list("pk", flat=True).first() if code else None
    if found is None:
        message = _("没有编码为“%(code)s”的%(what)s，或者不在您的范围内。") % {"code": code[:40], "what": what}
        raise InvalidInput(message, code="unknown", field=field)
    return found


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The cases of the list with these filters, from the first on."""
    for case in with_names(_listed(actor, filters)).order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            **{name: getattr(case, name) for name in PLAIN},
            **{name: moment(getattr(case, name)) for name in MOMENTS},
            "customer": case.customer.code,
            "customer_name": case.customer.name,
            "product": case.product.code if case.product else "",
            "product_name": str(case.product or ""),
            "owner": case.owner.username if case.owner else "",
            "opened_by": case.opened_by.username if case.opened_by else "",
            "escalation": str(EscalationLevel(case.escalation).label) if case.escalation else "",
        }


def moment(at: Any) -> str:
    """The company's clock, as a text that a workbook sorts."""
    return f"{at.astimezone(COMPANY_ZONE):%Y-%m-%d %H:%M}" if at else ""


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return _listed(actor, filters).count()


def _listed(actor: Actor, filters: Mapping[str, str]) -> QuerySet[Case]:
    return matching_cases(actor=actor, query=list_query(filters), at=now())
