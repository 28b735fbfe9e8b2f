"""Imports of objects that come in hundreds: each row goes through the same action as every other door.

The check is a rehearsal: all rows are really written in one transaction, what goes wrong is collected, and everything is
taken back. So the check can't judge otherwise than the write.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from django.db import transaction

from repertory.core.errors import InvalidInput, RepertoryError

from .actions import rehearse
from .kinds import CLEAR, ImportPlan, ImportRow, RowsRefused
from .prepared import Prepared
from .results import MAX_ERRORS, Counts, Finding, Report


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


Values = dict[str, Any]
"""By column: dates and decimals as text, None where the cell asks to empty the field, nothing where it is blank."""

WriteRow = Callable[[ImportPlan, Values], Outcome]
"""Writes one row inside a running action. Raises RepertoryError."""

AlreadySo = Callable[[ImportPlan, list[Values]], list[bool]]
"""For a batch of rows, with a few queries: which of them say only what is stored already."""


def nothing_is(plan: ImportPlan, rows: list[Values]) -> list[bool]:
    """For kinds that come in such small numbers that the rows may all be tried."""
    return [False] * len(rows)


class RowwiseImporter:
    """See exchange.kinds.Importer."""

    def __init__(self, plan: ImportPlan, write_row: WriteRow, already_so: AlreadySo = nothing_is) -> None:
        self._plan = plan
        self._already_so = already_so
        self._write_row = write_row
        self._prepared = Prepared()

    def check(self, rows: Sequence[ImportRow]) -> Report:
        self._prepared.append([{"row": row.number, "values": _without_marks(row.values)} for row in rows])
        return Report()

    def conclude(self) -> Report:
        report = Report()
        rehearse(actor=self._plan.actor, at=self._plan.at, play=lambda: self._play(report, lambda done: None))
        return report

    def write(self, progress: Callable[[int], None]) -> Counts:
        report = Report()
        self._play(report, progress)
        if report.errors:
            raise RowsRefused(report.errors)
        return report.counts

    def close(self) -> None:
        self._prepared.close()

    def _play(self, report: Report, progress: Callable[[int], None]) -> None:
        for batch in self._prepared.batches():
            known = self._already_so(self._plan, [record["values"] for record in batch])
            for record, same in zip(batch, known, strict=True):
                if same:
                    report.counts.unchanged += 1
                    continue
                self._play_row(record["row"], record["values"], report)
                if len(report.errors) >= MAX_ERRORS:
                    return
            progress(batch[-1]["row"])

    def _play_row(self, number: int, values: Values, report: Report) -> None:
        try:
            with transaction.atomic():
                outcome = self._write_row(self._plan, values)
        except RepertoryError as error:
            report.errors.extend(findings_of(number, error))
            return
        counts = report.counts
        setattr(counts, outcome, getattr(counts, outcome) + 1)


def _without_marks(values: Values) -> Values:
    return {key: None if value is CLEAR else value for key, value in values.items()}


def findings_of(number: int, error: RepertoryError) -> list[Finding]:
    """An action's error as findings on a row; an input may name several."""
    listed = error.details.get("errors") if isinstance(error, InvalidInput) else None
    if listed:
        return [Finding(number, item["field"], item["code"], item["message"]) for item in listed]
    return [Finding(number, error.field, error.code, str(error))]
