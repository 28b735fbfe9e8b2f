"""What somebody is to be reminded of, how each person wants to be told, and the link to a person's calendar."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from repertory.platform.models.outbox import DeliveryState, Outgoing


class Channel(models.TextChoices):
    PROGRAM = "program", _("只在系统里")
    EMAIL = "email", _("同时发邮件")
    ROBOT = "robot", _("同时发到群机器人")


class RobotKind(models.TextChoices):
    WECOM = "wecom", _("企业微信")
    DINGTALK = "dingtalk", _("钉钉")
    FEISHU = "feishu", _("飞书")


class Reminder(models.Model):
    """李娜 is to know that the licence of 鼓楼医院 ends on 2026-05-31. The sentence is the rule's, `values` fill it, so that
    everybody reads it in their own language.

    `occasion` tells one time from the next, such as the licence's key with its last day: nobody is told twice of the same.
    `withdrawn_at`: it is no longer true, without anybody having done something here.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    rule = models.CharField(_("规则"), max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    occasion = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=200)
    due_on = models.DateField(_("日期"))
    due_at = models.DateTimeField(_("时间"), null=True)
    created_at = models.DateTimeField(_("提醒时间"))
    snoozed_until = models.DateTimeField(_("稍后提醒"), null=True)
    done_at = models.DateTimeField(_("处理时间"), null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("提醒")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "rule", "object_id", "occasion"], name="reminder_once"),
        ]
        indexes = [
            models.Index(
                fields=["person", "due_on", "id"],
                name="reminder_open",
                condition=Q(done_at=None, withdrawn_at=None),
            ),
            models.Index(fields=["rule", "object_id"], name="reminder_by_rule", condition=Q(withdrawn_at=None)),
        ]


class Robot(models.Model):
    """A robot of a chat group, for example 企业微信 “南京地区群”. Its key is encrypted and never shown again."""

    name = models.CharField(_("名称"), max_length=60, unique=True)
    kind = models.CharField(_("平台"), max_length=10, choices=RobotKind.choices)
    key = models.BinaryField(_("密钥"))
    secret = models.BinaryField(_("加签密钥"), default=bytes)
    is_active = models.BooleanField(_("在用"), default=True)
    created_at = models.DateTimeField(_("建立时间"))
    tried_at = models.DateTimeField(_("上次测试"), null=True)
    problem = models.CharField(_("测试结果"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("群机器人")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class NotificationChoice(models.Model):
    """How a person wants to be told by a rule; without a row it stays in the program."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    rule = models.CharField(max_length=60)
    channel = models.CharField(_("方式"), max_length=10, choices=Channel.choices, default=Channel.PROGRAM)
    robot = models.ForeignKey(Robot, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "rule"], name="notification_choice_once"),
            models.CheckConstraint(
                condition=Q(channel=Channel.ROBOT, robot__isnull=False) | (~Q(channel=Channel.ROBOT) & Q(robot=None)),
                name="notification_choice_names_robot",
            ),
        ]


class Delivery(Outgoing):
    """One reminder on its way out by one channel."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    robot = models.ForeignKey(Robot, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("发送")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["reminder", "channel"], name="delivery_once"),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False), name="delivery_sent_when"
            ),
        ]
        indexes = [
            models.Index(
                fields=["send_at", "id"],
                name="delivery_waiting",
                condition=Q(state__in=[DeliveryState.WAITING, DeliveryState.SENDING]),
            )
        ]


class CalendarLink(models.Model):
    """The address at which a person's calendar can be read without signing in. Only the hash of its secret is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("建立时间"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True)

    class Meta:
        verbose_name = _("日历订阅")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(revoked_at=None), name="calendar_link_one_open")
        ]
