"""Who stands in for whom, from a day to a day."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.platform.approvals import access
from repertory.platform.approvals.inputs import NameDeputy
from repertory.platform.audit_lines import Line
from repertory.platform.models import Deputy
from repertory.platform.unit import action, record


@action
def name_deputy(*, actor: Actor, at: datetime, data: NameDeputy) -> Deputy:
    """Somebody else decides in one's name for some days. An administrator may name one for a person who can't, but never
    themselves."""
    access.require(access.may_write(actor))
    person = _person_stood_in_for(actor, data.person)
    deputy = _active(data.deputy, "deputy")
    if deputy.pk == person.pk:
        raise RuleViolation(_("代理人要是另一个人。"), code="own_deputy", field="deputy")
    if deputy.pk == actor.user_id:
        raise RuleViolation(_("不能把自己指定为别人的代理人。"), code="own_deputy", field="deputy")
    if data.starts_on < day_of(at):
        raise RuleViolation(_("代理从今天或以后开始，不能倒填。"), code="past", field="starts_on")
    # One after the other: two overlapping ranges named at once would both be free.
    get_user_model().objects.select_for_update().get(pk=person.pk)
    others = Deputy.objects.filter(person=person, starts_on__lt=data.ends_on, ends_on__gt=data.starts_on)
    if others.filter(ends_on__gt=F("starts_on")).exists():
        message = _("这段时间里已经指定过代理人，请先结束原来的代理。")
        raise Conflict(message, code="overlap", field="starts_on")
    row = Deputy.objects.create(
        person=person,
        deputy=deputy,
        starts_on=data.starts_on,
        ends_on=data.ends_on,
        reason=data.reason,
        named_at=at,
    )
    days = {"starts_on": [None, data.starts_on.isoformat()], "ends_on": [None, data.ends_on.isoformat()]}
    changes = {"deputy": [None, deputy.username], **days}
    record(Line("deputy_named", "deputy", row.pk, label=str(person), changes=changes, reason=data.reason))
    return row


@action
def end_deputy(*, actor: Actor, at: datetime, deputy_id: int) -> Deputy:
    """It is over from today on; what was decided stays."""
    row = access.visible_deputies(actor).select_for_update(of=("self",)).filter(pk=deputy_id).first()
    if row is None:
        raise NotFound()
    own = actor.user_id == row.person_id
    access.require(access.may_write(actor) and (own or access.may_set_routes(actor)))
    today = day_of(at)
    if row.ends_on <= today:
        raise Conflict(_("这段代理已经结束了。"), code="ended")
    old, row.ends_on = row.ends_on, max(today, row.starts_on)
    row.save(update_fields=["ends_on"])
    changes = {"ends_on": [old.isoformat(), row.ends_on.isoformat()]}
    record(Line("deputy_ended", "deputy", row.pk, label=str(row.person), changes=changes))
    return row


def _person_stood_in_for(actor: Actor, username: str) -> Any:
    if not username or (actor.user is not None and username == actor.user.username):
        if actor.user is None:
            raise InvalidInput(_("请写明为谁指定代理人。"), field="person")
        return actor.user
    access.require(access.may_set_routes(actor))
    return _active(username, "person")


def _active(username: str, field: str) -> Any:
    person = get_user_model().objects.filter(username=username, is_active=True).first()
    if person is None:
        message = _("没有“%(name)s”这个账号，或者已停用。") % {"name": username}
        raise InvalidInput(message, code="unknown_person", field=field)
    return person
