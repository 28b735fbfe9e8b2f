"""Lists of products: what the person sees, filters, search, order, page by cursor."""

import base64
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.core.inputs import clean_text
from repertory.core.text import normalise
from repertory.platform.queries import custom_fields
from repertory.products import access
from repertory.products.models import Pack, Product
from repertory.products.queries.columns import SORTS, Column, columns
from repertory.products.queries.filtering import Filters, apply_filters

PAGE = 50
MOST = 200
MOST_WORDS = 8


@dataclass(frozen=True)
class ListQuery:
    """What to list. sort: a key of SORTS, "-" before it for descending. cursor: from the page before."""

    text: str = ""
    filters: Filters = field(default_factory=dict)
    sort: str = "generic_name"
    cursor: str = ""
    limit: int = PAGE


@dataclass(frozen=True)
class Page:
    """Each product has its line, its product manager and `pack_count`."""

    items: list[Product]
    count: int
    next: str | None


def known_columns() -> dict[str, Column]:
    return columns(custom_fields("product"))


def list_products(*, actor: Actor, query: ListQuery, known: dict[str, Column] | None = None) -> Page:
    """One page of the products that the person may see, counted exactly: they are thousands at most."""
    rows = matching_products(actor=actor, query=query, known=known)
    name, descending = _sort_of(query.sort)
    limit = max(1, min(query.limit, MOST))
    found = list(_page_of(ordered(rows, name, descending), name, descending, query.cursor)[: limit + 1])
    following = _cursor_of(found[limit - 1], name) if len(found) > limit else None
    count = len(found) if not query.cursor and len(found) <= limit else rows.order_by().count()
    return Page(found[:limit], count, following)


def matching_products(*, actor: Actor, query: ListQuery, known: dict[str, Column] | None = None) -> QuerySet[Product]:
    """All products of the list, without order: for pages and exports alike."""
    rows = access.visible_products(actor)
    if query.filters:
        rows = apply_filters(rows, query.filters, known_columns() if known is None else known)
    for word in normalise(query.text).split()[:MOST_WORDS]:
        packs = Pack.objects.filter(Q(code__icontains=word) | Q(barcode=word), product=OuterRef("pk"))
        rows = rows.filter(Q(search_text__contains=word) | Exists(packs))
    return rows


def ordered(rows: QuerySet[Product], name: str = "sort_key", descending: bool = False) -> QuerySet[Product]:
    """By the column and the key, with what a list shows beside the product's own row."""
    order = F(name).desc() if descending else F(name).asc()
    shown = rows.select_related("line", "product_manager").annotate(pack_count=Count("packs"))
    return shown.order_by(order, "-pk" if descending else "pk")


def _sort_of(sort: str) -> tuple[str, bool]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise InvalidInput(_("不能按“%(name)s”排序。") % {"name": name[:60]}, field="sort")
    return SORTS[name], sort.startswith("-")


def _page_of(rows: QuerySet[Product], name: str, descending: bool, cursor: str) -> QuerySet[Product]:
    if not cursor:
        return rows
    value, key = _read_cursor(cursor, name)
    operator = "lt" if descending else "gt"
    if name == "id":
        return rows.filter(**{f"pk__{operator}": key})
    return rows.filter(Q(**{f"{name}__{operator}": value}) | Q(**{name: value, f"pk__{operator}": key}))


def _cursor_of(row: Product, name: str) -> str:
    value: Any = getattr(row, name)
    text = value.isoformat() if isinstance(value, datetime) else value
    return base64.urlsafe_b64encode(json.dumps([name, text, row.pk]).encode()).decode().rstrip("=")


def _read_cursor(cursor: str, name: str) -> tuple[Any, int]:
    try:
        made_for, value, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if made_for != name or type(key) is not int or not 0 <= key < 2**63 or clean_text(value) != value:
            raise ValueError
        if name == "id":
            return value, key
        if not isinstance(value, str):
            raise ValueError
        return (datetime.fromisoformat(value) if name == "updated_at" else value), key
    except (ValueError, TypeError):
        raise InvalidInput(_("翻页标记不对，请从第一页开始。"), field="cursor") from None
