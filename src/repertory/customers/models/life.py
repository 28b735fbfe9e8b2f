"""What happened to a customer's stage and tier, and the dates that matter to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from repertory.core.lunar import Calendar
from repertory.customers.choices import DateKind, ProposalState, Stage, Tier
from repertory.customers.models.customer import Customer


class StageChange(models.Model):
    """A dated step of the life cycle, for example 合作中 → 休眠 on 2026-03-01 because 半年无进货."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="stage_changes")
    from_stage = models.CharField(_("原阶段"), max_length=12, choices=Stage.choices, blank=True)
    to_stage = models.CharField(_("新阶段"), max_length=12, choices=Stage.choices)
    on = models.DateField(_("日期"))
    reason = models.CharField(_("原因"), max_length=300, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["-on", "-id"]


class TierProposal(models.Model):
    """What the rules would call a customer, with each reason; a person accepts it or decides otherwise."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="tier_proposals")
    tier = models.CharField(_("建议等级"), max_length=1, choices=Tier.choices)
    trade_class = models.CharField(_("建议类别"), max_length=10, blank=True)
    care_class = models.CharField(_("建议维护分类"), max_length=10, blank=True)
    score = models.PositiveSmallIntegerField(_("得分"))
    reasons = models.JSONField(_("理由"), default=list)
    state = models.CharField(_("状态"), max_length=12, choices=ProposalState.choices, default=ProposalState.OPEN)
    proposed_at = models.DateTimeField(_("提出时间"))
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_tier = models.CharField(_("定级"), max_length=1, choices=Tier.choices, blank=True)
    decision_reason = models.CharField(_("改定理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(state=ProposalState.OPEN), name="tier_proposal_open_once"
            )
        ]


class ImportantDate(models.Model):
    """A day to remember: a birthday (by the moon or the sun) each year, or a conference once. year=None: every year."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="important_dates")
    kind = models.CharField(_("类型"), max_length=12, choices=DateKind.choices)
    label = models.CharField(_("名称"), max_length=100, blank=True)
    calendar = models.CharField(_("历法"), max_length=6, choices=Calendar.choices, default=Calendar.SOLAR)
    year = models.PositiveSmallIntegerField(_("年"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("月"))
    day = models.PositiveSmallIntegerField(_("日"))
    leap_month = models.BooleanField(_("闰月"), default=False)
    remind_days = models.PositiveSmallIntegerField(_("提前几天提醒"), default=7)
    next_on = models.DateField(_("下一次"), null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["customer_id", "month", "day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12), day__range=(1, 31)), name="date_in_a_year")
        ]
