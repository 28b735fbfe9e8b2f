"""The API's own promises: envelope, errors, keys, versions, cursors."""

import pytest

from repertory.core.time import now
from repertory.customers.models import Customer, DuplicatePair
from repertory.organisation.actions import issue_token
from repertory.organisation.inputs import IssueToken
from repertory.platform.models import AuditEntry, IdempotentAnswer
from tests.factories.archive import open_archive

HOSPITAL = {"kind": "hospital", "name": "南京栖霞医院"}


def test_a_list_has_items_count_and_next(call, archive):
    first = call("boss", "GET", "/customers?limit=2").json()
    assert [len(first["items"]), first["count"], first["more"]] == [2, 5, False]
    second = call("boss", "GET", f"/customers?limit=2&cursor={first['next']}").json()
    third = call("boss", "GET", f"/customers?limit=2&cursor={second['next']}").json()
    assert (len(third["items"]), third["next"]) == (1, None)


def test_an_error_says_code_message_field_and_details(call, company):
    problem = call("boss", "POST", "/customers", {"kind": "hospital"}).json()
    assert set(problem) == {"code", "message", "field", "details"}
    assert (problem["code"], problem["field"], problem["message"]) == ("invalid", "name", "这一项必须填写。")


def test_without_a_valid_key_nothing_is_answered(client, db):
    response = client.get("/api/v1/customers")
    assert (response.status_code, response.json()["code"]) == (401, "not_signed_in")
    assert client.get("/api/v1/customers", headers={"Authorization": "Bearer rep_x"}).status_code == 401


