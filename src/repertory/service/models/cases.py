"""Cases: what a customer asks, complains of, suggests or needs, until somebody has told them the result."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.customers.models import Customer
from repertory.products.models import Product
from repertory.service.choices import (
    UNFINISHED,
    CaseKind,
    CaseState,
    Cause,
    Channel,
    EscalationLevel,
    Severity,
    StepKind,
)


class Case(models.Model):
    """服务个案, for example 2026-00012: 张主任 asks whether 阿托伐他汀 may be given with 克拉霉素; 一般, owner 李娜, due within three
    working days. `due_at` is `clock_from` (opened or reopened) plus `due_hours` of working time."""

    number = models.CharField(_("编号"), max_length=20, unique=True)
    kind = models.CharField(_("类型"), max_length=12, choices=CaseKind.choices)
    severity = models.CharField(_("紧急程度"), max_length=8, choices=Severity.choices)
    customer = models.ForeignKey(Customer, verbose_name=_("客户"), on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(
        Product, verbose_name=_("产品"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    visit_id = models.BigIntegerField(_("拜访"), null=True, blank=True)
    title = models.CharField(_("标题"), max_length=100)
    text = models.CharField(_("内容"), max_length=4000, blank=True)
    channel = models.CharField(_("来源"), max_length=8, choices=Channel.choices)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("负责人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("登记人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(_("登记时间"))
    state = models.CharField(_("状态"), max_length=12, choices=CaseState.choices, default=CaseState.OPEN)
    clock_from = models.DateTimeField(_("计时开始"))
    due_hours = models.DecimalField(_("时限（工作小时）"), max_digits=7, decimal_places=2)
    due_at = models.DateTimeField(_("到期时间"))
    result = models.CharField(_("处理结果"), max_length=4000, blank=True)
    cause = models.CharField(_("原因"), max_length=12, choices=Cause.choices, blank=True)
    answered_at = models.DateTimeField(_("得出结果时间"), null=True, blank=True)
    told_at = models.DateTimeField(_("告知客户时间"), null=True, blank=True)
    told_how = models.CharField(_("告知方式"), max_length=8, choices=Channel.choices, blank=True)
    escalation = models.PositiveSmallIntegerField(
        _("升级"), choices=EscalationLevel.choices, default=EscalationLevel.NONE
    )
    escalated_at = models.DateTimeField(_("升级时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("服务个案")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("clock_from")), name="case_due_after_start"),
            models.CheckConstraint(
                condition=~Q(state=CaseState.CLOSED) | (Q(told_at__isnull=False) & ~Q(told_how="")),
                name="case_closed_is_told",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CaseState.ANSWERED, CaseState.CLOSED])
                | (Q(answered_at__isnull=False) & ~Q(result="") & ~Q(cause="")),
                name="case_answered_whole",
            ),
            models.CheckConstraint(condition=Q(escalation__lte=EscalationLevel.COMPANY), name="case_escalation_level"),
        ]
        indexes = [
            models.Index(fields=["customer", "id"], name="case_of_customer"),
            models.Index(fields=["owner", "due_at"], name="case_of_owner", condition=Q(state__in=sorted(UNFINISHED))),
            models.Index(fields=["due_at", "id"], name="case_by_due", condition=Q(state__in=sorted(UNFINISHED))),
            models.Index(fields=["opened_at", "id"], name="case_by_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class CaseStep(models.Model):
    """One dated step of a case: who did what, in which words. Steps are never changed."""

    case = models.ForeignKey(Case, verbose_name=_("服务个案"), on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("步骤"), max_length=10, choices=StepKind.choices)
    at = models.DateTimeField(_("时间"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("说明"), max_length=4000, blank=True)
    from_state = models.CharField(max_length=12, choices=CaseState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=CaseState.choices, blank=True)
    level = models.PositiveSmallIntegerField(_("升级"), choices=EscalationLevel.choices, default=EscalationLevel.NONE)

    class Meta:
        verbose_name = _("个案步骤")
        ordering = ["case_id", "id"]
