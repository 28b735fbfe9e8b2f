"""What only the program itself does."""

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed


def system_only(actor: Actor) -> None:
    if not actor.is_system:
        raise NotAllowed(_("提醒由系统自己计算和发送。"))
