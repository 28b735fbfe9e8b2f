"""What the engine must know of a kind of object, and the table of kinds that `wiring` fills."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Final, NamedTuple, Protocol

from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, NotFound

from .columns import Column
from .results import Counts, Finding, Report


class Mark(Enum):
    """What a cell may say instead of a value."""

    CLEAR = "clear"


# The cell asks to empty the field.
CLEAR: Final = Mark.CLEAR


class ImportRow(NamedTuple):
    """number: row in the file. values: {column key: value of the column's type, or CLEAR}, a blank cell has no entry; or
    what the kind's row reader made of that."""

    number: int
    values: Any


class RowsRefused(Exception):
    """Raised while writing: something changed since the check. All is rolled back."""

    def __init__(self, errors: list[Finding]) -> None:
        super().__init__(f"{len(errors)} rows refused")
        self.errors = errors


class Importer(Protocol):
    """Checks all rows of one import, batch by batch and in the file's order, then writes what it made of them."""

    def check(self, rows: Sequence[ImportRow]) -> Report:
        """What will happen to these rows. Writes nothing, takes no lock, keeps on disk what `write` needs."""

    def conclude(self) -> Report:
        """What only the whole file shows, after the last batch was checked without errors."""

    def write(self, progress: Callable[[int], None]) -> Counts:
        """Write everything that was checked, inside the transaction of the import. progress takes rows done.
        May raise RowsRefused."""

    def close(self) -> None:
        """Give back files."""


@dataclass(frozen=True)
class ImportPlan:
    """What an importer is made for. fields: columns that the file gives. key: fields that identify, () for the usual.
    fixed: {field: value} for every row. header: the file's names of all its columns.
    seen: what the first check found and a second one, under the lock, must find unchanged."""

    actor: Actor
    at: datetime
    fields: frozenset[str]
    key: tuple[str, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    header: tuple[str, ...] = ()
    file_name: str = ""
    seen: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """name: the public word. keys: the sets of fields that `--key` may name. often_fixed: columns that a file often leaves
    out because all its rows have the same value. export_rows: {column key: value} per object. count_rows: how many those are,
    or nearly. personal: the rows tell of natural persons; large exports of such may need approval.

    may_import and may_export raise NotAllowed. row_reader: for the columns of a file, a function of row number and values
    whose answer takes the values' place. It may be sent to another process, asks no database and answers plain tuples.
    batch_reader: the same for kinds that come by the million: for the positions {column key: index of the cell} and the fixed
    values, a function of a batch of raw rows, whose answer is the values of one ImportRow. It judges the cells itself.
    """

    name: str
    label: Any
    columns: Callable[[Actor], Sequence[Column]]
    importer: Callable[[ImportPlan], Importer]
    export_rows: Callable[[Actor, Mapping[str, str]], Iterable[Mapping[str, Any]]]
    count_rows: Callable[[Actor, Mapping[str, str]], int]
    may_import: Callable[[Actor], None]
    may_export: Callable[[Actor], None]
    keys: tuple[tuple[str, ...], ...] = ()
    often_fixed: tuple[str, ...] = ()
    row_reader: Callable[[frozenset[str]], Callable[[int, dict[str, Any]], Any]] | None = None
    batch_reader: Callable[[Mapping[str, int], Mapping[str, Any]], Callable[[Sequence[Any]], Any]] | None = None
    remarks: tuple[Any, ...] = field(default=())
    personal: bool = False


_kinds: dict[str, Kind] = {}


def connect(kinds: Iterable[Kind]) -> None:
    """Replace the table of kinds."""
    _kinds.clear()
    _kinds.update({kind.name: kind for kind in kinds})


def names() -> tuple[str, ...]:
    return tuple(_kinds)


def all_kinds() -> tuple[Kind, ...]:
    return tuple(_kinds.values())


def kind_named(name: str) -> Kind:
    """Raises NotFound for a kind that there is not."""
    try:
        return _kinds[name]
    except KeyError:
        message = _("没有“%(name)s”这种数据。可以导入导出的有：%(names)s。") % {
            "name": name[:40],
            "names": _("、").join(_kinds),
        }
        raise NotFound(message, code="unknown_kind", field="kind") from None


def chosen_key(kind: Kind, wanted: str) -> tuple[str, ...]:
    """The fields of `--key` ("code", "name+address"), () for the usual. Raises InvalidInput."""
    if not wanted:
        return ()
    key = tuple(part.strip() for part in wanted.replace(",", "+").split("+") if part.strip())
    if key not in kind.keys:
        allowed = _("、").join("+".join(each) for each in kind.keys)
        message = _("不能按“%(key)s”对应已有记录，可以按：%(allowed)s。") % {"key": wanted[:80], "allowed": allowed}
        raise InvalidInput(message, code="unknown_key", field="key")
    return key
