"""How often whom, and a person's plan of a month."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.customers.choices import Kind, Tier
from repertory.organisation.choices import Role
from repertory.visits.choices import PlanState


class CallFrequency(models.Model):
    """From a day on, a 代表 sees an A 医生 4 times a month. "" stands for any; the most particular rule counts, among
    equals the one that began last."""

    kind = models.CharField(_("客户类别"), max_length=12, choices=Kind.choices, blank=True)
    tier = models.CharField(_("等级分类"), max_length=1, choices=Tier.choices, blank=True)
    role = models.CharField(_("岗位"), max_length=20, choices=Role.choices, blank=True)
    per_month = models.DecimalField(_("每月次数"), max_digits=4, decimal_places=2)
    starts_on = models.DateField(_("自"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("拜访频率")
        ordering = ["kind", "tier", "role", "-starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "tier", "role", "starts_on"], name="frequency_once"),
            models.CheckConstraint(condition=Q(per_month__gte=0, per_month__lte=31), name="frequency_in_a_month"),
        ]


class VisitPlan(models.Model):
    """A person's cycle plan of a month: 李娜 2026-03, submitted on 02-26, approved by 地区主管. The visits point at it.
    month: its first day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("拜访人"), on_delete=models.PROTECT, related_name="visit_plans"
    )
    month = models.DateField(_("月份"))
    state = models.CharField(_("状态"), max_length=9, choices=PlanState.choices, default=PlanState.DRAFT)
    note = models.CharField(_("说明"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("建立时间"))
    submitted_at = models.DateTimeField(_("提交时间"), null=True)
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decision_note = models.CharField(_("审批意见"), max_length=300, blank=True)
    shortfalls = models.JSONField(_("排不下的"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("拜访计划")
        ordering = ["-month", "user_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "month"], name="visit_plan_once"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("user")), name="visit_plan_not_decided_by_owner"
            ),
        ]
        indexes = [models.Index(fields=["state", "month"], name="visit_plan_by_state")]
