"""Printed materials: who has how many, and who got what when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from repertory.customers.models import Customer
from repertory.materials.choices import Move
from repertory.materials.models.ledger import LedgerBalance, LedgerMove
from repertory.materials.models.materials import MaterialVersion


class Handout(models.Model):
    """李娜 gave 单雪 2 copies of 第 2 版 of a leaflet on 2026-03-04; `again` where this customer had that version already.
    One entered by mistake is reversed by a row of its own with the opposite number. `visit_id` names the visit."""

    version = models.ForeignKey(
        MaterialVersion,
        verbose_name=_("资料版本"),
        on_delete=models.PROTECT,
        related_name="handouts",
        db_index=False,
    )
    customer = models.ForeignKey(
        Customer, verbose_name=_("客户"), on_delete=models.PROTECT, related_name="handouts", db_index=False
    )
    quantity = models.IntegerField(_("数量"))
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经手人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("记录时间"))
    again = models.BooleanField(_("重复发放"), default=False)
    reason = models.CharField(_("说明"), max_length=300, blank=True)
    visit_id = models.BigIntegerField(_("拜访"), null=True)
    reverses = models.OneToOneField(
        "self", verbose_name=_("冲回"), null=True, on_delete=models.PROTECT, related_name="reversal"
    )

    class Meta:
        verbose_name = _("资料发放")
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, quantity__gt=0) | Q(reverses__isnull=False, quantity__lt=0),
                name="handout_sign",
            )
        ]
        indexes = [
            models.Index(fields=["customer", "on"], name="handout_of_customer"),
            models.Index(fields=["giver", "on"], name="handout_of_giver"),
            models.Index(fields=["version", "on"], name="handout_of_version"),
            models.Index(fields=["visit_id"], name="handout_of_visit", condition=~Q(visit_id=None)),
        ]


class StockMove(LedgerMove):
    """A movement of copies of one printed version, for example 发放 50 from the store to 李娜."""

    version = models.ForeignKey(MaterialVersion, on_delete=models.PROTECT, related_name="moves")
    handout = models.OneToOneField(Handout, null=True, on_delete=models.PROTECT, related_name="move")

    class Meta:
        verbose_name = _("资料库存变动")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0) | Q(kind=Move.COUNTED), name="stock_move_moves"),
            models.CheckConstraint(
                condition=Q(kind__in=[Move.GIVEN, Move.TAKEN_BACK], handout__isnull=False)
                | (~Q(kind__in=[Move.GIVEN, Move.TAKEN_BACK]) & Q(handout=None)),
                name="stock_move_of_handout",
            ),
        ]


class StockBalance(LedgerBalance):
    """Copies of a version at a holder."""

    version = models.ForeignKey(MaterialVersion, on_delete=models.PROTECT, related_name="balances")

    class Meta:
        verbose_name = _("资料结存")
        ordering = ["version_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=0), name="stock_balance_not_below_zero"),
            models.UniqueConstraint(fields=["version", "holder"], name="stock_balance_once"),
            models.UniqueConstraint(fields=["version"], condition=Q(holder=None), name="stock_balance_of_store"),
        ]
