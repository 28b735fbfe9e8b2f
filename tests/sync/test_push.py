"""What a phone sends arrives once, in whatever order and however often."""

import base64
from datetime import datetime, timedelta

import pytest

from repertory.core.actor import Door, system_actor
from repertory.core.errors import NotAllowed
from repertory.core.time import day_of
from repertory.customers import actions as customers
from repertory.customers.actions import writing
from repertory.customers.actions.writing import reindex
from repertory.customers.inputs import Reassign, ReviseCustomer
from repertory.customers.models import Customer
from repertory.platform.models import Attachment, AuditBatch
from repertory.sync.actions import discard_item, retry_item
from repertory.sync.choices import ItemStatus
from repertory.sync.inputs import DiscardItem, RetryItem
from repertory.sync.models import PushedItem
from tests.sync.conftest import entry, new_customer, ref

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 40).decode()


def statuses(answers):
    return [(answer["status"], answer["code"]) for answer in answers]


def named(name):
    return Customer.objects.filter(name=name).count()


def test_an_item_is_applied_once_and_a_replay_gets_the_first_answer(archive, send):
    made = new_customer("周明")
    [first] = send(made)
    [again] = send(made)
    assert (first["status"], first["object_type"]) == ("applied", "customer")
    assert (again["status"], again["first"], again["object_id"]) == ("duplicate", "applied", first["object_id"])
    assert named("周明") == 1


def test_the_item_keeps_both_clocks_and_the_trail_says_phone(archive, send, at):
    ahead = at + timedelta(days=3650)
    made = entry("customer.create", when=ahead, kind="hcp", name="周明")
    send(made)
    item = PushedItem.objects.get(uid=made.uid)
    assert (item.device_at, item.received_at, item.payload) == (ahead, at, None)
    assert AuditBatch.objects.order_by("-id").first().door == Door.PHONE


def test_a_clock_of_any_zone_and_century_is_kept_as_the_same_instant(archive, send):
    when = datetime.fromisoformat("1425-05-10T23:56:28+23:00")
    made = entry("customer.create", when=when, kind="hcp", name="周明")
    [answer] = send(made)
    assert (answer["status"], PushedItem.objects.get(uid=made.uid).device_at) == ("applied", when)


def test_p43_a_replay_after_ninety_days_gets_the_first_answer(archive, send, at):
    """ODK aggregate#331, collect#3517; akvo-flow#2944: a form sent again later is stored again."""
    made = new_customer("周明")
    [first] = send(made)
    [again] = send(made, when=at + timedelta(days=90))
    assert (again["status"], again["object_id"]) == ("duplicate", first["object_id"])
    assert named("周明") == 1


def test_p48_two_records_made_offline_stay_two_however_often_they_are_sent(archive, send):
    """World-Cleanup #189: two offline records became eight."""
    two = [new_customer("周明"), new_customer("吴刚", confirmed_new=True)]
    for batch in (two, two[:1], two[::-1], two[1:], two + two):
        send(*batch)
    assert (named("周明"), named("吴刚")) == (1, 1)


def test_the_same_key_with_another_body_is_a_conflict_and_changes_nothing(archive, send):
    made = new_customer("周明")
    send(made)
    [other] = send(new_customer("周明的另一份", uid=made.uid))
    assert (other["status"], other["code"]) == ("conflict", "key_reused")
    assert (named("周明"), named("周明的另一份")) == (1, 0)


def test_somebody_elses_key_tells_nothing_and_does_nothing(archive, send):
    made = new_customer("周明")
    send(made)
    [other] = send(made, by="teammate")
    assert (other["status"], other["code"], other["object_id"]) == ("conflict", "key_reused", None)
    assert named("周明") == 1


def test_the_order_inside_a_batch_does_not_matter(archive, send):
    hospital = new_customer("城南医院", kind="hospital")
    doctor = new_customer("周明", institution=ref(hospital))
    answers = send(doctor, hospital)
    assert statuses(answers) == [("applied", ""), ("applied", "")]
    assert Customer.objects.get(name="周明").institution_id == answers[1]["object_id"]


