"""Figures typed by hand stay; the others share what they leave; nothing that does not add up is stored."""

from datetime import timedelta
from decimal import Decimal

import pytest

from repertory.config import plan_checks
from repertory.core.errors import InvalidInput, NotAllowed, NotFound, RepertoryError, RuleViolation, Stale
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.plans import actions, reminders
from repertory.plans.inputs import AnswerReply, BreakDown, ProposeFigure, SetFigures
from repertory.plans.models import CustomerFigure, TargetFigure
from tests.factories.targets import drawn_up, value_at


@pytest.fixture
def plan(company, archive, drugs, at):
    """1,000 a month, in equal parts down to customers."""
    plan = drawn_up({drugs.first: 12_000}, at=at)
    down = BreakDown(territory="CO", method="equal", depth="customers")
    actions.break_down(actor=company.actor("boss"), at=at, plan_id=plan.pk, data=down)
    return plan


def put(plan, actor, drug, at, *figures):
    given = [{"product_id": drug.pk, "period": f"{at.year}-03", **figure} for figure in figures]
    data = read_input(SetFigures, {"figures": given})
    return actions.set_figures(actor=actor, at=at, plan_id=plan.pk, data=data)


def march(plan, company, drug, at):
    return {
        code: value_at(plan, company.territories[code], drug, month=at.year * 100 + 3)
        for code in ("CO", "E", "N", "E1A", "E1B", "N1A")
    }


def assert_sums_agree():
    assert [problem for check in plan_checks.CHECKS for problem in check()] == []


def test_a_typed_figure_stays_and_its_neighbours_share_the_rest(plan, company, drugs, at):
    boss = company.actor("boss")
    put(plan, boss, drugs.first, at, {"territory": "E", "value": 700})
    assert march(plan, company, drugs.first, at) == {"CO": 1000, "E": 700, "N": 300, "E1A": 350, "E1B": 350, "N1A": 300}
    put(plan, boss, drugs.first, at, {"territory": "E1A", "value": 200})
    assert march(plan, company, drugs.first, at)["E1B"] == 500
    put(plan, boss, drugs.first, at, {"territory": "CO", "value": 2000})
    assert march(plan, company, drugs.first, at) == {
        "CO": 2000,
        "E": 700,
        "N": 1300,
        "E1A": 200,
        "E1B": 500,
        "N1A": 1300,
    }
    assert_sums_agree()


def test_a_typed_quarter_is_shared_by_its_months(plan, company, drugs, at):
    put(plan, company.actor("boss"), drugs.first, at, {"territory": "CO", "value": 3601, "period": f"{at.year}-Q1"})
    months = [value_at(plan, company.territories["CO"], drugs.first, month=at.year * 100 + n) for n in (1, 2, 3, 4)]
    assert months == [1201, 1200, 1200, 1000]
    assert_sums_agree()


def test_fixed_figures_beyond_the_sum_above_are_refused_with_the_place(plan, company, drugs, at):
    boss = company.actor("boss")
    with pytest.raises(RuleViolation) as refused:
        put(plan, boss, drugs.first, at, {"territory": "E", "value": 700}, {"territory": "N", "value": 301})
    assert refused.value.code == "sums_disagree"
    assert f"药程公司 {at.year}-03 阿托伐他汀钙片" in str(refused.value)
    assert "1,001" in str(refused.value) and "1,000" in str(refused.value)
    assert march(plan, company, drugs.first, at)["E"] == 500


def test_a_released_figure_shares_again(plan, company, drugs, at):
    boss = company.actor("boss")
    put(plan, boss, drugs.first, at, {"territory": "E", "value": 700})
    put(plan, boss, drugs.first, at, {"territory": "E", "fixed": False})
    put(plan, boss, drugs.first, at, {"territory": "CO", "value": 500})
    assert march(plan, company, drugs.first, at)["E"] == 350


def test_a_customers_figure_is_typed_inside_its_territory(plan, company, archive, drugs, at):
    supervisor = company.actor("supervisor")
    put(plan, supervisor, drugs.first, at, {"territory": "E1A", "customer": archive.own.code, "value": 250})
    figure = CustomerFigure.objects.get(customer=archive.own, figure__month=at.year * 100 + 3)
    assert (figure.value, figure.fixed) == (250, True)
    with pytest.raises(RuleViolation) as refused:
        put(plan, supervisor, drugs.first, at, {"territory": "E1A", "customer": archive.own.code, "value": 251})
    assert refused.value.code == "sums_disagree"
    assert_sums_agree()


def test_no_target_for_a_person_and_the_error_says_why(plan, company, archive, drugs, at):
    with pytest.raises(RuleViolation, match="不得统方"):
        put(
            plan,
            company.actor("boss"),
            drugs.first,
            at,
            {"territory": "E1A", "customer": archive.doctor.code, "value": 1},
        )
    with pytest.raises(InvalidInput):
        put(
            plan,
            company.actor("boss"),
            drugs.first,
            at,
            {"territory": "E1A", "customer": archive.foreign.code, "value": 1},
        )


