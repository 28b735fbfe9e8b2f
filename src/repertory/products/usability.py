"""Whether something may be said of a product on a day: the one place that every screen and door asks.

A visit made offline is judged by its own day, so a day that is past gets the answer that held then.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from repertory.products.choices import MessageState, Stage, Standing
from repertory.products.models import MessageVersion, Product, ProductStageChange

Past = Mapping[int, Sequence[tuple[date, str]]]
# Approved once: a wording that was withdrawn could be used until the day before.
DECIDED = (MessageState.APPROVED, MessageState.WITHDRAWN)


def past_of(products: Collection[int]) -> Past:
    """Key of a product → the days on which it changed its stage, and to which, the latest first; for many questions at once."""
    past: dict[int, list[tuple[date, str]]] = {key: [] for key in products}
    rows = ProductStageChange.objects.filter(product__in=products).order_by("-on", "-pk")
    for key, on, stage in rows.values_list("product_id", "on", "to_stage"):
        past[key].append((on, stage))
    return past


def stage_on(product: Product, *, on: date, past: Past | None = None) -> str:
    """The stage on a day; "" before the product was known."""
    if on >= product.stage_since:
        return product.stage
    changes = (past_of([product.pk]) if past is None else past)[product.pk]
    return next((stage for day, stage in changes if day <= on), "")


def may_be_promoted(product: Product, *, on: date, past: Past | None = None) -> bool:
    """Only what is on sale is promoted."""
    return product.removed_at is None and stage_on(product, on=on, past=past) == Stage.ON_SALE


def promoted_on(day: date) -> QuerySet[Product]:
    """The products of which may_be_promoted is true."""
    past = ProductStageChange.objects.filter(product=OuterRef("pk"), on__lte=day).order_by("-on", "-pk")
    known = Product.objects.filter(removed_at=None)
    return known.alias(stage_then=Subquery(past.values("to_stage")[:1])).filter(stage_then=Stage.ON_SALE)


def standing(version: MessageVersion, *, on: date, past: Past | None = None) -> Standing:
    """How a wording stands on a day: the first reason against it, or USABLE."""
    if version.state not in DECIDED:
        return Standing.NOT_APPROVED
    if version.withdrawn_on is not None and on >= version.withdrawn_on:
        return Standing.WITHDRAWN
    if version.superseded_on is not None and on >= version.superseded_on:
        return Standing.SUPERSEDED
    if version.valid_until is not None and on > version.valid_until:
        return Standing.EXPIRED
    if version.valid_from is None or on < version.valid_from:
        return Standing.UPCOMING
    if not may_be_promoted(version.message.product, on=on, past=past):
        return Standing.PRODUCT_NOT_ON_SALE
    return Standing.USABLE


def is_usable(version: MessageVersion, *, on: date, past: Past | None = None) -> bool:
    """Approved, begun, not expired (its last day is included), superseded or withdrawn; the product is on sale that day."""
    return standing(version, on=on, past=past) == Standing.USABLE


def usable_on(day: date) -> Q:
    """is_usable as a condition on versions, for lists."""
    return (
        Q(state__in=DECIDED, valid_from__lte=day, valid_until__gte=day)
        & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=day))
        & (Q(superseded_on=None) | Q(superseded_on__gt=day))
        & Q(message__product__in=promoted_on(day))
    )


def is_meant_for(version: MessageVersion, *, kind: str = "", department: str = "") -> bool:
    """Whether it may be said to a customer of this kind and department; what a message does not limit fits everybody, and
    of a customer whose department is not known it is not asked."""
    if kind and version.audiences and kind not in version.audiences:
        return False
    return not department or not version.departments or _among(department, version.departments)


def _among(department: str, names: Iterable[str]) -> bool:
    """心内科一病区 is 心内科."""
    return any(name in department or department in name for name in names)
