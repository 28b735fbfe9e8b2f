"""Background work of this domain."""

from repertory.core.actor import Door, system_actor
from repertory.core.time import now
from repertory.customers.actions.indexing import index_waiting
from repertory.customers.events import CustomersImported
from repertory.platform.queue import huey


def index_after_import(event: CustomersImported) -> None:
    """Reaction: have the imported customers indexed."""
    index_imported()


@huey.task()
def index_imported() -> None:
    """Slice by slice, so that nobody waits long for the write lock; may run twice."""
    actor = system_actor(Door.JOB)
    while index_waiting(actor=actor, at=now()):
        pass
