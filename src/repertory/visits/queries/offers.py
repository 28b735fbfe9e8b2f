"""What may be talked about on a day."""

from datetime import date

from repertory.core.actor import Actor
from repertory.products import access as products
from repertory.products.models import Product
from repertory.products.usability import promoted_on
from repertory.visits.models import VisitProduct

MOST = 40


def promoted_products(*, actor: Actor, on: date, first: list[int] | None = None) -> list[Product]:
    """The products on sale that the person carries: the ones named, those one talked about lately, then by name."""
    rows = products.visible_products(actor).filter(pk__in=promoted_on(on).values("pk"))
    lately = VisitProduct.objects.filter(visit__user_id=actor.user_id).order_by("-visit_id", "position")
    recent = list(dict.fromkeys([*(first or []), *lately.values_list("product_id", flat=True)[:200]]))[:MOST]
    known = {product.pk: product for product in rows.filter(pk__in=recent)}
    chosen = [known[key] for key in recent if key in known]
    rest = rows.exclude(pk__in=recent).order_by("sort_key", "pk")[: MOST - len(chosen)]
    return [*chosen, *rest]
