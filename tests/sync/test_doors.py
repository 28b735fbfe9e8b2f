"""The phone's way in: the session's cookie with its token, the keys it gets, the page of what was not accepted."""

import base64
import gzip
import json
import uuid

import pytest
from django.test import Client

from repertory.core.actor import Door
from repertory.organisation.actions import issue_token
from repertory.organisation.inputs import IssueToken
from repertory.platform.models import AuditBatch
from repertory.sync.models import PushedItem
from tests.sync.conftest import new_customer

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PHONE = {"X-Repertory-Phone": "1"}


@pytest.fixture
def browser(company):
    """A browser that, like real ones, has to show the token against forged requests."""

    def open_for(username):
        client = Client(enforce_csrf_checks=True)
        client.force_login(company.people[username], backend=BACKEND)
        return client

    return open_for


def session(client, device="phone-1"):
    return client.get(f"/api/v1/sync/session?device={device}", headers=PHONE).json()


def push(client, *entries, **headers):
    items = [json.loads(entry.model_dump_json()) for entry in entries]
    body = {"device": "phone-1", "items": items}
    return client.post("/api/v1/sync/push", body, content_type="application/json", headers={**PHONE, **headers})


def test_a_session_reads_and_with_its_token_writes_as_the_phone(archive, browser):
    client = browser("rep")
    token = session(client)["csrf"]
    answer = push(client, new_customer("周明"), **{"X-CSRFToken": token})
    assert [item["status"] for item in answer.json()["items"]] == ["applied"]
    batch = AuditBatch.objects.order_by("-id").first()
    assert (batch.user_label, batch.door) == ("rep", Door.PHONE)


@pytest.mark.parametrize("token", [None, "", "x" * 32])
def test_a_write_without_the_token_is_refused(archive, browser, token):
    client = browser("rep")
    session(client)
    headers = {} if token is None else {"X-CSRFToken": token}
    answer = push(client, new_customer("周明"), **headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert PushedItem.objects.count() == 0


def test_a_request_from_another_site_is_refused_even_with_the_token(archive, browser):
    client = browser("rep")
    token = session(client)["csrf"]
    answer = push(client, new_customer("周明"), **{"X-CSRFToken": token, "Origin": "https://evil.example"})
    assert answer.status_code == 403


def test_a_wrong_key_is_not_saved_by_a_good_cookie(archive, browser):
    answer = browser("rep").get("/api/v1/me", headers={"Authorization": "Bearer rep_wrong"})
    assert answer.status_code == 401


def test_without_a_session_nothing_answers(archive):
    client = Client()
    for path in ("sync/session?device=x", "sync/pull", "sync/items", "me"):
        assert client.get(f"/api/v1/{path}").status_code == 401, path


def test_a_read_only_key_sends_nothing(archive, company, at):
    data = IssueToken(name="t", scope="read")
    secret = issue_token(actor=company.actor("rep"), at=at, data=data)[1]
    answer = push(Client(), new_customer("周明"), Authorization=f"Bearer {secret}")
    assert answer.status_code == 403


def test_the_sealing_key_belongs_to_one_person_on_one_device(archive, browser):
    keys = {
        (name, device): session(browser(name), device)["key"] for name in ("rep", "teammate") for device in ("a", "b")
    }
    assert len(set(keys.values())) == 4
    assert session(browser("rep"), "a")["key"] == keys["rep", "a"]
    assert {len(base64.b64decode(key)) for key in keys.values()} == {32}


def test_a_pull_is_compressed_where_the_phone_takes_it(archive, browser):
    answer = browser("rep").get("/api/v1/sync/pull", headers={"Accept-Encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.content))["reset"] is True


@pytest.mark.parametrize("path", ["/m/", "/m/sw.js"])
@pytest.mark.parametrize("username", [None, "rep"])
def test_the_shell_varies_by_nothing_and_allows_only_our_own_host(company, signed_in, path, username):
    client = signed_in(username) if username else Client()
    answer = client.get(path)
    assert (answer.status_code, "Vary" in answer, "Set-Cookie" in answer) == (200, False, False)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer.content == Client().get(path).content


def test_the_shell_opens_before_a_first_password_was_changed_but_the_api_does_not(company, signed_in):
    company.people["rep"].must_change_password = True
    company.people["rep"].save()
    assert signed_in("rep").get("/m/").status_code == 200
    assert signed_in("rep").get("/api/v1/sync/pull").status_code == 302


def test_the_rep_and_the_superior_see_what_was_not_accepted_and_others_do_not(archive, send, signed_in):
    send(new_customer("", phone="025-1"))
    shown = {
        name: "这一项必须填写" in signed_in(name).get("/sync/quarantine/").content.decode()
        for name in ("rep", "supervisor", "manager", "admin", "auditor", "teammate", "foreigner", "product", "finance")
    }
    assert {name for name, seen in shown.items() if seen} == {"rep", "supervisor", "manager", "admin", "auditor"}


def test_the_superior_retries_and_gives_up_on_the_page(archive, send, signed_in):
    one = new_customer("")
    send(one)
    supervisor = signed_in("supervisor")
    address = f"/sync/quarantine/{one.uid}"
    page = supervisor.post(f"{address}/retry/", follow=True).content.decode()
    assert "还是没有被接受" in page
    assert supervisor.post(f"{address}/discard/", {"reason": ""}).status_code == 422
    assert supervisor.post(f"{address}/discard/", {"reason": "代表已另录"}).status_code == 302
    page = supervisor.get("/sync/quarantine/").content.decode()
    assert "没有等待处理的记录" in page
    assert "代表已另录" in page


def test_an_unknown_item_is_not_there(archive, browser):
    assert browser("rep").get(f"/api/v1/sync/items/{uuid.uuid4()}").status_code == 404


def test_two_hundred_items_are_the_most_at_once(archive, browser):
    client = browser("rep")
    token = session(client)["csrf"]
    many = [new_customer(f"客户{number}") for number in range(201)]
    assert push(client, *many, **{"X-CSRFToken": token}).status_code == 422
