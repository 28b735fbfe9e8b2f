"""The shared steps of every write to materials: products by their codes, audit lines, days."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput, RuleViolation
from repertory.core.time import day_of
from repertory.materials.models import Material, SampleLot
from repertory.platform.audit_lines import Line
from repertory.platform.changes import Changes
from repertory.platform.unit import record
from repertory.products.access import visible_products
from repertory.products.models import Product

MATERIAL = "material"
LOT = "sample_lot"
LONGEST_LABEL = 200


def products_named(actor: Actor, codes: Iterable[str]) -> list[Product]:
    """The products of these codes; InvalidInput for one that there is not."""
    wanted = list(dict.fromkeys(codes))
    found = {product.code: product for product in visible_products(actor).filter(code__in=wanted)}
    for code in wanted:
        if code not in found:
            message = _("没有编码为“%(code)s”的产品。") % {"code": code}
            raise InvalidInput(message, code="unknown_product", field="products")
    return [found[code] for code in wanted]


def happened(at: datetime, on: date | None) -> date:
    """The day something happened: today where it is not said, never a day to come."""
    today = day_of(at)
    if on is not None and on > today:
        raise RuleViolation(_("日期不能晚于今天。"), field="on", code="future")
    return on or today


def note(verb: str, material: Material, changes: Changes | None = None, *, reason: str = "") -> None:
    record(Line(verb, MATERIAL, material.pk, label=material.title, changes=changes or {}, reason=reason))


def note_lot(verb: str, lot: SampleLot, changes: Changes | None = None, *, reason: str = "") -> None:
    record(Line(verb, LOT, lot.pk, label=str(lot)[:LONGEST_LABEL], changes=changes or {}, reason=reason))
