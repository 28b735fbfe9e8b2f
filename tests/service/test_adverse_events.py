"""M-SER-2, M-LAW-5: an adverse event is taken in whole or not, its legal clock runs from the first awareness, it stays."""

from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError

from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput, NotAllowed, NotFound, RuleViolation, Stale
from repertory.core.listing import ListQuery
from repertory.organisation.actions import set_policy
from repertory.platform.models import AuditEntry
from repertory.service import access, actions, persons
from repertory.service.inputs import (
    CloseEvent,
    CorrectAdverseEvent,
    FollowUp,
    HandOverEvent,
    ReportAdverseEvent,
    RevealEvent,
)
from repertory.service.models import AdverseEvent, AdverseEventRevision
from repertory.service.queries.adverse import content_of, list_events, revisions_of
from tests.factories.cases import open_case, report_event
from tests.service.conftest import MONDAY

REVEAL = RevealEvent(reason="核对患者资料")


def do(company, act, event, data, *, at=MONDAY, username="supervisor"):
    return act(actor=company.actor(username), at=at, event_id=event.pk, data=data)


@pytest.mark.parametrize(
    ("facts", "clock", "term"),
    [
        ({"seriousness": ["death"]}, "at_once", timedelta(hours=24)),
        ({"outcome": "death"}, "at_once", timedelta(hours=24)),
        ({"seriousness": ["hospitalisation", "death"], "expectedness": "new"}, "at_once", timedelta(hours=24)),
        ({"seriousness": ["life_threatening"]}, "serious_or_new", timedelta(days=15)),
        ({"seriousness": ["hospitalisation"]}, "serious_or_new", timedelta(days=15)),
        ({"seriousness": ["disability"]}, "serious_or_new", timedelta(days=15)),
        ({"seriousness": ["congenital"]}, "serious_or_new", timedelta(days=15)),
        ({"seriousness": ["other_important"]}, "serious_or_new", timedelta(days=15)),
        ({"expectedness": "new"}, "serious_or_new", timedelta(days=15)),
        ({"expectedness": "unknown"}, "serious_or_new", timedelta(days=15)),
        ({"expectedness": "known"}, "other", timedelta(days=30)),
    ],
)
def test_the_legal_term_follows_what_happened(archive, facts, clock, term):
    event = report_event(archive.own, at=MONDAY, **facts)
    assert (event.clock, event.due_at) == (clock, MONDAY + term)


def test_the_term_counts_natural_days_from_the_first_awareness(archive):
    heard = MONDAY - timedelta(days=3)
    event = report_event(archive.own, at=MONDAY, aware_at=heard, expectedness="new")
    assert event.due_at == heard + timedelta(days=15)
    spring_festival = MONDAY.replace(month=2, day=13)
    assert report_event(archive.own, at=spring_festival).due_at == spring_festival + timedelta(days=30)


def test_the_terms_are_those_of_the_dated_rule(archive):
    value = {"death_hours": 12, "serious_or_new_days": 7, "other_days": 20}
    key = "service.adverse_event_terms"
    set_policy(actor=system_actor(), at=MONDAY, key=key, starts_on=date(2026, 3, 2), value=value, source="公司制度")
    assert report_event(archive.own, at=MONDAY, seriousness=["death"]).due_at == MONDAY + timedelta(hours=12)
    before = MONDAY - timedelta(days=1)
    assert report_event(archive.own, at=MONDAY, aware_at=before).due_at == before + timedelta(days=30)


def test_an_awareness_of_tomorrow_is_refused(archive):
    with pytest.raises(RuleViolation, match="首次获知"):
        report_event(archive.own, at=MONDAY, aware_at=MONDAY + timedelta(minutes=1))
    with pytest.raises(RuleViolation, match="发生日期"):
        report_event(archive.own, at=MONDAY, onset_on=date(2026, 3, 3))


def test_what_is_missing_is_listed_and_never_refused(archive):
    data = ReportAdverseEvent(customer_id=archive.own.pk)
    event = actions.report_adverse_event(actor=system_actor(), at=MONDAY, data=data)
    assert event.missing == ["patient", "reporter", "product", "description"]
    assert event.clock == "serious_or_new"
    listed = list_events(actor=system_actor(), query=ListQuery(filters={"incomplete": ["1"]}), at=MONDAY)
    assert [row.pk for row in listed.items] == [event.pk]


@pytest.mark.parametrize(
    ("facts", "element"),
    [
        ({"patient_age": "8月"}, "patient"),
        ({"patient_sex": "female"}, "patient"),
        ({"patient_initials": "L.N."}, "patient"),
        ({"reporter_kind": "nurse"}, "reporter"),
        ({"reporter_name": "王护士"}, "reporter"),
        ({"product_text": "降脂药"}, "product"),
        ({"description": "皮疹"}, "description"),
    ],
)
def test_each_element_counts_as_soon_as_something_identifies_it(archive, facts, element):
    data = ReportAdverseEvent(customer_id=archive.own.pk, **facts)
    event = actions.report_adverse_event(actor=system_actor(), at=MONDAY, data=data)
    assert element not in event.missing
    assert len(event.missing) == 3


def test_persons_are_encrypted_and_masked_in_the_trail(event):
    stored = AdverseEvent.objects.filter(pk=event.pk).values(*persons.PERSONAL).get()
    raw = b"".join(bytes(value) for value in stored.values())
    assert "65岁".encode() not in raw
    assert b"13912340000" not in raw
    content = AdverseEventRevision.objects.get(event=event).content
    assert "皮疹".encode() not in bytes(content)
    trail = "".join(str(entry.changes) for entry in AuditEntry.objects.filter(object_type="adverse_event"))
    assert "Z.S." not in trail


