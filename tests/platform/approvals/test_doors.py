"""Approvals on the pages, over the API, and in the reminders."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from repertory.core.actor import Door, system_actor
from repertory.organisation.actions.tokens import digest_of
from repertory.organisation.models import ApiToken
from repertory.platform.models import ApprovalRequest, Deputy
from repertory.platform.reminders.actions import refresh_rule
from repertory.platform.reminders.queries import open_reminders


@pytest.fixture
def call(company, at):
    """An operation as somebody, with a key of their own."""

    def run(username, method, path, body=None):
        ApiToken.objects.get_or_create(
            digest=digest_of(username),
            defaults={
                "user": company.people[username],
                "name": "t",
                "prefix": "p",
                "scope": "write",
                "created_at": at,
                "expires_at": at + timedelta(days=365),
            },
        )
        headers = {"Authorization": f"Bearer {username}"}
        return Client().generic(
            method, f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json", headers=headers
        )

    return run


@pytest.fixture
def told(company, at):
    """What reminders of approvals stand in somebody's list."""

    def read(username):
        for key in ("approval_waiting", "approval_decided"):
            refresh_rule(actor=system_actor(Door.JOB), at=at, key=f"reminders.{key}")
        return [shown.text for shown in open_reminders(actor=company.actor(username), at=at)]

    return read


def test_the_list_shows_what_waits_for_oneself(ask, signed_in):
    request = ask(amount=100_000)
    page = signed_in("manager").get("/approvals/?turn=1").content.decode()
    assert "特价申请" in page and "¥100,000.00" in page and "华东大区 · 销售经理" in page
    assert "特价申请" not in signed_in("boss").get("/approvals/?turn=1").content.decode()
    assert "特价申请" in signed_in("boss").get("/approvals/").content.decode()
    assert "特价申请" in signed_in("rep").get("/approvals/?mine=1").content.decode()
    assert signed_in("teammate").get(f"/approvals/{request.pk}/").status_code == 404


def test_the_page_offers_what_the_person_may_do(ask, signed_in):
    request = ask(amount=1)
    offers = {
        username: [
            name
            for name in ("approval", "rejection", "withdrawal")
            if f"/approvals/{request.pk}/{name}/"
            in signed_in(username).get(f"/approvals/{request.pk}/").content.decode()
        ]
        for username in ("rep", "manager", "auditor")
    }
    assert offers == {"rep": ["withdrawal"], "manager": ["approval", "rejection"], "auditor": []}


def test_a_dialog_decides_and_an_older_version_is_told(ask, signed_in):
    request = ask(amount=100_000)
    address = f"/approvals/{request.pk}/approval/"
    assert "同意" in signed_in("manager").get(address).content.decode()
    assert signed_in("manager").post(address, {"version": 1, "comment": "好"}).status_code == 302
    late = signed_in("boss").post(address, {"version": 1, "comment": "我也同意"})
    assert late.status_code == 422 and "我也同意" in late.content.decode()
    request.refresh_from_db()
    assert request.step == 2


def test_the_link_leads_to_the_thing_only_for_who_sees_it(ask, signed_in, company):
    request = ask("rep", amount=1, object_id=company.territories["N"].pk)
    link = f'href="/territories/{company.territories["N"].pk}/"'
    assert link not in signed_in("manager").get(f"/approvals/{request.pk}/").content.decode()
    assert link in signed_in("auditor").get(f"/approvals/{request.pk}/").content.decode()


def test_a_deputy_is_named_and_ended_on_the_pages(things, signed_in, company):
    client = signed_in("manager")
    assert "王强" in client.get("/approvals/deputies/new/").content.decode()
    typed = {"deputy": "supervisor", "starts_on": "2999-01-01", "ends_on": "2999-01-01", "reason": "休假去"}
    refused = client.post("/approvals/deputies/new/", typed)
    assert refused.status_code == 422 and "休假去" in refused.content.decode()
    client.post("/approvals/deputies/new/", typed | {"ends_on": "2999-01-05"})
    row = Deputy.objects.get()
    assert "地区主管" in client.get("/approvals/deputies/").content.decode()
    client.post(f"/approvals/deputies/{row.pk}/end/")
    row.refresh_from_db()
    assert row.ends_on == row.starts_on


def test_a_route_is_set_on_its_page(things, signed_in):
    client = signed_in("admin")
    assert "事项" in client.get("/approvals/routes/").content.decode()
    typed = {"starts_on": "2026-01-01", "role0": "supervisor", "level0": "district", "from1": "5"}
    assert client.post("/approvals/routes/thing/", typed | {"from0": "-1"}).status_code == 422
    assert client.post("/approvals/routes/thing/", typed).status_code == 302
    assert "销售主管" in client.get("/approvals/routes/").content.decode()
    assert signed_in("auditor").get("/approvals/routes/thing/").status_code == 404


def test_the_api_shows_decides_and_refuses(ask, call):
    request = ask(amount=100_000)
    shown = call("manager", "GET", f"approvals/{request.pk}").json()
    assert (shown["amount_cny"], shown["may_decide"], shown["state"]) == ("100000", True, "waiting")
    assert [(step["role"], step["who"]) for step in shown["steps"]] == [
        ("manager", ["大区经理"]),
        ("manager", ["总经理"]),
    ]
    assert call("manager", "GET", "approvals?turn=1").json()["count"] == 1
    assert call("boss", "GET", "approvals?turn=1").json()["count"] == 0
    assert call("manager", "POST", f"approvals/{request.pk}/approval", {"version": 1}).json()["step"] == 2
    assert call("boss", "POST", f"approvals/{request.pk}/approval", {"version": 1}).status_code == 409
    answer = call("boss", "POST", f"approvals/{request.pk}/rejection", {"version": 2, "comment": "太低"})
    assert answer.json()["state"] == "rejected"
    assert call("teammate", "GET", f"approvals/{request.pk}").status_code == 404


def test_those_whose_turn_it_is_are_reminded_and_afterwards_who_asked(ask, approve, told, company, at):
    request = ask(amount=100_000)
    sentence = "李娜 提交的事项“特价申请”等您审批"
    assert told("manager") == [sentence]
    assert told("boss") == []
    approve("manager", request)
    assert told("manager") == []
    assert told("boss") == [sentence]
    approve("boss", request)
    assert told("boss") == []
    assert told("rep") == ["您提交的事项“特价申请”已批准"]


def test_a_deputy_is_reminded_too(ask, told, company, at):
    Deputy.objects.create(
        person=company.people["manager"],
        deputy=company.people["supervisor"],
        starts_on=at.date(),
        ends_on=at.date() + timedelta(days=365),
        named_at=at,
    )
    ask(amount=1)
    assert told("supervisor") == ["李娜 提交的事项“特价申请”等您审批"]


def test_the_list_takes_the_same_number_of_queries_for_many_rows(
    ask, signed_in, django_assert_max_num_queries, company
):
    for node in ("E1A", "E1B", "E1"):
        ask(amount=1, node=node)
    client = signed_in("rep")
    client.get("/approvals/")
    assert ApprovalRequest.objects.count() == 3
    with django_assert_max_num_queries(20):
        client.get("/approvals/?mine=1")
