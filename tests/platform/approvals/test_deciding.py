"""A request's way: never one's own, never twice, one of two wins, all or nothing. M-PLT-3."""

import pytest

from repertory.config import approval_checks
from repertory.core.actor import Actor, Door, system_actor
from repertory.core.errors import Conflict, NotAllowed, NotFound, RuleViolation
from repertory.organisation.actions import assign, revise_person
from repertory.organisation.inputs import Assign, RevisePerson
from repertory.platform.approvals import access, actions
from repertory.platform.approvals.inputs import WithdrawRequest
from repertory.platform.models import ApprovalRequest, AuditEntry

SINCE = "2025-01-01"


def states(request):
    return [step.state for step in request.steps.order_by("position")]


def appoint(username, role, node, at):
    data = Assign(username=username, territory=node, role=role, starts_on=SINCE)
    assign(actor=system_actor(), at=at, data=data)


def test_after_the_last_step_it_happens(ask, approve, things):
    request = approve("manager", ask(amount=100_000))
    assert (request.state, request.step, things.ended) == ("waiting", 2, [])
    request = approve("boss", request)
    assert (request.state, states(request)) == ("approved", ["approved", "approved"])
    assert things.ended == [("approved", request.object_id)]
    verbs = AuditEntry.objects.filter(object_type="approval", object_id=request.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "approval_asked",
        "approval_step_approved",
        "approval_approved",
    ]


def test_a_refusal_at_any_step_ends_it(ask, reject, things):
    request = reject("manager", ask(amount=100_000))
    assert (request.state, states(request)) == ("rejected", ["rejected", "dropped"])
    assert things.ended == [("rejected", request.object_id)]


def test_what_can_not_be_carried_out_is_not_approved(ask, approve, things):
    request, things.fails = ask(amount=1), True
    with pytest.raises(RuntimeError):
        approve("manager", request)
    request.refresh_from_db()
    assert (request.state, request.version, states(request)) == ("waiting", 1, ["waiting"])


def test_of_two_people_deciding_at_once_one_wins_and_the_other_is_told(ask, approve, at, things):
    appoint("supervisor", "manager", "E", at)
    request = ask(amount=100_000)
    seen = request.version
    approve("manager", request, seen)
    with pytest.raises(Conflict) as error:
        approve("supervisor", request, seen)
    assert error.value.code == "moved"
    assert states(request) == ["approved", "waiting"]


def test_nobody_approves_their_own_through_a_second_role_either(ask, approve, company, at):
    appoint("rep", "manager", "E", at)
    request = ask("rep", amount=1)
    with pytest.raises(RuleViolation) as error:
        approve("rep", request)
    assert error.value.code == "self_approval"


def test_who_made_the_thing_does_not_approve_it(ask, approve, company):
    request = ask("rep", amount=100_000, authors=[company.people["manager"].pk])
    assert request.steps.count() == 1
    with pytest.raises(NotFound):
        approve("manager", request)
    assert approve("boss", request).state == "approved"


def test_the_same_person_never_decides_two_steps(ask, approve, company, at):
    appoint("boss", "manager", "E", at)
    request = ask("rep", amount=100_000)
    approve("manager", request)
    appoint("manager", "manager", "CO", at)
    with pytest.raises(RuleViolation) as error:
        approve("manager", request)
    assert error.value.code == "twice"


def test_who_alone_can_take_a_later_step_leaves_the_first_to_the_others(ask, approve, at):
    appoint("boss", "manager", "E", at)
    request = ask("rep", amount=100_000)
    with pytest.raises(RuleViolation) as error:
        approve("boss", request)
    assert error.value.code == "needed_later"
    approve("manager", request)
    assert approve("boss", request).state == "approved"


def test_the_next_step_is_not_decided_before_its_turn(ask, approve):
    request = ask("rep", amount=100_000)
    with pytest.raises(NotAllowed):
        approve("boss", request)


def test_who_has_nothing_to_do_with_it_does_not_find_it(ask, approve, company):
    request = ask("rep", amount=1)
    seen = {who for who, person in company.people.items() if _sees(company, who, request)}
    assert seen == {"rep", "manager", "admin", "auditor"}
    for username in ("teammate", "supervisor", "foreigner", "finance"):
        with pytest.raises(NotFound):
            approve(username, request)


def _sees(company, username, request):
    return access.visible_requests(company.actor(username)).filter(pk=request.pk).exists()


def test_reading_all_is_not_deciding(ask, approve):
    request = ask("rep", amount=1)
    for username in ("admin", "auditor"):
        with pytest.raises(NotAllowed):
            approve(username, request)


def test_a_key_that_only_reads_decides_nothing(ask, company, at):
    request = ask("rep", amount=1)
    actor = Actor(user=company.people["manager"], door=Door.API, token_scopes=frozenset({"read"}))
    with pytest.raises(NotAllowed):
        data = actions.deciding.ApproveStep(version=1)
        actions.approve_step(actor=actor, at=at, request_id=request.pk, data=data)


def test_the_academic_side_neither_sees_nor_decides_what_is_priced(ask, approve, company, at):
    data = RevisePerson(side="academic")
    revise_person(actor=system_actor(), at=at, person_id=company.people["manager"].pk, data=data)
    company.people["manager"].refresh_from_db()
    priced = ask("rep", amount=1, kind="priced")
    assert priced.steps.get().node_id == company.territories["CO"].pk
    assert not _sees(company, "manager", priced)
    assert approve("boss", priced).state == "approved"


def test_who_asked_takes_it_back_and_nobody_else(ask, company, at, things):
    request = ask("rep", amount=1)
    for username in ("manager", "admin"):
        with pytest.raises(NotAllowed):
            _withdraw(company.actor(username), request, at)
    assert _withdraw(company.actor("rep"), request, at).state == "withdrawn"
    assert things.ended == [("withdrawn", request.object_id)]
    with pytest.raises(Conflict):
        _withdraw(company.actor("rep"), request, at)


def _withdraw(actor, request, at):
    version = ApprovalRequest.objects.get(pk=request.pk).version
    data = WithdrawRequest(version=version, reason="改价")
    return actions.withdraw_request(actor=actor, at=at, request_id=request.pk, data=data)


def test_a_thing_waits_once_and_may_be_put_up_again_afterwards(ask, reject, things):
    first = ask("rep", amount=1)
    with pytest.raises(Conflict):
        ask("rep", amount=2)
    reject("manager", first)
    assert ask("rep", amount=2).state == "waiting"


def test_its_domain_takes_back_what_waits_without_being_called_back(ask, company, at, things):
    request = ask("rep", amount=1)
    rep = company.actor("rep")
    thing = {"kind": "thing", "object_id": request.object_id}
    assert actions.withdraw_of(actor=rep, at=at, **thing) is True
    assert actions.withdraw_of(actor=rep, at=at, **thing) is False
    assert things.ended == []


def test_what_the_actions_wrote_is_whole(ask, approve, reject, company, at):
    approve("boss", approve("manager", ask(amount=100_000)))
    reject("manager", ask(node="E1B", amount=100_000))
    approve("manager", ask(node="E1", amount=100_000))
    _withdraw(company.actor("rep"), ask(amount=1), at)
    assert [problem for check in approval_checks.CHECKS for problem in check()] == []
