"""Lists of materials and of the rows of the ledgers: what the person sees, filters, order, page by cursor."""

from django.db.models import Count, Prefetch, QuerySet

from repertory.core.actor import Actor
from repertory.core.listing import Column, ListQuery, Page, apply_filters, column_of, page_of
from repertory.core.text import normalise
from repertory.materials import access
from repertory.materials.choices import DECIDED
from repertory.materials.models import Handout, Material, MaterialVersion, SampleMove, StockMove

MOST_WORDS = 8
MATERIAL_SORTS = {"title": "sort_key", "code": "code", "updated_at": "updated_at"}
MOVE_SORTS = {"id": "id", "on": "on"}
MATERIAL_COLUMNS: dict[str, Column] = {
    name: column_of(Material, name, sortable=name in MATERIAL_SORTS)
    for name in ("title", "code", "kind", "is_electronic", "note", "created_at", "updated_at")
} | {"product": Column("product", Material.products.field.verbose_name, "reference", "products__code")}
SAMPLE_MOVE_COLUMNS: dict[str, Column] = {
    **{name: column_of(SampleMove, name, sortable=name == "on") for name in ("kind", "on")},
    "holder": column_of(SampleMove, "holder", path="holder__username"),
    "product": Column("product", Material.products.field.verbose_name, "reference", "lot__pack__product__code"),
    "lot": column_of(SampleMove, "lot", path="lot_id"),
}


def list_materials(*, actor: Actor, query: ListQuery) -> Page[Material]:
    """One page of the materials that the person may see; each with its products and its approved versions."""
    return page_of(shown(matching_materials(actor=actor, query=query)), query, MATERIAL_SORTS)


def matching_materials(*, actor: Actor, query: ListQuery) -> QuerySet[Material]:
    """All materials of the list, without order: for pages and exports alike."""
    rows = apply_filters(access.visible_materials(actor), query.filters, MATERIAL_COLUMNS)
    for word in normalise(query.text).split()[:MOST_WORDS]:
        rows = rows.filter(search_text__contains=word)
    return rows.distinct() if "product" in query.filters else rows


def shown(rows: QuerySet[Material]) -> QuerySet[Material]:
    """With what a list shows beside the material's own row: `products`, `version_count`, `in_use` (decided versions)."""
    decided = MaterialVersion.objects.filter(state__in=DECIDED).order_by("-number")
    return rows.prefetch_related("products", Prefetch("versions", decided, to_attr="in_use")).annotate(
        version_count=Count("versions", distinct=True)
    )


def list_sample_moves(*, actor: Actor, query: ListQuery) -> Page[SampleMove]:
    """The rows of the bags that the person answers for, the newest first."""
    rows = apply_filters(access.visible_sample_moves(actor), query.filters, SAMPLE_MOVE_COLUMNS)
    return page_of(with_names(rows), query, MOVE_SORTS)


def with_names(rows: QuerySet[SampleMove]) -> QuerySet[SampleMove]:
    return rows.select_related("lot__pack__product", "holder", "other", "customer", "user")


def handouts(*, actor: Actor) -> QuerySet[Handout]:
    """What oneself and those below gave, with names."""
    return access.visible_handouts(actor).select_related("version__material", "customer", "giver")


def stock_moves(*, actor: Actor) -> QuerySet[StockMove]:
    return access.visible_stock_moves(actor).select_related("version__material", "holder", "other")
