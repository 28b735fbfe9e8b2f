"""What changed since a phone last asked."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from repertory.core.actor import Actor
from repertory.core.time import day_of
from repertory.platform.models import AuditEntry, AuditHead
from repertory.sync.models import PushedItem
from repertory.sync.queries import shelves
from repertory.sync.queries.cursor import Cursor, mark_of_ids, mark_of_posts, read_cursor
from repertory.sync.queries.items import shown_items
from repertory.sync.queries.reminders import reminders_of
from repertory.sync.queries.results import results_of
from repertory.sync.queries.words import words
from repertory.visits.models import Companion, Visit

# Lines of the trail that are read at most; whoever is farther behind starts afresh.
MOST_LINES = 20_000
MOST_WANTED = 500
# They change nothing that a phone holds.
ONLY_LOOKED = ("opened", "exported", "revealed")
OF_PRODUCTS = frozenset({"product", "product_line", "material", "sample_lot"})
SETTLED_DAYS = 30


def pull(*, actor: Actor, at: datetime, since: str = "", wanted: Collection[int] = ()) -> dict[str, Any]:
    """Everything the phone needs to be as of now, and the cursor to ask with next time.

    `customers`: {"rows", "gone", "all"}: rows to put in, keys to drop, and, when the day turned or the scope changed
    unseen, every key that may stay. `calendar`, `catalogue`, `words` are whole, or None where nothing changed.
    `reminders` are whole each time: they come and go without a line in the trail. `wanted`: customers that the phone is
    missing.
    """
    today = day_of(at)
    # Asked first: what is written while this runs comes once more the next time.
    head = AuditHead.objects.values_list("last_batch_id", flat=True).first() or 0
    held = shelves.held_ids(actor)
    following = Cursor(head, today, mark_of_posts(actor), mark_of_ids(held))
    before = read_cursor(since)
    touched = None if before is None or before.posts != following.posts else _touched(before.sequence, head)
    shared = {
        "next": str(following),
        "server_at": at,
        "items": _items(actor, at),
        "results": results_of(actor, today),
        "reminders": reminders_of(actor=actor, at=at),
    }
    if before is None or touched is None:
        return {**shared, "reset": True, **_everything(actor, today, held)}
    return {**shared, "reset": False, **_changes(actor, today, held, touched, before, following, wanted)}


def _everything(actor: Actor, today: date, held: list[int]) -> dict[str, Any]:
    rows = shelves.customer_rows(actor=actor, ids=None, today=today)
    return {
        "customers": {"rows": rows, "gone": [], "all": held},
        "calendar": shelves.calendar(actor=actor, today=today),
        "catalogue": shelves.catalogue(actor=actor, today=today),
        "words": words(),
    }


def _changes(
    actor: Actor,
    today: date,
    held: list[int],
    touched: dict[str, set[int]],
    before: Cursor,
    following: Cursor,
    wanted: Collection[int],
) -> dict[str, Any]:
    new_day = before.day != following.day
    visits = touched.get("visit", set())
    ids = touched.get("customer", set()) | _seen_in(visits) | set(list(wanted)[:MOST_WANTED])
    rows = shelves.customer_rows(actor=actor, ids=ids, today=today) if ids else []
    own = visits and Visit.objects.filter(pk__in=visits, user_id=actor.user_id).exists()
    unseen = new_day or before.held != following.held
    return {
        "customers": {
            "rows": rows,
            "gone": sorted(ids - {row["id"] for row in rows}),
            "all": held if unseen else None,
        },
        "calendar": shelves.calendar(actor=actor, today=today) if own or unseen else None,
        "catalogue": shelves.catalogue(actor=actor, today=today) if new_day or OF_PRODUCTS & touched.keys() else None,
        "words": words() if new_day else None,
    }


def _touched(sequence: int, head: int) -> dict[str, set[int]] | None:
    """{type: keys} of what was written after a batch; None where that is too much, or the batch is none of ours."""
    if sequence > head:
        return None
    lines = AuditEntry.objects.filter(batch_id__gt=sequence).exclude(verb__in=ONLY_LOOKED).order_by()
    found: dict[str, set[int]] = {}
    count = 0
    for kind, key in lines.values_list("object_type", "object_id")[: MOST_LINES + 1]:
        found.setdefault(kind, set()).add(key)
        count += 1
    return None if count > MOST_LINES else found


def _seen_in(visits: Collection[int]) -> set[int]:
    """The customers of visits that were touched."""
    if not visits:
        return set()
    first = Visit.objects.filter(pk__in=visits).values_list("customer_id", flat=True)
    others = Companion.objects.filter(visit__in=visits).values_list("customer_id", flat=True)
    return {*first, *others}


def _items(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """One's own items that wait in quarantine, and those that somebody settled lately."""
    own = PushedItem.objects.filter(user_id=actor.user_id)
    return shown_items(own, settled_since=at - timedelta(days=SETTLED_DAYS))
