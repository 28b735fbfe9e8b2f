from repertory.sync.actions.mending import discard_item, retry_item
from repertory.sync.actions.push import push

__all__ = ["discard_item", "push", "retry_item"]
