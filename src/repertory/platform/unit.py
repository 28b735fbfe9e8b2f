"""One transaction of one action: what it writes, its audit lines, the events it causes.

`@action` opens the outermost transaction; actions called inside it join. Audit lines are written as the last thing
before the commit, so that the lock on the end of the audit chain is always the last one taken and held shortly.
"""

import functools
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction

from repertory.core.actor import Actor
from repertory.core.events import Event
from repertory.platform import reactions
from repertory.platform.audit_chain import append_batch
from repertory.platform.audit_lines import Line, LineBuffer
from repertory.platform.turns import turn

Result = TypeVar("Result")
ATTEMPTS = 4
RETRIED_SQLSTATES = {"40001", "40P01"}


@dataclass
class Unit:
    actor: Actor
    at: datetime
    lines: LineBuffer = field(default_factory=LineBuffer)
    known: dict[Hashable, Any] = field(default_factory=dict)


def action(function: Callable[..., Result]) -> Callable[..., Result]:
    """Make a function an action: keyword-only `actor` and `at`, one transaction, audit, events, bounded retry on deadlock."""

    @functools.wraps(function)
    def run(*, actor: Actor, at: datetime, **arguments: Any) -> Result:
        if current_unit() is not None:
            return function(actor=actor, at=at, **arguments)
        for attempt in range(ATTEMPTS):
            try:
                return _run_outermost(function, actor, at, arguments)
            except OperationalError as error:
                last = attempt == ATTEMPTS - 1
                if last or _sqlstate(error) not in RETRIED_SQLSTATES or connection.in_atomic_block:
                    raise
                time.sleep(0.01 * 2**attempt)
        raise AssertionError("unreachable")

    run.is_action = True  # type: ignore[attr-defined]
    return run


def current_unit() -> Unit | None:
    """The unit of the transaction that is open on this connection."""
    return getattr(connection, "repertory_unit", None)


def once(key: Hashable, read: Callable[[], Result]) -> Result:
    """What `read` finds; within an action it is asked only once for a key. For what actions read and do not write."""
    unit = current_unit()
    if unit is None:
        return read()
    if key not in unit.known:
        unit.known[key] = read()
    return unit.known[key]


def forget_what_is_known() -> None:
    """After a write to what `once` reads."""
    _running().known.clear()


@contextmanager
def apart() -> Iterator[None]:
    """A part of the running action: what fails in it leaves neither rows nor audit lines, and the rest stands."""
    unit = _running()
    outer, unit.lines = unit.lines, LineBuffer()
    try:
        with transaction.atomic():
            yield
        outer.extend(unit.lines)
    except BaseException:
        unit.known.clear()
        raise
    finally:
        unit.lines.close()
        unit.lines = outer


def record(line: Line) -> None:
    """Add an audit line to the running action."""
    _running().lines.append(line)


def record_many(lines: list[Line]) -> None:
    _running().lines.extend(lines)


def emit(event: Event) -> None:
    """Tell the other domains: SAME_TRANSACTION reactions run now, AFTER_COMMIT ones once it is certain."""
    unit = _running()
    for react in reactions.same_transaction(type(event)):
        react(event, actor=unit.actor, at=unit.at)
    for react in reactions.after_commit(type(event)):
        transaction.on_commit(functools.partial(react, event))


def _running() -> Unit:
    unit = current_unit()
    if unit is None:
        raise RuntimeError("This is only possible inside an action.")
    return unit


def _run_outermost(function: Callable[..., Result], actor: Actor, at: datetime, arguments: dict) -> Result:
    unit = Unit(actor=actor, at=at)
    with turn(), transaction.atomic():
        connection.repertory_unit = unit  # type: ignore[attr-defined]
        try:
            result = function(actor=actor, at=at, **arguments)
            append_batch(actor=actor, at=at, lines=unit.lines)
        finally:
            connection.repertory_unit = None  # type: ignore[attr-defined]
            unit.lines.close()
    return result


def _sqlstate(error: OperationalError) -> str:
    return getattr(error.__cause__, "sqlstate", "") or ""
