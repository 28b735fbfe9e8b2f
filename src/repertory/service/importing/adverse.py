"""Adverse events as a file: given out, never taken in. Patient and reporter stay in the house."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed
from repertory.core.time import now
from repertory.platform.exchange.columns import Column, ColumnType
from repertory.platform.exchange.filters import list_query
from repertory.platform.exchange.kinds import ImportPlan
from repertory.platform.exchange.rowwise import Outcome, RowwiseImporter, Values
from repertory.service.choices import Clock, Element, EventState, Expectedness, ReporterKind, Seriousness
from repertory.service.choices import Outcome as Result
from repertory.service.importing.cases import moment
from repertory.service.models import AdverseEvent
from repertory.service.queries.adverse import matching_events, with_names

T = gettext_lazy
CHUNK = 1_000


def _choice(key: str, label: Any, choices: Any) -> Column:
    return Column(key, label, ColumnType.CHOICE, choices=tuple(choices.choices), imported=False)


COLUMNS = (
    Column("number", T("报告编号"), imported=False),
    Column("customer", T("客户编码"), imported=False),
    Column("customer_name", T("客户名称"), imported=False),
    Column("product", T("怀疑药品"), imported=False),
    Column("lot", T("批号"), imported=False),
    Column("description", T("不良反应经过"), imported=False),
    Column("onset_on", T("发生日期"), ColumnType.DATE, imported=False),
    Column("seriousness", T("严重程度"), imported=False),
    _choice("expectedness", T("是否新的"), Expectedness),
    _choice("outcome", T("结果"), Result),
    _choice("reporter_kind", T("报告人身份"), ReporterKind),
    Column("missing", T("待补齐"), imported=False),
    Column("aware_at", T("首次获知时间"), imported=False),
    _choice("clock", T("法定时限"), Clock),
    Column("due_at", T("报告期限"), imported=False),
    _choice("state", T("状态"), EventState),
    Column("handed_over_at", T("移交时间"), imported=False),
    Column("handed_over_to", T("移交给"), imported=False),
    Column("receipt_number", T("回执编号"), imported=False),
    Column("reported_by", T("登记人账号"), imported=False),
)
PLAIN = (
    "number",
    "lot",
    "description",
    "onset_on",
    "expectedness",
    "outcome",
    "reporter_kind",
    "clock",
    "state",
    "handed_over_to",
    "receipt_number",
)
MOMENTS = ("aware_at", "due_at", "handed_over_at")


def columns(actor: Actor) -> Sequence[Column]:
    return COLUMNS


def importer(plan: ImportPlan) -> RowwiseImporter:
    return RowwiseImporter(plan, refuse)


def refuse(plan: ImportPlan, values: Values) -> Outcome:
    """Each report is taken in by a person: nobody hears of adverse events by the thousand."""
    raise NotAllowed(_("药品不良反应要逐份登记，不能导入。"))


def export(actor: Actor, filters: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """The reports of the list with these filters, from the first on."""
    for event in with_names(_listed(actor, filters)).order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            **{name: getattr(event, name) for name in PLAIN},
            **{name: moment(getattr(event, name)) for name in MOMENTS},
            "customer": event.customer.code,
            "customer_name": event.customer.name,
            "product": str(event.product or event.product_text),
            "seriousness": _("、").join(str(Seriousness(one).label) for one in event.seriousness),
            "missing": _("、").join(str(Element(one).label) for one in event.missing),
            "reported_by": event.reported_by.username if event.reported_by else "",
        }


def count(actor: Actor, filters: Mapping[str, str]) -> int:
    return _listed(actor, filters).count()


def _listed(actor: Actor, filters: Mapping[str, str]) -> QuerySet[AdverseEvent]:
    return matching_events(actor=actor, query=list_query(filters), at=now())
