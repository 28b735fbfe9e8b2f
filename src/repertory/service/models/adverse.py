"""Adverse events: what the company has heard of, since when, and by when the law wants it reported."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.customers.models import Customer
from repertory.products.models import Product
from repertory.service.choices import (
    Clock,
    EventState,
    EventStepKind,
    Expectedness,
    Outcome,
    ReporterKind,
)
from repertory.service.models.cases import Case


class AdverseEvent(models.Model):
    """药品不良反应 report at intake, for example ADR2026-00003: on 3 March a doctor told our rep of a rash after 阿托伐他汀.

    It is there for good: nothing deletes it, a correction appends an `AdverseEventRevision`. Who the patient and the
    reporter are is encrypted like the private fields of customers. `missing`: the elements without which the report is not
    valid. `due_at`: `aware_at` and the legal term of `clock` in natural days.
    """

    number = models.CharField(_("编号"), max_length=20, unique=True)
    customer = models.ForeignKey(Customer, verbose_name=_("客户"), on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, verbose_name=_("服务个案"), null=True, blank=True, on_delete=models.PROTECT, related_name="adverse_events"
    )
    visit_id = models.BigIntegerField(_("拜访"), null=True, blank=True)
    # The suspect drug
    product = models.ForeignKey(
        Product, verbose_name=_("怀疑药品"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    product_text = models.CharField(_("怀疑药品（原话）"), max_length=200, blank=True)
    lot = models.CharField(_("批号"), max_length=60, blank=True)
    # What happened
    description = models.CharField(_("不良反应经过"), max_length=4000, blank=True)
    onset_on = models.DateField(_("发生日期"), null=True, blank=True)
    seriousness = models.JSONField(_("严重程度"), default=list, blank=True)
    expectedness = models.CharField(
        _("是否新的"), max_length=8, choices=Expectedness.choices, default=Expectedness.UNKNOWN
    )
    outcome = models.CharField(_("结果"), max_length=14, choices=Outcome.choices, blank=True)
    # Who, encrypted
    patient_initials = models.BinaryField(_("患者姓名缩写"), null=True, blank=True)
    patient_age = models.BinaryField(_("患者年龄"), null=True, blank=True)
    patient_sex = models.BinaryField(_("患者性别"), null=True, blank=True)
    reporter_kind = models.CharField(_("报告人身份"), max_length=10, choices=ReporterKind.choices, blank=True)
    reporter_name = models.BinaryField(_("报告人姓名"), null=True, blank=True)
    reporter_phone = models.BinaryField(_("报告人电话"), null=True, blank=True)
    missing = models.JSONField(_("待补齐"), default=list, blank=True)
    # The clock
    aware_at = models.DateTimeField(_("首次获知时间"))
    clock = models.CharField(_("法定时限"), max_length=14, choices=Clock.choices)
    due_at = models.DateTimeField(_("报告期限"))
    # Its way
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("登记人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField(_("接收时间"))
    state = models.CharField(_("状态"), max_length=12, choices=EventState.choices, default=EventState.RECEIVED)
    handed_over_at = models.DateTimeField(_("移交时间"), null=True, blank=True)
    handed_over_to = models.CharField(_("移交给"), max_length=100, blank=True)
    receipt_number = models.CharField(_("回执编号"), max_length=60, blank=True)
    closed_at = models.DateTimeField(_("关闭时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("不良反应")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("aware_at")), name="adverse_event_due_after_awareness"),
            models.CheckConstraint(
                condition=Q(aware_at__lte=F("received_at")), name="adverse_event_aware_before_intake"
            ),
            models.CheckConstraint(
                condition=Q(state=EventState.RECEIVED) | (Q(handed_over_at__isnull=False) & ~Q(handed_over_to="")),
                name="adverse_event_handed_over_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.CLOSED) | Q(closed_at__isnull=False), name="adverse_event_closed_when"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "id"], name="adverse_event_of_customer"),
            models.Index(fields=["due_at", "id"], name="adverse_event_by_due", condition=Q(state=EventState.RECEIVED)),
        ]

    def __str__(self) -> str:
        return self.number


class AdverseEventRevision(models.Model):
    """What a report said from a moment on, and why it was changed; number 1 is the intake. `content` is the whole report,
    encrypted as one; `fields` names what changed."""

    event = models.ForeignKey(
        AdverseEvent, verbose_name=_("不良反应"), on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveSmallIntegerField(_("版本"))
    at = models.DateTimeField(_("时间"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("原因"), max_length=300, blank=True)
    fields = models.JSONField(_("改动"), default=list)
    content = models.BinaryField(_("内容"))

    class Meta:
        verbose_name = _("不良反应版本")
        ordering = ["event_id", "number", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="adverse_event_revision_once")]


class AdverseEventStep(models.Model):
    """One dated step on a report's way; steps are never changed."""

    event = models.ForeignKey(AdverseEvent, verbose_name=_("不良反应"), on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("步骤"), max_length=12, choices=EventStepKind.choices)
    at = models.DateTimeField(_("时间"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("说明"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("不良反应步骤")
        ordering = ["event_id", "id"]
