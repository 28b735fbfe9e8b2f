from repertory.core.actor import system_actor
from repertory.core.periods import Period
from repertory.core.time import now
from repertory.organisation.actions import move_territory
from repertory.organisation.inputs import MoveTerritory
from repertory.sales.models import MonthSale, RegionSale
from repertory.sales.queries.totals import NODE, Where, sales_rows, totals
from tests.factories.archive import open_archive
from tests.factories.catalogue import open_product
from tests.factories.ledger import sell

MARCH = Period(202603, 1)


def _market():
    product = open_product(at=now(), name="甲片", number=1)
    for territory, amount in (("E1A", 600), ("E1B", 300), ("N1A", 200), ("CO", 7), (None, 40)):
        customer = open_archive(at=now(), territory=None, name=f"医院{territory}")
        sell(customer, product, territory=territory, month=202603, amount=amount)
    return product


def test_sums_by_region_are_those_by_territory_rolled_up(company):
    _market()
    found = {row.territory.code if row.territory else None: row.amount for row in RegionSale.objects.all()}
    assert found == {"E": 900, "N": 200, "CO": 7, None: 40}


def test_who_sees_whole_regions_reads_the_smallest_table_and_nobody_else(company):
    models = {
        name: sales_rows(actor=company.actor(name), where=Where()).model for name in ("boss", "manager", "supervisor")
    }
    assert models == {"boss": RegionSale, "manager": RegionSale, "supervisor": MonthSale}


def test_both_tables_say_the_same(company):
    _market()
    for name in ("boss", "manager"):
        actor = company.actor(name)
        by_region = totals(actor=actor, period=MARCH, by=("month", NODE))
        by_territory = totals(actor=actor, period=MARCH, by=("month", "territory_id"))
        assert sum(row.amount for row in by_region) == sum(row.amount for row in by_territory)


def test_a_district_that_moves_takes_its_sales_to_the_other_region(company):
    _market()
    move_territory(actor=system_actor(), at=now(), code="E1", data=MoveTerritory(parent="N"))
    found = {row.territory.code if row.territory else None: row.amount for row in RegionSale.objects.all()}
    assert found == {"N": 1100, "CO": 7, None: 40}


def test_the_largest_come_first_where_only_some_are_asked_for(company):
    _market()
    found = totals(actor=company.actor("boss"), period=MARCH, by=("customer_id",), largest=2)
    assert [int(row.amount) for row in found] == [600, 300]


def test_sums_by_territory_of_a_part_of_a_region_never_come_from_the_whole_region(company):
    _market()
    assert totals(actor=company.actor("rep"), period=MARCH)[0].amount == 600
    assert MonthSale.objects.count() == 5
