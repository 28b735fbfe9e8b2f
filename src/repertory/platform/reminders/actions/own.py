"""What a person does with the own reminders, and how the person wants to be told."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotAllowed, NotFound, RuleViolation
from repertory.core.time import day_of, start_of
from repertory.platform.models import NotificationChoice, Reminder, Robot
from repertory.platform.models.reminders import Channel
from repertory.platform.reminders.inputs import LONGEST_DAYS, ChooseChannel, ChooseChannels, SnoozeReminder
from repertory.platform.reminders.sources import source_named
from repertory.platform.unit import action


@action
def finish_reminder(*, actor: Actor, at: datetime, reminder_id: int) -> Reminder:
    """The person has dealt with it; it does not come back. Doing it again changes nothing."""
    row = _lock_own(actor, reminder_id)
    if row.done_at is None:
        row.done_at = at
        row.save(update_fields=["done_at"])
    return row


@action
def snooze_reminder(*, actor: Actor, at: datetime, reminder_id: int, data: SnoozeReminder) -> Reminder:
    """Leave it out of the list until the beginning of a later day."""
    row = _lock_own(actor, reminder_id)
    until = data.until or day_of(at) + timedelta(days=data.days or 1)
    if not day_of(at) < until <= day_of(at) + timedelta(days=LONGEST_DAYS):
        raise RuleViolation(_("请选择明天到一年之内的一天。"), code="snooze_day", field="until")
    if row.done_at is not None:
        raise Conflict(_("这条提醒已经处理过了。"))
    row.snoozed_until = start_of(until)
    row.save(update_fields=["snoozed_until"])
    return row


def _lock_own(actor: Actor, reminder_id: int) -> Reminder:
    """Everybody's own only, whatever the role; a read-only key writes nothing here either."""
    own = Reminder.objects.select_for_update().filter(person_id=actor.user_id, pk=reminder_id, withdrawn_at=None)
    row = own.first() if actor.user_id is not None else None
    if row is None:
        raise NotFound()
    if actor.token_scopes is not None and "write" not in actor.token_scopes:
        raise NotAllowed(_("这把密钥只能读取。"))
    return row


@action
def choose_channels(*, actor: Actor, at: datetime, data: ChooseChannels) -> None:
    """How the person is told by each named rule from now on."""
    if actor.user_id is None:
        raise NotAllowed(_("请先登录。"))
    for choice in data.choices:
        _choose(actor, choice)


def _choose(actor: Actor, data: ChooseChannel) -> None:
    key = source_named(data.rule).rule.key
    if data.channel == Channel.EMAIL and not (settings.EMAIL_HOST and actor.user.email):  # type: ignore[union-attr]
        raise RuleViolation(_("还不能发邮件：系统没有配置邮件服务器，或者您的账号没有邮箱。"), code="no_email")
    robot = None
    if data.channel == Channel.ROBOT:
        robot = Robot.objects.filter(pk=data.robot_id or 0, is_active=True).first()
        if robot is None:
            raise RuleViolation(_("没有这个群机器人，或者已停用。"), code="no_robot")
    values = {"channel": data.channel, "robot": robot}
    NotificationChoice.objects.update_or_create(person_id=actor.user_id, rule=key, defaults=values)
