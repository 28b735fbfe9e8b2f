"""Samples by lot: the lot, its ledger, what each holder has, and what each customer has had."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from repertory.customers.models import Customer
from repertory.materials.choices import Move
from repertory.materials.models.ledger import LedgerBalance, LedgerMove
from repertory.platform.models import Attachment
from repertory.products.models import Pack, Product


class SampleLot(models.Model):
    """A lot of a pack that is given away, for example 阿托伐他汀钙片 20mg, 批号 240301, through 2026-02-28."""

    pack = models.ForeignKey(Pack, verbose_name=_("规格"), on_delete=models.PROTECT, related_name="sample_lots")
    lot_number = models.CharField(_("批号"), max_length=40)
    expires_on = models.DateField(_("有效期至"))
    created_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("样品批次")
        ordering = ["expires_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "lot_number"], name="sample_lot_once"),
            models.CheckConstraint(condition=~Q(lot_number=""), name="sample_lot_has_number"),
        ]

    def __str__(self) -> str:
        return f"{self.pack.product} {self.pack} {self.lot_number}"


class SampleMove(LedgerMove):
    """A movement of packs of a lot, for example 给客户 −2 at 李娜, signed by 单雪. A giving entered by mistake is reversed
    by a row 冲回; `visit_id` names the visit."""

    lot = models.ForeignKey(SampleLot, verbose_name=_("批次"), on_delete=models.PROTECT, related_name="moves")
    customer = models.ForeignKey(
        Customer,
        verbose_name=_("客户"),
        null=True,
        on_delete=models.PROTECT,
        related_name="sample_moves",
        db_index=False,
    )
    signature = models.ForeignKey(
        Attachment, verbose_name=_("签名"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    visit_id = models.BigIntegerField(_("拜访"), null=True)
    reverses = models.OneToOneField(
        "self", verbose_name=_("冲回"), null=True, on_delete=models.PROTECT, related_name="reversal"
    )

    class Meta:
        verbose_name = _("样品变动")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0) | Q(kind=Move.COUNTED), name="sample_move_moves"),
            models.CheckConstraint(
                condition=(
                    Q(kind=Move.RECEIVED, quantity__gt=0, holder=None, customer=None)
                    | Q(kind=Move.GIVEN, quantity__lt=0, customer__isnull=False, reverses=None)
                    | Q(kind=Move.TAKEN_BACK, quantity__gt=0, customer__isnull=False, reverses__isnull=False)
                    | Q(kind=Move.LOST, quantity__lt=0, customer=None)
                    | Q(kind__in=[Move.ISSUED, Move.RETURNED, Move.COUNTED], customer=None)
                ),
                name="sample_move_sign",
            ),
        ]
        indexes = [
            models.Index(
                fields=["customer", "on"], name="sample_move_of_customer", condition=Q(customer__isnull=False)
            ),
            models.Index(fields=["visit_id"], name="sample_move_of_visit", condition=~Q(visit_id=None)),
        ]

    @property
    def packs(self) -> int:
        """How many, whichever way they went."""
        return abs(self.quantity)


class SampleBalance(LedgerBalance):
    """Packs of a lot at a holder."""

    lot = models.ForeignKey(SampleLot, on_delete=models.PROTECT, related_name="balances")

    class Meta:
        verbose_name = _("样品结存")
        ordering = ["lot_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=0), name="sample_balance_not_below_zero"),
            models.UniqueConstraint(fields=["lot", "holder"], name="sample_balance_once"),
            models.UniqueConstraint(fields=["lot"], condition=Q(holder=None), name="sample_balance_of_store"),
        ]


class SampleAllowance(models.Model):
    """How many packs of a product a customer has had in all. Its row is locked while a limit is asked, so that two phones
    at once can't both pass."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="sample_allowances")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    given = models.IntegerField(_("累计盒数"), default=0)

    class Meta:
        verbose_name = _("样品领用累计")
        ordering = ["customer_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["customer", "product"], name="sample_allowance_once"),
            models.CheckConstraint(condition=Q(given__gte=0), name="sample_allowance_not_below_zero"),
        ]
