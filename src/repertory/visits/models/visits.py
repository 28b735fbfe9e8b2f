"""The visit, planned or done, and what was said, by whom it was joined and where."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Door
from repertory.customers.models import Customer
from repertory.organisation.models import Territory
from repertory.products.models import MessageVersion, Product
from repertory.visits.choices import Attitude, EventAnswer, Grid, Mode, Passage, Purpose, Status
from repertory.visits.models.plans import VisitPlan


class Visit(models.Model):
    """李娜 saw 王磊 at 鼓楼医院 on 2026-03-02 from 9:10 to 9:25 about 安立坦; or she plans to on 2026-03-16 at 9:00.

    `day` is where it stands in the calendar: the planned day until it is done, then the day it took place. `planned_on`
    stays what was planned, None for an unplanned visit. `territory` is the one that covered the customer for this person
    on that day. `late` says that it was entered later than the rule allows.
    """

    customer = models.ForeignKey(
        Customer, verbose_name=_("客户"), on_delete=models.PROTECT, related_name="visits", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("拜访人"),
        on_delete=models.PROTECT,
        related_name="visits",
        db_index=False,
    )
    territory = models.ForeignKey(
        Territory, verbose_name=_("辖区"), null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    status = models.CharField(_("状态"), max_length=9, choices=Status.choices, default=Status.PLANNED)
    mode = models.CharField(_("方式"), max_length=7, choices=Mode.choices, default=Mode.FIELD)
    purpose = models.CharField(_("目的"), max_length=9, choices=Purpose.choices, default=Purpose.DETAIL)
    day = models.DateField(_("日期"))
    planned_on = models.DateField(_("计划日期"), null=True, blank=True)
    planned_start = models.TimeField(_("计划时间"), null=True, blank=True)
    planned_minutes = models.PositiveSmallIntegerField(_("计划时长（分钟）"), null=True, blank=True)
    aim = models.CharField(_("目标"), max_length=500, blank=True)
    prepare = models.CharField(_("要准备的"), max_length=500, blank=True)
    plan = models.ForeignKey(
        VisitPlan, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits", db_index=False
    )
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by", db_index=False
    )
    subject = models.CharField(_("主题"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("开始"), null=True, blank=True)
    ends_at = models.DateTimeField(_("结束"), null=True, blank=True)
    focus = models.TextField(_("客户关注点"), blank=True)
    questions = models.TextField(_("客户疑问"), blank=True)
    consensus = models.TextField(_("达成共识"), blank=True)
    disagreement = models.TextField(_("分歧"), blank=True)
    next_step = models.TextField(_("下一步"), blank=True)
    late = models.BooleanField(_("补录"), default=False)
    late_reason = models.CharField(_("补录原因"), max_length=300, blank=True)
    adverse_event = models.CharField(
        _("不良反应"), max_length=6, choices=EventAnswer.choices, default=EventAnswer.UNASKED, blank=True
    )
    distance_m = models.PositiveIntegerField(_("签到距离（米）"), null=True, blank=True)
    cancel_reason = models.CharField(_("取消原因"), max_length=300, blank=True)
    door = models.CharField(_("入口"), max_length=10, choices=Door.choices)
    recorded_at = models.DateTimeField(_("录入时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("建立时间"))
    updated_at = models.DateTimeField(_("更新时间"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("拜访")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.DONE) | Q(starts_at__isnull=False, recorded_at__isnull=False),
                name="visit_done_whole",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DONE) | Q(planned_on__isnull=False), name="visit_open_is_planned"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="visit_times_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-day", "-id"], name="visit_of_customer"),
            models.Index(fields=["user", "day", "id"], name="visit_of_person"),
            models.Index(fields=["day", "id"], name="visit_by_day"),
            models.Index(fields=["plan"], name="visit_of_plan", condition=~Q(plan=None)),
            models.Index(fields=["follows"], name="visit_that_follows", condition=~Q(follows=None)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_mode_display()}"


class Companion(models.Model):
    """Another customer who was there, or is to be there: a visit to 王磊 in which 科主任 took part."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="companions")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["visit_id", "id"]
        constraints = [models.UniqueConstraint(fields=["visit", "customer"], name="companion_once")]


class VisitProduct(models.Model):
    """What was talked about, and how the customer takes it now."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="products", db_index=False)
    product = models.ForeignKey(
        Product, verbose_name=_("产品"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.PositiveSmallIntegerField(default=0)
    attitude = models.CharField(_("态度"), max_length=10, choices=Attitude.choices, blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)

    class Meta:
        ordering = ["visit_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["visit", "product"], name="visit_product_once")]


class VisitMessage(models.Model):
    """A wording that was said: the version, so that what was approved then can be shown for ever."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="messages", db_index=False)
    message_version = models.ForeignKey(MessageVersion, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["visit_id", "id"]
        constraints = [models.UniqueConstraint(fields=["visit", "message_version"], name="visit_message_once")]


class CheckIn(models.Model):
    """Where the person was, once, on arriving and on leaving; always WGS-84, `grid` says what the device gave.
    distance_m: from the customer's own place or that of its institution, None where that is not known."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="check_ins")
    passage = models.CharField(_("签到/签退"), max_length=3, choices=Passage.choices)
    at = models.DateTimeField(_("时间"))
    longitude = models.DecimalField(_("经度（WGS-84）"), max_digits=10, decimal_places=6)
    latitude = models.DecimalField(_("纬度（WGS-84）"), max_digits=9, decimal_places=6)
    accuracy_m = models.PositiveIntegerField(_("定位精度（米）"), null=True, blank=True)
    grid = models.CharField(_("坐标系"), max_length=5, choices=Grid.choices, default=Grid.WGS84)
    distance_m = models.PositiveIntegerField(_("距离（米）"), null=True, blank=True)

    class Meta:
        ordering = ["visit_id", "at", "id"]
        constraints = [models.UniqueConstraint(fields=["visit", "passage"], name="check_in_once")]


class VisitingHours(models.Model):
    """When a customer can be seen, for example 王磊 周二 8:00–11:30 专家门诊. Half open."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="visiting_hours")
    weekday = models.PositiveSmallIntegerField(_("星期"))
    opens = models.TimeField(_("从"))
    closes = models.TimeField(_("到"))
    note = models.CharField(_("说明"), max_length=100, blank=True)

    class Meta:
        ordering = ["customer_id", "weekday", "opens", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens"), weekday__range=(0, 6)), name="hours_in_order"),
            models.UniqueConstraint(fields=["customer", "weekday", "opens"], name="hours_once"),
        ]


class InstitutionTerms(models.Model):
    """鼓楼医院 wants every academic visit agreed to beforehand by its 科教处, and an appointment for each."""

    institution = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="visit_terms")
    demands_appointment = models.BooleanField(_("要求预约"), default=False)
    demands_consent = models.BooleanField(_("要求事先同意"), default=False)
    note = models.CharField(_("说明"), max_length=300, blank=True)


class InstitutionConsent(models.Model):
    """The institution's consent to visits, on its form or register, from a day up to, not including, another."""

    institution = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="visit_consents")
    reference = models.CharField(_("凭据"), max_length=200)
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至（不含）"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["institution_id", "-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="institution_consent_range"
            )
        ]


class MovedByMerge(models.Model):
    """A visit, or a companion's row, that a merge of customers took along, to be given back when the merge is undone."""

    merge_id = models.BigIntegerField(db_index=True)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="+")
    companion = models.BooleanField(default=False)
