"""Where a phone stands: the last audit batch it knows, the day, and what it was allowed to see."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from repertory.core.actor import Actor
from repertory.organisation.access import posts

# Another form of the rows makes every phone start afresh.
FORM = "2"
SHORT = 12


@dataclass(frozen=True)
class Cursor:
    """sequence: an audit batch. posts: mark of the person's posts. held: mark of the customers that the phone may hold."""

    sequence: int
    day: date
    posts: str
    held: str

    def __str__(self) -> str:
        return f"{self.sequence}.{self.day:%Y%m%d}.{self.posts}.{self.held}"


def read_cursor(text: str) -> Cursor | None:
    """None for the first time, and for what is no cursor: the phone then starts afresh."""
    parts = text.split(".")
    if len(parts) != 4 or not all(part.isascii() and part.isalnum() for part in parts):
        return None
    sequence, day, of_posts, held = parts
    try:
        return Cursor(int(sequence[:18]), date.fromisoformat(day), of_posts, held)
    except ValueError:
        return None


def mark_of_posts(actor: Actor) -> str:
    """Of the person's posts, and of the language in which the labels were given."""
    held = sorted(f"{post.role}:{post.path}" for post in posts(actor))
    return _mark([FORM, str(actor.user_id), get_language() or "", *held])


def mark_of_ids(ids: Iterable[int]) -> str:
    return _mark(map(str, ids))


def _mark(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:SHORT]
