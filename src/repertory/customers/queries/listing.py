"""Lists of customers: scope, filters, search, order, page by cursor, count without counting a million rows."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, Replace
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.cursors import cursor_of, read_cursor
from repertory.core.errors import InvalidInput
from repertory.core.pinyin import romanise
from repertory.core.text import normalise
from repertory.customers import access
from repertory.customers.fields import CUSTOMER_FIELDS
from repertory.customers.models import Coverage, Customer, CustomerCount, SearchWaiting
from repertory.customers.queries.columns import SORTS, Column, columns
from repertory.customers.queries.filtering import Filters, apply_filters
from repertory.customers.search import INDEX
from repertory.organisation.access import Scope, scope_of
from repertory.organisation.models import Territory
from repertory.platform.queries import custom_fields

PAGE = 50
MOST = 200
COUNT_TO = 10_000
# How many hits of a search are looked at, best first; a longer list is no answer to a search.
HITS = 200
ALIKE = 2_000
SCANNED_SCOPE = 3_000


@dataclass(frozen=True)
class ListQuery:
    """What to list. sort: a key of SORTS, "-" before it for descending. cursor: from the page before."""

    text: str = ""
    filters: Filters = field(default_factory=dict)
    sort: str = "name"
    cursor: str = ""
    limit: int = PAGE


@dataclass(frozen=True)
class Page:
    """count is exact up to COUNT_TO; `more` says that there are more than that."""

    items: list[Customer]
    count: int
    more: bool
    next: str | None
    previous: str | None = None


def known_columns(*, custom: bool = True) -> dict[str, Column]:
    """Every column; custom=False leaves out the administrator's own, for an address that names none of them."""
    return columns(custom_fields("customer") if custom else [])


def list_customers(
    *,
    actor: Actor,
    query: ListQuery,
    known: dict[str, Column] | None = None,
    shown: Collection[str] | None = None,
) -> Page:
    """One page of the customers that the person may see. shown: keys of the only columns that are looked at; a row of
    all columns costs twice as much to fetch."""
    known = known_columns() if known is None and query.filters else (known or {})
    hits = _limited_hits(actor, query)
    rows = matching_customers(actor=actor, query=query, known=known, hits=hits)
    name, descending = _sort_of(query.sort)
    limit = max(1, min(query.limit, MOST))
    ordered = _page_of(_ordered(rows, actor, name, descending), name, descending, query.cursor)
    if shown is not None:
        ordered = ordered.only(*_loaded(shown), name)
    page_rows = list(ordered[: limit + 1])
    items = page_rows[:limit]
    following = cursor_of(items[-1], name) if len(page_rows) > limit else None
    count, more = _count(actor, query, rows, hits, seen=len(page_rows), limit=limit)
    return Page(items, count, more, following)


def _loaded(shown: Collection[str]) -> set[str]:
    """The customer's own columns behind the keys, and those that every list needs."""
    own = {"custom" if key.startswith("custom.") else key for key in shown}
    return (own & CUSTOMER_FIELDS) | {"id", "name", "kind", "code"}


def matching_customers(
    *, actor: Actor, query: ListQuery, known: dict[str, Column], hits: list[int] | None = None
) -> QuerySet[Customer]:
    """All customers of the list, without order: for pages, exports and bulk actions alike. hits: the only ones that a
    page of a search looks at; without them everything that the text finds."""
    rows = access.visible_customers(actor)
    if query.filters:
        rows = apply_filters(rows, query.filters, known, actor)
    text = query.text.strip()
    if hits is not None:
        return rows.filter(pk__in=hits)
    return _matching_text(rows, text, scope_of(actor)) if text else rows


def _reads_through(scope: Scope) -> bool:
    """A small scope is read through; over a large one the index finds."""
    return not scope.whole and scope.size <= SCANNED_SCOPE


def _limited_hits(actor: Actor, query: ListQuery) -> list[int] | None:
    text, scope = query.text.strip(), scope_of(actor)
    return search_hits(text, scope) if text and not _reads_through(scope) else None


def _matching_text(rows: QuerySet[Customer], text: str, scope: Scope) -> QuerySet[Customer]:
    match = None if _reads_through(scope) else INDEX.match_sql(text, vendor=connection.vendor)
    if match is None or SearchWaiting.objects.exists():
        return _containing(rows, text)
    return rows.filter(pk__in=RawSQL(*match))  # noqa: S611


def _containing(rows: QuerySet[Customer], text: str) -> QuerySet[Customer]:
    found = Q(name__icontains=text) | Q(alias__icontains=text) | Q(code__icontains=text) | Q(phone__contains=text)
    letters = normalise(text).replace(" ", "")
    if not letters.isascii() or not letters.isalnum():
        return rows.filter(found)
    rows = rows.alias(sound=Replace("sort_key", Value(" ")))
    sounds = Q(sound__contains=letters) | Q(initials__contains=letters) | Q(uscc=letters.upper())
    return rows.filter(found | sounds)


