"""Suggestions in sight, and a product's plan of development."""

from django.db.models import QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.core.listing import Column, ListQuery, Page, apply_filters, column_of, page_of
from repertory.core.text import normalise
from repertory.products import access
from repertory.products.models import DevelopmentNote, Product, ProductSuggestion

SORTS = {"created_at": "created_at", "number": "id"}
MINE = "mine"
MOST_WORDS = 6


def suggestion_columns() -> dict[str, Column]:
    found = {
        name: column_of(ProductSuggestion, name, sortable=name in SORTS)
        for name in ("text", "kind", "state", "created_at", "answered_at", "answer")
    }
    return found | {
        "product": column_of(ProductSuggestion, "product", path="product__code"),
        "asked_by": column_of(ProductSuggestion, "asked_by", path="asked_by__username"),
    }


def list_suggestions(*, actor: Actor, query: ListQuery) -> Page[ProductSuggestion]:
    """One page. Filters: the columns (product by its code, asked_by by account); mine=1."""
    filters = dict(query.filters)
    rows = access.visible_suggestions(actor)
    if filters.pop(MINE, [])[:1] == ["1"]:
        rows = rows.filter(asked_by_id=actor.user_id)
    rows = apply_filters(rows, filters, suggestion_columns())
    for word in normalise(query.text).split()[:MOST_WORDS]:
        rows = rows.filter(text__icontains=word)
    return page_of(_with_names(rows), query, SORTS)


def _with_names(rows: QuerySet[ProductSuggestion]) -> QuerySet[ProductSuggestion]:
    return rows.select_related("product", "asked_by", "answered_by")


def suggestion(*, actor: Actor, suggestion_id: int) -> ProductSuggestion:
    found = _with_names(access.visible_suggestions(actor)).filter(pk=suggestion_id).first()
    if found is None:
        raise NotFound()
    return found


def suggestions_of(*, actor: Actor, product: Product, limit: int) -> list[ProductSuggestion]:
    """The newest first."""
    rows = _with_names(access.visible_suggestions(actor)).filter(product=product)
    return list(rows.order_by("-pk")[:limit])


def milestones_of(*, actor: Actor, product: Product) -> list[DevelopmentNote]:
    return list(access.visible_milestones(actor).filter(product=product).order_by("due_on", "pk"))


def milestone(*, actor: Actor, milestone_id: int) -> DevelopmentNote:
    found = access.visible_milestones(actor).select_related("product").filter(pk=milestone_id).first()
    if found is None:
        raise NotFound()
    return found
