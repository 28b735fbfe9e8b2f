"""What a phone may ask for by name: the input that judges it, the action that does it, and what it makes."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, RuleViolation, Stale
from repertory.core.inputs import Input, read_input
from repertory.customers import actions as customers
from repertory.customers import fields
from repertory.customers.access import get_visible
from repertory.customers.inputs import CreateCustomer, ReviseCustomer
from repertory.customers.models import Profile
from repertory.materials.actions import keep_signature
from repertory.materials.inputs import KeepSignature
from repertory.platform.actions.attachments import attach
from repertory.service import actions as service
from repertory.service.inputs import OpenCase, ReportAdverseEvent
from repertory.sync.inputs import AddPicture, decoded, picture_ending
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


def revise_customer(*, actor: Actor, at: datetime, data: ReviseCustomer, item: PushedItem, customer_id: int) -> Any:
    """Edited without a network, so the version that was edited is a must: what others wrote since is never overwritten,
    both values come back."""
    if data.version is None:
        raise InvalidInput(_("请带上修改时看到的版本号。"), field="version")
    try:
        return customers.revise_customer(actor=actor, at=at, customer_id=customer_id, data=data)
    except Stale:
        raise _both_values(actor, customer_id, data) from None


def _both_values(actor: Actor, customer_id: int, data: ReviseCustomer) -> Conflict:
    customer = get_visible(actor, customer_id)
    profile = Profile.objects.filter(customer=customer).first()
    names = [name for name in sorted(data.model_fields_set - {"version", "custom"}) if name not in fields.PRIVATE]
    theirs = {name: getattr(profile if fields.is_profile(name) else customer, _attribute(name), "") for name in names}
    yours = data.model_dump(mode="json", include=set(names))
    details = {"yours": yours, "theirs": theirs, "version": customer.version}
    message = _("您离线修改期间，别人也改了这位客户。请看两边的内容，决定用哪一个。")
    return Conflict(message, code="stale", details=details)


def _attribute(name: str) -> str:
    return str(fields.model_field(name).attname)  # type: ignore[attr-defined]


def add_picture(*, actor: Actor, at: datetime, data: AddPicture, item: PushedItem) -> Any:
    """A photo of a visit of one's own; without a visit it is kept with the item itself."""
    content = decoded(data.content)
    name = f"{data.name or uuid.uuid4().hex[:12]}{picture_ending(content)}"
    file = ContentFile(content, name=name)
    if data.visit_id is not None:
        return visits.attach_photo(actor=actor, at=at, visit_id=data.visit_id, content=file)
    return attach(actor=actor, at=at, object_type="sync_item", object_id=item.pk, label=name, name=name, content=file)


COMMANDS: dict[str, Command] = {
    "customer.create": Command(
        gettext_lazy("新建客户"), CreateCustomer, of(customers.create_customer), "customer", title="name"
    ),
    "customer.revise": Command(
        gettext_lazy("修改客户"), ReviseCustomer, revise_customer, "customer", keys=("customer_id",), title="name"
    ),
    "visit.plan": Command(gettext_lazy("计划拜访"), PlanVisit, of(visits.plan_visit), "visit", title="aim"),
    "visit.record": Command(gettext_lazy("记录拜访"), RecordVisit, of(visits.record_visit), "visit", title="subject"),
    "visit.complete": Command(
        gettext_lazy("完成拜访"), CompleteVisit, of(visits.complete_visit), "visit", keys=("visit_id",), title="subject"
    ),
    "visit.move": Command(
        gettext_lazy("改期"), MoveVisit, of(visits.move_visit), "visit", keys=("visit_id",), title="on"
    ),
    "visit.cancel": Command(
        gettext_lazy("取消拜访"), CancelVisit, of(visits.cancel_visit), "visit", keys=("visit_id",), title="reason"
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
    "signature.keep": Command(
        gettext_lazy("客户签名"), KeepSignature, of(keep_signature), "attachment", keys=("customer_id",)
    ),
    "attachment.add": Command(gettext_lazy("照片"), AddPicture, add_picture, "attachment", title="name"),
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
