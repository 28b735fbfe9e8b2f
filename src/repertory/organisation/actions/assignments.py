"""Who holds which node: assign, end."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.organisation import access, firewall
from repertory.organisation.actions import people
from repertory.organisation.actions.territories import lock
from repertory.organisation.inputs import Assign, EndAssignment
from repertory.organisation.models import Assignment, User
from repertory.platform.unit import action


@action
def assign(*, actor: Actor, at: datetime, data: Assign) -> Assignment:
    """Give a person a role at a node from a day on (default today)."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    person = User.objects.filter(username=data.username).first()
    if person is None:
        raise NotFound(_("没有账号“%(name)s”。") % {"name": data.username}, field="username")
    territory = lock(data.territory)
    if territory.closed_on is not None:
        raise RuleViolation(_("辖区“%(name)s”已停用，不能任职。") % {"name": territory.name}, field="territory")
    starts_on = data.starts_on or day_of(at)
    same = Assignment.objects.filter(user=person, territory=territory, role=data.role)
    if same.filter(ends_on=None).exists() or same.filter(ends_on__gt=starts_on).exists():
        raise Conflict(_("这段时间里已经有同样的任职。"), field="starts_on")
    try:
        row = Assignment.objects.create(
            user=person, territory=territory, role=data.role, starts_on=starts_on, ends_on=data.ends_on
        )
    except IntegrityError:
        raise Conflict(_("这段时间里已经有同样的任职。"), field="starts_on") from None
    firewall.check_roles(person, day_of(at))
    people.note("assigned", person, {"role": ["", str(data.role)], "territory": ["", territory.code]})
    return row


@action
def end_assignment(*, actor: Actor, at: datetime, assignment_id: int, data: EndAssignment) -> Assignment:
    """End a post on a day (default today); it stays in the history."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    row = Assignment.objects.select_for_update().select_related("user", "territory").filter(pk=assignment_id).first()
    if row is None:
        raise NotFound()
    on = data.on or day_of(at)
    if row.ends_on is not None and row.ends_on <= on:
        raise Conflict(_("这段任职已经结束了。"))
    if on <= row.starts_on:
        if row.starts_on < day_of(at):
            raise InvalidInput(_("结束日期要晚于开始日期。"), field="on")
        row_id = row.pk
        row.delete()
        row.pk = row_id
    else:
        row.ends_on = on
        row.save(update_fields=["ends_on"])
    people.note("unassigned", row.user, {"role": [row.role, ""], "territory": [row.territory.code, ""]})
    return row
