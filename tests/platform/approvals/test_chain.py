"""Which posts must approve: by the route, the tree, the amount, and who is there. M-PLT-3."""

from datetime import timedelta
from decimal import Decimal

import pytest

from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput, NotAllowed, RuleViolation
from repertory.core.time import day_of
from repertory.organisation.actions import assign, create_person, end_assignment, set_policy
from repertory.organisation.inputs import Assign, CreatePerson, EndAssignment
from repertory.organisation.models import Assignment
from repertory.platform.approvals.actions import set_route
from repertory.platform.approvals.chain import can_all_be_served
from repertory.platform.approvals.inputs import SetRoute
from repertory.platform.models import ApprovalRequest

SINCE = "2025-01-01"


def chain(request, company):
    codes = {node.pk: code for code, node in company.territories.items()}
    return [(step.role, codes[step.node_id]) for step in request.steps.order_by("position")]


def appoint(username, role, node, at):
    system = {"actor": system_actor(), "at": at}
    if username.startswith("new"):
        account = CreatePerson(username=username, name=username, password="Nanjing-2026-Yaocheng")
        create_person(**system, data=account)
    assign(**system, data=Assign(username=username, territory=node, role=role, starts_on=SINCE))


def test_the_chain_follows_the_tree_upwards_from_the_place_of_the_thing(ask, company):
    assert chain(ask(node="E1A", amount=1), company) == [("manager", "E")]


def test_from_its_amount_on_a_further_step_is_due(ask, company):
    assert chain(ask(node="E1A", amount=99_999), company) == [("manager", "E")]
    assert chain(ask(node="E1B", amount=100_000), company) == [("manager", "E"), ("manager", "CO")]
    assert chain(ask(node="E1", amount=-100_000), company) == [("manager", "E"), ("manager", "CO")]


def test_what_nobody_but_the_asker_could_take_goes_up_the_tree(ask, company):
    assert chain(ask("manager", node="E1A", amount=1), company) == [("manager", "CO")]


def test_a_vacant_post_goes_up_the_tree(ask, company):
    assert chain(ask("foreigner", node="N1A", amount=1), company) == [("manager", "CO")]


def test_who_made_the_thing_takes_no_step_either(ask, company):
    author = company.people["manager"].pk
    assert chain(ask(node="E1A", amount=1, authors=[author]), company) == [("manager", "CO")]


def test_the_highest_is_told_who_must_be_appointed(ask):
    with pytest.raises(RuleViolation) as error:
        ask("boss", node="CO", amount=100_000)
    assert error.value.code == "nobody_left"
    assert "药程公司" in str(error.value) and "销售经理" in str(error.value) and "任命" in str(error.value)
    assert not ApprovalRequest.objects.exists()


def test_a_second_manager_of_the_company_lets_the_highest_ask(ask, company, at):
    appoint("new1", "manager", "CO", at)
    assert chain(ask("boss", node="CO", amount=100_000), company) == [("manager", "CO")]


def test_a_route_that_leads_nowhere_from_here_says_so(ask):
    with pytest.raises(RuleViolation) as error:
        ask("product", node="CO", amount=1)
    assert error.value.code == "no_route"


def test_one_person_at_two_posts_decides_once(ask, company, at):
    held = Assignment.objects.get(user=company.people["boss"])
    data = EndAssignment(on=day_of(at))
    end_assignment(actor=system_actor(), at=at, assignment_id=held.pk, data=data)
    appoint("manager", "manager", "CO", at)
    assert chain(ask(node="E1A", amount=100_000), company) == [("manager", "CO")]


def test_large_amounts_take_two_persons_and_say_who_is_missing(ask, company, at):
    with pytest.raises(RuleViolation) as error:
        ask("foreigner", node="N1A", amount=500_000)
    assert error.value.code == "nobody_left" and "500,000" in str(error.value)
    appoint("new1", "manager", "CO", at)
    assert chain(ask("foreigner", node="N1A", amount=500_000), company) == [("manager", "CO"), ("manager", "CO")]


def test_the_second_person_may_come_from_above(ask, company, at):
    steps = [{"role": "manager", "level": "region"}]
    set_route(actor=company.actor("admin"), at=at, data=SetRoute(kind="thing", starts_on=SINCE, steps=steps))
    assert chain(ask(node="E1A", amount=500_000), company) == [("manager", "E"), ("manager", "CO")]


def test_the_limit_of_two_persons_is_a_dated_rule(ask, company, at):
    key, value = "approvals.two_persons", {"on": False, "from_cny": 500_000}
    set_policy(actor=company.actor("admin"), at=at, key=key, starts_on=day_of(at), value=value)
    assert chain(ask("foreigner", node="N1A", amount=900_000), company) == [("manager", "CO")]


def test_a_route_set_from_a_day_on_counts_from_that_day(ask, company, at):
    steps = [{"role": "supervisor", "level": "district"}, {"role": "finance", "level": "company", "from_cny": "10.5"}]
    admin = company.actor("admin")
    day = day_of(at)
    set_route(actor=admin, at=at, data=SetRoute(kind="thing", starts_on=day + timedelta(days=1), steps=steps))
    assert chain(ask(node="E1A", amount=11), company) == [("manager", "E")]
    set_route(actor=admin, at=at, data=SetRoute(kind="thing", starts_on=day, steps=steps))
    assert chain(ask(node="E1B", amount=Decimal("10")), company) == [("supervisor", "E1")]
    assert chain(ask(node="E1", amount=11), company) == [("supervisor", "E1"), ("finance", "CO")]


def test_only_administrators_set_routes_and_only_with_roles_that_there_are(company, things, at):
    good = SetRoute(kind="thing", starts_on=SINCE, steps=[{"role": "manager", "level": "region"}])
    for username in ("boss", "auditor", "finance"):
        with pytest.raises(NotAllowed):
            set_route(actor=company.actor(username), at=at, data=good)
    bad = SetRoute(kind="thing", starts_on=SINCE, steps=[{"role": "emperor", "level": "region"}])
    with pytest.raises(InvalidInput) as error:
        set_route(actor=company.actor("admin"), at=at, data=bad)
    assert error.value.field == "steps.0.role"


@pytest.mark.parametrize(
    ("wanted", "possible"),
    [
        ([], True),
        ([{1}], True),
        ([set()], False),
        ([{1, 2}, {1}], True),
        ([{1}, {1}], False),
        ([{1, 2}, {2, 3}, {1, 3}], True),
        ([{1, 2}, {1, 2}, {1, 2}], False),
    ],
)
def test_each_step_needs_a_person_of_its_own(wanted, possible):
    assert can_all_be_served(wanted) is possible
