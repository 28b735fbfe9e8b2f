"""Recording what took place. M-VIS-1, M-VIS-3."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from repertory.core.errors import Conflict, NotAllowed, NotFound
from repertory.core.geo import wgs_to_gcj
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.customers.models import Customer
from repertory.platform.models import AuditEntry
from repertory.products import actions as products
from repertory.products.inputs import MoveProductStage, WithdrawMessage
from repertory.visits import actions
from repertory.visits.inputs import AmendVisit, CompleteVisit
from repertory.visits.models import CheckIn, Visit
from tests.factories.archive import open_archive
from tests.factories.field import plan, record, refused

DAY = timedelta(days=1)
GULOU = (118.77807, 32.06167)


def test_a_visit_keeps_who_whom_when_what_was_said_and_how_it_was_taken(company, at, doctor, product, message):
    talked = {"product_id": product.pk, "message_version_ids": [message.pk], "attitude": "interested", "note": "要文献"}
    starts_at = at - timedelta(minutes=40)
    visit = record(company.actor("rep"), doctor, at=at, starts_at=starts_at, products=[talked], consensus="下周试用")
    visit.refresh_from_db()
    assert (visit.user.username, visit.territory.code, visit.status) == ("rep", "E1A", "done")
    assert (visit.day, visit.planned_on, visit.late) == (day_of(starts_at), None, False)
    assert visit.starts_at == starts_at.replace(microsecond=0)
    assert list(visit.products.values_list("product_id", "attitude", "note")) == [(product.pk, "interested", "要文献")]
    assert list(visit.messages.values_list("message_version_id", flat=True)) == [message.pk]
    assert Customer.objects.get(pk=doctor.pk).last_contact_on == visit.day
    entry = AuditEntry.objects.get(object_type="visit", object_id=visit.pk)
    assert (entry.verb, entry.label) == ("visit_recorded", doctor.name)


def test_the_next_visit_becomes_a_planned_one_and_completing_it_closes_the_ring(company, at, doctor):
    following = {"on": day_of(at) + 7 * DAY, "starts": "09:30", "aim": "确认试用结果", "prepare": "最新文献"}
    first = record(company.actor("rep"), doctor, at=at, next_visit=following)
    planned = Visit.objects.get(follows=first)
    assert (planned.status, planned.day, planned.aim, planned.prepare) == (
        "planned",
        day_of(at) + 7 * DAY,
        "确认试用结果",
        "最新文献",
    )
    assert Customer.objects.get(pk=doctor.pk).next_contact_on == planned.day
    later = at + 8 * DAY
    data = read_input(CompleteVisit, {"starts_at": later - timedelta(hours=1), "consensus": "继续使用"})
    done = actions.complete_visit(actor=company.actor("rep"), at=later, visit_id=planned.pk, data=data)
    assert (done.status, done.planned_on, done.day) == ("done", planned.day, day_of(later - timedelta(hours=1)))
    assert Customer.objects.get(pk=doctor.pk).next_contact_on is None
    with pytest.raises(Conflict):
        actions.complete_visit(actor=company.actor("rep"), at=later, visit_id=planned.pk, data=data)


def test_others_who_were_there_count_as_seen(company, at, archive):
    colleague = open_archive(at=at, territory="E1A", name="周敏", kind="hcp", institution=archive.own.pk)
    visit = record(company.actor("rep"), archive.doctor, at=at, companions=[colleague.pk])
    assert list(visit.companions.values_list("customer_id", flat=True)) == [colleague.pk]
    assert Customer.objects.get(pk=colleague.pk).last_contact_on == visit.day


def test_the_same_minute_with_the_same_customer_is_one_visit(company, at, doctor):
    starts_at = at - timedelta(minutes=30)
    record(company.actor("rep"), doctor, at=at, starts_at=starts_at)
    with pytest.raises(Conflict):
        record(company.actor("rep"), doctor, at=at + timedelta(minutes=1), starts_at=starts_at)


@pytest.mark.parametrize("whose", ["team", "foreign", "former", "removed"])
def test_nobody_records_a_visit_to_somebody_out_of_sight(company, at, archive, whose):
    with pytest.raises(NotFound):
        record(company.actor("rep"), getattr(archive, whose), at=at)
    with pytest.raises(NotFound):
        record(company.actor("rep"), archive.own, at=at, companions=[getattr(archive, whose).pk])
    assert not Visit.objects.exists()


@pytest.mark.parametrize("username", ["finance", "auditor", "admin"])
def test_who_visits_nobody_records_nothing(company, at, archive, username):
    with pytest.raises(NotAllowed):
        record(company.actor(username), archive.own, at=at)


def test_an_entry_after_the_end_of_the_day_and_its_grace_is_marked_late(company, at, archive):
    yesterday = record(company.actor("rep"), archive.own, at=at, starts_at=at - DAY)
    before = record(company.actor("rep"), archive.own, at=at, starts_at=at - 3 * DAY, late_reason="出差在外")
    assert (yesterday.late, before.late, before.late_reason) == (False, True, "出差在外")


def test_a_closed_period_and_the_future_are_refused(company, at, archive):
    with refused("period_closed"):
        record(company.actor("rep"), archive.own, at=at, starts_at=at - 40 * DAY)
    with refused("in_future"):
        record(company.actor("rep"), archive.own, at=at, starts_at=at + timedelta(hours=1))


def test_the_day_of_a_visit_is_the_companys_day(company, archive):
    at = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)
    assert (
        str(record(company.actor("boss"), archive.own, at=at, starts_at=at - timedelta(minutes=10)).day) == "2026-04-01"
    )


def test_what_is_not_on_sale_or_may_not_be_said_refuses_the_visit(company, at, doctor, product, message):
    talked = [{"product_id": product.pk, "message_version_ids": [message.pk]}]
    products.withdraw_message(
        actor=company.actor("product"), at=at, version_id=message.pk, data=WithdrawMessage(reason="说明书已改")
    )
    with refused("message_not_usable"):
        record(company.actor("rep"), doctor, at=at, products=talked)
    stop = MoveProductStage(stage="suspended", reason="停产")
    products.move_product_stage(actor=company.actor("product"), at=at, product_id=product.pk, data=stop)
    with refused("product_not_on_sale"):
        record(company.actor("rep"), doctor, at=at, products=[{"product_id": product.pk}])
    assert not Visit.objects.exists()


def test_a_message_for_doctors_is_not_said_to_a_hospital(company, at, archive, product, message):
    with refused("message_not_meant_for"):
        talked = [{"product_id": product.pk, "message_version_ids": [message.pk]}]
        record(company.actor("rep"), archive.own, at=at, products=talked)


def test_the_distance_is_measured_in_wgs_84_whatever_the_phone_tells(company, at, archive):
    Customer.objects.filter(pk=archive.own.pk).update(longitude=Decimal("118.778070"), latitude=Decimal("32.061670"))
    there = {"at": at, "longitude": GULOU[0], "latitude": GULOU[1], "accuracy_m": 15}
    direct = record(company.actor("rep"), archive.own, at=at, check_in=there)
    shifted = wgs_to_gcj(*GULOU)
    other = {**there, "longitude": shifted[0], "latitude": shifted[1], "system": "gcj02"}
    by_map = record(company.actor("rep"), archive.own, at=at, check_in=other, starts_at=at - timedelta(hours=2))
    assert (direct.distance_m, by_map.distance_m) == (0, 0)
    far = {**there, "longitude": shifted[0], "latitude": shifted[1]}
    wrong = record(company.actor("rep"), archive.own, at=at, check_in=far, starts_at=at - timedelta(hours=3))
    assert wrong.distance_m > 300


def test_a_doctor_without_a_place_is_measured_from_the_hospital(company, at, archive):
    Customer.objects.filter(pk=archive.own.pk).update(longitude=Decimal("118.778070"), latitude=Decimal("32.061670"))
    there = {"at": at, "longitude": GULOU[0] + 0.001, "latitude": GULOU[1]}
    leaving = {**there, "at": at, "longitude": GULOU[0]}
    visit = record(company.actor("rep"), archive.doctor, at=at, check_in=there, check_out=leaving)
    assert visit.distance_m == 94
    assert list(CheckIn.objects.filter(visit=visit).values_list("passage", "distance_m")) == [("in", 94), ("out", 0)]


def test_a_message_to_a_private_channel_needs_consent(company, at, doctor):
    with refused("consent_missing"):
        record(company.actor("rep"), doctor, at=at, mode="message")
    assert record(company.actor("rep"), doctor, at=at, mode="phone").mode == "phone"


def test_a_text_that_tells_of_an_adverse_event_asks_until_it_is_answered(company, at, doctor):
    text = "患者服药后出现皮疹"
    with refused("adverse_event_question"):
        record(company.actor("rep"), doctor, at=at, questions=text)
    visit = record(company.actor("rep"), doctor, at=at, questions=text, adverse_event="none")
    assert visit.adverse_event == "none"


def test_a_text_with_prescription_counts_asks_until_it_is_confirmed(company, at, doctor):
    with refused("prescription_counts"):
        record(company.actor("rep"), doctor, at=at, focus="张主任每月开80盒")
    record(company.actor("rep"), doctor, at=at, focus="每月科会 80 人", prescription_text_confirmed=True)


def test_minutes_can_be_mended_by_their_author_while_the_day_is_open(company, at, doctor):
    visit = record(company.actor("rep"), doctor, at=at, consensus="试用")
    data = read_input(AmendVisit, {"consensus": "同意试用两周"})
    amended = actions.amend_visit(actor=company.actor("rep"), at=at, visit_id=visit.pk, data=data)
    assert (amended.consensus, amended.version) == ("同意试用两周", 2)
    with refused("period_closed"):
        actions.amend_visit(actor=company.actor("rep"), at=at + 40 * DAY, visit_id=visit.pk, data=data)
    with pytest.raises(NotFound):
        actions.amend_visit(actor=company.actor("foreigner"), at=at, visit_id=visit.pk, data=data)
    with pytest.raises(NotAllowed):
        actions.amend_visit(actor=company.actor("auditor"), at=at, visit_id=visit.pk, data=data)


def test_a_planned_visit_of_a_lost_customer_is_out_of_sight(company, at, archive):
    visit = plan(company.actor("foreigner"), archive.former, at=at)
    data = read_input(CompleteVisit, {"starts_at": at})
    with pytest.raises(NotFound):
        actions.complete_visit(actor=company.actor("rep"), at=at, visit_id=visit.pk, data=data)
