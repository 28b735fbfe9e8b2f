"""Price lists: what a pack costs whom, where, when and from how many on, and below what it is never sold."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from repertory.core.exact import ExactField
from repertory.products.choices import Audience, PriceListState
from repertory.products.models.packs import Pack
from repertory.products.months import ALL_MONTHS


class PriceList(models.Model):
    """价格表, for example HOSPITAL-2026 “2026 年医院价”, version 2. What is approved is never edited: the next version of the
    same code takes its place from its own first day on.

    In force on the days [in_force_from, ended_on): ended by the version that followed, or by being withdrawn.
    editors: keys of all who had a hand in it, who do not approve it.
    """

    code = models.CharField(_("编码"), max_length=40)
    number = models.PositiveIntegerField(_("版本"), default=1)
    name = models.CharField(_("名称"), max_length=100)
    starts_on = models.DateField(_("生效日期"))
    note = models.CharField(_("说明"), max_length=1000, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=PriceListState.choices, default=PriceListState.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("制作人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    editors = models.JSONField(default=list)
    created_at = models.DateTimeField(_("建立时间"))
    updated_at = models.DateTimeField(_("更新时间"))
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    in_force_from = models.DateField(_("实际生效日期"), null=True, blank=True)
    ended_on = models.DateField(_("停用日期（不含）"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("价格表")
        ordering = ["code", "-number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="price_list_version_once"),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(state__in=[PriceListState.DRAFT, PriceListState.SUBMITTED]),
                name="price_list_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PriceListState.APPROVED, PriceListState.WITHDRAWN], in_force_from__isnull=False)
                | Q(state__in=[PriceListState.DRAFT, PriceListState.SUBMITTED], in_force_from=None, ended_on=None),
                name="price_list_in_force_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=PriceListState.WITHDRAWN) | Q(ended_on__isnull=False),
                name="price_list_withdrawn_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class Price(models.Model):
    """One price: 阿托伐他汀 20mg 7片 for hospitals of 江苏省 from 100 boxes on: 32.50, never below 30.00. An empty condition
    means everybody. `season`: the months of the year, one bit each, January the lowest. Valid on [starts_on, ends_on)."""

    price_list = models.ForeignKey(PriceList, verbose_name=_("价格表"), on_delete=models.CASCADE, related_name="prices")
    pack = models.ForeignKey(Pack, verbose_name=_("规格"), on_delete=models.PROTECT, related_name="+")
    customer_kind = models.CharField(_("客户类型"), max_length=12, choices=Audience.choices, blank=True)
    tier = models.CharField(_("客户等级"), max_length=20, blank=True)
    province = models.CharField(_("省份"), max_length=6, blank=True)
    season = models.PositiveSmallIntegerField(_("月份"), default=ALL_MONTHS)
    from_quantity = models.PositiveIntegerField(_("起订量"), default=1)
    price_cny = ExactField(_("单价（元）"))
    floor_cny = ExactField(_("底价（元）"))
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至（不含）"), null=True, blank=True)

    class Meta:
        verbose_name = _("价格")
        ordering = ["price_list_id", "pack_id", "from_quantity", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="price_range"),
            models.CheckConstraint(
                condition=Q(floor_cny__gt=0, price_cny__gte=F("floor_cny")), name="price_not_below_floor"
            ),
            models.CheckConstraint(condition=Q(season__gte=1, season__lte=ALL_MONTHS), name="price_season"),
            models.CheckConstraint(condition=Q(from_quantity__gte=1), name="price_from_quantity"),
        ]
        indexes = [models.Index(fields=["pack", "starts_on"], name="price_of_pack")]

    def __str__(self) -> str:
        return f"{self.pack.product} {self.pack}"
