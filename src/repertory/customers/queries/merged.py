"""Customers that became one: what other domains may not move is read under all its keys."""

from collections.abc import Collection, Iterable

from repertory.customers.models import Customer


def identities_of(customers: Collection[int]) -> list[int]:
    """The keys of the customers and of everybody who was merged into one of them, however indirectly."""
    keys = new = list(customers)
    while new:
        new = list(Customer.objects.filter(merged_into__in=new).order_by("pk").values_list("pk", flat=True))
        keys = keys + new
    return keys


def survivors_of(keys: Collection[int]) -> dict[int, int]:
    """{key of a customer that was merged away: key of who it is now}; customers that stand for themselves are left out."""
    into = _merged_into(keys)
    found = dict(into)
    while into:
        into = _merged_into(set(into.values()))
        found = {gone: into.get(kept, kept) for gone, kept in found.items()}
    return found


def _merged_into(keys: Iterable[int]) -> dict[int, int]:
    rows = Customer.objects.filter(pk__in=list(keys)).exclude(merged_into=None)
    return dict(rows.values_list("pk", "merged_into_id"))
