"""Photos at the desk: taken while a visit is recorded, added later, shown on its page. M-VIS-3."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from repertory.core.time import COMPANY_ZONE
from repertory.platform.models import Attachment
from repertory.visits.models import Visit
from tests.factories.field import plan, record

JPEG = b"\xff\xd8\xff\xfe\x00\x08SECRET\xff\xda\x00\x02picture"


def photo(name="IMG_1.jpg", content=JPEG):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def typed(at, customer, **more):
    local = (at - timedelta(minutes=30)).astimezone(COMPANY_ZONE)
    when = {"on": f"{local:%Y-%m-%d}", "starts": f"{local:%H:%M}"}
    return {"customer_id": customer.pk, "mode": "field", "purpose": "detail", **when, **more}


def stored():
    return [(row.object_type, row.object_id, row.name) for row in Attachment.objects.filter(object_type="visit")]


def test_a_photo_taken_with_the_visit_is_kept_at_it_without_what_the_camera_wrote(at, doctor, signed_in):
    rep = signed_in("rep")
    form = rep.get(f"/visits/new/?customer={doctor.pk}").content.decode()
    assert 'accept="image/*" capture="environment"' in form
    address = rep.post("/visits/new/", typed(at, doctor, photos=[photo(), photo("门诊.jpeg")])).url
    visit = Visit.objects.get()
    assert sorted(stored()) == [("visit", visit.pk, "IMG_1.jpg"), ("visit", visit.pk, "门诊.jpg")]
    row = Attachment.objects.filter(object_type="visit").first()
    with default_storage.open(row.stored_as) as content:
        assert b"SECRET" not in content.read()
    assert f'<img src="{address}photos/{row.pk}/"' in rep.get(address).content.decode()
    shown = rep.get(f"{address}photos/{row.pk}/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")


def test_what_is_no_picture_refuses_the_whole_visit_and_says_so(at, doctor, signed_in):
    answer = signed_in("rep").post(
        "/visits/new/", typed(at, doctor, subject="谈进院", photos=[photo(content=b"%PDF-")])
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    for words in ("照片只收 PNG 或 JPG。", "照片请再选一次", "谈进院"):
        assert words in shown
    assert not Visit.objects.exists()


def test_a_planned_visit_is_completed_with_a_photo(company, at, archive, signed_in):
    visit = plan(company.actor("rep"), archive.own, at=at, on=at.date())
    local = (at - timedelta(minutes=5)).astimezone(COMPANY_ZONE)
    body = {"on": f"{local:%Y-%m-%d}", "starts": f"{local:%H:%M}", "mode": "field", "purpose": "detail"}
    assert signed_in("rep").post(f"/visits/{visit.pk}/completion/", {**body, "photos": photo()}).status_code == 302
    assert stored() == [("visit", visit.pk, "IMG_1.jpg")]


def test_photos_are_added_later_by_whose_visit_it_is(company, at, archive, signed_in, call):
    visit = record(company.actor("rep"), archive.own, at=at)
    path = f"/visits/{visit.pk}/photos/"
    rep = signed_in("rep")
    assert rep.post(path, {"photos": photo()}).url == f"/visits/{visit.pk}/"
    assert stored() == [("visit", visit.pk, "IMG_1.jpg")]
    assert [row["name"] for row in call("GET", f"visits/{visit.pk}")[1]["photos"]] == ["IMG_1.jpg"]
    assert "请先拍照或选择照片" in rep.post(path, follow=True).content.decode()
    assert "照片只收 PNG 或 JPG" in rep.post(path, {"photos": photo(content=b"GIF89a")}, follow=True).content.decode()
    key = Attachment.objects.get(object_type="visit").pk
    assert signed_in("product").get(f"{path}{key}/").status_code == 200
    assert "添加照片" not in signed_in("product").get(f"/visits/{visit.pk}/").content.decode()
    assert signed_in("foreigner").get(f"{path}{key}/").status_code == 404
    assert signed_in("foreigner").post(path, {"photos": photo()}).status_code == 404


def test_a_file_of_something_else_is_not_shown_as_a_photo_of_the_visit(company, at, archive, signed_in):
    visit = record(company.actor("rep"), archive.own, at=at)
    other = record(company.actor("rep"), archive.doctor, at=at)
    rep = signed_in("rep")
    rep.post(f"/visits/{other.pk}/photos/", {"photos": photo()})
    key = Attachment.objects.get(object_type="visit").pk
    assert rep.get(f"/visits/{visit.pk}/photos/{key}/").status_code == 404


@pytest.mark.parametrize("count", [20])
def test_a_visit_holds_so_many_photos(company, at, archive, signed_in, count):
    visit = record(company.actor("rep"), archive.own, at=at)
    rep, path = signed_in("rep"), f"/visits/{visit.pk}/photos/"
    rep.post(path, {"photos": [photo(f"{number}.jpg") for number in range(count)]})
    assert "最多 20 张照片" in rep.post(path, {"photos": photo()}, follow=True).content.decode()
    assert len(stored()) == count
