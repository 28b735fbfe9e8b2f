"""Consent: per person, purpose and channel, with its evidence."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from repertory.customers.choices import ConsentChannel, ConsentPurpose
from repertory.customers.models.customer import Customer


class Consent(models.Model):
    """王磊 agreed on 2026-03-02, in writing, to be called on the private phone for 联系沟通; it lasts until withdrawn."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("用途"), max_length=12, choices=ConsentPurpose.choices)
    channel = models.CharField(_("渠道"), max_length=12, choices=ConsentChannel.choices)
    given_on = models.DateField(_("同意日期"))
    how = models.CharField(_("取得方式"), max_length=100)
    evidence = models.CharField(_("凭据说明"), max_length=300, blank=True)
    expires_on = models.DateField(_("到期日期"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["customer_id", "-given_on", "-id"]
        verbose_name = _("同意")


class Erasure(models.Model):
    """A person asked to be forgotten: when, on what ground, what was emptied. The row itself holds no personal data."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="erasures")
    at = models.DateTimeField(_("时间"))
    reason = models.CharField(_("事由"), max_length=300)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
