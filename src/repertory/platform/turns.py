"""Who writes next. SQLite takes one writer at a time and lets the others ask again after a nap: some wait for seconds while
latecomers pass. The threads of one process queue up here instead; PostgreSQL needs none of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection

_writer = Lock()
# After this long the database itself decides, and says so where it stays taken.
LONGEST_WAIT_S = 60


@contextmanager
def turn() -> Iterator[None]:
    """Held while a transaction writes; within one that is open already it is nobody else's turn anyway."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    mine = _writer.acquire(timeout=LONGEST_WAIT_S)
    try:
        yield
    finally:
        if mine:
            _writer.release()
