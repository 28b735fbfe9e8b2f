"""Writes of the engine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from repertory.core.actor import Actor
from repertory.platform.audit_lines import Line
from repertory.platform.unit import action, record

from .kinds import Importer, ImportRow
from .results import Counts
from .tables import ImportMapping


@action
def write_rows(
    *,
    actor: Actor,
    at: datetime,
    make_importer: Callable[[], Importer],
    make_batches: Callable[[], Iterator[Sequence[ImportRow]]],
) -> Counts:
    """All rows or none: one transaction around every batch. Both arguments are makers, as a deadlock starts it anew."""
    importer = make_importer()
    total = Counts()
    for rows in make_batches():
        total.add(importer.write(rows))
    importer.finish()
    return total


@action
def remember_mapping(*, actor: Actor, at: datetime, kind: str, shape: str, columns: Mapping[str, str]) -> None:
    """The next file of this form is mapped as this one was."""
    ImportMapping.objects.update_or_create(
        user_id=actor.user_id, kind=kind, shape=shape, defaults={"columns": dict(columns), "at": at}
    )


@action
def record_export(*, actor: Actor, at: datetime, kind: str, rows: int, file_name: str, filters: Mapping[str, str]) -> None:
    """Who took what out of the house, before it leaves it."""
    changes = {"kind": ["", kind], "rows": [None, rows], "filters": [None, dict(filters)]}
    record(Line(verb="exported", object_type="export", object_id=0, label=file_name, changes=changes))
