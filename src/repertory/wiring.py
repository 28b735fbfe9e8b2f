"""How the domains hang together: every reaction to an event, every mechanism that calls back."""

from repertory.customers.actions.coverage import recount_after_move
from repertory.organisation.events import TerritoryMoved
from repertory.platform import reactions

SAME_TRANSACTION: dict = {
    TerritoryMoved: [recount_after_move],
}
AFTER_COMMIT: dict = {}


def connect() -> None:
    """Called once when the program starts."""
    reactions.connect(same_transaction=SAME_TRANSACTION, after_commit=AFTER_COMMIT)
