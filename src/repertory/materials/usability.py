"""Whether a version of a material may be given to customers on a day, and whether a sample's lot may: the one place that
every screen and door asks.

A visit made offline is judged by its own day, so a day that is past gets the answer that held then.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from repertory.materials.choices import DECIDED, Standing
from repertory.materials.models import Material, MaterialVersion, SampleLot
from repertory.products.usability import may_be_promoted, promoted_on

Links = Material.products.through


def standing(version: MaterialVersion, *, on: date) -> Standing:
    """How a version stands on a day: the first reason against it, or USABLE."""
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
    if not all(may_be_promoted(product, on=on) for product in version.material.products.all()):
        return Standing.PRODUCT_NOT_ON_SALE
    return Standing.USABLE


def is_usable(version: MaterialVersion, *, on: date) -> bool:
    """Approved, begun, not expired (its last day is included), superseded or withdrawn; all its products are on sale."""
    return standing(version, on=on) == Standing.USABLE


def usable_on(day: date) -> Q:
    """is_usable as a condition on versions, for lists."""
    of_others = Links.objects.filter(material_id=OuterRef("material_id")).exclude(product__in=promoted_on(day))
    return (
        Q(state__in=DECIDED, valid_from__lte=day, valid_until__gte=day)
        & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=day))
        & (Q(superseded_on=None) | Q(superseded_on__gt=day))
        & Q(~Exists(of_others))
    )


def is_meant_for(version: MaterialVersion, *, kind: str = "") -> bool:
    """Whether it may be given to a customer of this kind; what a version does not limit fits everybody."""
    return not kind or not version.audiences or kind in version.audiences


def is_expired(lot: SampleLot, *, on: date) -> bool:
    """The last day is included."""
    return on > lot.expires_on
