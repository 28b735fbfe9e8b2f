"""What a phone may ask for by name: the input that judges it, the action that does it, and what it makes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, RuleViolation
from repertory.core.inputs import Input, read_input
from repertory.customers import actions as customers
from repertory.customers.inputs import CreateCustomer, ReviseCustomer
from repertory.materials.actions import keep_signature
from repertory.materials.inputs import KeepSignature
from repertory.platform.reminders.inputs import SnoozeReminder
from repertory.service import actions as service
from repertory.service.inputs import OpenCase, ReportAdverseEvent
from repertory.sync import carrying
from repertory.sync.inputs import AddPicture, FinishReminder
from repertory.sync.models import PushedItem
from repertory.visits import actions as visits
from repertory.visits.inputs import CancelVisit, CompleteVisit, MoveVisit, PlanVisit, RecordVisit, SendReport

LARGEST_KEY = 2**63


@dataclass(frozen=True)
class Command:
    """run: (actor, at, data, item, **keys) → the object made or changed. keys: names in the payload that say which object
    it is about. title: the field of the payload that people know it by."""

    label: Any
    input: type[Input]
    run: Callable[..., Any]
    makes: str
    keys: tuple[str, ...] = ()
    title: str = ""

    def carry_out(self, *, actor: Actor, at: datetime, payload: dict[str, Any], item: PushedItem) -> Any:
        named = {name: key_in(payload, name) for name in self.keys}
        data = read_input(self.input, {name: value for name, value in payload.items() if name not in named})
        return self.run(actor=actor, at=at, data=data, item=item, **named)


def key_in(payload: dict[str, Any], name: str) -> int:
    value = payload.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < LARGEST_KEY:
        raise InvalidInput(_("这一项必须填写。"), field=name)
    return value


def of(action: Callable[..., Any]) -> Callable[..., Any]:
    """An action that needs to know nothing of the item."""

    def run(*, item: PushedItem, **arguments: Any) -> Any:
        return action(**arguments)

    return run


COMMANDS: dict[str, Command] = {
    "customer.create": Command(
        gettext_lazy("新建客户"), CreateCustomer, of(customers.create_customer), "customer", title="name"
    ),
    "customer.revise": Command(
        gettext_lazy("修改客户"),
        ReviseCustomer,
        carrying.revise_customer,
        "customer",
        keys=("customer_id",),
        title="name",
    ),
    "visit.plan": Command(gettext_lazy("计划拜访"), PlanVisit, of(visits.plan_visit), "visit", title="aim"),
    "visit.record": Command(gettext_lazy("记录拜访"), RecordVisit, of(visits.record_visit), "visit", title="subject"),
    "visit.complete": Command(
        gettext_lazy("完成拜访"), CompleteVisit, of(visits.complete_visit), "visit", keys=("visit_id",), title="subject"
    ),
    "visit.move": Command(
        gettext_lazy("改期"), MoveVisit, carrying.move_visit, "visit", keys=("visit_id",), title="on"
    ),
    "visit.cancel": Command(
        gettext_lazy("取消拜访"), CancelVisit, carrying.cancel_visit, "visit", keys=("visit_id",), title="reason"
    ),
    "case.open": Command(gettext_lazy("登记问题"), OpenCase, of(service.open_case), "case", title="title"),
    "adverse_event.report": Command(
        gettext_lazy("上报不良反应"),
        ReportAdverseEvent,
        of(service.report_adverse_event),
        "adverse_event",
        title="description",
    ),
    "report.send": Command(gettext_lazy("发送报告"), SendReport, of(visits.send_report), "personal_report", title="on"),
    "reminder.finish": Command(
        gettext_lazy("处理提醒"), FinishReminder, carrying.finish_reminder, "reminder", keys=("reminder_id",)
    ),
    "reminder.snooze": Command(
        gettext_lazy("稍后提醒"),
        SnoozeReminder,
        carrying.snooze_reminder,
        "reminder",
        keys=("reminder_id",),
        title="until",
    ),
    "signature.keep": Command(
        gettext_lazy("客户签名"), KeepSignature, of(keep_signature), "attachment", keys=("customer_id",)
    ),
    "attachment.add": Command(gettext_lazy("照片"), AddPicture, carrying.add_picture, "attachment", title="name"),
}


def command_named(name: str) -> Command:
    if name not in COMMANDS:
        raise RuleViolation(_("这个版本的服务器不认识这种记录，请联系管理员。"), code="unknown_command")
    return COMMANDS[name]


def label_of(name: str) -> Any:
    return COMMANDS[name].label if name in COMMANDS else name


def title_of(name: str, payload: Any) -> str:
    """What people know a kept item by, "" where the payload says nothing of the kind."""
    field = COMMANDS[name].title if name in COMMANDS else ""
    value = payload.get(field, "") if field and isinstance(payload, dict) else ""
    return value if isinstance(value, str) else ""