def test_a_child_that_arrives_first_waits_for_its_parent_and_then_goes_in_by_itself(archive, send):
    hospital = new_customer("城南医院", kind="hospital")
    doctor = new_customer("周明", institution=ref(hospital))
    assert statuses(send(doctor)) == [("rejected", "depends_on")]
    [parent] = send(hospital)
    assert Customer.objects.get(name="周明").institution_id == parent["object_id"]
    [again] = send(doctor)
    assert (again["status"], again["first"]) == ("duplicate", "applied")


def test_p45_a_child_of_a_refused_parent_is_neither_lost_nor_doubled(archive, send, company, at):
    """SalesforceMobileSDK-RN #381: the parent is gone on the server, the child is uploaded again and again."""
    hospital = entry("customer.create", kind="hospital", name="")
    doctor = new_customer("周明", institution=ref(hospital))
    for _time in range(3):
        assert [status for status, _code in statuses(send(hospital, doctor))][1] in ("rejected", "duplicate")
    assert named("周明") == 0
    mended = entry("customer.create", hospital.uid, kind="hospital", name="城南医院", corrected=True)
    [parent] = send(mended)
    assert parent["status"] == "applied"
    [child] = send(doctor)
    assert (child["status"], child["first"]) == ("duplicate", "applied")
    assert Customer.objects.get(name="周明").institution_id == parent["object_id"]


def test_items_that_refer_to_each_other_are_kept_and_hold_nobody_up(archive, send):
    one, two = new_customer("甲"), new_customer("乙")
    one = one.model_copy(update={"payload": {**one.payload, "institution": ref(two)}})
    two = two.model_copy(update={"payload": {**two.payload, "institution": ref(one)}})
    answers = send(one, two, new_customer("丙"))
    assert statuses(answers) == [("rejected", "depends_on"), ("rejected", "depends_on"), ("applied", "")]


def test_nobody_refers_to_what_somebody_else_has_made(archive, send):
    hospital = new_customer("城南医院", kind="hospital")
    send(hospital, by="teammate")
    assert statuses(send(new_customer("周明", institution=ref(hospital)))) == [("rejected", "depends_on")]


def test_one_bad_item_does_not_stop_the_others(archive, send):
    answers = send(new_customer("周明"), entry("customer.fly"), new_customer(""), new_customer("吴刚"))
    assert statuses(answers) == [
        ("applied", ""),
        ("rejected", "unknown_command"),
        ("rejected", "invalid"),
        ("applied", ""),
    ]


def test_new_items_share_a_commit_and_one_that_is_refused_leaves_nothing_of_its_attempt(archive, send, monkeypatch):
    def fail(customer, *arguments, **more):
        if customer.name == "赵敏":
            raise ZeroDivisionError
        return reindex(customer, *arguments, **more)

    monkeypatch.setattr(writing, "reindex", fail)
    known, bad, parent = new_customer("周明"), new_customer("赵敏"), new_customer("吴刚")
    child = new_customer("郑好", note=ref(bad))
    send(known)
    begun = AuditBatch.objects.order_by("-pk")[0].pk
    answers = send(
        parent, bad, child, known, parent.model_copy(), *(new_customer(f"钱{number}") for number in range(22))
    )
    assert statuses(answers) == [
        *[("applied", ""), ("rejected", "server_error"), ("rejected", "depends_on")],
        *[("duplicate", "")] * 2,
        *[("applied", "")] * 22,
    ]
    batches = AuditBatch.objects.filter(pk__gt=begun).order_by("pk")
    created = [batch.entries.filter(verb="created", object_type="customer").count() for batch in batches]
    kept = [batch.entries.filter(verb="quarantined").count() for batch in batches]
    # What refers to another goes last.
    assert (created, kept) == ([1, 0, 20, 2, 0], [0, 1, 0, 0, 1])
    assert [named(name) for name in ("赵敏", "郑好", "吴刚", "钱21")] == [0, 0, 1, 1]


