"""What cases and adverse events refer to, as options of a form."""

from repertory.core.actor import Actor
from repertory.customers.access import get_visible
from repertory.customers.models import Customer
from repertory.products.access import visible_products
from repertory.products.choices import MARKETED

Options = list[tuple[str, str]]


def product_options(*, actor: Actor) -> Options:
    """(key, name) of the products in sight that are or were on the market."""
    rows = visible_products(actor).filter(stage__in=MARKETED).order_by("sort_key", "pk")
    return [(str(row.pk), str(row)) for row in rows]


def customer_named(*, actor: Actor, key: str) -> Customer | None:
    """The customer that an address names; None where it names none. Raises NotFound for one out of sight."""
    return get_visible(actor, int(key)) if key.isascii() and key.isdecimal() and len(key) < 19 else None