def search_hits(text: str, scope: Scope) -> list[int]:
    """Keys of at most HITS customers of the scope that the text finds; those whose name begins with it come first."""
    covered = _covered(scope)
    starts = _sounding_alike(text).filter(name__startswith=text)
    first = list((starts if covered is None else starts.filter(covered)).values_list("pk", flat=True)[:HITS])
    first += _hits_not_indexed_yet(text, covered)
    if len(first) >= HITS:
        return first
    rest = _indexed_hits(text, covered, in_turn=scope.whole or scope.size > access.COLLECTED_SCOPE)
    return list(dict.fromkeys([*first, *rest]))[:HITS]


def _sounding_alike(text: str) -> QuerySet[Customer]:
    """The first whose name begins with the same sounds: along the order of every list, so that names need no index of
    their own."""
    sound = romanise(text, person=False).spaced or text
    alike = Customer.objects.filter(removed_at=None, sort_key__gte=sound, sort_key__lt=sound + "!").order_by("sort_key")
    return Customer.objects.filter(pk__in=alike.values("pk")[:ALIKE])


def _indexed_hits(text: str, covered: Exists | None, *, in_turn: bool) -> list[int]:
    """in_turn: half of the company may have 医院 in its name; where many of them are in the scope, they are gone through
    until there are enough."""
    if in_turn:
        hits: list[int] = []
        for keys in INDEX.matches(connection, text, at_a_time=2 * HITS):
            hits += _within(Customer.objects.filter(pk__in=keys), covered)
            if len(hits) >= HITS:
                break
        return hits
    match = INDEX.match_sql(text, vendor=connection.vendor)
    return _within(Customer.objects.filter(pk__in=RawSQL(*match)), covered) if match else []  # noqa: S611


def _within(found: QuerySet[Customer], covered: Exists | None) -> list[int]:
    found = found.filter(removed_at=None)
    return list((found if covered is None else found.filter(covered)).values_list("pk", flat=True)[:HITS])


def _hits_not_indexed_yet(text: str, covered: Exists | None) -> list[int]:
    """What a bulk import has just opened is read through until the index has taken it up."""
    if not SearchWaiting.objects.exists():
        return []
    waiting = Customer.objects.filter(removed_at=None, pk__in=SearchWaiting.objects.values("pk"))
    found = _containing(waiting if covered is None else waiting.filter(covered), text)
    return list(found.values_list("pk", flat=True)[:HITS])


def _covered(scope: Scope) -> Exists | None:
    if scope.whole:
        return None
    inside = Territory.objects.filter(scope.as_condition())
    return Exists(Coverage.objects.filter(current=True, territory__in=inside, customer_id=OuterRef("pk")))


def _sort_of(sort: str) -> tuple[str, bool]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise InvalidInput(_("不能按“%(name)s”排序。") % {"name": name[:60]}, field="sort")
    return SORTS[name], sort.startswith("-")


def _ordered(rows: QuerySet[Customer], actor: Actor, name: str, descending: bool) -> QuerySet[Customer]:
    """By the column and the key. A scope that was collected is sorted, not looked for along the index of the column:
    the concatenation hides the column from the planner, which would otherwise walk a million names."""
    scope = scope_of(actor)
    collected = not scope.whole and scope.size <= access.COLLECTED_SCOPE
    if collected and name in ("sort_key", "code"):
        rows = rows.annotate(order_column=Concat(name, Value("")))
        name = "order_column"
    order = F(name).desc() if descending else F(name).asc()
    return rows.order_by(order, "-pk" if descending else "pk")


def _page_of(rows: QuerySet[Customer], name: str, descending: bool, cursor: str) -> QuerySet[Customer]:
    if not cursor:
        return rows
    value, key = read_cursor(cursor, name, Customer)
    operator = "lt" if descending else "gt"
    if name == "id":
        return rows.filter(**{f"pk__{operator}": key})
    behind = Q(**{f"{name}__{operator}": value}) | Q(**{name: value, f"pk__{operator}": key})
    return rows.filter(**{f"{name}__{operator}e": value}).filter(behind)


def _count(
    actor: Actor, query: ListQuery, rows: QuerySet[Customer], hits: list[int] | None, *, seen: int, limit: int
) -> tuple[int, bool]:
    if hits is not None and not query.filters:
        return len(hits), len(hits) >= HITS
    if not query.cursor and seen <= limit:
        return seen, False
    scope = scope_of(actor)
    if not query.filters and not query.text.strip():
        if scope.whole:
            return CustomerCount.objects.values_list("total", flat=True).get(pk=1), False
        if len(scope.paths) == 1:
            return scope.size, False
    counted = rows.order_by()[: COUNT_TO + 1].values("pk").count()
    return min(counted, COUNT_TO), counted > COUNT_TO or (hits is not None and len(hits) >= HITS)
