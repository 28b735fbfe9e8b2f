"""The write of a checked customers file, batch by batch inside the import's transaction."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from repertory.customers.actions.bulk import NewCustomer, count_created, create_customers, revise_customers
from repertory.customers.actions.duplicates import remember_alike
from repertory.customers.importing.links import Links
from repertory.customers.importing.reading import RowReader, unpack
from repertory.platform.exchange.kinds import ImportPlan, RowsRefused
from repertory.platform.exchange.prepared import Prepared
from repertory.platform.exchange.results import Counts, Finding

# Each comparison is a query; beyond this many the bulk search for duplicates does it better.
MOST_COMPARED = 2_000


class Step(NamedTuple):
    """What is to be written of a row. customer: key, None where the row opens an archive. values: the changes, or, where
    links are still to be found, all that the row says; of an archive that is ready there is only drawn_up. waits: links to
    rows of the same file. territories: keys. alike: whether the name stands elsewhere too."""

    row: int
    customer: int | None
    values: dict[str, Any] | None
    waits: dict[str, str]
    territories: Sequence[int] = ()
    alike: bool = False
    drawn_up: bytes = b""


class CustomerWriter:
    def __init__(self, plan: ImportPlan, links: Links, reader: RowReader) -> None:
        self._actor, self._at = plan.actor, plan.at
        self._links = links
        self._draw_up = reader.draw_up
        self._counts = Counts()
        self._doubtful: list[int] = []

    def write(
        self, prepared: Prepared, unchanged: int, territory_paths: Sequence[str], progress: Callable[[int], None]
    ) -> Counts:
        """Everything that was prepared. unchanged: rows that the check found to need no write."""
        for batch in prepared.batches():
            self._write(batch)
            progress(batch[-1].row)
        if self._counts.created:
            count_created(actor=self._actor, at=self._at, created=self._counts.created, territory_paths=territory_paths)
        remember_alike(actor=self._actor, at=self._at, customer_ids=self._doubtful)
        self._counts.unchanged += unchanged
        return self._counts

    def _write(self, batch: list[Step]) -> None:
        """Rows that wait for others of the same batch come after them."""
        while batch:
            waiting = self._still_waiting([step for step in batch if step.waits])
            ready = [step for step in batch if step.row not in waiting] if waiting else batch
            if not ready:
                raise RowsRefused([_never_found(step) for step in batch])
            self._create([step for step in ready if step.customer is None])
            self._revise([step for step in ready if step.customer is not None])
            batch = [step for step in batch if step.row in waiting]

    def _still_waiting(self, batch: Sequence[Step]) -> set[int]:
        """The rows whose links can't be found yet; links that are found go into the values."""
        found = self._links.organisations({text for step in batch for text in step.waits.values()})
        waiting: set[int] = set()
        for step in batch:
            for name, text in list(step.waits.items()):
                keys = found.get(text.casefold(), [])
                if len(keys) == 1 and step.values is not None:
                    step.values[name] = keys[0]
                    del step.waits[name]
                else:
                    waiting.add(step.row)
        return waiting

    def _create(self, steps: Sequence[Step]) -> None:
        if not steps:
            return
        keys = create_customers(actor=self._actor, at=self._at, customers=[self._opening(step) for step in steps])
        self._counts.created += len(keys)
        doubtful = [key for key, step in zip(keys, steps, strict=True) if step.alike]
        self._doubtful.extend(doubtful[: MOST_COMPARED - len(self._doubtful)])

    def _opening(self, step: Step) -> NewCustomer:
        if step.values is not None:
            return self._draw_up(step.values, step.territories)
        return unpack(step.drawn_up, step.territories)

    def _revise(self, steps: Sequence[Step]) -> None:
        if not steps:
            return
        changes = {step.customer: step.values for step in steps if step.customer is not None and step.values}
        revised = revise_customers(actor=self._actor, at=self._at, changes=changes)
        self._counts.add(Counts(0, revised, len(steps) - revised))


def _never_found(step: Step) -> Finding:
    name, text = next(iter(step.waits.items()))
    return Finding(step.row, name, "unknown_link", _("没有找到机构“%(text)s”。") % {"text": text[:60]})
