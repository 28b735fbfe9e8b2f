"""The table of who reacts to which event; filled by `repertory.wiring` and nowhere else."""

from collections.abc import Callable

from repertory.core.events import Event

_same_transaction: dict[type[Event], list[Callable]] = {}
_after_commit: dict[type[Event], list[Callable]] = {}


def connect(*, same_transaction: dict, after_commit: dict) -> None:
    """Replace the tables."""
    _same_transaction.clear()
    _after_commit.clear()
    _same_transaction.update(same_transaction)
    _after_commit.update(after_commit)


def same_transaction(kind: type[Event]) -> list[Callable]:
    return _same_transaction.get(kind, [])


def after_commit(kind: type[Event]) -> list[Callable]:
    return _after_commit.get(kind, [])
