"""What forms of materials and samples may refer to, as options."""

from datetime import date

from django.db.models import Q

from repertory.core.actor import Actor
from repertory.materials import access
from repertory.materials.models import SampleBalance, SampleLot, StockBalance
from repertory.organisation.models import Assignment
from repertory.products.access import visible_packs, visible_products

Options = list[tuple[str, str]]


def product_options(*, actor: Actor) -> Options:
    """(code, name) of the products that the person may see."""
    rows = visible_products(actor).order_by("sort_key", "pk")
    return [(product.code, str(product)) for product in rows]


def pack_options(*, actor: Actor) -> Options:
    """(code, product and size) of the packs in use."""
    rows = visible_packs(actor).filter(is_active=True).select_related("product")
    ordered = rows.order_by("product__sort_key", "product_id", "spec", "pack", "pk")
    return [(pack.code, f"{pack.product} {pack}") for pack in ordered]


def recipients(*, actor: Actor, on: date) -> Options:
    """(account, name) of those below who visit customers today."""
    posts = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), role__in=access.GIVERS, starts_on__lte=on)
    people = access.people_below(actor).filter(is_active=True, pk__in=posts.values("user_id"))
    return list(people.order_by("username").values_list("username", "name"))


def holders_of_lot(*, actor: Actor, lot: SampleLot) -> Options:
    """(account, name) of those below who have something of a lot, oneself first."""
    return _holders(actor, SampleBalance.objects.filter(lot=lot, quantity__gt=0))


def holders_of_version(*, actor: Actor, version_id: int) -> Options:
    return _holders(actor, StockBalance.objects.filter(version_id=version_id, quantity__gt=0))


def _holders(actor: Actor, balances: object) -> Options:
    seen = access.people_below(actor) if access.may_issue(actor) else access.people_below(actor).none()
    held = balances.filter(Q(holder__in=seen) | Q(holder_id=actor.user_id), holder__isnull=False)  # type: ignore[attr-defined]
    rows = held.order_by("holder__username").values_list("holder_id", "holder__username", "holder__name")
    ordered = sorted(rows, key=lambda row: row[0] != actor.user_id)
    return [(username, name) for _key, username, name in ordered]


def own_lots(*, actor: Actor, on: date) -> Options:
    """(key, product, lot, how many) of what is in one's own bag and not expired."""
    rows = SampleBalance.objects.filter(holder_id=actor.user_id, quantity__gt=0, lot__expires_on__gte=on)
    rows = rows.select_related("lot__pack__product").order_by("lot__expires_on", "pk")
    return [(str(row.lot_id), _of_lot(row)) for row in rows] if actor.user_id else []


def _of_lot(row: SampleBalance) -> str:
    lot = row.lot
    return f"{lot.pack.product} {lot.pack} · {lot.lot_number} · {row.quantity}"