def test_what_was_refused_is_kept_with_its_content_and_noted_in_the_trail(archive, send):
    bad = new_customer("", phone="025-1")
    send(bad)
    item = PushedItem.objects.get(uid=bad.uid)
    assert (item.status, item.payload, item.answer["field"]) == (ItemStatus.REJECTED, bad.payload, "name")
    assert list(AuditBatch.objects.order_by("-id").first().entries.values_list("verb", "object_id")) == [
        ("quarantined", item.pk)
    ]


def test_a_customer_of_a_territory_that_was_lost_is_quarantined_and_goes_in_when_it_is_given_back(
    archive, send, company, at
):
    edit = entry("customer.revise", customer_id=archive.own.pk, version=archive.own.version, address="新址")
    move = Reassign(from_territory="E1A", to_territory="N1A", on=day_of(at), customers=[archive.own.pk])
    customers.reassign_customers(actor=system_actor(), at=at, data=move)
    assert statuses(send(edit)) == [("rejected", "not_found")]
    back = Reassign(from_territory="N1A", to_territory="E1A", on=day_of(at), customers=[archive.own.pk])
    customers.reassign_customers(actor=system_actor(), at=at, data=back)
    item = retry_item(actor=company.actor("supervisor"), at=at, uid=edit.uid, data=RetryItem())
    assert (item.status, item.settled_by.username, item.payload) == (ItemStatus.APPLIED, "supervisor", None)
    assert Customer.objects.get(pk=archive.own.pk).address == "新址"
    last = AuditBatch.objects.order_by("-id").first()
    assert (last.user_label, sorted(last.entries.values_list("verb", flat=True))) == (
        "supervisor",
        ["retried", "revised"],
    )


def test_a_superior_retries_by_the_rights_of_the_rep_not_by_the_own_ones(archive, send, company, at):
    edit = entry("customer.revise", customer_id=archive.team.pk, version=archive.team.version, address="新址")
    assert statuses(send(edit)) == [("rejected", "not_found")]
    item = retry_item(actor=company.actor("supervisor"), at=at, uid=edit.uid, data=RetryItem())
    assert (item.status, item.attempts) == (ItemStatus.REJECTED, 2)
    assert Customer.objects.get(pk=archive.team.pk).address == archive.team.address


def test_p47_an_edit_of_an_older_version_shows_both_values_and_overwrites_nothing(archive, send, company, at):
    """Primero #508: edits of the same field made offline overwrite each other silently."""
    edit = entry("customer.revise", customer_id=archive.own.pk, version=archive.own.version, phone="025-1")
    now_there = ReviseCustomer(phone="025-2222")
    customers.revise_customer(actor=company.actor("supervisor"), at=at, customer_id=archive.own.pk, data=now_there)
    [answer] = send(edit)
    assert (answer["status"], answer["code"]) == ("conflict", "stale")
    assert answer["details"]["yours"] == {"phone": "025-1"}
    assert answer["details"]["theirs"] == {"phone": "025-2222"}
    assert Customer.objects.get(pk=archive.own.pk).phone == "025-2222"
    own = {**edit.payload, "version": answer["details"]["version"]}
    assert statuses(send(edit.model_copy(update={"payload": own, "corrected": True}))) == [("applied", "")]
    assert Customer.objects.get(pk=archive.own.pk).phone == "025-1"


def test_an_edit_without_the_version_that_was_seen_is_refused(archive, send):
    [answer] = send(entry("customer.revise", customer_id=archive.own.pk, phone="1"))
    assert (answer["status"], answer["field"]) == ("rejected", "version")


