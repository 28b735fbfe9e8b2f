"""Lists of products: what the person sees, filters, search, order, page by cursor."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.listing import Column, ListQuery, Page, apply_filters, page_of
from repertory.core.text import normalise
from repertory.platform.queries import custom_fields
from repertory.products import access
from repertory.products.models import Pack, Product
from repertory.products.queries.columns import SORTS, columns

MOST_WORDS = 8


def known_columns() -> dict[str, Column]:
    return columns(custom_fields("product"))


def list_products(*, actor: Actor, query: ListQuery, known: dict[str, Column] | None = None) -> Page[Product]:
    """One page of the products that the person may see, counted exactly: they are thousands at most."""
    rows = matching_products(actor=actor, query=query, known=known)
    return page_of(shown(rows), query, SORTS)


def matching_products(*, actor: Actor, query: ListQuery, known: dict[str, Column] | None = None) -> QuerySet[Product]:
    """All products of the list, without order: for pages and exports alike."""
    rows = access.visible_products(actor)
    if query.filters:
        rows = apply_filters(rows, query.filters, known_columns() if known is None else known)
    for word in normalise(query.text).split()[:MOST_WORDS]:
        packs = Pack.objects.filter(Q(code__icontains=word) | Q(barcode=word), product=OuterRef("pk"))
        rows = rows.filter(Q(search_text__contains=word) | Exists(packs))
    return rows


def shown(rows: QuerySet[Product]) -> QuerySet[Product]:
    """With what a list shows beside the product's own row."""
    return rows.select_related("line", "product_manager").annotate(pack_count=Count("packs"))
