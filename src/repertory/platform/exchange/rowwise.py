"""Imports of objects that come in hundreds or thousands: each row goes through the same action as every other door, or
through the action for many at once that the kind has for its ordinary rows.

The check is a rehearsal: all rows are really written in one transaction, what goes wrong is collected, and everything is
taken back. So the check can't judge otherwise than the write.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
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


WriteMany = Callable[[ImportPlan, list[Values]], list[Outcome | None]]
"""For a batch of rows: writes together, inside a running action, those that it can; None for those that must go one by
one, in their order, after these. May raise RepertoryError, having written nothing that counts; then all go one by one."""


def none_of(plan: ImportPlan, rows: list[Values]) -> list[Outcome | None]:
    """For kinds that have no action for many."""
    return [None] * len(rows)


def nothing_is(plan: ImportPlan, rows: list[Values]) -> list[bool]:
    """For kinds that come in such small numbers that the rows may all be tried."""
    return [False] * len(rows)


class RowwiseImporter:
    """See exchange.kinds.Importer."""

    def __init__(
        self,
        plan: ImportPlan,
        write_row: WriteRow,
        already_so: AlreadySo = nothing_is,
        write_many: WriteMany = none_of,
    ) -> None:
        self._plan = plan
        self._write_many = write_many
        self._already_so = already_so
        self._write_row = write_row
        self._prepared = Prepared()

    def check(self, rows: Sequence[ImportRow]) -> Report:
        self._prepared.append([(row.number, _as_input(row.values)) for row in rows])
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
            outcomes = self._play_together([values for _number, values in batch])
            for (number, values), outcome in zip(batch, outcomes, strict=True):
                if outcome is not None:
                    _count(report, outcome)
                    continue
                self._play_row(number, values, report)
                if len(report.errors) >= MAX_ERRORS:
                    return
            progress(batch[-1][0])

    def _play_together(self, rows: list[Values]) -> list[Outcome | None]:
        """What became of the rows that need not go one by one."""
        same = self._already_so(self._plan, rows)
        outcomes = [Outcome.UNCHANGED if one else None for one in same]
        others = [index for index, one in enumerate(same) if not one]
        if others:
            with suppress(RepertoryError), transaction.atomic():
                written = self._write_many(self._plan, [rows[index] for index in others])
                for index, outcome in zip(others, written, strict=True):
                    outcomes[index] = outcome
        return outcomes

    def _play_row(self, number: int, values: Values, report: Report) -> None:
        try:
            with transaction.atomic():
                outcome = self._write_row(self._plan, values)
        except RepertoryError as error:
            report.errors.extend(findings_of(number, error))
            return
        _count(report, outcome)


def _count(report: Report, outcome: Outcome) -> None:
    setattr(report.counts, outcome, getattr(report.counts, outcome) + 1)


def _as_input(values: Mapping[str, Any]) -> Values:
    return {key: _as_text(value) for key, value in values.items()}


def _as_text(value: Any) -> Any:
    if value is CLEAR:
        return None
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def findings_of(number: int, error: RepertoryError) -> list[Finding]:
    """An action's error as findings on a row; an input may name several."""
    listed = error.details.get("errors") if isinstance(error, InvalidInput) else None
    if listed:
        return [Finding(number, item["field"], item["code"], item["message"]) for item in listed]
    return [Finding(number, error.field, error.code, str(error))]
