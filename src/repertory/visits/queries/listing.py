"""Lists of visits: what the person sees, filters, order, page by cursor."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from repertory.core.actor import Actor
from repertory.core.listing import Column, ListQuery, Page, apply_filters, column_of, page_of
from repertory.core.text import normalise
from repertory.customers.models import Customer
from repertory.visits import access
from repertory.visits.models import Visit

SORTS = {"day": "day", "recorded": "id"}
FIRST_SORT = "-day"
MOST_WORDS = 4


def known_columns() -> dict[str, Column]:
    """Every column by its key, in the order in which a list shows them."""
    found = [
        column_of(Visit, "day", sortable=True),
        Column("customer", _("客户"), "text", "customer__name"),
        Column("customer_id", _("客户编号"), "reference", "customer_id"),
        column_of(Visit, "user", path="user__username"),
        column_of(Visit, "territory", path="territory__code"),
        column_of(Visit, "status"),
        column_of(Visit, "mode"),
        column_of(Visit, "purpose"),
        column_of(Visit, "planned_on"),
        Column("product", _("产品"), "reference", "products__product__code"),
        Column("attitude", _("态度"), "reference", "products__attitude"),
        column_of(Visit, "subject"),
        column_of(Visit, "late"),
        Column("consensus", _("达成共识"), "text", "consensus"),
        Column("questions", _("客户疑问"), "text", "questions"),
        column_of(Visit, "distance_m"),
    ]
    return {column.key: column for column in found}


def list_visits(*, actor: Actor, query: ListQuery, known: dict[str, Column] | None = None) -> Page[Visit]:
    """One page of the visits that the person may see, the newest day first where no order is asked for."""
    rows = matching_visits(actor=actor, query=query, known=known)
    asked = query if query.sort else ListQuery(query.text, query.filters, FIRST_SORT, query.cursor, query.limit)
    return page_of(shown(rows), asked, SORTS)


def matching_visits(*, actor: Actor, query: ListQuery, known: dict[str, Column] | None = None) -> QuerySet[Visit]:
    """All visits of the list, without order: for pages, counts and exports alike."""
    rows = access.visible_visits(actor)
    if query.filters:
        rows = apply_filters(rows, query.filters, known or known_columns())
        if {"product", "attitude"} & query.filters.keys():
            rows = Visit.objects.filter(pk__in=rows.values("pk"))
    for word in normalise(query.text).split()[:MOST_WORDS]:
        named = Customer.objects.filter(Q(name__icontains=word) | Q(initials__contains=word) | Q(code__iexact=word))
        rows = rows.filter(Q(customer__in=named) | Q(subject__icontains=word))
    return rows


def shown(rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """With what a line shows beside the visit's own row."""
    return rows.select_related("customer", "user", "territory").prefetch_related(
        "products__product", "companions__customer"
    )
