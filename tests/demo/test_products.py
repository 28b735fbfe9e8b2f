"""The demo company's products: whole, sound, the same each time."""

from django.db.models import Count

from repertory.config import product_checks
from repertory.core.time import day_of, now
from repertory.demo.products import DRUGS, LINES, build_products
from repertory.organisation.actions import create_territory
from repertory.organisation.inputs import CreateTerritory
from repertory.organisation.models import User
from repertory.products.models import MessageVersion, Pack, Product, ProductLine
from repertory.products.usability import usable_on


def test_twelve_drugs_of_three_lines_with_messages_in_every_state(company) -> None:
    at = now()
    for code in ("HD", "HN"):
        node = CreateTerritory(code=code, name=code, level="region", parent="CO")
        create_territory(actor=company.actor("admin"), at=at, data=node)
    User.objects.filter(username="marketer").update(username="marketing")
    build_products(at=at)
    assert (len(LINES), len(DRUGS)) == (3, 12)
    assert set(ProductLine.objects.annotate(n=Count("products")).values_list("n", flat=True)) == {4}
    assert Product.objects.count() == 12
    assert Pack.objects.count() == sum(len(drug.packs) for drug in DRUGS)
    states = dict(MessageVersion.objects.values_list("state").annotate(n=Count("pk")))
    written = sum(len(drug.words) for drug in DRUGS)
    assert states == {"approved": written - 2 + 1, "submitted": 1, "draft": 1}
    usable = MessageVersion.objects.filter(usable_on(day_of(at))).count()
    assert 0 < usable < states["approved"]
    assert [check.__name__ for check in product_checks.CHECKS if list(check())] == []
