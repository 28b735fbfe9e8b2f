from datetime import date

from repertory.core.periods import read_period
from repertory.plans.queries.attainment import Ask, Group
from repertory.plans.queries.reasons import reasons

TODAY = date(2026, 3, 31)


def test_the_path_leads_to_the_product_and_customer_that_are_furthest_behind(company, market):
    path = reasons(actor=company.actor("boss"), ask=Ask(read_period("2026-03")), today=TODAY)
    assert [(step.group, step.line.name) for step in path] == [
        (Group.NODE, "华北大区"),
        (Group.NODE, "北京地区"),
        (Group.NODE, "北京东城"),
        (Group.PRODUCT, "甲片"),
        (Group.CUSTOMER, "东城医院"),
    ]
    where = path[-1].ask.where
    assert (where.node.code, where.products, where.customers) == ("N1A", (market.one.pk,), (market.dongcheng.pk,))


def test_a_rep_goes_straight_to_product_and_customer(company, market):
    path = reasons(actor=company.actor("rep"), ask=Ask(read_period("2026-03")), today=TODAY)
    assert [step.line.name for step in path] == ["南京鼓楼", "甲片", "鼓楼医院"]


def test_without_targets_the_loss_against_last_year_decides(company, market):
    path = reasons(actor=company.actor("boss"), ask=Ask(read_period("2026-01")), today=TODAY)
    assert path == []
