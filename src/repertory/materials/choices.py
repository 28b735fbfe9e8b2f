"""Codes and labels of materials, samples and their ledgers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from repertory.customers.choices import Kind as CustomerKind
from repertory.products.choices import EDITABLE, MESSAGE_TRANSITIONS, OPEN, MessageState

# A material's version goes the same way as a message's: 草稿 → 待审批 → 已批准 / 已退回 → 已撤下.
VersionState = MessageState
VERSION_TRANSITIONS = MESSAGE_TRANSITIONS
DECIDED = (VersionState.APPROVED, VersionState.WITHDRAWN)

__all__ = [
    "DECIDED",
    "EDITABLE",
    "OPEN",
    "SAMPLE_KINDS",
    "VERSION_TRANSITIONS",
    "MaterialKind",
    "Move",
    "Standing",
    "VersionState",
]


class MaterialKind(models.TextChoices):
    ACADEMIC = "academic", _("学术资料")
    LEAFLET = "leaflet", _("单页/折页")
    REPRINT = "reprint", _("文献")
    INVITATION = "invitation", _("邀请函")
    PATIENT = "patient", _("患教资料")
    EMAIL = "email", _("邮件模板")
    OTHER = "other", _("其他资料")


class Standing(models.TextChoices):
    """How a version of a material stands on a day."""

    USABLE = "usable", _("可使用")
    UPCOMING = "upcoming", _("未生效")
    EXPIRED = "expired", _("已过期")
    SUPERSEDED = "superseded", _("已有新版")
    WITHDRAWN = "withdrawn", _("已撤下")
    PRODUCT_NOT_ON_SALE = "product_not_on_sale", _("产品不在售")
    NOT_APPROVED = "not_approved", _("未批准")


class Move(models.TextChoices):
    """Why a number in the store or in somebody's bag changed. 发放 and 退回 are two rows: one side less, the other more."""

    RECEIVED = "received", _("入库")
    ISSUED = "issued", _("发放")
    RETURNED = "returned", _("退回")
    GIVEN = "given", _("给客户")
    TAKEN_BACK = "taken_back", _("冲回")
    LOST = "lost", _("损耗")
    COUNTED = "counted", _("盘点差异")


# Samples go to those who prescribe or dispense, and to where they work; not to trading partners or patients.
SAMPLE_KINDS = frozenset({CustomerKind.HCP, CustomerKind.HOSPITAL, CustomerKind.PHARMACY})
