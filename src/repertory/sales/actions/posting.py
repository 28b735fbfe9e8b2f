"""Files of sales into the ledger: a month of a seller is replaced exactly, or comes in for the first time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict
from repertory.core.exact import from_units
from repertory.core.periods import month_name
from repertory.organisation.access import require
from repertory.platform.audit_lines import Line
from repertory.platform.bulk import insert_ready
from repertory.platform.unit import action, record
from repertory.sales import access
from repertory.sales.actions.months import lock_month
from repertory.sales.actions.regions import roll_up
from repertory.sales.actions.strays import find_strays
from repertory.sales.actions.sums import ENTRIES, add_file, take_file
from repertory.sales.choices import FileState
from repertory.sales.models import Entry, HeldRow, Restatement, SalesFile, SourceRows

FileKey = tuple[int | None, int]
"""(seller's key or None for our own, month)"""

ENTRY_COLUMNS = (
    *("file_id", "row", "day", "month", "stream", "customer_id", "product_id", "pack_id", "territory_id"),
    *("quantity", "amount", "lot"),
)
HELD_COLUMNS = (
    *("file_id", "row", "state", "code", "message", "day", "customer_text", "customer_code", "product_text"),
    *("product_code", "unit_text", "quantity", "amount", "lot", "note"),
)
SOURCE_COLUMNS = ("file_id", "first", "last", "packed", "marks")


@dataclass(frozen=True)
class NewFile:
    """What is known of a file's version before its rows are written. replaces: the version that the writer saw as current.
    quantity and amount in exact units."""

    source: str
    seller_id: int | None
    month: int
    replaces: int | None
    name: str
    header: tuple[str, ...]
    digest: str
    reason: str
    rows: int
    entered: int
    waiting: int
    refused: int
    quantity: int
    amount: int
    valued: int = 0


@dataclass(frozen=True)
class RowBatch:
    """Rows of one file, as the database takes them, without the file's key."""

    key: FileKey
    entries: list[tuple]
    held: list[tuple]
    source: tuple[int, int, bytes, bytes]


@action
def post_files(
    *,
    actor: Actor,
    at: datetime,
    files: Mapping[FileKey, NewFile],
    batches: Iterable[RowBatch],
    progress: Callable[[int], None],
) -> dict[FileKey, SalesFile]:
    """Each file takes the place of the version before it, if there is one. RuleViolation for a closed month, Conflict where
    somebody else has brought in another version since the writer looked."""
    require(access.may_import(actor))
    posted = {key: _open(actor, at, files[key]) for key in sorted(files, key=lambda key: (key[1], key[0] or 0))}
    keys = {key: file.pk for key, file in posted.items()}
    for batch in batches:
        if batch.key not in keys:
            continue
        file_id = keys[batch.key]
        insert_ready(Entry, ENTRY_COLUMNS, [(file_id, *entry) for entry in batch.entries])
        insert_ready(HeldRow, HELD_COLUMNS, [(file_id, *held) for held in batch.held])
        insert_ready(SourceRows, SOURCE_COLUMNS, [(file_id, *batch.source)])
        progress(len(batch.entries) + len(batch.held))
    for key, file in posted.items():
        add_file(file.pk)
        if files[key].replaces is not None:
            _replace(files[key].replaces, file)
        record(_line(file))
    roll_up(file.month for file in posted.values())
    find_strays(posted.values())
    return posted


def current_file(source: str, seller_id: int | None, month: int) -> SalesFile | None:
    """The version that counts now."""
    return SalesFile.objects.filter(source=source, seller_id=seller_id, month=month, state=FileState.CURRENT).first()


def _open(actor: Actor, at: datetime, new: NewFile) -> SalesFile:
    lock_month(new.month)
    current = current_file(new.source, new.seller_id, new.month)
    if (current.pk if current else None) != new.replaces:
        message = _("%(month)s 的数据刚由别人导入了新版本，请先看差异再决定是否重新导入。")
        raise Conflict(message % {"month": month_name(new.month)}, code="restated_meanwhile", field="month")
    if current is not None:
        SalesFile.objects.filter(pk=current.pk).update(state=FileState.REPLACED)
    return SalesFile.objects.create(
        source=new.source,
        seller_id=new.seller_id,
        month=new.month,
        number=current.number + 1 if current else 1,
        name=new.name[-200:],
        header=list(new.header),
        digest=new.digest,
        reason=new.reason[:300],
        rows=new.rows,
        entered=new.entered,
        waiting=new.waiting,
        refused=new.refused,
        valued=new.valued,
        quantity=from_units(new.quantity),
        amount=from_units(new.amount),
        at=at,
        by_id=actor.user_id,
    )


_DIFFERENCE = """
INSERT INTO {restatements}
    (file_id, customer_id, product_id, quantity_before, quantity_after, amount_before, amount_after)
SELECT %(new)s, customer_id, product_id,
    SUM(CASE WHEN file_id = %(old)s THEN quantity ELSE 0 END), SUM(CASE WHEN file_id = %(new)s THEN quantity ELSE 0 END),
    SUM(CASE WHEN file_id = %(old)s THEN amount ELSE 0 END), SUM(CASE WHEN file_id = %(new)s THEN amount ELSE 0 END)
FROM {entries} WHERE file_id IN (%(old)s, %(new)s) GROUP BY customer_id, product_id
HAVING SUM(CASE WHEN file_id = %(old)s THEN quantity ELSE -quantity END) <> 0
    OR SUM(CASE WHEN file_id = %(old)s THEN amount ELSE -amount END) <> 0
"""


def _replace(old: int | None, file: SalesFile) -> None:
    """Note what changed, then let the old version's entries go; its source rows stay."""
    keys: dict[str, Any] = {"old": old, "new": file.pk}
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCE.format(restatements=Restatement._meta.db_table, entries=ENTRIES), keys)
    take_file(keys["old"], file.month)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {ENTRIES} WHERE file_id = %s", [old])


def _line(file: SalesFile) -> Line:
    changes = {
        "number": [None, file.number],
        "rows": [None, file.rows],
        "entered": [None, file.entered],
        "waiting": [None, file.waiting],
        "refused": [None, file.refused],
        "amount": [None, str(file.amount)],
    }
    label = f"{month_name(file.month)} {file.name}"
    verb = "imported" if file.number == 1 else "restated"
    return Line(
        verb=verb, object_type="sales_file", object_id=file.pk, label=label, changes=changes, reason=file.reason
    )
