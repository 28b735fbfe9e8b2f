"""Distributors by what a file or a person calls them."""

from repertory.customers.actions.writing import name_key
from repertory.customers.choices import Kind
from repertory.customers.models import Customer
from repertory.sales.names import key_of


def distributors_named(text: str) -> list[int]:
    """Keys of the distributors with this code, else with just this name."""
    sellers = Customer.objects.filter(kind=Kind.DISTRIBUTOR, removed_at=None)
    by_code = list(sellers.filter(code=text).values_list("pk", flat=True))
    if by_code:
        return by_code
    wanted = key_of(text)
    named = sellers.filter(name_key=name_key(text)).order_by("pk").values_list("pk", "name")
    return [key for key, name in named if key_of(name) == wanted]
