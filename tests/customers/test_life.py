"""Stages, tiers, licences, the first trade, the public form."""

from datetime import timedelta

import pytest

from repertory.core.actor import Actor, Door
from repertory.core.errors import Conflict, NotAllowed, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers import actions, licensing
from repertory.customers.actions.facts import open_invitation
from repertory.customers.choices import TRANSITIONS, Stage
from repertory.customers.inputs import (
    DecideFact,
    DecideFirstTrade,
    DecideTier,
    InviteToFillIn,
    MoveStage,
    ReviseCustomer,
)
from repertory.customers.models import Customer, FirstTrade, Licence, ProposedFact, StageChange, TierProposal

VISITOR = Actor(user=None, door=Door.PUBLIC)


@pytest.mark.parametrize("source", Stage.values)
@pytest.mark.parametrize("target", Stage.values)
def test_a_stage_moves_only_as_the_table_says(company, archive, at, source, target):
    Customer.objects.filter(pk=archive.own.pk).update(stage=source)
    move = MoveStage(stage=target, reason="试验")
    if target in TRANSITIONS[source]:
        actions.move_stage(actor=company.actor("rep"), at=at, customer_id=archive.own.pk, data=move)
        assert Customer.objects.get(pk=archive.own.pk).stage == target
        assert StageChange.objects.filter(customer=archive.own).first().from_stage == source
    else:
        with pytest.raises(RuleViolation):
            actions.move_stage(actor=company.actor("rep"), at=at, customer_id=archive.own.pk, data=move)


def test_a_stage_does_not_begin_tomorrow_or_before_the_last_one(company, archive, at):
    for day in (day_of(at) + timedelta(days=1), archive.own.stage_since - timedelta(days=1)):
        with pytest.raises(RuleViolation):
            move = MoveStage(stage="developing", on=day)
            actions.move_stage(actor=company.actor("rep"), at=at, customer_id=archive.own.pk, data=move)


def test_the_rules_propose_with_reasons_and_a_person_decides(company, archive, at):
    facts = ReviseCustomer(potential="high", adoption="regular")
    actions.revise_customer(actor=company.actor("rep"), at=at, customer_id=archive.doctor.pk, data=facts)
    assert actions.propose_tiers(actor=company.actor("supervisor"), at=at) == 1
    proposal = TierProposal.objects.get()
    assert (proposal.tier, proposal.score) == ("A", 90)
    assert proposal.reasons == [["potential", "high", 50], ["adoption", "regular", 40]]
    with pytest.raises(RuleViolation):
        decide(company, at, archive.doctor, tier="B")
    decide(company, at, archive.doctor, tier="B", reason="门诊已停")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_tier) == ("overridden", "B")
    assert Customer.objects.get(pk=archive.doctor.pk).tier == "B"


def decide(company, at, customer, **facts):
    data = DecideTier(**facts)
    return actions.decide_tier(actor=company.actor("rep"), at=at, customer_id=customer.pk, data=data)


def test_p65_a_licence_is_valid_through_its_last_day_and_not_longer(archive, at):
    """ERPNext #2588: what had expired went through; #12843, #19029: then what had not was blocked too."""
    licence = Licence.objects.get(customer=archive.own)
    last = licence.expires_on
    assert licensing.is_valid(licence, on=last)
    assert not licensing.is_valid(licence, on=last + timedelta(days=1))
    assert licensing.state(licence, on=last - timedelta(days=61)) == "valid"
    assert licensing.state(licence, on=last - timedelta(days=60)) == "expiring"
    licence.revoked_on = last - timedelta(days=5)
    assert not licensing.is_valid(licence, on=last - timedelta(days=5))


def test_the_first_trade_is_approved_by_another_person(company, archive, at):
    customer_id = archive.own.pk
    actions.submit_first_trade(actor=company.actor("boss"), at=at, customer_id=customer_id)
    approve = DecideFirstTrade(approve=True)
    with pytest.raises(NotAllowed):
        actions.decide_first_trade(actor=company.actor("rep"), at=at, customer_id=customer_id, data=approve)
    with pytest.raises(NotAllowed) as own:
        actions.decide_first_trade(actor=company.actor("boss"), at=at, customer_id=customer_id, data=approve)
    assert own.value.code == "own_request"
    actions.decide_first_trade(actor=company.actor("finance"), at=at, customer_id=customer_id, data=approve)
    assert FirstTrade.objects.get().state == "approved"
    with pytest.raises(Conflict):
        actions.decide_first_trade(actor=company.actor("finance"), at=at, customer_id=customer_id, data=approve)


def test_without_a_valid_licence_there_is_no_first_trade(company, archive, at):
    Licence.objects.update(expires_on=day_of(at) - timedelta(days=1))
    with pytest.raises(RuleViolation) as error:
        actions.submit_first_trade(actor=company.actor("rep"), at=at, customer_id=archive.own.pk)
    assert error.value.code == "licence_missing"


def invite(company, at, archive):
    data = InviteToFillIn(valid_days=7)
    return actions.invite_to_fill_in(actor=company.actor("rep"), at=at, customer_id=archive.own.pk, data=data)


def test_what_a_customer_fills_in_waits_until_it_is_confirmed(company, archive, at):
    token = invite(company, at, archive)
    assert actions.receive_form(actor=VISITOR, at=at, token=token, values={"phone": "025-99", "headcount": "12"}) == 2
    assert Customer.objects.get(pk=archive.own.pk).phone == "025-83106666"
    fact = ProposedFact.objects.get(field="phone")
    actions.decide_fact(actor=company.actor("rep"), at=at, fact_id=fact.pk, data=DecideFact(accept=True))
    assert Customer.objects.get(pk=archive.own.pk).phone == "025-99"
    with pytest.raises(Conflict):
        actions.decide_fact(actor=company.actor("rep"), at=at, fact_id=fact.pk, data=DecideFact(accept=False))


def test_the_link_works_once_and_not_for_ever(company, archive, at):
    token = invite(company, at, archive)
    for bad_token, moment in ((token + "x", at), ("", at), (token, at + timedelta(days=7))):
        with pytest.raises(NotFound):
            open_invitation(bad_token, at=moment)
    actions.receive_form(actor=VISITOR, at=at, token=token, values={"phone": "1"})
    with pytest.raises(NotFound):
        actions.receive_form(actor=VISITOR, at=at, token=token, values={"phone": "2"})


@pytest.mark.parametrize("field", ["name", "tier", "private_phone", "credit_grade", "stage", "custom"])
def test_p20_the_public_form_takes_only_what_it_asks(company, archive, at, field):
    token = invite(company, at, archive)
    with pytest.raises(RuleViolation):
        actions.receive_form(actor=VISITOR, at=at, token=token, values={field: "1"})
