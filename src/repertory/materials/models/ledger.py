"""What the ledgers of printed materials and of samples share: rows that are only added, and what each holder has."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from repertory.materials.choices import Move


class LedgerMove(models.Model):
    """One side of a movement: `quantity` more (or less, negative) at `holder`; no holder is the company's store.
    `other` stands on the far side of an issue or a return. A wrong row is reversed by another one, never edited."""

    kind = models.CharField(_("业务"), max_length=10, choices=Move.choices)
    quantity = models.IntegerField(_("数量"))
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("持有人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("对方"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("记录时间"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("经办人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        abstract = True


class LedgerBalance(models.Model):
    """What a holder has; the sum of the holder's moves."""

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("持有人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    quantity = models.IntegerField(_("结存"), default=0)

    class Meta:
        abstract = True
