"""The demo company's products: whole, sound, the same each time."""

from django.db.models import Count

from repertory.config import approval_checks, price_checks, product_checks
from repertory.core.time import day_of, now
from repertory.demo.prices import build_prices
from repertory.demo.products import DRUGS, LINES, build_products
from repertory.organisation.actions import create_territory
from repertory.organisation.inputs import CreateTerritory
from repertory.organisation.models import User
from repertory.products.models import MessageVersion, Pack, PriceList, Product, ProductLine, ProductSuggestion
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


def test_two_price_lists_are_in_force_and_suggestions_wait_for_answers(company) -> None:
    at = now()
    for code in ("HD", "HN"):
        node = CreateTerritory(code=code, name=code, level="region", parent="CO")
        create_territory(actor=company.actor("admin"), at=at, data=node)
    for old, new in (("marketer", "marketing"), ("manager", "manager01"), ("boss", "manager"), ("rep", "rep01")):
        User.objects.filter(username=old).update(username=new)
    build_products(at=at)
    build_prices(at=at)
    assert sorted(PriceList.objects.values_list("state", flat=True)) == ["approved", "approved", "submitted"]
    states = sorted(ProductSuggestion.objects.values_list("state", flat=True))
    assert states == ["adopted", "considered", "declined", "new"]
    checks = (*price_checks.CHECKS, *approval_checks.CHECKS)
    assert [check.__name__ for check in checks if list(check())] == []
