"""Rows that hang at another and are known already."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model


def keep_related(row: Model, name: str, found: Sequence[Model]) -> None:
    """`row.<name>.all()` answers these without asking the database: what the running action has just written itself."""
    held: Any = row
    rows = getattr(held, name).all()
    rows._result_cache, rows._prefetch_done = list(found), True
    vars(held).setdefault("_prefetched_objects_cache", {})[name] = rows
