"""A small market: what four hospitals buy of two products, and what was planned."""

from dataclasses import dataclass
from datetime import datetime

from repertory.core.time import COMPANY_ZONE
from repertory.customers.models import Customer
from repertory.organisation.models import Territory
from repertory.plans.models import TargetPlan
from repertory.products.models import Product
from tests.factories.archive import open_archive
from tests.factories.catalogue import open_product
from tests.factories.ledger import sell
from tests.factories.targets import open_plan, put_customer, put_figure

# Monday, 2026-03-02; March has 22 working days, 15 of them up to and with the 20th.
AT = datetime(2026, 3, 2, 9, 0, tzinfo=COMPANY_ZONE)


@dataclass(frozen=True)
class Market:
    """Two products, four hospitals; sales of February and March 2026, and of 2025's; targets of March.

    March 2026, 甲/乙: 鼓楼 600/100, 玄武 300/-, 东城 200/50, 无人 40/-.
    """

    one: Product
    two: Product
    gulou: Customer
    xuanwu: Customer
    dongcheng: Customer
    nobody: Customer
    plan: TargetPlan


def build_market() -> Market:
    one = open_product(at=AT, name="甲片", number=1)
    two = open_product(at=AT, name="乙片", number=2)
    gulou = open_archive(at=AT, territory="E1A", name="鼓楼医院", tier="A")
    xuanwu = open_archive(at=AT, territory="E1B", name="玄武医院", tier="B")
    dongcheng = open_archive(at=AT, territory="N1A", name="东城医院")
    nobody = open_archive(at=AT, territory=None, name="无人医院")
    for month, factor in ((202503, 1), (202602, 2), (202603, 10)):
        sell(gulou, one, territory="E1A", month=month, amount=60 * factor, quantity=6 * factor)
        sell(xuanwu, one, territory="E1B", month=month, amount=30 * factor, quantity=3 * factor)
        sell(dongcheng, one, territory="N1A", month=month, amount=20 * factor, quantity=2 * factor)
    sell(gulou, two, territory="E1A", month=202603, amount=100)
    sell(dongcheng, two, territory="N1A", month=202603, amount=50)
    sell(nobody, one, territory=None, month=202603, amount=40)
    whole, nodes = open_plan(), {node.code: node for node in Territory.objects.all()}
    for product, code, value in ((one, "E1A", 1000), (one, "E1B", 200), (one, "N1A", 400), (two, "N1", 100)):
        figure = put_figure(whole, nodes[code], product, value)
        if code == "E1A":
            put_customer(figure, gulou, 800)
    return Market(one, two, gulou, xuanwu, dongcheng, nobody, whole)
