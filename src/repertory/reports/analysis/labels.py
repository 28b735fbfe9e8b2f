"""Words for the keys that sums are grouped by, looked up once for all of them."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from repertory.core import regions
from repertory.core.actor import Actor
from repertory.core.periods import month_name
from repertory.customers.models import Customer
from repertory.organisation.access import visible_territories
from repertory.products.models import Product, ProductLine
from repertory.reports.analysis.catalogue import NODE_DEPTHS, Dimension

Label = tuple[Any, str]
"""What stands for the key in an address, and what people read."""


def labels_of(*, actor: Actor, dimension: Dimension, keys: Collection[Any]) -> dict[Any, Label]:
    """For every key, those of nothing among them."""
    known = [key for key in keys if key not in (None, "")]
    found = _known(actor, dimension, known)
    return {key: found.get(key, ("", _("未归属") if dimension.key in NODE_DEPTHS else _("未填"))) for key in keys}


def _known(actor: Actor, dimension: Dimension, keys: list[Any]) -> dict[Any, Label]:
    if dimension.key in NODE_DEPTHS:
        rows = visible_territories(actor).filter(path__in=keys).values_list("path", "code", "name")
        above: dict[Any, Label] = {path: ("", _("上级区域")) for path in keys}
        return above | {path: (code, name) for path, code, name in rows}
    if dimension.key == "product":
        products = Product.objects.filter(pk__in=keys).only("generic_name", "trade_name")
        return {row.pk: (row.pk, str(row)) for row in products}
    if dimension.key == "line":
        return {key: (key, name) for key, name in ProductLine.objects.filter(pk__in=keys).values_list("pk", "name")}
    if dimension.key in ("customer", "seller"):
        return {key: (key, name) for key, name in Customer.objects.filter(pk__in=keys).values_list("pk", "name")}
    if dimension.choices:
        words = {code: str(label) for code, label in dimension.choices}
        return {key: (key, words.get(key, str(key))) for key in keys}
    return {key: _plain(dimension, key) for key in keys}


def _plain(dimension: Dimension, key: Any) -> Label:
    if dimension.key == "month":
        return month_name(key), month_name(key)
    if dimension.key == "quarter":
        name = f"{key // 10}-Q{key % 10}"
        return name, name
    if dimension.key == "province":
        region = regions.by_code(key)
        return key, region.province if region else key
    return key, str(key)
