"""The columns of the lists of cases and adverse events, and what their filters ask for."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import formats, time
from repertory.core.listing import Column
from repertory.core.web import tables
from repertory.core.web.filters import filter_inputs
from repertory.core.web.picker import Picker
from repertory.customers.queries.references import names_of_references
from repertory.platform.web.lists import ListPage
from repertory.service import access
from repertory.service.queries import adverse, cases
from repertory.service.queries.references import product_options
from repertory.service.web import shown

# Where the column's label would not fit into a drop-down.
SHORT = {"severity": gettext_lazy("紧急")}
# Whom a filter can't offer by name.
ACCOUNTS = frozenset({"opened_by", "reported_by"})
CASES_SHOWN = (
    "number",
    "title",
    "customer",
    "kind",
    "severity",
    "state",
    "due_at",
    "owner",
    "product",
    "opened_at",
    "escalation",
)
EVENTS_SHOWN = (
    "number",
    "customer",
    "product",
    "description",
    "clock",
    "due_at",
    "missing",
    "state",
    "aware_at",
)


def names_of(request: HttpRequest, key: str, values: list[str]) -> dict[str, str]:
    """What stands behind the values of a condition; what the person does not see has no name."""
    if key == "customer":
        column = Column(key, "", "reference", "customer_id")
        found = names_of_references(actor=request.actor, filters={key: values}, known={key: column})
        return {value: name for (_key, value), name in found.items()}
    return dict(_options(request, key))


def _options(request: HttpRequest, key: str) -> list[tuple[str, str]]:
    if key == "product":
        return product_options(actor=request.actor)
    return cases.owner_options(actor=request.actor) if key == "owner" else []


def inputs(request: HttpRequest, column: Column) -> list[dict[str, Any]]:
    """What the filter dialog asks for a column."""
    if column.key != "customer":
        return filter_inputs(column, request.GET, options=_options(request, column.key))
    value = request.GET.get("customer", "")
    box = Picker(reverse("customers:pick_customer"))
    box.shown = names_of(request, "customer", [value]).get(value, "")
    return filter_inputs(
        column, request.GET, box=box.render(column.key, value if box.shown else "", {"id": "filter-1"})
    )


def case_columns(at: Any) -> list[tables.Column]:
    today = time.day_of(at)
    return [
        tables.Column("number", _("编号"), lambda row: row.number, sort=True, css="nowrap"),
        tables.Column("title", _("标题"), lambda row: row.title, title=True, css="clip"),
        tables.Column("customer", _("客户"), lambda row: row.customer.name, css="clip"),
        tables.Column("kind", _("类型"), lambda row: row.get_kind_display()),
        tables.Column("severity", _("紧急程度"), shown.severity_tag),
        tables.Column("state", _("状态"), shown.state_tag),
        tables.Column("due_at", _("到期"), lambda row: shown.due_words(row, at), sort=True, css="nowrap"),
        tables.Column("owner", _("负责人"), lambda row: row.owner.name if row.owner else _nobody()),
        tables.Column("product", _("产品"), lambda row: str(row.product or ""), css="clip"),
        tables.Column("opened_at", _("登记"), lambda row: formats.human_date(row.opened_at, today), sort=True),
        tables.Column("escalation", _("升级"), shown.escalation_tag),
        tables.Column("channel", _("来源"), lambda row: row.get_channel_display()),
        tables.Column("cause", _("原因"), lambda row: row.get_cause_display()),
        tables.Column("opened_by", _("登记人"), lambda row: row.opened_by.name if row.opened_by else ""),
        tables.Column("answered_at", _("得出结果"), lambda row: formats.human_date(row.answered_at, today)),
        tables.Column("told_at", _("告知客户"), lambda row: formats.human_date(row.told_at, today)),
        tables.Column("updated_at", _("更新"), lambda row: formats.human_date(row.updated_at, today), sort=True),
    ]


def _nobody() -> str:
    return tables.tag(_("无人"), "warn")


def event_columns(at: Any) -> list[tables.Column]:
    today = time.day_of(at)
    return [
        tables.Column("number", _("编号"), lambda row: row.number, sort=True, title=True, css="nowrap"),
        tables.Column("customer", _("客户"), lambda row: row.customer.name, css="clip"),
        tables.Column("product", _("怀疑药品"), lambda row: str(row.product or row.product_text), css="clip"),
        tables.Column("description", _("经过"), lambda row: row.description, css="clip"),
        tables.Column("clock", _("法定时限"), shown.clock_tag),
        tables.Column("due_at", _("报告期限"), lambda row: shown.time_left(row, at), sort=True, css="nowrap"),
        tables.Column("missing", _("待补齐"), shown.missing_words),
        tables.Column("state", _("状态"), shown.event_state_tag),
        tables.Column("aware_at", _("首次获知"), lambda row: formats.human_date(row.aware_at, today), sort=True),
        tables.Column("expectedness", _("新的/已知"), lambda row: row.get_expectedness_display()),
        tables.Column("outcome", _("结果"), lambda row: row.get_outcome_display()),
        tables.Column("onset_on", _("发生日期"), lambda row: formats.human_date(row.onset_on, today)),
        tables.Column("lot", _("批号"), lambda row: row.lot),
        tables.Column("handed_over_at", _("移交"), lambda row: formats.human_date(row.handed_over_at, today)),
        tables.Column("updated_at", _("更新"), lambda row: formats.human_date(row.updated_at, today), sort=True),
    ]


CASES = ListPage(
    page="cases",
    url="service:cases",
    allow=access.may_see,
    known=cases.case_columns,
    offered=lambda: case_columns(time.now()),
    inputs=inputs,
    default=CASES_SHOWN,
    first="number",
    frame="service/part.html",
    hidden=ACCOUNTS,
    shared=gettext_lazy("所有人可用（各人只看到自己范围内的个案）"),
    prefix="cases_",
)
EVENTS = ListPage(
    page="adverse_events",
    url="service:events",
    allow=access.may_see_events,
    known=adverse.event_columns,
    offered=lambda: event_columns(time.now()),
    inputs=inputs,
    default=EVENTS_SHOWN,
    first="number",
    frame="service/part.html",
    hidden=ACCOUNTS,
    shared=gettext_lazy("所有人可用（各人只看到自己范围内的报告）"),
    prefix="events_",
)
