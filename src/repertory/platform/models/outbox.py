"""What goes out of the house, row by row: a reminder by e-mail or robot, an e-mail to a customer."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("待发送")
    SENDING = "sending", _("发送中")
    SENT = "sent", _("已发送")
    SKIPPED = "skipped", _("不用再发")
    FAILED = "failed", _("没有发出")


class Outgoing(models.Model):
    """`attempts` is bounded, `send_at` is when the next one may be made, `claimed_at` when a worker took it."""

    state = models.CharField(_("状态"), max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    send_at = models.DateTimeField(_("最早发送时间"))
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True)
    problem = models.CharField(_("原因"), max_length=200, blank=True)

    class Meta:
        abstract = True