def test_the_same_key_writes_once_and_answers_the_same(call, company):
    answers = [call("boss", "POST", "/customers", HOSPITAL, **{"Idempotency-Key": "k1"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert answers[0].json() == answers[2].json()
    assert Customer.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(call, company):
    call("boss", "POST", "/customers", HOSPITAL, **{"Idempotency-Key": "k1"})
    other = call("boss", "POST", "/customers", {**HOSPITAL, "name": "别家"}, **{"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


def test_a_key_is_ones_own(call, company):
    call("boss", "POST", "/customers", HOSPITAL, **{"Idempotency-Key": "k1"})
    assert (
        call("rep", "POST", "/customers", {**HOSPITAL, "name": "另一家"}, **{"Idempotency-Key": "k1"}).status_code
        == 201
    )


def test_a_refused_write_leaves_its_key_free(call, company):
    assert (
        call("boss", "POST", "/customers", {**HOSPITAL, "territory": "no"}, **{"Idempotency-Key": "k1"}).status_code
        == 422
    )
    assert not IdempotentAnswer.objects.exists()


def test_if_match_refuses_a_stale_write(call, archive):
    etag = call("rep", "GET", f"/customers/{archive.own.pk}")["ETag"]
    path = f"/customers/{archive.own.pk}"
    assert call("rep", "PATCH", path, {"phone": "1"}, **{"If-Match": etag}).status_code == 200
    stale = call("rep", "PATCH", path, {"phone": "2"}, **{"If-Match": etag})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    assert Customer.objects.get(pk=archive.own.pk).phone == "1"


def test_a_private_field_is_masked_and_revealed_only_with_a_reason(call, archive):
    assert call("rep", "GET", f"/customers/{archive.doctor.pk}").json()["private_phone"] == "••••"
    path = f"/customers/{archive.doctor.pk}/reveals"
    assert call("rep", "POST", path, {"field": "private_phone", "reason": ""}).status_code == 422
    revealed = call("rep", "POST", path, {"field": "private_phone", "reason": "约访时间"})
    assert revealed.json() == {"value": "13912340987"}
    assert call("marketer", "POST", path, {"field": "private_phone", "reason": "约访时间"}).status_code == 403


@pytest.mark.parametrize("nothing", ["", None])
@pytest.mark.parametrize("field", ["private_phone", "birthday"])
def test_a_private_field_is_emptied_like_any_other(call, archive, field, nothing):
    path = f"/customers/{archive.doctor.pk}"
    assert call("rep", "PATCH", path, {field: nothing}).json()[field] == ""
    assert AuditEntry.objects.filter(verb="revised").latest("pk").changes == {field: ["••••", ""]}


def test_the_mask_that_a_card_was_read_with_changes_nothing(call, archive):
    path = f"/customers/{archive.doctor.pk}"
    assert call("rep", "PATCH", path, {"private_phone": "••••", "department": "药剂科"}).status_code == 200
    revealed = call("rep", "POST", f"{path}/reveals", {"field": "private_phone", "reason": "约访时间"})
    assert revealed.json() == {"value": "13912340987"}


def test_opening_a_card_is_logged(call, archive):
    call("rep", "GET", f"/customers/{archive.own.pk}")
    assert AuditEntry.objects.get(verb="opened").object_id == archive.own.pk


@pytest.mark.parametrize("target", ["team", "foreign", "former", "removed"])
def test_p18_p19_walking_keys_finds_nothing(call, archive, target):
    """ERPNext CVE-2026-124313, CVE-2026-27471: documents and their links read and changed by key."""
    key = getattr(archive, target).pk
    missing = call("rep", "GET", "/customers/999999").json()
    for method, path, body in (
        ("GET", f"/customers/{key}", None),
        ("PATCH", f"/customers/{key}", {"phone": "1"}),
        ("GET", f"/customers/{key}/coverages", None),
        ("GET", f"/customers/{key}/consents", None),
        ("GET", f"/customers/{key}/licences", None),
        ("POST", f"/customers/{key}/stage-changes", {"stage": "active"}),
        (
            "POST",
            f"/customers/{key}/consents",
            {"purpose": "contact", "channel": "phone", "given_on": "2026-01-01", "how": "x"},
        ),
    ):
        response = call("rep", method, path, body)
        assert (response.status_code, response.json()) == (404, missing), path


@pytest.mark.parametrize(
    "query", ["tierr=A", "private_phone=1", "sort=phone", "cursor=xx", "limit=0", "headcount.from=x"]
)
def test_a_query_that_means_nothing_is_refused(call, archive, query):
    assert call("boss", "GET", f"/customers?{query}").status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "query",
    [
        *("customers?updated_at.to", "customers?first_contact_on.from", "products?launched_on.to"),
        *("visits?day.from", "visits?starts_at.to", "cases?due_at.to", "adverse-events?aware_at.from"),
        *("usable-materials?on", "usable-messages?on", "personal-reports/composition?on"),
    ],
)
def test_a_day_that_no_database_reckons_with_is_refused(call, archive, query, day):
    response = call("boss", "GET", f"/{query}={day}")
    assert response.status_code == 422, response.content


def test_rows_of_a_list_show_all_their_fields(call, archive):
    """What a model of the answer does not name, such as a custom field, must not fall out of it."""
    licence = call("rep", "GET", f"/customers/{archive.own.pk}/licences").json()["items"][0]
    assert (licence["customer"], licence["kind"], licence["number"]) == (archive.own.pk, "medical", "PDY001")
    listed = next(row for row in call("rep", "GET", "/customers").json()["items"] if row["id"] == archive.own.pk)
    whole = call("rep", "GET", f"/customers/{archive.own.pk}").json()
    assert listed["phone"] == "025-83106666"
    assert listed.items() <= whole.items()
    created = call("rep", "POST", f"/customers/{archive.own.pk}/departments", {"name": "急诊科"}).json()
    assert created["name"] == "急诊科"
    assert call("rep", "GET", f"/customers/{archive.own.pk}/departments").json()["items"] == [created]


def test_p8_merges_show_no_values_and_duplicates_only_visible_pairs(call, archive):
    """Twenty CVE-2026-92771: grouped records that return restricted fields."""
    twin = open_archive(at=now(), territory="E1A", name="南京鼓楼医院分院")
    for other in (twin, archive.team, archive.foreign):
        first, second = sorted((archive.own.pk, other.pk))
        DuplicatePair.objects.create(first_id=first, second_id=second, score=80, found_at=now())
    assert len(call("boss", "GET", "/duplicates").json()["items"]) == 3
    assert [{pair["first"], pair["second"]} for pair in call("rep", "GET", "/duplicates").json()["items"]] == [
        {archive.own.pk, twin.pk}
    ]
    call("boss", "POST", "/merges", {"kept": archive.own.pk, "gone": archive.team.pk})
    assert "undo" not in call("boss", "GET", "/merges").json()["items"][0]


def test_a_read_only_key_writes_nothing(company, at, client):
    _token, secret = issue_token(actor=company.actor("boss"), at=at, data=IssueToken(name="r", scope="read"))
    headers = {"Authorization": f"Bearer {secret}"}
    response = client.post("/api/v1/customers", HOSPITAL, content_type="application/json", headers=headers)
    assert response.status_code == 403
    assert client.get("/api/v1/customers", headers=headers).status_code == 200


def test_english_is_spoken_when_asked_for(call, company):
    problem = call("boss", "POST", "/customers", {"kind": "hospital"}, **{"Accept-Language": "en"}).json()
    assert problem["message"] == "This field is required."
