"""A person's own ways of looking at a list."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotAllowed, NotFound
from repertory.platform.inputs import SaveView
from repertory.platform.models import SavedView
from repertory.platform.unit import action


@action
def save_view(*, actor: Actor, at: datetime, data: SaveView) -> SavedView:
    """Keep an address of a list under a name of one's own."""
    if actor.user_id is None:
        raise NotAllowed(_("请先登录。"))
    try:
        with transaction.atomic():
            return SavedView.objects.create(user_id=actor.user_id, **data.model_dump())
    except IntegrityError:
        raise Conflict(_("已有同名视图，请换一个名称。"), field="name") from None


@action
def delete_view(*, actor: Actor, at: datetime, view_id: int) -> None:
    """Only one's own."""
    deleted, _rows = SavedView.objects.filter(pk=view_id, user_id=actor.user_id).delete()
    if not deleted:
        raise NotFound()