def test_nobody_changes_their_own_nodes_figure(plan, company, drugs, at):
    with pytest.raises(NotAllowed, match="由上级下达"):
        put(plan, company.actor("supervisor"), drugs.first, at, {"territory": "E1", "value": 1})
    with pytest.raises(NotFound):
        put(plan, company.actor("manager"), drugs.first, at, {"territory": "N", "value": 1})
    with pytest.raises(RepertoryError):
        put(plan, company.actor("rep"), drugs.first, at, {"territory": "E1A", "value": 1})
    put(plan, company.actor("manager"), drugs.first, at, {"territory": "E1A", "value": 1})


def test_a_figure_that_changed_meanwhile_is_refused(plan, company, drugs, at):
    boss = company.actor("boss")
    put(plan, boss, drugs.first, at, {"territory": "E", "value": 700, "seen": 500})
    with pytest.raises(Stale):
        put(plan, boss, drugs.first, at, {"territory": "E", "value": 600, "seen": 500})


def test_figures_are_whole_steps_of_the_plan_and_of_its_year(plan, company, drugs, at):
    with pytest.raises(InvalidInput, match="整倍数"):
        put(plan, company.actor("boss"), drugs.first, at, {"territory": "E", "value": Decimal("0.5")})
    with pytest.raises(InvalidInput, match="不在"):
        put(plan, company.actor("boss"), drugs.first, at, {"territory": "E", "value": 1, "period": "2020-01"})


def test_an_accepted_reply_becomes_the_figure(plan, company, drugs, at):
    supervisor, manager = company.actor("supervisor"), company.actor("manager")
    facts = {
        "period": f"{at.year}-03",
        "product_id": drugs.first.pk,
        "territory": "E1A",
        "value": 200,
        "reason": "清库存",
    }
    reply = actions.propose_figure(
        actor=supervisor, at=at, plan_id=plan.pk, data=read_input(ProposeFigure, {**facts, "territory": "E1"})
    )
    with pytest.raises(NotAllowed):
        actions.answer_reply(actor=supervisor, at=at, reply_id=reply.pk, data=AnswerReply(accept=True))
    boss = company.actor("boss")
    with pytest.raises(RuleViolation):
        # 南京地区 is all that 华东 has: nothing is left to take the rest.
        actions.answer_reply(actor=boss, at=at, reply_id=reply.pk, data=AnswerReply(accept=True))
    second = actions.propose_figure(actor=supervisor, at=at, plan_id=plan.pk, data=read_input(ProposeFigure, facts))
    actions.answer_reply(actor=manager, at=at, reply_id=second.pk, data=AnswerReply(accept=True))
    assert march(plan, company, drugs.first, at)["E1B"] == 300
    actions.answer_reply(actor=boss, at=at, reply_id=reply.pk, data=AnswerReply(accept=False, answer="维持原指标"))
    assert_sums_agree()


def test_the_superior_is_reminded_of_a_reply_and_its_author_of_the_answer(plan, company, drugs, at):
    people, day = {person.pk: name for name, person in company.people.items()}, day_of(at)

    def told(ask, on):
        return [(people[one.person_id], one.values["answer"]) for one in ask(on, {"on": True}, None)]

    facts = {
        "period": f"{at.year}-03",
        "product_id": drugs.first.pk,
        "territory": "E1",
        "value": 200,
        "reason": "清库存",
    }
    data = read_input(ProposeFigure, facts)
    reply = actions.propose_figure(actor=company.actor("supervisor"), at=at, plan_id=plan.pk, data=data)
    assert told(reminders.replies_waiting, day) == [("manager", "open")]
    assert told(reminders.replies_answered, day) == []
    answer = AnswerReply(accept=False, answer="维持原指标")
    actions.answer_reply(actor=company.actor("boss"), at=at, reply_id=reply.pk, data=answer)
    assert told(reminders.replies_waiting, day) == []
    assert told(reminders.replies_answered, day) == [("supervisor", "declined")]
    assert told(reminders.replies_answered, day + timedelta(days=15)) == []


def test_random_typing_keeps_all_sums(plan, company, drugs, at):
    boss = company.actor("boss")
    for number in range(30):
        code = ("E", "N", "E1A", "CO", "E1B")[number % 5]
        figure = {"territory": code, "value": number * 97 % 900, "period": f"{at.year}-0{number % 9 + 1}"}
        try:
            put(plan, boss, drugs.first, at, {**figure, "fixed": number % 3 == 0})
        except RuleViolation:
            continue
    assert_sums_agree()
    assert TargetFigure.objects.filter(plan=plan).count() == 8 * 12
