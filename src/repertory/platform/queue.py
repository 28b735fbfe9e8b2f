"""The queue of background work: a file beside the database on one machine. Tasks are queued only after the commit,
may run twice, and take plain keys, never objects."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from repertory.core.loading import without

# Its queue in PostgreSQL is not used, and would cost each process 8 MB.
with without("psycopg"):
    from huey import SqliteHuey  # optional dependency

huey = SqliteHuey(
    "repertory", filename=str(settings.HOME / "jobs.sqlite3"), fsync=True, immediate=settings.JOBS_AT_ONCE
)


def after_commit(task: Callable[..., Any], **arguments: Any) -> None:
    """Queue a task once the running transaction is certain."""
    transaction.on_commit(partial(task, **arguments))
