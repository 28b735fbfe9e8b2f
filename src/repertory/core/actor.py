"""Who acts, through which door."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Door(models.TextChoices):
    WEB = "web", _("网页")
    API = "api", _("接口")
    IMPORT = "import", _("导入")
    PHONE = "phone", _("手机")
    COMMAND = "command", _("命令行")
    PUBLIC = "public", _("公开表单")
    JOB = "job", _("后台任务")


@dataclass(frozen=True)
class Actor:
    """The person (or the system itself, user None) behind a read or a write.

    `token_scopes` is None for a signed-in person and the granted scopes for an API token.
    `memo` keeps what was looked up about the person during one request, such as the row scope.
    """

    user: Any | None
    door: Door
    request_id: str = ""
    address: str = ""
    token_scopes: frozenset[str] | None = None
    memo: dict = field(default_factory=dict, compare=False, repr=False)

    @property
    def user_id(self) -> Any:
        return self.user.pk if self.user is not None else None

    @property
    def is_system(self) -> bool:
        return self.user is None

    @property
    def label(self) -> str:
        return self.user.username if self.user is not None else "system"


def system_actor(door: Door = Door.COMMAND) -> Actor:
    """The program acting for itself: start-up, schedules, the demo builder."""
    return Actor(user=None, door=door)
