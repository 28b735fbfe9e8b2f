"""What a pack costs somebody on a day; price lists and their prices."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.core.listing import ListQuery
from repertory.core.text import normalise
from repertory.products import access, pricing
from repertory.products.models import Pack, Price, PriceList

PAGE = 100
MOST_WORDS = 6


def price_for(
    *,
    actor: Actor,
    pack_id: int,
    on: date,
    customer_kind: str = "",
    tier: str = "",
    province: str = "",
    quantity: int = 1,
) -> Price | None:
    """The price that holds, None where there is none: of the prices whose conditions are all met, the one with more
    conditions; of as many, the tier goes before the kind, the province, the season; then the larger quantity, the later
    start. NotFound for a pack out of sight, or for who may not know prices."""
    ranked = prices_for(
        actor=actor,
        pack_id=pack_id,
        on=on,
        customer_kind=customer_kind,
        tier=tier,
        province=province,
        quantity=quantity,
    )
    return ranked[0] if ranked else None


def prices_for(*, actor: Actor, pack_id: int, on: date, quantity: int = 1, **customer: str) -> list[Price]:
    """All that would hold, the one that does first."""
    if not access.may_see_prices(actor) or not access.visible_packs(actor).filter(pk=pack_id).exists():
        raise NotFound()
    given = {name: customer.get(name, "") for name in ("customer_kind", "tier", "province")}
    rows = pricing.fitting(pricing.valid_on(Price.objects.filter(pack_id=pack_id), on), quantity=quantity, **given)
    found = rows.select_related("pack__product", "price_list")
    return sorted(found, key=pricing.precedence, reverse=True)


def pack_by_code(*, actor: Actor, code: str) -> Pack:
    found = access.visible_packs(actor).select_related("product").filter(code=code).first()
    if found is None:
        raise NotFound()
    return found


def price_lists(*, actor: Actor, state: str = "") -> QuerySet[PriceList]:
    """By code, the newest version first, with how many prices each has."""
    rows = access.visible_price_lists(actor).select_related("author").annotate(price_count=Count("prices"))
    return (rows.filter(state=state) if state else rows).order_by("code", "-number", "pk")


def price_list(*, actor: Actor, list_id: int) -> PriceList:
    found = access.get_price_list(actor, list_id)
    return PriceList.objects.select_related("author").get(pk=found.pk)


def prices_of(*, actor: Actor, found: PriceList, text: str = "") -> QuerySet[Price]:
    """The list's prices of packs in sight, by product."""
    rows = access.visible_prices(actor).filter(price_list=found)
    return (
        _searched(rows, text)
        .select_related("pack__product")
        .order_by("pack__product__sort_key", "pack__code", "from_quantity", "pk")
    )


def _searched(rows: QuerySet[Price], text: str) -> QuerySet[Price]:
    for word in normalise(text).split()[:MOST_WORDS]:
        rows = rows.filter(Q(pack__code__icontains=word) | Q(pack__product__search_text__contains=word))
    return rows


def price(*, actor: Actor, price_id: int) -> Price:
    found = access.visible_prices(actor).select_related("pack__product", "price_list").filter(pk=price_id).first()
    if found is None:
        raise NotFound()
    return found


def exported(*, actor: Actor, query: ListQuery) -> QuerySet[Price]:
    """Of the lists that the address names, else all that are in sight."""
    rows = access.visible_prices(actor)
    keys = query.filters.get("price_list", [])
    if keys:
        usable = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 19]
        rows = rows.filter(price_list_id__in=usable)
    rows = _searched(rows, query.text)
    return rows.select_related("pack__product", "price_list").order_by("pk")


def pack_options(*, actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of the packs in use."""
    rows = access.visible_packs(actor).filter(is_active=True).select_related("product")
    return [(pack.code, f"{pack.product} {pack}") for pack in rows.order_by("product__sort_key", "code")]
