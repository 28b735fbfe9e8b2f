"""Cases and adverse events over the API: each step is a noun, a repeated key writes once."""

import json

import pytest

from repertory.core.time import now
from repertory.organisation.actions import issue_token
from repertory.organisation.inputs import IssueToken
from repertory.service.models import AdverseEvent, Case
from tests.factories.cases import WHOLE_REPORT


@pytest.fixture
def call(company, client, archive):
    secret = issue_token(actor=company.actor("supervisor"), at=now(), data=IssueToken(name="t", scope="write"))[1]

    def call(method, path, body=None, **headers):
        answer = client.generic(
            method,
            f"/api/v1/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}", **headers},
        )
        return answer.status_code, answer.json()

    return call


def test_a_case_goes_its_whole_way(call, archive):
    body = {"customer_id": archive.own.pk, "kind": "complaint", "severity": "high", "title": "断货", "text": "三天没货"}
    status, case = call("POST", "cases", body)
    assert (status, case["state"], case["owner"], case["late"]) == (201, "open", "rep", False)
    path = f"cases/{case['id']}"
    for step, given, state in (
        ("handling", {}, "in_progress"),
        ("notes", {"text": "已催"}, "in_progress"),
        ("answer", {"result": "周五到货", "cause": "supply"}, "answered"),
        ("telling", {"how": "phone"}, "closed"),
        ("reopening", {"reason": "周五没到"}, "reopened"),
        ("assignment", {"owner": "supervisor"}, "reopened"),
    ):
        status, answer = call("POST", f"{path}/{step}", given)
        assert (status, answer["state"]) == (200, state)
    status, shown = call("GET", path)
    assert [step["kind"] for step in shown["steps"]] == [
        "opened",
        "taken",
        "noted",
        "answered",
        "told",
        "reopened",
        "assigned",
    ]
    assert call("GET", "cases?state=reopened&owner=supervisor")[1]["count"] == 1
    assert call("GET", "case-causes")[1] == {"items": [{"cause": "supply", "count": 1, "so_far": 1}], "total": 1}


def test_a_step_out_of_order_is_refused(call, archive):
    case = call("POST", "cases", {"customer_id": archive.own.pk, "kind": "question", "title": "问"})[1]
    status, problem = call("POST", f"cases/{case['id']}/telling", {"how": "phone"})
    assert (status, problem["code"]) == (422, "transition")
    assert call("POST", f"cases/{case['id']}/answer", {"result": "好"})[0] == 422


def test_the_same_key_opens_one_case(call, archive):
    body = {"customer_id": archive.own.pk, "kind": "question", "title": "问"}
    first = call("POST", "cases", body, **{"Idempotency-Key": "k1"})
    assert call("POST", "cases", body, **{"Idempotency-Key": "k1"}) == first
    assert Case.objects.count() == 1


def test_an_older_version_is_refused(call, archive):
    case = call("POST", "cases", {"customer_id": archive.own.pk, "kind": "question", "title": "问"})[1]
    path = f"cases/{case['id']}"
    assert call("PATCH", path, {"title": "新题"}, **{"If-Match": '"1"'})[0] == 200
    assert call("PATCH", path, {"title": "旧题"}, **{"If-Match": '"1"'})[0] == 409


def test_a_report_goes_its_whole_way_and_never_away(call, archive):
    body = {"customer_id": archive.own.pk, **WHOLE_REPORT, "seriousness": ["death"]}
    status, event = call("POST", "adverse-events", body)
    assert (status, event["clock"], event["missing"], event["patient_age"]) == (201, "at_once", [], "••••")
    path = f"adverse-events/{event['id']}"
    assert call("POST", f"{path}/follow-ups", {"text": "已联系"})[0] == 200
    status, corrected = call("POST", f"{path}/corrections", {"lot": "B1", "reason": "批号看错"})
    assert (status, corrected["lot"], corrected["version"]) == (200, "B1", 2)
    assert call("POST", f"{path}/reveals", {"reason": "核对资料"})[1]["patient_age"] == "65岁"
    assert (
        call("POST", f"{path}/hand-over", {"to": "药物警戒部", "receipt_number": "PV-1"})[1]["state"] == "handed_over"
    )
    assert call("POST", f"{path}/closure", {"note": "已上报"})[1]["state"] == "closed"
    assert [step["kind"] for step in call("GET", path)[1]["steps"]] == [
        "received",
        "followed_up",
        "corrected",
        "handed_over",
        "closed",
    ]
    assert AdverseEvent.objects.count() == 1


def test_a_report_that_was_read_can_be_sent_back_whole(call, archive):
    event = call("POST", "adverse-events", {"customer_id": archive.own.pk, **WHOLE_REPORT})[1]
    names = ("product_text", "lot", "description", "patient_initials", "patient_age", "reporter_name", "reporter_phone")
    body = {name: event[name] for name in names} | {"reason": "原样送回"}
    assert call("POST", f"adverse-events/{event['id']}/corrections", body)[1]["version"] == 1
    assert call("POST", f"adverse-events/{event['id']}/reveals", {"reason": "核对"})[1]["reporter_name"] == "单雪"
