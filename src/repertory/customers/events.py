"""What happens to customers."""

from dataclasses import dataclass
from datetime import date

from repertory.core.events import Event


@dataclass(frozen=True)
class CustomerCreated(Event):
    customer_id: int


@dataclass(frozen=True)
class CustomersImported(Event):
    """Archives were opened in bulk; they wait for the search index."""

    count: int


@dataclass(frozen=True)
class CustomersReassigned(Event):
    """The open work with these customers goes over to the new territory on that day; history stays."""

    customer_ids: tuple[int, ...]
    from_territory_id: int
    to_territory_id: int
    on: date


@dataclass(frozen=True)
class CustomersMerged(Event):
    """`gone` is part of `kept` now; other domains move their links and give back what they moved."""

    kept_id: int
    gone_id: int
    merge_id: int


@dataclass(frozen=True)
class PersonErased(Event):
    """A person asked to be forgotten: other domains empty what they keep of it. customer_ids: the archive, and those that
    were merged into it."""

    customer_ids: tuple[int, ...]


@dataclass(frozen=True)
class MergeUndone(Event):
    kept_id: int
    gone_id: int
    merge_id: int
