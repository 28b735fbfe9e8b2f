"""A person's own ways of looking at a list."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A named address of a list, for example customers `tier=A&city=320100&sort=name`. Shared ones are seen by all,
    each through their own scope."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=40)
    name = models.CharField(_("名称"), max_length=60)
    query = models.TextField(blank=True)
    shared = models.BooleanField(_("所有人可用"), default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="view_name_once")]