def test_p44_an_edit_after_a_lost_answer_is_told_and_can_be_let_go(archive, send, company, at):
    """ODK collect#5317: an edit after a cancelled upload is a conflict for ever."""
    made = new_customer("周明")
    [first] = send(made)  # the answer does not arrive
    edited = new_customer("周明", uid=made.uid, title="主任医师")
    [answer] = send(edited.model_copy(update={"corrected": True}))
    # What arrived stands, the phone learns which object it is and edits that one.
    assert (answer["status"], answer["code"], answer["object_id"]) == ("conflict", "key_reused", first["object_id"])
    version = Customer.objects.get(pk=first["object_id"]).version
    assert statuses(
        send(entry("customer.revise", customer_id=answer["object_id"], version=version, title="主任医师"))
    ) == [("applied", "")]


def test_p44_an_edit_of_what_never_arrived_is_simply_applied_and_the_late_first_form_is_not(archive, send):
    """ODK collect#5317 once more: the first request was cut before the server saw it, and arrives after all."""
    made = new_customer("周明")
    edited = new_customer("周明明", uid=made.uid).model_copy(update={"corrected": True})
    assert statuses(send(edited)) == [("applied", "")]
    assert statuses(send(made)) == [("conflict", "key_reused")]
    assert (named("周明"), named("周明明")) == (0, 1)


def test_a_correction_of_what_is_in_already_changes_nothing(archive, send):
    made = new_customer("周明")
    send(made)
    send(made.model_copy(update={"corrected": True, "payload": {**made.payload, "name": "改名"}}))
    assert (named("周明"), named("改名")) == (1, 0)


def test_a_likely_duplicate_is_a_conflict_that_a_word_of_the_rep_settles(archive, send):
    made = new_customer("单雪", institution=archive.own.pk, department="心内科")
    [answer] = send(made)
    assert (answer["status"], answer["code"]) == ("conflict", "likely_duplicate")
    sure = made.model_copy(update={"corrected": True, "payload": {**made.payload, "confirmed_new": True}})
    assert statuses(send(sure)) == [("applied", "")]


def test_a_fault_of_the_program_keeps_the_item_and_tries_it_again_by_itself(archive, send, monkeypatch):
    made = new_customer("周明")
    with monkeypatch.context() as patch:
        patch.setattr("repertory.customers.actions.writing.reindex", lambda *_a, **_k: 1 / 0)
        assert statuses(send(made)) == [("rejected", "server_error")]
    assert named("周明") == 0
    assert statuses(send(made)) == [("applied", "")]


def test_a_photo_is_kept_with_its_item_and_named_by_what_follows(archive, send, company, at):
    photo = entry("attachment.add", name="签名", content=PNG)
    [answer] = send(photo)
    found = Attachment.objects.get(pk=answer["object_id"])
    assert (found.object_type, found.object_id) == ("sync_item", PushedItem.objects.get(uid=photo.uid).pk)
    assert (found.name, found.content_type, found.size_bytes) == ("签名.png", "image/png", 48)


@pytest.mark.parametrize("content", ["", "kein base64!", base64.b64encode(b"<svg onload=x>").decode()])
def test_a_file_that_is_no_picture_is_refused(archive, send, content):
    [answer] = send(entry("attachment.add", content=content))
    assert (answer["status"], answer["field"]) == ("rejected", "content")


def test_giving_up_takes_a_reason_and_keeps_the_content(archive, send, company, at):
    bad = new_customer("")
    send(bad)
    item = discard_item(actor=company.actor("rep"), at=at, uid=bad.uid, data=DiscardItem(reason="填错了"))
    assert (item.status, item.payload, item.reason) == (ItemStatus.DISCARDED, bad.payload, "填错了")
    assert AuditBatch.objects.order_by("-id").first().entries.get().reason == "填错了"
    [again] = send(bad)
    assert (again["status"], again["first"]) == ("duplicate", "discarded")


def test_who_may_only_read_sends_nothing(archive, send):
    with pytest.raises(NotAllowed):
        send(new_customer("周明"), by="auditor")


def test_nested_rubbish_is_refused_at_the_door():
    deep: dict = {}
    for _level in range(40):
        deep = {"a": deep}
    with pytest.raises(ValueError, match="嵌套"):
        entry("customer.create", **deep)
