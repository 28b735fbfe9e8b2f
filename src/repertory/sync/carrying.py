"""Commands that take more than their action: what was done without a network may have been overtaken meanwhile."""

import uuid
from datetime import datetime
from typing import Any, NoReturn

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, Stale
from repertory.core.time import day_of
from repertory.customers import actions as customers
from repertory.customers import fields
from repertory.customers.access import get_visible
from repertory.customers.inputs import ReviseCustomer
from repertory.customers.models import Profile
from repertory.platform.actions.attachments import attach
from repertory.platform.reminders import actions as reminders
from repertory.platform.reminders.inputs import SnoozeReminder
from repertory.platform.reminders.queries import reminder_of
from repertory.sync.inputs import AddPicture, FinishReminder, decoded, picture_ending
from repertory.sync.models import PushedItem
from repertory.visits import access as visit_access
from repertory.visits import actions as visits
from repertory.visits.choices import Status
from repertory.visits.inputs import CancelVisit, MoveVisit
from repertory.visits.models import Visit


def _need_version(version: int | None) -> None:
    """Edited without a network, so the version that was edited is a must: what others wrote since is never overwritten,
    both values come back."""
    if version is None:
        raise InvalidInput(_("请带上修改时看到的版本号。"), field="version")


def revise_customer(*, actor: Actor, at: datetime, data: ReviseCustomer, item: PushedItem, customer_id: int) -> Any:
    """An edit of an older version is a conflict with both values."""
    _need_version(data.version)
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


def move_visit(*, actor: Actor, at: datetime, data: MoveVisit, item: PushedItem, visit_id: int) -> Visit:
    """A visit that was moved or changed at the desk meanwhile is a conflict with both days."""
    _need_version(data.version)
    try:
        return visits.move_visit(actor=actor, at=at, visit_id=visit_id, data=data)
    except Stale:
        _overtaken(actor, visit_id, {"on": str(data.on), "starts": f"{data.starts:%H:%M}" if data.starts else ""})


def cancel_visit(*, actor: Actor, at: datetime, data: CancelVisit, item: PushedItem, visit_id: int) -> Visit:
    """Whoever calls a visit off has to know the day on which it stands now."""
    try:
        return visits.cancel_visit(actor=actor, at=at, visit_id=visit_id, data=data)
    except Stale:
        _overtaken(actor, visit_id, {"status": str(Status.CANCELLED.label)})


def _overtaken(actor: Actor, visit_id: int, yours: dict[str, str]) -> NoReturn:
    visit = visit_access.get_visible(actor, visit_id)
    starts = f"{visit.planned_start:%H:%M}" if visit.planned_start else ""
    theirs = {"on": str(visit.day), "starts": starts, "status": str(visit.get_status_display())}
    message = _("您离线修改期间，这次拜访在别处被改过。请看两边的内容，决定用哪一个。")
    raise Conflict(message, code="stale", details={"yours": yours, "theirs": theirs, "version": visit.version})


def finish_reminder(*, actor: Actor, at: datetime, data: FinishReminder, item: PushedItem, reminder_id: int) -> Any:
    """What was withdrawn meanwhile, because the visit took place for example, needs no finishing."""
    row = reminder_of(actor=actor, reminder_id=reminder_id)
    if row.withdrawn_at is not None:
        return row
    return reminders.finish_reminder(actor=actor, at=at, reminder_id=reminder_id)


def snooze_reminder(*, actor: Actor, at: datetime, data: SnoozeReminder, item: PushedItem, reminder_id: int) -> Any:
    """A reminder that is settled stays settled, and a day that has come before this arrived needs no waiting for."""
    row = reminder_of(actor=actor, reminder_id=reminder_id)
    passed = data.until is not None and data.until <= day_of(at)
    if row.withdrawn_at is not None or row.done_at is not None or passed:
        return row
    return reminders.snooze_reminder(actor=actor, at=at, reminder_id=reminder_id, data=data)


def add_picture(*, actor: Actor, at: datetime, data: AddPicture, item: PushedItem) -> Any:
    """A photo of a visit of one's own; without a visit it is kept with the item itself."""
    content = decoded(data.content)
    name = f"{data.name or uuid.uuid4().hex[:12]}{picture_ending(content)}"
    file = ContentFile(content, name=name)
    if data.visit_id is not None:
        return visits.attach_photo(actor=actor, at=at, visit_id=data.visit_id, content=file)
    return attach(actor=actor, at=at, object_type="sync_item", object_id=item.pk, label=name, name=name, content=file)
