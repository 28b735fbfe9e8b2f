"""Licences and the approval before the first trade."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from repertory.customers.choices import ApprovalState, LicenceKind
from repertory.customers.models.customer import Customer


class Licence(models.Model):
    """资质, for example 药品经营许可证 苏AA0250123, scope 处方药, valid up to and including 2027-05-31."""

    customer = models.ForeignKey(Customer, verbose_name=_("客户"), on_delete=models.CASCADE, related_name="licences")
    kind = models.CharField(_("证照类型"), max_length=14, choices=LicenceKind.choices)
    number = models.CharField(_("证号"), max_length=80)
    scope = models.CharField(_("许可范围"), max_length=500, blank=True)
    issuer = models.CharField(_("发证机关"), max_length=100, blank=True)
    issued_on = models.DateField(_("发证日期"), null=True, blank=True)
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)
    revoked_on = models.DateField(_("吊销/作废日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("证照")
        ordering = ["customer_id", "kind", "-expires_on", "id"]
        constraints = [models.UniqueConstraint(fields=["customer", "kind", "number"], name="licence_once")]
        indexes = [models.Index(fields=["expires_on", "id"], name="licence_by_expiry", condition=Q(revoked_on=None))]


class FirstTrade(models.Model):
    """首营企业 approval: before it is 已通过 nothing is sold to this customer."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="first_trade")
    state = models.CharField(_("状态"), max_length=10, choices=ApprovalState.choices, default=ApprovalState.DRAFT)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("意见"), max_length=300, blank=True)
