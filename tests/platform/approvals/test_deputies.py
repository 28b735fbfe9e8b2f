"""Somebody stands in for somebody, from a day to a day, and it shows. M-PLT-3."""

from datetime import timedelta

import pytest

from repertory.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleViolation
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.platform.approvals.actions import end_deputy, name_deputy
from repertory.platform.approvals.inputs import NameDeputy
from repertory.platform.models import AuditEntry


@pytest.fixture
def name(company, at):
    """Somebody names a deputy, from `first` days on for `days` days."""

    def run(who, deputy, *, first=0, days=7, **more):
        starts = day_of(at) + timedelta(days=first)
        data = NameDeputy(deputy=deputy, starts_on=starts, ends_on=starts + timedelta(days=days), **more)
        return name_deputy(actor=company.actor(who), at=at, data=data)

    return run


def test_a_deputy_decides_in_the_name_of_the_person_and_it_shows(ask, approve, name, company):
    name("manager", "supervisor")
    request = approve("supervisor", ask(amount=1))
    step = request.steps.get()
    assert (request.state, step.principal.username, step.decided_by.username) == ("approved", "manager", "supervisor")
    line = AuditEntry.objects.get(object_type="approval", object_id=request.pk, verb="approval_approved")
    assert line.changes["principal"] == [None, "大区经理"]
    assert line.batch.user_label == "supervisor"


def test_only_on_the_days_that_were_named(ask, approve, name):
    name("manager", "supervisor", first=1)
    name("manager", "teammate", days=1)
    with pytest.raises(NotFound):
        approve("supervisor", ask(amount=1))


def test_who_asked_does_not_approve_as_a_deputy(ask, approve, name):
    name("manager", "supervisor")
    with pytest.raises(RuleViolation) as error:
        approve("supervisor", ask("supervisor", amount=1))
    assert error.value.code == "self_approval"


def test_nobody_approves_in_the_name_of_who_asked(ask, approve, name):
    name("manager", "supervisor")
    request = ask("manager", amount=1)
    with pytest.raises(NotFound):
        approve("supervisor", request)
    assert approve("boss", request).state == "approved"


def test_a_deputy_of_two_people_still_decides_once(ask, approve, name):
    name("manager", "supervisor")
    name("boss", "supervisor")
    request = approve("supervisor", ask(amount=100_000))
    with pytest.raises(RuleViolation) as error:
        approve("supervisor", request)
    assert error.value.code == "twice"
    assert approve("boss", request).state == "approved"


def test_in_whose_name_was_decided_decides_no_other_step(ask, approve, name, company, at):
    name("boss", "manager")
    request = ask("foreigner", node="N1A", amount=1)
    assert approve("manager", request).steps.get().principal.username == "boss"


def test_deputies_of_deputies_do_not_count(ask, approve, name):
    name("manager", "supervisor")
    name("supervisor", "teammate")
    with pytest.raises(NotFound):
        approve("teammate", ask(amount=1))


def test_two_ranges_of_the_same_person_do_not_overlap(name, company, at):
    first = name("manager", "supervisor", days=7)
    with pytest.raises(Conflict):
        name("manager", "teammate", first=6)
    name("manager", "teammate", first=7)
    end_deputy(actor=company.actor("manager"), at=at, deputy_id=first.pk)
    assert name("manager", "finance", days=7).deputy.username == "finance"


def test_what_had_not_begun_is_taken_back_whole(ask, approve, name, company, at):
    row = name("manager", "supervisor", first=3)
    ended = end_deputy(actor=company.actor("manager"), at=at, deputy_id=row.pk)
    assert ended.ends_on == ended.starts_on
    assert name("manager", "teammate", first=1, days=9).deputy.username == "teammate"


def test_an_ended_deputy_decides_no_more(ask, approve, name, company, at):
    row = name("manager", "supervisor")
    end_deputy(actor=company.actor("manager"), at=at, deputy_id=row.pk)
    with pytest.raises(NotFound):
        approve("supervisor", ask(amount=1))
    with pytest.raises(Conflict):
        end_deputy(actor=company.actor("manager"), at=at, deputy_id=row.pk)


def test_an_administrator_names_for_others_but_never_themselves(ask, approve, name):
    with pytest.raises(RuleViolation):
        name("admin", "admin", person="manager")
    with pytest.raises(NotAllowed):
        name("supervisor", "rep", person="manager")
    name("admin", "supervisor", person="manager")
    assert approve("supervisor", ask(amount=1)).state == "approved"


def test_others_neither_see_nor_end_it(name, company, at):
    row = name("manager", "supervisor")
    with pytest.raises(NotFound):
        end_deputy(actor=company.actor("rep"), at=at, deputy_id=row.pk)
    with pytest.raises(NotAllowed):
        end_deputy(actor=company.actor("supervisor"), at=at, deputy_id=row.pk)


def test_wrong_days_and_people_are_refused(name, company, at):
    with pytest.raises(RuleViolation):
        name("manager", "manager")
    with pytest.raises(InvalidInput):
        name("manager", "nobody")
    with pytest.raises(RuleViolation):
        name("manager", "supervisor", first=-1)
    days = {"starts_on": "2026-05-08", "ends_on": "2026-05-08"}
    with pytest.raises(InvalidInput):
        read_input(NameDeputy, {"deputy": "supervisor", **days})
