"""What the person is reminded of, as the phone keeps it."""

from datetime import datetime
from typing import Any

from repertory.core.actor import Actor
from repertory.platform.reminders.queries import LATER, facts_of, open_reminders

MOST = 100


def reminders_of(*, actor: Actor, at: datetime) -> dict[str, Any]:
    """{"rows": the earliest due first, at most MOST, "count": all that are open, "due": of these overdue or of today}."""
    found = open_reminders(actor=actor, at=at)
    due = sum(one.group != LATER for one in found)
    return {"rows": [facts_of(one) for one in found[:MOST]], "count": len(found), "due": due}