def test_who_may_know_the_persons_reveals_them_with_a_reason(event, company):
    revealed = do(company, actions.reveal_persons, event, REVEAL)
    assert revealed == {
        "patient_initials": "Z.S.",
        "patient_age": "65岁",
        "patient_sex": "male",
        "reporter_name": "单雪",
        "reporter_phone": "13912340000",
    }
    entry = AuditEntry.objects.filter(verb="revealed", object_type="adverse_event").get()
    assert entry.reason == REVEAL.reason
    for username in ("rep", "admin", "auditor", "manager"):
        assert do(company, actions.reveal_persons, event, REVEAL, username=username)["patient_age"] == "65岁"


@pytest.mark.parametrize("username", ["product", "marketer"])
def test_product_manager_and_marketer_see_the_report_without_the_persons(event, company, username):
    assert access.get_event(company.actor(username), event.pk) == event
    with pytest.raises(NotAllowed):
        do(company, actions.reveal_persons, event, REVEAL, username=username)


@pytest.mark.parametrize("username", ["finance", "foreigner", "teammate"])
def test_for_all_others_it_is_not_there(event, company, username):
    with pytest.raises(NotFound):
        do(company, actions.reveal_persons, event, REVEAL, username=username)


def test_a_correction_appends_a_revision_and_moves_the_clock(event, company):
    data = CorrectAdverseEvent(seriousness=["hospitalisation"], reason="患者住院")
    corrected = do(company, actions.correct_adverse_event, event, data, at=MONDAY + timedelta(days=1))
    assert (corrected.clock, corrected.due_at) == ("serious_or_new", MONDAY + timedelta(days=15))
    newest, first = revisions_of(event)
    assert (newest.row.number, newest.row.reason, newest.row.fields) == (2, "患者住院", ["seriousness"])
    assert (content_of(first.row)["seriousness"], content_of(newest.row)["seriousness"]) == ([], ["hospitalisation"])
    assert newest.content["patient_initials"] == persons.MASK


def test_completing_a_report_clears_what_was_missing(archive, company):
    data = ReportAdverseEvent(customer_id=archive.own.pk, description="皮疹", product_text="降脂药")
    event = actions.report_adverse_event(actor=company.actor("rep"), at=MONDAY, data=data)
    more = CorrectAdverseEvent(patient_age="40岁", reporter_kind="doctor", reason="电话随访")
    assert do(company, actions.correct_adverse_event, event, more, username="rep").missing == []


def test_a_correction_that_changes_nothing_leaves_no_revision(event, company):
    data = CorrectAdverseEvent(lot="A2601", patient_age=persons.MASK, reason="核对")
    assert do(company, actions.correct_adverse_event, event, data).version == 1
    assert AdverseEventRevision.objects.filter(event=event).count() == 1
    with pytest.raises(Stale):
        do(company, actions.correct_adverse_event, event, data.model_copy(update={"version": 9}))


def test_its_way_goes_over_pharmacovigilance_with_a_receipt(event, company):
    with pytest.raises(NotAllowed):
        do(company, actions.hand_over_event, event, HandOverEvent(to="药物警戒部"), username="rep")
    do(company, actions.follow_up_event, event, FollowUp(text="已电话询问批号"), username="rep")
    moment = MONDAY + timedelta(hours=2)
    data = HandOverEvent(to="药物警戒部", on=moment)
    handed = do(company, actions.hand_over_event, event, data, at=moment + timedelta(hours=1))
    assert (handed.state, handed.handed_over_at, handed.handed_over_to) == ("handed_over", moment, "药物警戒部")
    with pytest.raises(RuleViolation, match="回执"):
        do(company, actions.close_event, event, CloseEvent(note="完成"))
    closed = do(company, actions.close_event, event, CloseEvent(note="完成", receipt_number="PV-1"))
    assert (closed.state, closed.receipt_number) == ("closed", "PV-1")
    kinds = [step.kind for step in event.steps.order_by("pk")]
    assert kinds == ["received", "followed_up", "handed_over", "closed"]


@pytest.mark.parametrize("hours", [-1, 5])
def test_it_is_handed_over_neither_before_it_was_heard_of_nor_tomorrow(event, company, hours):
    data = HandOverEvent(to="药物警戒部", on=MONDAY + timedelta(hours=hours))
    with pytest.raises(RuleViolation):
        do(company, actions.hand_over_event, event, data, at=MONDAY + timedelta(hours=4))


def test_nothing_deletes_a_report(event):
    assert not [name for name in actions.__all__ if name.startswith(("delete", "remove", "discard"))]
    with pytest.raises(ProtectedError):
        event.delete()


def test_late_means_not_handed_over_in_time(event, archive, company):
    other = report_event(archive.own, at=MONDAY)
    do(company, actions.hand_over_event, other, HandOverEvent(to="药物警戒部"))
    query = ListQuery(filters={"late": ["1"]})
    for days, late in ((30, []), (31, [event.pk])):
        listed = list_events(actor=company.actor("rep"), query=query, at=MONDAY + timedelta(days=days))
        assert [row.pk for row in listed.items] == late


def test_a_report_may_come_from_a_case_of_the_same_customer(archive, company):
    case = open_case(archive.own, at=MONDAY)
    assert report_event(archive.own, at=MONDAY, case_id=case.pk).case == case
    with pytest.raises(InvalidInput):
        report_event(archive.team, at=MONDAY, case_id=case.pk)


def test_a_reporter_keeps_their_report_in_sight_when_the_customer_is_lost(archive, company):
    event = report_event(archive.foreign, at=MONDAY)
    AdverseEvent.objects.filter(pk=event.pk).update(reported_by=company.people["rep"])
    assert do(company, actions.reveal_persons, event, REVEAL, username="rep")["patient_age"] == "65岁"
