"""What `repertory verify` asks of what phones have sent: nothing refused was lost, nothing accepted hangs in the air."""

from collections.abc import Callable, Iterator

from repertory.sync.actions.push import hash_of
from repertory.sync.choices import WAITING, ItemStatus
from repertory.sync.models import PushedItem

CHUNK = 2_000
Problems = Iterator[str]


def pushed_items() -> Problems:
    """What was not accepted is kept as it was sent; what was accepted says what it made."""
    for item in PushedItem.objects.order_by("pk").iterator(chunk_size=CHUNK):
        if item.status == ItemStatus.APPLIED:
            if not item.object_id or not item.object_type or item.payload is not None:
                yield f"sync item {item.pk}: applied without its object"
        elif hash_of(item.command, item.payload) != item.payload_hash:
            yield f"sync item {item.pk}: content does not agree with its hash"
        if item.waits_for is not None and item.status not in WAITING:
            yield f"sync item {item.pk}: waits though it is settled"


CHECKS: tuple[Callable[[], Problems], ...] = (pushed_items,)
