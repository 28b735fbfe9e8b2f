"""Names of what figures are grouped by, looked up by key once they are known to be in somebody's figures."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.periods import month_name
from repertory.customers.models import Customer
from repertory.organisation.access import visible_territories
from repertory.products.models import Product
from repertory.sales.queries.totals import Where


@dataclass(frozen=True)
class Names:
    """key of a group → (key for an address, name for people)."""

    found: dict[Hashable, tuple[str, str]]

    def key_and_name(self, key: Hashable) -> tuple[str, str]:
        return self.found.get(key, ("", _("未归属")))


def names_of(*, actor: Actor, group: str, keys: Collection[Any], where: Where) -> Names:
    known = [key for key in keys if key is not None]
    if group == "node":
        return Names(_nodes(actor, known, where))
    if group == "product":
        rows = Product.objects.filter(pk__in=known).only("generic_name", "trade_name")
        return Names({row.pk: (str(row.pk), str(row)) for row in rows})
    if group == "customer":
        found = Customer.objects.filter(pk__in=known).values_list("pk", "name")
        return Names({key: (str(key), name) for key, name in found})
    return Names({key: (month_name(key), month_name(key)) for key in known if isinstance(key, int)})


def _nodes(actor: Actor, paths: Collection[Hashable], where: Where) -> dict[Hashable, tuple[str, str]]:
    """What hangs at the asked node itself, and not below it, is said so."""
    rows = visible_territories(actor).filter(path__in=paths).values_list("path", "code", "name")
    found: dict[Hashable, tuple[str, str]] = {path: (code, name) for path, code, name in rows}
    if where.node is not None and where.node.numchild and where.node.path in found:
        found[where.node.path] = ("", _("%(node)s（本级）") % {"node": where.node.name})
    return found
