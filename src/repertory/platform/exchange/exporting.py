"""Objects into a file: a watermark at its end, a line in the audit trail, and only what the person may see."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.time import COMPANY_ZONE, day_of
from repertory.platform.spreadsheets.marks import watermark
from repertory.platform.spreadsheets.template import write_template
from repertory.platform.spreadsheets.writing import FileFormat, Value, write_table

from .actions import record_export
from .columns import Column, ColumnType
from .kinds import Kind
from .rules import refuse_without_approval

TELL_EVERY = 1_000


def export_rows(
    *,
    actor: Actor,
    at: datetime,
    kind: Kind,
    path: Path,
    file_format: FileFormat,
    filters: Mapping[str, str] | None = None,
    file_name: str = "",
    progress: Callable[[int], None] = lambda rows: None,
    approved: bool = False,
) -> int:
    """Write the objects that the person sees (filters as in the list's address) and put it on record; the number of rows.

    progress takes rows written; what it raises ends the export. approved: somebody has approved it, where that is due. Raises NotAllowed.
    """
    kind.may_export(actor)
    filters = filters or {}
    if not approved:
        refuse_without_approval(actor, kind, filters, day=day_of(at))
    columns = [column for column in kind.columns(actor) if column.exported]
    rows = write_table(
        path,
        labels=[str(column.label) for column in columns],
        rows=_told(_cells(kind.export_rows(actor, filters), columns), progress),
        file_format=file_format,
        sheet=str(kind.label),
        watermark=watermark(user=actor.label, at=at.astimezone(COMPANY_ZONE)),
    )
    record_export(actor=actor, at=at, kind=kind.name, rows=rows, file_name=file_name or path.name, filters=filters)
    return rows


def _told(rows: Iterator[list[Value]], progress: Callable[[int], None]) -> Iterator[list[Value]]:
    for number, row in enumerate(rows):
        if number % TELL_EVERY == 0:
            progress(number)
        yield row


def _cells(objects: Any, columns: Sequence[Column]) -> Iterator[list[Value]]:
    labels = {
        column.key: {code: str(label) for code, label in column.choices}
        for column in columns
        if column.type in (ColumnType.CHOICE, ColumnType.CHOICES)
    }
    for values in objects:
        yield [_cell(values.get(column.key), labels.get(column.key)) for column in columns]


def _cell(value: Any, labels: Mapping[str, str] | None) -> Value:
    if labels is None or value in (None, ""):
        return value
    if isinstance(value, list | tuple):
        return "、".join(labels.get(code, code) for code in value)
    return labels.get(value, value)


def write_kind_template(*, actor: Actor, kind: Kind, path: Path) -> None:
    """The file to fill in for a kind, with its notes. Raises NotAllowed."""
    kind.may_import(actor)
    columns = [column.for_template() for column in kind.columns(actor) if column.imported]
    remarks = [
        _("红色列名是新建时必填的。表头可以不在第一行，列的顺序随意，多余的列会提示但不导入。"),
        _("已有的记录按关键列对应并更新；空格不改动原值，要清空请填“#清空”。"),
        _("先检查后导入：只要有一行有错，就一行也不写入。"),
        *map(str, kind.remarks),
    ]
    write_template(path, sheet=str(kind.label), columns=columns, remarks=remarks)
