"""A person who asked to be forgotten leaves no signature, photo, file or letter behind; ledgers and visits stay. M-LAW-3."""

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from repertory.core.actor import system_actor
from repertory.core.time import day_of
from repertory.customers import actions as customers
from repertory.customers.actions.files import attach_file
from repertory.customers.inputs import Erase, GiveConsent, MergeCustomers, ReviseCustomer
from repertory.materials.models import SampleMove
from repertory.platform.models import Attachment
from repertory.visits import actions, jobs
from repertory.visits.inputs import SendEmail
from repertory.visits.models import Visit, VisitEmail
from tests.factories.archive import open_archive
from tests.factories.catalogue import add_pack
from tests.factories.field import record
from tests.factories.materials import approve, draft, fill_bags, give, open_material, sign

JPEG = b"\xff\xd8\xff\xda\x00\x02"


@pytest.fixture
def erase(company, at, django_capture_on_commit_callbacks):
    def forget(customer):
        data = Erase(reason="本人书面要求")
        with django_capture_on_commit_callbacks(execute=True):
            customers.erase_person(actor=company.actor("supervisor"), at=at, customer_id=customer.pk, data=data)

    return forget


def bytes_of(kind):
    return [default_storage.exists(row.stored_as) for row in Attachment.objects.filter(object_type=kind)]


@pytest.fixture
def lot(at, product):
    add_pack(product, at=at)
    return fill_bags(product, at=at).lot


def test_signatures_go_with_their_bytes_and_the_ledger_stays(company, at, erase, doctor, lot):
    rep = company.actor("rep")
    twin = open_archive(at=at, territory="E1A", name="单雪（旧档）", kind="hcp")
    sign(rep, twin, at=at)
    customers.merge_customers(actor=system_actor(), at=at, data=MergeCustomers(kept=doctor.pk, gone=twin.pk))
    move = give(rep, doctor, lot, at=at)
    path = move.signature.stored_as
    assert default_storage.exists(path)
    erase(doctor)
    assert not Attachment.objects.filter(object_type="signature").exists()
    assert not default_storage.exists(path)
    kept = SampleMove.objects.get(pk=move.pk)
    assert (kept.customer_id, kept.quantity, kept.signature_id) == (doctor.pk, -1, None)


def test_the_same_picture_of_somebody_else_keeps_its_bytes(company, at, erase, archive, lot):
    rep = company.actor("rep")
    give(rep, archive.doctor, lot, at=at)
    give(rep, archive.own, lot, at=at)
    erase(archive.doctor)
    assert [row.object_id for row in Attachment.objects.filter(object_type="signature")] == [archive.own.pk]
    assert bytes_of("signature") == [True]


def test_files_of_the_archive_and_photos_of_the_visits_go(company, at, erase, archive):
    rep, doctor = company.actor("rep"), archive.doctor
    scan = ContentFile(b"%PDF-scan")
    attach_file(actor=rep, at=at, customer_id=doctor.pk, name="名片.pdf", content=scan)
    visits = [record(rep, customer, at=at) for customer in (doctor, archive.own)]
    for number, visit in enumerate(visits):
        photo = ContentFile(JPEG + bytes([number]), name="a.jpg")
        actions.attach_photo(actor=rep, at=at, visit_id=visit.pk, content=photo)
    erase(doctor)
    left = Attachment.objects.exclude(object_type="signature").values_list("object_type", "object_id")
    assert list(left) == [("visit", visits[1].pk)]
    assert bytes_of("visit") == [True]


def test_letters_lose_their_words_and_what_waits_is_not_sent(company, at, erase, doctor, settings):
    settings.EMAIL_HOST = "mail.example.com"
    facts = ReviseCustomer(email="shanxue@example.com")
    customers.revise_customer(actor=system_actor(), at=at, customer_id=doctor.pk, data=facts)
    consent = GiveConsent(purpose="contact", channel="email", given_on=day_of(at), how="书面")
    customers.give_consent(actor=system_actor(), at=at, customer_id=doctor.pk, data=consent)
    material = open_material(at=at, title="随访", kind="email")
    template = approve(draft(material, at=at, subject="{姓名}", body="{姓名}您好"), at=at)
    data = SendEmail(customer_id=doctor.pk, version_id=template.pk)
    visit = actions.send_email(actor=company.actor("rep"), at=at, data=data)
    erase(doctor)
    row = VisitEmail.objects.get()
    assert (row.state, row.address, row.subject, row.body) == ("skipped", "", "", "")
    assert (Visit.objects.get(pk=visit.pk).subject, jobs.send_emails(), mail.outbox) == ("", 0, [])
