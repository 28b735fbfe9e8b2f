"""States of what a phone has sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemStatus(models.TextChoices):
    """What became of an item. A conflict and a rejected one wait in quarantine for a person."""

    APPLIED = "applied", _("已入库")
    CONFLICT = "conflict", _("有冲突")
    REJECTED = "rejected", _("未接受")
    DISCARDED = "discarded", _("已放弃")


class Answer(models.TextChoices):
    """What the phone is told of an item: the first time, and when it sends the same again."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REJECTED = "rejected"


WAITING = frozenset({ItemStatus.CONFLICT, ItemStatus.REJECTED})
# Reasons that pass by themselves: sent once more, the item is tried once more.
DEPENDS_ON = "depends_on"
SERVER_ERROR = "server_error"
PASSING = frozenset({DEPENDS_ON, SERVER_ERROR})
