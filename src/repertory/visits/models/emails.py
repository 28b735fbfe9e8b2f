"""E-mails from approved templates that went to customers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from repertory.materials.models import MaterialVersion
from repertory.platform.models.outbox import DeliveryState, Outgoing
from repertory.visits.models.visits import Visit


class VisitEmail(Outgoing):
    """李娜 wrote to 王磊 on 2026-03-02 from 第 2 版 of the template “会后随访”: the words as they went out. `uid` is the
    sender's own mark, so that a form sent twice is one e-mail. Of a person who asked to be forgotten, address and words are
    gone."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="email")
    uid = models.UUIDField(unique=True)
    template = models.ForeignKey(
        MaterialVersion, verbose_name=_("邮件模板"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    address = models.CharField(_("收件地址"), max_length=200, blank=True)
    subject = models.CharField(_("邮件主题"), max_length=400, blank=True)
    body = models.TextField(_("邮件正文"), blank=True)

    class Meta:
        verbose_name = _("邮件")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False), name="visit_email_sent_when"
            )
        ]
        indexes = [
            models.Index(
                fields=["send_at", "id"],
                name="visit_email_waiting",
                condition=Q(state__in=[DeliveryState.WAITING, DeliveryState.SENDING]),
            )
        ]
