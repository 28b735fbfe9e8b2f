"""What the sums of approved targets say, and to whom."""

from decimal import Decimal

import pytest

from repertory.core.periods import Period
from repertory.plans.choices import PlanState
from repertory.plans.queries.targets import target_totals
from repertory.sales.queries.totals import Total, Where
from tests.factories.targets import open_plan, put_customer, put_figure

MARCH = Period(202603, 1)
YEAR = Period(202601, 12)


@pytest.fixture
def plan(company, archive, drugs):
    """March: 1,000 for the company, 600 for 华东 down to customers of 南京鼓楼, 400 for 华北; April: 50 for the company."""
    tree, plan = company.territories, open_plan()
    whole = put_figure(plan, tree["CO"], drugs.first, 1000)
    east = put_figure(plan, tree["E"], drugs.first, 600, parent=whole)
    put_figure(plan, tree["N"], drugs.first, 400, parent=whole)
    nanjing = put_figure(plan, tree["E1"], drugs.first, 600, parent=east)
    own = put_figure(plan, tree["E1A"], drugs.first, 250, parent=nanjing)
    put_figure(plan, tree["E1B"], drugs.first, 350, parent=nanjing)
    put_customer(own, archive.own, 150)
    put_customer(own, archive.former, 100)
    put_figure(plan, tree["CO"], drugs.second, 50, month=202604)
    put_figure(plan, tree["CO"], drugs.first, 1200, level="stretch")
    return plan


def test_each_figure_counts_once_at_the_finest_node(plan, company, drugs):
    boss, tree = company.actor("boss"), company.territories
    assert target_totals(actor=boss, period=YEAR) == [Total((), Decimal(0), Decimal(1050), 4)]
    by_node = target_totals(actor=boss, period=MARCH, by=("territory_id",))
    assert {total.key[0]: total.amount for total in by_node} == {
        tree["E1A"].pk: 250,
        tree["E1B"].pk: 350,
        tree["N"].pk: 400,
    }
    assert [total.key for total in target_totals(actor=boss, period=YEAR, by=("month", "product_id"))] == [
        (202603, drugs.first.pk),
        (202604, drugs.second.pk),
    ]


def test_a_node_a_product_and_a_level_narrow_the_sums(plan, company, drugs):
    boss, tree = company.actor("boss"), company.territories
    east = target_totals(actor=boss, period=YEAR, where=Where(node=tree["E"]))
    assert east[0].amount == 600
    assert target_totals(actor=boss, period=YEAR, where=Where(products=[drugs.second.pk]))[0].amount == 50
    assert target_totals(actor=boss, period=YEAR, level="stretch")[0].amount == 1200


def test_customers_are_read_where_figures_are_broken_down_to_them(plan, company, archive):
    boss = company.actor("boss")
    of_customers = target_totals(actor=boss, period=MARCH, by=("customer_id", "month"))
    assert {total.key: total.amount for total in of_customers} == {
        (archive.own.pk, 202603): 150,
        (archive.former.pk, 202603): 100,
    }
    assert target_totals(actor=boss, period=MARCH, where=Where(customers=[archive.own.pk]))[0].amount == 150


def test_everybody_reads_their_own_part_of_the_tree(plan, company):
    sums = {
        who: target_totals(actor=company.actor(who), period=YEAR)[0].amount
        for who in ("rep", "supervisor", "manager", "foreigner", "product")
    }
    assert sums == {"rep": 250, "supervisor": 600, "manager": 600, "foreigner": 0, "product": 0}
    assert target_totals(actor=company.actor("rep"), period=YEAR, by=("customer_id",))[0].amount == 150


def test_only_the_approved_version_counts(plan, company):
    boss = company.actor("boss")
    for state in set(PlanState) - {PlanState.APPROVED}:
        plan.state = state
        plan.save()
        assert target_totals(actor=boss, period=YEAR)[0] == Total((), Decimal(0), Decimal(0), 0)


def test_quantities_come_from_the_plan_of_quantities(plan, company, drugs):
    put_figure(open_plan(measure="quantity"), company.territories["CO"], drugs.first, 77)
    assert target_totals(actor=company.actor("boss"), period=MARCH)[0] == Total((), Decimal(77), Decimal(1000), 4)
