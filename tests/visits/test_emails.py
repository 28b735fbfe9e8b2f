"""E-mails from approved templates: with consent, once, kept as a visit and a contact. M-VIS-1, M-LAW-3."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from repertory.core.actor import Door, system_actor
from repertory.core.errors import Conflict, NotAllowed, NotFound
from repertory.core.inputs import read_input
from repertory.core.time import day_of
from repertory.customers import actions as customers
from repertory.customers.inputs import GiveConsent, ReviseCustomer
from repertory.customers.models import Consent, Customer
from repertory.materials.actions import withdraw_version
from repertory.materials.inputs import WithdrawVersion
from repertory.materials.models import Handout
from repertory.platform.actions.outbox import ATTEMPTS, STUCK
from repertory.platform.queue import huey
from repertory.visits import actions, jobs
from repertory.visits.inputs import SendEmail
from repertory.visits.models import Visit, VisitEmail
from tests.factories.field import refused
from tests.factories.materials import approve, draft, open_material, usable_version

DAY = timedelta(days=1)
ADDRESS = "shanxue@example.com"


@pytest.fixture(autouse=True)
def server(settings):
    settings.EMAIL_HOST = "mail.example.com"
    settings.DEFAULT_FROM_EMAIL = "药程 <crm@example.com>"


@pytest.fixture
def template(company, at):
    material = open_material(at=at, title="会后随访", kind="email")
    words = {"subject": "{称呼}，您好", "body": "{姓名}（{医院}）：\n资料见附件。{代表}"}
    return approve(draft(material, at=at, **words), at=at)


@pytest.fixture
def reachable(at, doctor):
    """The doctor has an address and agreed to be written to."""
    write_down(at, doctor, ADDRESS)
    return agree(at, doctor)


def write_down(at, doctor, address):
    facts = ReviseCustomer(email=address)
    customers.revise_customer(actor=system_actor(), at=at, customer_id=doctor.pk, data=facts)


def agree(at, doctor):
    consent = GiveConsent(purpose="contact", channel="email", given_on=day_of(at), how="书面")
    return customers.give_consent(actor=system_actor(), at=at, customer_id=doctor.pk, data=consent)


def send(actor, at, doctor, template, **facts):
    data = read_input(SendEmail, {"customer_id": doctor.pk, "version_id": template.pk, **facts})
    return actions.send_email(actor=actor, at=at, data=data)


def state():
    return VisitEmail.objects.get().state


def test_the_letter_goes_out_in_the_customers_words_and_is_kept_as_a_visit(company, at, doctor, template, reachable):
    visit = send(company.actor("rep"), at, doctor, template)
    assert (visit.status, visit.mode, visit.purpose, visit.subject) == ("done", "email", "deliver", "单雪老师，您好")
    assert Customer.objects.get(pk=doctor.pk).last_contact_on == day_of(at)
    given = Handout.objects.get()
    assert (given.version, given.customer, given.visit_id) == (template, doctor, visit.pk)
    assert mail.outbox == []
    assert (jobs.send_emails(), jobs.send_emails(), state()) == (1, 0, "sent")
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([ADDRESS], "单雪老师，您好")
    assert letter.body == f"单雪（南京鼓楼医院）：\n资料见附件。{company.people['rep'].name}"
    assert letter.extra_headers["Message-ID"] == f"<visit-{visit.email.uid.hex}@example.com>"


def test_the_letter_goes_out_by_itself_after_the_commit(
    company, at, doctor, template, reachable, django_capture_on_commit_callbacks
):
    huey.immediate = True
    try:
        with django_capture_on_commit_callbacks(execute=True):
            send(company.actor("rep"), at, doctor, template)
    finally:
        huey.immediate = False
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]


def test_the_same_form_sent_twice_is_one_letter(company, at, doctor, template, reachable):
    uid = uuid4()
    send(company.actor("rep"), at, doctor, template, uid=uid)
    with pytest.raises(Conflict) as caught:
        send(company.actor("rep"), at + timedelta(seconds=5), doctor, template, uid=uid)
    assert caught.value.code == "email_sent_already"
    jobs.send_emails()
    assert (len(mail.outbox), Visit.objects.count(), Handout.objects.count()) == (1, 1, 1)


def test_a_failure_is_tried_again_and_given_up_in_the_end(company, at, doctor, template, reachable, settings):
    send(company.actor("rep"), at, doctor, template)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.factories.receivers.BrokenBackend"
    jobs.send_emails()
    row = VisitEmail.objects.get()
    assert (row.state, row.attempts, row.problem) == ("waiting", 1, "ConnectionRefusedError")
    assert jobs.send_emails() == 0
    VisitEmail.objects.update(send_at=at)
    settings.EMAIL_BACKEND = working
    assert (jobs.send_emails(), state(), len(mail.outbox)) == (1, "sent", 1)
    VisitEmail.objects.update(state="waiting", sent_at=None, attempts=ATTEMPTS)
    assert (jobs.send_emails(), state(), len(mail.outbox)) == (0, "failed", 1)


def test_a_letter_that_one_worker_sends_no_other_takes(company, at, doctor, template, reachable):
    worker = {"actor": system_actor(Door.JOB)}
    send(company.actor("rep"), at, doctor, template)
    assert len(actions.claim_emails(**worker, at=at)) == 1
    assert actions.claim_emails(**worker, at=at + STUCK) == []
    assert len(actions.claim_emails(**worker, at=at + STUCK + timedelta(seconds=1))) == 1
    with pytest.raises(NotAllowed):
        actions.claim_emails(actor=company.actor("admin"), at=at)


def test_who_takes_the_consent_back_before_it_went_out_is_not_written_to(company, at, doctor, template, reachable):
    send(company.actor("rep"), at, doctor, template)
    customers.withdraw_consent(actor=company.actor("rep"), at=at, consent_id=reachable.pk)
    assert (jobs.send_emails(), state(), mail.outbox) == (1, "skipped", [])


def test_without_consent_address_or_server_nothing_is_written_down(company, at, doctor, template, settings):
    rep = company.actor("rep")
    with refused("email_missing"):
        send(rep, at, doctor, template)
    write_down(at, doctor, ADDRESS)
    with refused("consent_missing"):
        send(rep, at, doctor, template)
    agree(at, doctor)
    settings.EMAIL_HOST = ""
    with refused("email_not_configured"):
        send(rep, at, doctor, template)
    assert not Visit.objects.exists()


def test_only_a_usable_template_made_for_the_customer_is_sent(company, at, doctor, template, reachable):
    rep = company.actor("rep")
    with refused("not_an_email"):
        send(rep, at, doctor, usable_version(at=at, title="单页"))
    words = {"subject": "通知", "body": "正文"}
    waiting = draft(open_material(at=at, title="未批准", kind="email"), at=at, **words)
    with refused("material_not_approved"):
        send(rep, at, doctor, waiting)
    of_pharmacies = open_material(at=at, title="药店", kind="email")
    with refused("not_meant_for"):
        send(rep, at, doctor, approve(draft(of_pharmacies, at=at, audiences=["pharmacy"], **words), at=at))
    withdraw_version(actor=system_actor(), at=at, version_id=template.pk, data=WithdrawVersion(reason="过时"))
    with refused("material_withdrawn"):
        send(rep, at, doctor, template)
    assert not Visit.objects.exists()


def test_nobody_writes_to_a_customer_out_of_sight_or_without_the_post(company, at, archive, template):
    with pytest.raises(NotFound):
        send(company.actor("rep"), at, archive.foreign, template)
    with pytest.raises(NotAllowed):
        send(company.actor("auditor"), at, archive.doctor, template)


def test_what_would_go_out_is_shown_before_it_is_sent(at, doctor, template, reachable, signed_in):
    rep, path = signed_in("rep"), f"/visits/customer/{doctor.pk}/email/"
    assert "会后随访 第 1 版" in rep.get(path).content.decode()
    shown = rep.get(f"{path}?version={template.pk}")
    for words in ("单雪老师，您好", "单雪（南京鼓楼医院）", ADDRESS):
        assert words in shown.content.decode()
    hidden = {name: shown.context["form"].initial[name] for name in ("version_id", "uid")}
    answer = rep.post(path, {**hidden, "purpose": "follow_up"})
    visit = Visit.objects.get()
    assert (answer.url, visit.purpose) == (f"/visits/{visit.pk}/", "follow_up")
    page = rep.get(answer.url).content.decode()
    for words in ("待发送", "资料见附件。", ADDRESS):
        assert words in page
    again = rep.post(path, {**hidden, "purpose": "follow_up"})
    assert again.status_code == 422
    assert "这封邮件已经发过了" in again.content.decode()


def test_what_stands_against_it_is_said_before_and_after_sending(at, doctor, template, signed_in):
    rep, path = signed_in("rep"), f"/visits/customer/{doctor.pk}/email/"
    assert "还没有填写邮箱" not in rep.get(path).content.decode()
    assert "的档案里没有邮箱" in rep.get(path).content.decode()
    write_down(at, doctor, ADDRESS)
    assert "去登记同意" in rep.get(path).content.decode()
    refused_ = rep.post(path, {"version_id": template.pk, "uid": uuid4(), "purpose": "deliver"})
    assert refused_.status_code == 422
    assert "还没有同意用这种方式联系" in refused_.content.decode()
    assert rep.get(f"{path}?version=999999").status_code == 404
    assert rep.get(f"{path}?version=x").status_code == 404


def test_over_the_api_a_template_is_looked_at_and_sent_once(call, at, doctor, template, reachable):
    path = f"customers/{doctor.pk}/email-draft"
    status, found = call("GET", path)
    assert (status, found["templates"], found["subject"], found["problem"]) == (
        200,
        [{"id": template.pk, "title": "会后随访 第 1 版"}],
        "",
        "",
    )
    assert call("GET", f"{path}?version_id={template.pk}")[1]["subject"] == "单雪老师，您好"
    body, key = {"customer_id": doctor.pk, "version_id": template.pk}, {"Idempotency-Key": "mail-1"}
    first = call("POST", "visits/emails", body, **key)
    assert (first[0], first[1]["mode"]) == (201, "email")
    assert call("POST", "visits/emails", body, **key) == first
    jobs.send_emails()
    assert len(mail.outbox) == 1
    assert call("GET", f"visits/{first[1]['id']}")[1]["email"] == "sent"
    Consent.objects.all().delete()
    assert call("GET", path)[1]["problem"] == "consent_missing"


def test_no_one_gets_the_words_of_another_in_braces(company, at, doctor, reachable):
    """What is put in is not read again: a name with braces in it stays a name."""
    Customer.objects.filter(pk=doctor.pk).update(name="{代表}")
    material = open_material(at=at, title="问候", kind="email")
    version = approve(draft(material, at=at, subject="{姓名}\n{姓名}", body="你好"), at=at)
    assert send(company.actor("rep"), at, doctor, version).subject == "{代表} {代表}"
