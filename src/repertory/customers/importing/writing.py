"""The write of a checked customers file, batch by batch inside the import's transaction."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from repertory.customers.actions.bulk import NewCustomer, count_created, create_customers, revise_customers
from repertory.customers.actions.duplicates import remember_alike
from repertory.customers.importing.links import Links
from repertory.platform.exchange.kinds import ImportPlan, RowsRefused
from repertory.platform.exchange.prepared import Prepared, Record
from repertory.platform.exchange.results import Counts, Finding

# Each comparison is a query; beyond this many the bulk search for duplicates does it better.
MOST_COMPARED = 2_000


class CustomerWriter:
    def __init__(self, plan: ImportPlan, links: Links) -> None:
        self._actor, self._at = plan.actor, plan.at
        self._links = links
        self._counts = Counts()
        self._doubtful: list[int] = []

    def write(
        self, prepared: Prepared, unchanged: int, territory_paths: Sequence[str], progress: Callable[[int], None]
    ) -> Counts:
        """Everything that was prepared. unchanged: rows that the check found to need no write."""
        for batch in prepared.batches():
            self._write(batch)
            progress(batch[-1]["row"])
        if self._counts.created:
            count_created(actor=self._actor, at=self._at, created=self._counts.created, territory_paths=territory_paths)
        remember_alike(actor=self._actor, at=self._at, customer_ids=self._doubtful)
        self._counts.unchanged += unchanged
        return self._counts

    def _write(self, batch: list[Record]) -> None:
        """Rows that wait for others of the same batch come after them."""
        while batch:
            waiting = self._still_waiting(batch)
            ready = [record for record in batch if record["row"] not in waiting]
            if not ready:
                raise RowsRefused([_never_found(record) for record in batch])
            self._create([record for record in ready if record["id"] is None])
            self._revise([record for record in ready if record["id"] is not None])
            batch = [record for record in batch if record["row"] in waiting]

    def _still_waiting(self, batch: Sequence[Record]) -> set[int]:
        """The rows whose links can't be found yet; links that are found go into the values."""
        texts = {text for record in batch for text in record["waits"].values()}
        found = self._links.organisations(texts)
        waiting: set[int] = set()
        for record in batch:
            for name, text in list(record["waits"].items()):
                keys = found.get(text.casefold(), [])
                if len(keys) == 1:
                    record["values"][name] = keys[0]
                    del record["waits"][name]
                else:
                    waiting.add(record["row"])
        return waiting

    def _create(self, records: Sequence[Record]) -> None:
        if not records:
            return
        opened = [
            NewCustomer(record["values"], record["territories"], record["derived"], record["story"])
            for record in records
        ]
        keys = create_customers(actor=self._actor, at=self._at, customers=opened)
        self._counts.created += len(keys)
        doubtful = [key for key, record in zip(keys, records, strict=True) if record["alike"]]
        self._doubtful.extend(doubtful[: MOST_COMPARED - len(self._doubtful)])

    def _revise(self, records: Sequence[Record]) -> None:
        if not records:
            return
        changes = {record["id"]: record["values"] for record in records}
        revised = revise_customers(actor=self._actor, at=self._at, changes=changes)
        self._counts.add(Counts(0, revised, len(records) - revised))


def _never_found(record: Record) -> Finding:
    name, text = next(iter(record["waits"].items()))
    return Finding(record["row"], name, "unknown_link", _("没有找到机构“%(text)s”。") % {"text": text[:60]})
