"""Breaking down a year's plan: by what, how deep, and that all sums agree to the last unit."""

from decimal import Decimal

import pytest

from repertory.config import plan_checks
from repertory.core.errors import NotAllowed, NotFound, RuleViolation
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.organisation.actions import set_policy
from repertory.plans import actions
from repertory.plans.inputs import BreakDown
from repertory.plans.models import CustomerFigure, TargetFigure
from tests.factories.archive import open_archive
from tests.factories.targets import drawn_up, sell, value_at


@pytest.fixture
def plan(company, archive, drugs, at):
    return drawn_up({drugs.first: 12_001, drugs.second: 120}, at=at)


def break_down(plan, *, at, actor, territory="CO", **facts):
    data = read_input(BreakDown, {"territory": territory, "method": "equal", **facts})
    return actions.break_down(actor=actor, at=at, plan_id=plan.pk, data=data)


def assert_sums_agree():
    assert [problem for check in plan_checks.CHECKS for problem in check()] == []


def test_a_year_is_laid_on_its_months_to_the_last_unit(plan, company, drugs, at):
    months = [value_at(plan, company.territories["CO"], drugs.first, month=at.year * 100 + n) for n in range(1, 13)]
    assert months == [1001, *[1000] * 11]


def test_a_node_is_shared_equally_among_those_below(plan, company, drugs, at):
    assert break_down(plan, at=at, actor=company.actor("boss")) == 72
    january = at.year * 100 + 1
    assert value_at(plan, company.territories["E"], drugs.first, month=january) == 501
    assert value_at(plan, company.territories["N"], drugs.first, month=january) == 500
    assert_sums_agree()


def test_history_shares_by_the_same_month_of_last_year_then_by_the_year(plan, company, archive, drugs, at):
    tree, last = company.territories, (at.year - 1) * 100
    sell(archive.own, drugs.first, tree["E1A"], 300, month=last + 3)
    sell(archive.foreign, drugs.first, tree["N1A"], 100, month=last + 3)
    sell(archive.foreign, drugs.first, tree["N1A"], 200, month=last + 5)
    break_down(plan, at=at, actor=company.actor("boss"), method="history")
    east = {n: value_at(plan, tree["E"], drugs.first, month=at.year * 100 + n) for n in (3, 4, 5)}
    assert east == {3: 750, 4: 500, 5: 0}
    assert value_at(plan, tree["E"], drugs.second, month=at.year * 100 + 3) == 5
    assert_sums_agree()


def test_returns_beyond_sales_weigh_nothing(plan, company, archive, drugs, at):
    tree, march = company.territories, (at.year - 1) * 100 + 3
    sell(archive.own, drugs.first, tree["E1A"], -300, month=march)
    sell(archive.foreign, drugs.first, tree["N1A"], 100, month=march)
    break_down(plan, at=at, actor=company.actor("boss"), method="history")
    assert value_at(plan, tree["N"], drugs.first, month=at.year * 100 + 3) == 1000


def test_down_to_customers_by_potential_persons_left_out(plan, company, archive, drugs, at):
    rich = open_archive(at=at, territory="E1A", name="南京鼓楼药房", kind="pharmacy", potential="high")
    break_down(plan, at=at, actor=company.actor("boss"), depth="customers", method="potential")
    parts = CustomerFigure.objects.filter(
        figure__plan=plan, figure__territory=company.territories["E1A"], figure__month=at.year * 100 + 2
    )
    of_first = dict(parts.filter(figure__product=drugs.first).values_list("customer_id", "value"))
    # 东 8 : 北 2 of 1,000; 鼓楼 6 of 7 below: 医院 1 : 药房 5.
    assert set(of_first) == {archive.own.pk, rich.pk}
    assert of_first[rich.pk] / of_first[archive.own.pk] == pytest.approx(Decimal(5), rel=Decimal("0.02"))
    assert_sums_agree()


def test_persons_have_targets_where_the_rule_is_switched_off(plan, company, archive, at):
    facts = {"key": "law.no_prescription_counts", "starts_on": day_of(at), "value": {"on": False}, "source": "境外业务"}
    set_policy(actor=company.actor("admin"), at=at, **facts)
    break_down(plan, at=at, actor=company.actor("boss"), depth="customers")
    assert CustomerFigure.objects.filter(customer=archive.doctor).exists()


def test_own_weights_share_one_step(plan, company, drugs, at):
    weights = [{"code": "E", "weight": "3"}, {"code": "N", "weight": "1"}]
    break_down(plan, at=at, actor=company.actor("boss"), method="weights", weights=weights)
    assert value_at(plan, company.territories["N"], drugs.second, month=at.year * 100 + 1) == 2
    stranger = [{"code": "N1A", "weight": "3"}]
    with pytest.raises(Exception, match="不是这里的下级区域"):
        break_down(plan, at=at, actor=company.actor("boss"), method="weights", weights=stranger)


def test_breaking_down_anew_keeps_what_is_fixed_and_what_hangs_below(plan, company, drugs, at):
    boss, tree, january = company.actor("boss"), company.territories, at.year * 100 + 1
    break_down(plan, at=at, actor=boss, depth="customers")
    TargetFigure.objects.filter(plan=plan, territory=tree["E"], product=drugs.first, month=january).update(fixed=True)
    weights = [{"code": "E", "weight": "1"}, {"code": "N", "weight": "9"}]
    break_down(plan, at=at, actor=boss, method="weights", weights=weights)
    assert value_at(plan, tree["E"], drugs.first, month=january) == 501
    assert value_at(plan, tree["E"], drugs.first, month=january + 1) == 100
    assert value_at(plan, tree["E1A"], drugs.first, month=january + 1) == 50
    assert_sums_agree()


def test_leaders_break_down_their_own_nodes_only(plan, company, drugs, at):
    break_down(plan, at=at, actor=company.actor("boss"))
    manager = company.actor("manager")
    break_down(plan, at=at, actor=manager, territory="E", depth="customers")
    assert_sums_agree()
    with pytest.raises(NotFound):
        break_down(plan, at=at, actor=manager, territory="N")
    with pytest.raises(NotFound):
        break_down(plan, at=at, actor=company.actor("rep"), territory="E1A", depth="customers")
    with pytest.raises(NotAllowed):
        break_down(plan, at=at, actor=company.actor("product"), territory="E")


def test_a_figure_without_customers_or_nodes_below_says_so(plan, company, at):
    boss = company.actor("boss")
    with pytest.raises(RuleViolation) as refused:
        break_down(plan, at=at, actor=boss, territory="N1A")
    assert refused.value.code == "nothing_to_break_down"
    break_down(plan, at=at, actor=boss, depth="all_nodes")
    with pytest.raises(RuleViolation) as refused:
        break_down(plan, at=at, actor=boss, territory="N1A")
    assert refused.value.code == "no_parts"
