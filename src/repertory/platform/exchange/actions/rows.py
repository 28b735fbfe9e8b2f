"""Writes of the engine."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from repertory.core.actor import Actor
from repertory.platform.audit_lines import Line
from repertory.platform.exchange.kinds import Importer
from repertory.platform.exchange.queries import audit_position
from repertory.platform.exchange.results import Counts
from repertory.platform.exchange.tables import ImportMapping
from repertory.platform.unit import action, record


@action
def write_checked(
    *,
    actor: Actor,
    at: datetime,
    importer: Importer,
    checked_at: int,
    check_again: Callable[[], Importer],
    progress: Callable[[int], None],
) -> Counts:
    """All rows or none, in one transaction. checked_at: `audit_position` when the check began; where anything has been
    written since, the rows are checked once more, now under the lock. May raise RowsRefused."""
    if audit_position() == checked_at:
        return importer.write(progress)
    fresh = check_again()
    try:
        return fresh.write(progress)
    finally:
        fresh.close()


class _TakenBack(Exception):
    """Ends a rehearsal."""


def rehearse(*, actor: Actor, at: datetime, play: Callable[[], None]) -> None:
    """Do something and take it back: nothing is stored, nobody is told."""
    with suppress(_TakenBack):
        _rehearse(actor=actor, at=at, play=play)


@action
def _rehearse(*, actor: Actor, at: datetime, play: Callable[[], None]) -> None:
    play()
    raise _TakenBack


@action
def remember_mapping(*, actor: Actor, at: datetime, kind: str, shape: str, columns: Mapping[str, str]) -> None:
    """The next file of this form is mapped as this one was."""
    ImportMapping.objects.update_or_create(
        user_id=actor.user_id, kind=kind, shape=shape, defaults={"columns": dict(columns), "at": at}
    )


@action
def record_export(
    *, actor: Actor, at: datetime, kind: str, rows: int, file_name: str, filters: Mapping[str, str]
) -> None:
    """Who took what out of the house, before it leaves it."""
    changes = {"kind": ["", kind], "rows": [None, rows], "filters": [None, dict(filters)]}
    record(Line(verb="exported", object_type="export", object_id=0, label=file_name, changes=changes))
