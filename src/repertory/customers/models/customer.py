"""The customer: what lists, search and scope need of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from repertory.customers.choices import Adoption, CareClass, Kind, Potential, Source, Stage, Tier, TradeClass


class Customer(models.Model):
    """Whom we visit or sell to: 南京鼓楼医院, its 心内科 doctor 王磊, a chain's branch, a distributor.

    Rarely read sections are in `Profile`. `version` counts the revisions; a write that edits an older one is refused.
    """

    code = models.CharField(_("客户编码"), max_length=40, unique=True)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=200)
    alias = models.CharField(_("简称/曾用名"), max_length=200, blank=True)
    sort_key = models.CharField(max_length=240, blank=True)
    initials = models.CharField(max_length=100, blank=True)
    name_key = models.CharField(max_length=200, blank=True)
    title = models.CharField(_("职称"), max_length=60, blank=True)
    grade = models.CharField(pgettext_lazy("机构", "等级"), max_length=40, blank=True)
    institution = models.ForeignKey(
        "self",
        verbose_name=_("所在机构"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
        db_index=False,
    )
    department = models.CharField(_("科室/部门"), max_length=80, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级单位/连锁总部"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="branches",
        db_index=False,
    )
    province_code = models.CharField(_("省"), max_length=6, blank=True)
    city_code = models.CharField(_("市"), max_length=6, blank=True)
    county_code = models.CharField(_("区县"), max_length=6, blank=True)
    address = models.CharField(_("地址"), max_length=300, blank=True)
    longitude = models.DecimalField(_("经度（WGS-84）"), max_digits=10, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("纬度（WGS-84）"), max_digits=9, decimal_places=6, null=True, blank=True)
    phone = models.CharField(_("办公电话"), max_length=60, blank=True)
    email = models.CharField(_("邮箱"), max_length=200, blank=True)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    source = models.CharField(_("来源渠道"), max_length=10, choices=Source.choices, blank=True)
    first_contact_on = models.DateField(_("首次接触日期"), null=True, blank=True)
    stage = models.CharField(_("客户阶段"), max_length=12, choices=Stage.choices, default=Stage.POTENTIAL)
    stage_since = models.DateField(_("进入阶段日期"))
    tier = models.CharField(_("等级分类"), max_length=1, choices=Tier.choices, blank=True)
    trade_class = models.CharField(_("主力/一般/零散"), max_length=10, choices=TradeClass.choices, blank=True)
    care_class = models.CharField(_("维护分类"), max_length=10, choices=CareClass.choices, blank=True)
    potential = models.CharField(_("潜力"), max_length=8, choices=Potential.choices, blank=True)
    potential_evidence = models.CharField(_("潜力依据"), max_length=300, blank=True)
    adoption = models.CharField(_("接受程度"), max_length=10, choices=Adoption.choices, blank=True)
    credit_grade = models.CharField(_("信用等级"), max_length=4, blank=True)
    completeness = models.PositiveSmallIntegerField(_("档案完整度（%）"), default=0)
    last_contact_on = models.DateField(_("最近联系"), null=True, blank=True)
    next_contact_on = models.DateField(_("下次联系"), null=True, blank=True)
    custom = models.JSONField(_("自定义字段"), default=dict, blank=True)
    created_at = models.DateTimeField(_("建档时间"))
    updated_at = models.DateTimeField(_("更新时间"))
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from", db_index=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("客户")
        constraints = [
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None) | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="customer_position_whole",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="customer_has_name"),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="customer_by_name", condition=Q(removed_at=None)),
            models.Index(fields=["updated_at", "id"], name="customer_by_update", condition=Q(removed_at=None)),
            models.Index(fields=["name_key"], name="customer_by_key"),
            models.Index(fields=["city_code", "sort_key"], name="customer_by_city", condition=Q(removed_at=None)),
            models.Index(fields=["kind", "sort_key"], name="customer_by_kind", condition=Q(removed_at=None)),
            models.Index(fields=["phone"], name="customer_by_phone"),
            models.Index(fields=["uscc"], name="customer_by_uscc"),
            # Few customers have these, and an index of empty entries would cost every new one.
            models.Index(fields=["institution"], name="customer_of_institution", condition=~Q(institution=None)),
            models.Index(fields=["parent"], name="customer_of_parent", condition=~Q(parent=None)),
            models.Index(fields=["merged_into"], name="customer_merged", condition=~Q(merged_into=None)),
        ]

    def __str__(self) -> str:
        return self.name


class CustomerCount(models.Model):
    """How many customers the company has, kept by every write so that no page counts a million rows, and the last
    number given out as a code: one row."""

    total = models.PositiveIntegerField(default=0)
    last_code = models.PositiveIntegerField(default=0)
