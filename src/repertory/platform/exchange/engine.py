"""One import: every row is checked first without any lock, then all of them are written in one transaction, or none."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.time import day_of
from repertory.platform.bulk import roomy_cache
from repertory.platform.spreadsheets.reader import Header, Table

from .actions import remember_mapping, write_checked
from .columns import Column
from .kinds import Importer, ImportPlan, ImportRow, Kind, RowsRefused
from .mapping import ColumnMapping, map_columns, shape_of, unknown_field
from .queries import audit_position, remembered_mapping
from .reading import ReadingPlan
from .refusals import check_columns
from .results import MAX_ERRORS, Finding, ImportResult, Report
from .values import Unreadable, reader_of
from .worker import read_batches

Progress = Callable[[str, int, int], None]
"""(phase "check" or "write", rows done, rows in the file)."""


@dataclass(frozen=True)
class ImportOptions:
    """columns: {name in the file: field}. fixed: {field: text} for every row. key: fields that identify, as `--key` says it."""

    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    dry_run: bool = False
    file_name: str = ""


def known_names(columns: Sequence[Column]) -> list[str]:
    """Every name by which a header row may be recognised."""
    return [name for column in columns if column.imported for name in column.names]


def run_import(
    *,
    actor: Actor,
    at: datetime,
    kind: Kind,
    table: Table,
    options: ImportOptions,
    progress: Progress = lambda phase, done, total: None,
) -> ImportResult:
    """Check all rows and, unless it is a dry run or there are errors, write them all. Memory does not grow with the file.

    Raises NotAllowed, or InvalidInput where the file or the options are wrong as a whole; what is wrong with
    rows stands in the result's errors.
    """
    started = time.monotonic()
    kind.may_import(actor)
    sheet = _Sheet.opened(actor=actor, at=at, kind=kind, table=table, options=options)
    plan = ImportPlan(
        actor=actor,
        at=at,
        fields=sheet.given_fields,
        key=options.key,
        fixed=sheet.fixed,
        header=tuple(sheet.header.names),
        file_name=options.file_name,
    )
    checked_at = audit_position()
    importer = kind.importer(plan)
    try:
        report = _check(importer, sheet, progress)
        if not report.errors and not options.dry_run:
            _write(kind, plan, sheet, importer, report, checked_at, progress)
            if not report.errors:
                _remember(actor, at, kind, sheet)
    finally:
        importer.close()
    return _result(sheet, report, seconds=time.monotonic() - started)


def _check(importer: Importer, sheet: "_Sheet", progress: Progress) -> Report:
    total = Report()
    for rows, faults in sheet.batches():
        found = importer.check(rows)
        found.errors = _together(faults, found.errors)
        total.add(found)
        progress("check", sheet.rows_read, sheet.rows_at_most)
        if total.full:
            total.warnings.append(
                Finding(0, "", "too_many_errors", _("错误太多，后面的行没有再检查。请先改正已列出的错误。"))
            )
            break
    if not total.errors:
        total.add(importer.conclude())
    return total


def _together(unreadable: list[Finding], errors: list[Finding]) -> list[Finding]:
    """By row; of a cell that could not be read nothing more is said, such as that it is missing."""
    cells = {(error.row, error.field) for error in unreadable}
    others = [error for error in errors if (error.row, error.field) not in cells]
    return sorted([*unreadable, *others], key=lambda error: error.row)


def _write(
    kind: Kind,
    plan: ImportPlan,
    sheet: "_Sheet",
    importer: Importer,
    checked: Report,
    checked_at: int,
    progress: Progress,
) -> None:
    """Write what was checked and put the true counts, or the errors that came up meanwhile, into the report."""

    def check_again() -> Importer:
        fresh = kind.importer(plan)
        found = _check(fresh, sheet, progress)
        if found.errors:
            fresh.close()
            raise RowsRefused(found.errors)
        return fresh

    try:
        with roomy_cache():
            checked.counts = write_checked(
                actor=plan.actor,
                at=plan.at,
                importer=importer,
                checked_at=checked_at,
                check_again=check_again,
                progress=lambda done: progress("write", done, sheet.rows_read),
            )
        checked.more.update(checked.counts.more)
    except RowsRefused as refusal:
        checked.errors = refusal.errors[:MAX_ERRORS]


def _remember(actor: Actor, at: datetime, kind: Kind, sheet: "_Sheet") -> None:
    if actor.user_id is not None:
        by_name = sheet.mapping.by_name(sheet.header)
        remember_mapping(actor=actor, at=at, kind=kind.name, shape=shape_of(sheet.header), columns=by_name)


def _result(sheet: "_Sheet", report: Report, *, seconds: float) -> ImportResult:
    written = not report.errors
    return ImportResult(
        rows=sheet.rows_read,
        created=report.counts.created if written else 0,
        updated=report.counts.updated if written else 0,
        unchanged=report.counts.unchanged if written else 0,
        skipped_blank=sheet.blank_rows,
        duplicates=[sheet.told(finding) for finding in report.duplicates],
        errors=[sheet.told(finding) for finding in report.errors[:MAX_ERRORS]],
        warnings=[*sheet.warnings(), *(sheet.told(finding) for finding in report.warnings)],
        seconds=round(seconds, 3),
        more=report.more,
    )


class _Sheet:
    """The table seen through its mapping: batches of rows with values instead of text."""

    def __init__(
        self, *, table: Table, header: Header, kind: Kind, mapping: ColumnMapping, fixed: dict[str, Any]
    ) -> None:
        self._table = table
        self.header = header
        self.mapping = mapping
        self.fixed = fixed
        self._kind = kind
        self._names = {column.key: header.names[index] for index, column in mapping.fields.items()}
        self.rows_read = 0
        self._rows_without_data = 0
        self._complete = False

    @classmethod
    def opened(cls, *, actor: Actor, at: datetime, kind: Kind, table: Table, options: ImportOptions) -> "_Sheet":
        columns = kind.columns(actor)
        header = table.header([*known_names(columns), *options.columns])
        remembered = remembered_mapping(actor=actor, kind=kind.name, shape=shape_of(header))
        check_columns(header.names, on=day_of(at))
        mapping = map_columns(header, columns, explicit=options.columns, remembered=remembered)
        if not mapping.fields:
            listed = _("、").join(str(column.label) for column in columns if column.imported)
            message = _("没有一列能对上。文件的列：%(names)s。可以导入的列：%(known)s。")
            names = {"names": _("、").join(header.names[:60]), "known": listed}
            raise InvalidInput(message % names, code="no_known_column", field="file")
        return cls(table=table, header=header, kind=kind, mapping=mapping, fixed=fixed_values(options.fixed, columns))

    @property
    def given_fields(self) -> frozenset[str]:
        return frozenset(self._names) | frozenset(self.fixed)

    @property
    def _positions(self) -> dict[str, int]:
        return {column.key: index for index, column in self.mapping.fields.items()}

    @property
    def rows_at_most(self) -> int:
        return max(self._table.rows_so_far - self.header.row, 0)

    @property
    def blank_rows(self) -> int:
        """Rows below the header that hold nothing; not known where the reading was broken off."""
        return self.rows_at_most - self.rows_read - self._rows_without_data if self._complete else 0

    def batches(self) -> Iterator[tuple[list[ImportRow], list[Finding]]]:
        """The rows of the file in batches. A cell that can't be read does not keep its row back, so that
        the row's other errors show too."""
        self.rows_read = self._rows_without_data = 0
        self._complete = False
        read_row = self._kind.row_reader(self.given_fields) if self._kind.row_reader else None
        read_batch = self._kind.batch_reader(self._positions, self.fixed) if self._kind.batch_reader else None
        plan = ReadingPlan(self.header, self.mapping.fields, self.fixed, read_row, get_language() or "", read_batch)
        for batch in read_batches(plan, self._table.lines()):
            self.rows_read += batch.data_rows
            self._rows_without_data += batch.others
            yield [ImportRow(number, read) for number, read in batch.rows], batch.faults
        self._complete = True

    def told(self, finding: Finding) -> dict[str, Any]:
        """A finding as the answer shows it: the column by its name in the file."""
        column = self._names.get(finding.field, finding.field)
        return {
            "row": finding.row,
            "column": column,
            "code": finding.code,
            "message": finding.message,
            **finding.details,
        }

    def warnings(self) -> list[dict[str, Any]]:
        message = _("没有对应的字段，这一列没有导入。")
        return [
            {"row": self.header.row, "column": name, "code": "unknown_column", "message": message}
            for name in self.mapping.unknown
        ]


def fixed_values(fixed: Mapping[str, str], columns: Sequence[Column]) -> dict[str, Any]:
    """The values of `--set`. Raises InvalidInput for an unknown field or an unreadable value."""
    known = {name.casefold(): column for column in reversed(columns) if column.imported for name in column.names}
    values: dict[str, Any] = {}
    for name, text in fixed.items():
        column = known.get(name.strip().casefold())
        if column is None:
            raise unknown_field(name, columns, field="set")
        try:
            values[column.key] = reader_of(column.type, column.choices)(text)
        except Unreadable as fault:
            raise InvalidInput(str(fault), code=fault.code, field=column.key) from fault
    return values
