"""A plan's way from draft to approval, and its versions."""

import pytest

from repertory.config import plan_checks
from repertory.core.errors import Conflict, NotAllowed, NotFound, RepertoryError, RuleViolation
from repertory.core.periods import Period
from repertory.plans import actions
from repertory.plans.actions.plans import put_plan_in_force
from repertory.plans.choices import PlanState
from repertory.plans.inputs import BreakDown, ReviseFigures, SetFigure, SetFigures, SubmitTargetPlan
from repertory.plans.models import CustomerFigure, TargetFigure, TargetPlan
from repertory.plans.queries.targets import target_totals
from tests.factories.targets import decide, drawn_up, in_force, sell


@pytest.fixture
def plan(company, archive, drugs, at):
    plan = drawn_up({drugs.first: 12_000}, at=at, actor=company.actor("finance"))
    down = BreakDown(territory="CO", method="equal", depth="customers")
    actions.break_down(actor=company.actor("finance"), at=at, plan_id=plan.pk, data=down)
    return plan


def test_nobody_approves_what_they_drew_up_or_submitted(plan, company, at):
    boss = company.actor("boss")
    with pytest.raises(RuleViolation) as refused:
        # The only one who could decide asks.
        actions.submit_plan(actor=boss, at=at, plan_id=plan.pk, data=SubmitTargetPlan())
    assert refused.value.code == "nobody_left"
    plan.refresh_from_db()
    assert plan.state == PlanState.DRAFT
    actions.submit_plan(actor=company.actor("finance"), at=at, plan_id=plan.pk, data=SubmitTargetPlan())
    for other in ("finance", "admin", "manager"):
        with pytest.raises(RepertoryError):
            decide(plan, at=at, who=other)
    decide(plan, at=at)
    plan.refresh_from_db()
    assert (plan.state, plan.decided_by) == (PlanState.APPROVED, company.people["boss"])
    with pytest.raises(NotAllowed):
        actions.revise_plan(actor=company.actor("manager"), at=at, plan_id=plan.pk, data=ReviseFigures(reason="调整"))


def test_a_submitted_plan_does_not_change_until_it_is_sent_back(plan, company, drugs, at):
    finance = company.actor("finance")
    actions.submit_plan(actor=finance, at=at, plan_id=plan.pk, data=SubmitTargetPlan())
    figure = SetFigure(period=f"{at.year}-03", product_id=drugs.first.pk, territory="E", value=1)
    with pytest.raises(RuleViolation, match="待审批"):
        actions.set_figures(actor=finance, at=at, plan_id=plan.pk, data=SetFigures(figures=[figure]))
    decide(plan, at=at, refuse="华东偏高")
    plan.refresh_from_db()
    assert (plan.state, plan.decision) == (PlanState.DRAFT, "华东偏高")
    actions.set_figures(actor=finance, at=at, plan_id=plan.pk, data=SetFigures(figures=[figure]))
    actions.submit_plan(actor=finance, at=at, plan_id=plan.pk, data=SubmitTargetPlan())
    actions.take_back_plan(actor=finance, at=at, plan_id=plan.pk)
    actions.set_figures(actor=finance, at=at, plan_id=plan.pk, data=SetFigures(figures=[figure]))


def test_no_plan_comes_into_force_without_its_approval(plan, company, at):
    with pytest.raises(NotAllowed):
        put_plan_in_force(actor=company.actor("boss"), at=at, plan_id=plan.pk)


def test_a_new_version_says_why_holds_the_same_and_replaces_on_approval(plan, company, drugs, at):
    in_force(plan, at=at)
    fresh = actions.revise_plan(
        actor=company.actor("finance"), at=at, plan_id=plan.pk, data=ReviseFigures(reason="集采")
    )
    assert (fresh.number, fresh.reason, fresh.based_on) == (2, "集采", plan)
    assert TargetFigure.objects.filter(plan=fresh).count() == TargetFigure.objects.filter(plan=plan).count()
    assert (
        CustomerFigure.objects.filter(figure__plan=fresh).count()
        == CustomerFigure.objects.filter(figure__plan=plan).count()
    )
    year = SetFigure(period=str(at.year), product_id=drugs.first.pk, territory="CO", value=24_000)
    actions.set_figures(actor=company.actor("boss"), at=at, plan_id=fresh.pk, data=SetFigures(figures=[year]))
    period = Period(at.year * 100 + 1, 12)
    assert target_totals(actor=company.actor("boss"), period=period)[0].amount == 12_000
    with pytest.raises(Conflict):
        actions.revise_plan(actor=company.actor("boss"), at=at, plan_id=plan.pk, data=ReviseFigures(reason="再调"))
    in_force(fresh, at=at)
    plan.refresh_from_db()
    assert plan.state == PlanState.REPLACED
    assert target_totals(actor=company.actor("boss"), period=period)[0].amount == 24_000
    assert [problem for check in plan_checks.CHECKS for problem in check()] == []


def test_a_draft_can_be_thrown_away_but_nothing_else(plan, company, at):
    in_force(plan, at=at)
    fresh = actions.revise_plan(actor=company.actor("boss"), at=at, plan_id=plan.pk, data=ReviseFigures(reason="集采"))
    actions.discard_plan(actor=company.actor("boss"), at=at, plan_id=fresh.pk)
    assert list(TargetPlan.objects.all()) == [plan]
    with pytest.raises(RuleViolation):
        actions.discard_plan(actor=company.actor("boss"), at=at, plan_id=plan.pk)


def test_last_years_sales_and_a_growth_make_a_plan_with_its_seasons(company, archive, drugs, at):
    tree, last = company.territories, (at.year - 1) * 100
    sell(archive.own, drugs.first, tree["E1A"], 1000, month=last + 1)
    sell(archive.own, drugs.first, tree["E1A"], 3000, month=last + 2)
    facts = {"growth_percent": 10, "stretch_percent": 50, "seasons": "history"}
    plan = drawn_up({}, at=at, **facts)
    figures = TargetFigure.objects.filter(plan=plan, value__gt=0).order_by("level", "month")
    assert list(figures.values_list("level", "month", "value")) == [
        ("base", at.year * 100 + 1, 1100),
        ("base", at.year * 100 + 2, 3300),
        ("stretch", at.year * 100 + 1, 1650),
        ("stretch", at.year * 100 + 2, 4950),
    ]
    with pytest.raises(Conflict):
        drawn_up({drugs.first: 1}, at=at)


def test_whoever_does_not_lead_the_company_draws_up_no_plan_and_a_rep_sees_no_draft(plan, company, drugs, at):
    for who in ("manager", "rep", "product", "auditor"):
        with pytest.raises(NotAllowed):
            drawn_up({drugs.first: 1}, at=at, actor=company.actor(who), year=at.year + 1)
    with pytest.raises(NotFound):
        actions.submit_plan(actor=company.actor("rep"), at=at, plan_id=plan.pk, data=SubmitTargetPlan())
