"""Attachments: what is taken, how it is handed out, and that each goes by way of its customer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from repertory.platform.models import Attachment

PDF = b"%PDF-1.4 scan"


def upload(client, customer, name="执照.pdf", content=PDF, content_type="application/pdf"):
    return client.post(
        f"/customers/{customer.pk}/files/", {"file": SimpleUploadedFile(name, content, content_type)}, follow=True
    )


def test_a_scan_is_kept_listed_and_comes_back_whole(own, signed_in):
    client = signed_in("rep")
    assert "执照.pdf" in upload(client, own).content.decode()
    attachment = Attachment.objects.get()
    answer = client.get(f"/customers/{own.pk}/files/{attachment.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b"<svg onload=alert(1)>"),
        ("page.html", b"<script>"),
        ("shell.pHaR", b"<?php"),
        ("scan.pdf", b"<script>alert(1)</script>"),
        ("scan.PDF.exe", PDF),
        ("scan", PDF),
    ],
)
def test_p29_p31_files_that_a_browser_or_server_would_run_are_refused(own, signed_in, name, content):
    """P29: stored script by SVG and avatar (EspoCRM #1358, SuiteCRM CVE-2021-39268). P31: filter passed by `.pHaR`."""
    answer = upload(signed_in("rep"), own, name=name, content=content)
    assert "只能上传" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_the_senders_type_and_folder_are_not_believed(own, signed_in):
    upload(signed_in("rep"), own, name="..\\..\\etc\\执照.PDF", content_type="text/html")
    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.content_type) == ("执照.PDF", "application/pdf")


def test_p1_p2_a_foreign_attachment_is_not_reached_by_way_of_an_own_customer(own, foreign, signed_in):
    """P1, P2: EspoCRM CVE-2026-46691, -75505, a foreign attachment's id was accepted."""
    upload(signed_in("foreigner"), foreign)
    key = Attachment.objects.get().pk
    client = signed_in("rep")
    for customer in (own, foreign):
        assert client.get(f"/customers/{customer.pk}/files/{key}/").status_code == 404
        assert client.post(f"/customers/{customer.pk}/files/{key}/removal/").status_code == 404
    assert Attachment.objects.filter(removed_at=None).exists()


def test_a_removed_file_is_gone_from_the_list(own, signed_in):
    client = signed_in("rep")
    upload(client, own)
    key = Attachment.objects.get().pk
    client.post(f"/customers/{own.pk}/files/{key}/removal/")
    assert client.get(f"/customers/{own.pk}/files/{key}/").status_code == 404


def test_those_who_only_look_upload_nothing(own, signed_in):
    assert upload(signed_in("auditor"), own).status_code == 404
