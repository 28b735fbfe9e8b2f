"""The check of a file of sales: what each row's names mean, and whether the month is new, the same, or another version."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.errors import RepertoryError
from repertory.core.exact import from_units
from repertory.core.periods import month_name
from repertory.core.time import day_of
from repertory.platform.exchange.kinds import ImportPlan, ImportRow, RowsRefused
from repertory.platform.exchange.prepared import Prepared
from repertory.platform.exchange.results import Counts, Finding, Report
from repertory.sales.actions import post_files
from repertory.sales.actions.missing import Missing
from repertory.sales.actions.posting import FileKey, NewFile, RowBatch, current_file
from repertory.sales.attribution import Attribution
from repertory.sales.choices import RowState, Source
from repertory.sales.importing.reading import Batch, Months
from repertory.sales.judging import Judge, Sale
from repertory.sales.models import ClosedMonth, SalesFile, SourceRows
from repertory.sales.packing import digest_of, in_common, unpack_marks
from repertory.sales.queries.sellers import distributors_named
from repertory.sales.reasons import REASONS, sentence

SHOWN_DIFFERENCES = 200


@dataclass
class _File:
    """What is known of one month of one seller while the rows come by."""

    current: SalesFile | None
    rows: int = 0
    entered: int = 0
    waiting: int = 0
    refused: int = 0
    valued: int = 0
    quantity: int = 0
    amount: int = 0
    marks_total: int = 0
    marks: array = field(default_factory=lambda: array("Q"))

    @property
    def digest(self) -> str:
        return digest_of(self.marks_total, self.rows)

    @property
    def is_same(self) -> bool:
        return self.current is not None and self.current.digest == self.digest

    @cached_property
    def common(self) -> int:
        """Rows that stand in the version before as well. To be asked once all rows have come by."""
        return self.rows if self.is_same else in_common(self.marks, _marks_of(self.current))

    @property
    def removed(self) -> int:
        """Rows of the version before that are not in this one."""
        return self.current.rows - self.common if self.current is not None else 0


UNKNOWN = 0
"""In place of the key of a seller that is told once as an error."""


class SalesImporter:
    """See exchange.kinds.Importer."""

    def __init__(self, plan: ImportPlan, source: str) -> None:
        self._plan = plan
        self._source = source
        self._attribution = Attribution()
        self._files: dict[FileKey, _File] = {}
        self._judges: dict[int | None, Judge] = {}
        self._seller_keys: dict[str, int | None] = {}
        self._missing = Missing() if plan.fixed.get("create_missing") else None
        self._versions: dict[FileKey, int | None] = plan.seen.setdefault("versions", {})
        self._closed = set(ClosedMonth.objects.values_list("month", flat=True))
        self._prepared = Prepared()

    def check(self, rows: Sequence[ImportRow]) -> Report:
        report = Report()
        for row in rows:
            batch: Batch = row.values
            for number, code, text in batch.dateless:
                report.errors.append(Finding(number, "day", code, sentence(code, text)))
            for months in batch.months:
                self._check_months(months, report)
        return report

    def conclude(self) -> Report:
        report = Report()
        for (_seller, month), file in sorted(self._files.items(), key=lambda item: (item[0][1], item[0][0] or 0)):
            if month in self._closed and not file.is_same:
                message = _("%(month)s 已经月结，不能再改。") % {"month": month_name(month)}
                report.errors.append(Finding(0, "month", "month_closed", message))
            report.counts.created += file.rows - file.common
            report.counts.unchanged += file.common
        report.more = self._told()
        return report

    def write(self, progress: Callable[[int], None]) -> Counts:
        counts = self.conclude().counts
        try:
            if self._missing is not None:
                self._missing.make(actor=self._plan.actor, at=self._plan.at)
            new = {self._real(key): self._new(key, file) for key, file in self._files.items() if not file.is_same}
            posted = post_files(
                actor=self._plan.actor, at=self._plan.at, files=new, batches=self._batches(), progress=_adding(progress)
            )
        except RepertoryError as error:
            raise RowsRefused([Finding(0, error.field, error.code, str(error))]) from error
        counts.more = self._told(posted)
        return counts

    def close(self) -> None:
        self._prepared.close()

    def _check_months(self, months: Months, report: Report) -> None:
        seller_id = self._seller_id(months, report)
        if seller_id == UNKNOWN:
            return
        key = (seller_id, months.month)
        file = self._file(key)
        judge = self._judge_of(seller_id)
        sales = months.sales
        judge.learn(sales)
        entries, held = [], []
        for sale in sales:
            entry, code = judge.judge(sale)
            if entry is not None:
                entries.append(entry)
                file.valued += sale[10] is None and entry[9] != 0
                file.quantity += entry[8]
                file.amount += entry[9]
            else:
                held.append(self._hold(Sale(*sale), code, file, report))
        file.rows += len(sales)
        file.entered += len(entries)
        file.marks_total += months.total
        if file.current is not None:
            file.marks.extend(unpack_marks(months.marks))
        source = (months.first, months.last, months.sources, months.marks)
        self._prepared.append([(key, entries, held, source)])

    def _hold(self, sale: Sale, code: str, file: _File, report: Report) -> tuple:
        """The row as one that waits for a person, or is refused."""
        waits = code in REASONS.waiting
        file.waiting += waits
        file.refused += not waits
        if not waits:
            report.warnings.append(Finding(sale.row, "", code, sentence(code, "")))
        return _held(sale, code, waits=waits)

    def _judge_of(self, seller_id: int | None) -> Judge:
        if seller_id not in self._judges:
            self._judges[seller_id] = Judge(
                source=self._source,
                seller_id=seller_id,
                on=day_of(self._plan.at),
                attribution=self._attribution,
                missing=self._missing,
            )
        return self._judges[seller_id]

    def _seller_id(self, months: Months, report: Report) -> int | None:
        if self._source == Source.OWN:
            return None
        if months.seller not in self._seller_keys:
            found = distributors_named(months.seller) if months.seller else []
            if len(found) != 1:
                code = "no_seller" if not months.seller else "unknown_seller" if not found else "doubtful_seller"
                if code == "unknown_seller" and self._missing is not None:
                    self._seller_keys[months.seller] = self._missing.seller(months.seller)
                    return self._seller_keys[months.seller]
                report.errors.append(Finding(months.first, "seller", code, sentence(code, months.seller)))
                found = [UNKNOWN]
            self._seller_keys[months.seller] = found[0]
        return self._seller_keys[months.seller]

    def _file(self, key: FileKey) -> _File:
        if key not in self._files:
            current = current_file(self._source, *key) if key[0] is None or key[0] > 0 else None
            self._versions.setdefault(key, current.pk if current else None)
            self._files[key] = _File(current)
        return self._files[key]

    def _new(self, key: FileKey, file: _File) -> NewFile:
        return NewFile(
            source=self._source,
            seller_id=self._real(key)[0],
            month=key[1],
            replaces=self._versions[key],
            name=self._plan.file_name,
            header=self._plan.header,
            digest=file.digest,
            reason=self._plan.fixed.get("reason", ""),
            rows=file.rows,
            entered=file.entered,
            waiting=file.waiting,
            refused=file.refused,
            valued=file.valued,
            quantity=file.quantity,
            amount=file.amount,
        )

    def _batches(self) -> Iterator[RowBatch]:
        for batch in self._prepared.batches():
            for key, entries, held, source in batch:
                if self._missing is not None:
                    entries = [self._missing.filled(entry) for entry in entries]
                yield RowBatch(self._real(key), entries, held, source)

    def _real(self, key: FileKey) -> FileKey:
        return key if self._missing is None else (self._missing.real(key[0]), key[1])

    def _told(self, posted: dict[FileKey, SalesFile] | None = None) -> dict[str, Any]:
        """What this import says besides the usual counts."""
        files = self._files.values()
        return {
            "entered": sum(file.entered for file in files),
            "waiting": sum(file.waiting for file in files),
            "refused": sum(file.refused for file in files),
            "valued": sum(file.valued for file in files),
            "removed": sum(file.removed for file in files),
            "quantity": str(from_units(sum(file.quantity for file in files))),
            "amount": str(from_units(sum(file.amount for file in files))),
            "files": [self._file_told(key, file, posted) for key, file in self._files.items()],
        }

    def _file_told(self, key: FileKey, file: _File, posted: dict[FileKey, SalesFile] | None) -> dict[str, Any]:
        key = self._real(key) if posted is not None else key
        told: dict[str, Any] = {"month": month_name(key[1]), "seller_id": None if (key[0] or 0) < 0 else key[0]}
        if file.current is not None:
            told["replaces_version"] = None if file.is_same else file.current.number
        if posted is not None and key in posted:
            new = posted[key]
            told |= {"id": new.pk, "version": new.number}
            told["differences"] = [_difference(row) for row in new.restatements.all()[:SHOWN_DIFFERENCES]]
        return told


def _marks_of(file: SalesFile | None) -> array:
    marks = array("Q")
    if file is not None:
        for packed in SourceRows.objects.filter(file=file).values_list("marks", flat=True).iterator():
            marks.extend(unpack_marks(packed))
    return marks


def _held(sale: Sale, code: str, *, waits: bool) -> tuple:
    return (
        *(sale.row, RowState.WAITING.value if waits else RowState.REFUSED.value, code, sentence(code, "")[:300]),
        *(sale.day, sale.customer, sale.customer_code, sale.product, sale.product_code, sale.unit),
        *(sale.quantity, sale.amount, sale.lot, ""),
    )


def _difference(row: Any) -> dict[str, Any]:
    return {
        "customer_id": row.customer_id,
        "product_id": row.product_id,
        "quantity": [str(row.quantity_before), str(row.quantity_after)],
        "amount": [str(row.amount_before), str(row.amount_after)],
    }


def _adding(progress: Callable[[int], None]) -> Callable[[int], None]:
    done = 0

    def add(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done)

    return add
