"""What could not be accepted is settled by a person: tried again, or given up with a reason. Nothing is thrown away."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict
from repertory.organisation.access import require
from repertory.platform.audit_chain import Line
from repertory.platform.unit import action, record
from repertory.sync import access
from repertory.sync.actions.push import ITEM, try_again
from repertory.sync.choices import WAITING, ItemStatus
from repertory.sync.commands import label_of
from repertory.sync.inputs import DiscardItem, RetryItem
from repertory.sync.models import PushedItem


def retry_item(*, actor: Actor, at: datetime, uid: UUID, data: RetryItem) -> PushedItem:
    """Try an item again as the person who recorded it; one that is in already stays as it is."""
    require(access.may_send(actor))
    item = access.get_visible(actor, uid)
    if item.status == ItemStatus.DISCARDED:
        raise Conflict(_("这条记录已经放弃，不能再试。"), code="settled")
    if item.status not in WAITING:
        return item
    return try_again(actor=actor, at=at, item_id=item.pk, payload=data.payload)


@action
def discard_item(*, actor: Actor, at: datetime, uid: UUID, data: DiscardItem) -> PushedItem:
    """Give an item up, for a reason that is logged. Its content stays stored."""
    require(access.may_send(actor))
    key = access.get_visible(actor, uid).pk
    item = PushedItem.objects.select_for_update(of=("self",)).select_related("user").get(pk=key)
    if item.status == ItemStatus.DISCARDED:
        return item
    if item.status not in WAITING:
        raise Conflict(_("这条记录已经入库，不能放弃。"), code="settled")
    item.status, item.reason, item.waits_for = ItemStatus.DISCARDED, data.reason, None
    item.settled_at, item.settled_by_id = at, actor.user_id
    item.save()
    record(Line("discarded", ITEM, item.pk, label=str(label_of(item.command)), reason=data.reason))
    return item
