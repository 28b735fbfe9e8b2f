"""Materials and samples over the API: what the phone and other programs use. M-PRO-2, M-PRO-3."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from repertory.core.time import day_of
from repertory.materials.models import Handout, MaterialVersion, SampleMove
from repertory.organisation.actions import issue_token
from repertory.organisation.inputs import IssueToken
from tests.factories.materials import DRAWN, draft, open_material, usable_version


@pytest.fixture
def call(company, at):
    """call(username, method, path, body) → (status, answer) of the API."""
    secrets = {}

    def run(username, method, path, body=None, **headers):
        if username not in secrets:
            data = IssueToken(name="test", scope="write")
            secrets[username] = issue_token(actor=company.actor(username), at=at, data=data)[1]
        answer = Client().generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"Authorization": f"Bearer {secrets[username]}", **headers},
        )
        return answer.status_code, answer.json()

    run.secrets = secrets
    return run


def test_a_sample_is_signed_given_once_and_reversed(call, archive, bags, rep):
    doctor = archive.doctor.pk
    status, kept = call("rep", "POST", f"/customers/{doctor}/signatures", {"png": f"data:image/png;base64,{DRAWN}"})
    assert status == 201
    body = {"customer_id": doctor, "lot_id": bags.lot.pk, "quantity": 2, "signature_id": kept["id"]}
    first = call("rep", "POST", "/samples", body, **{"Idempotency-Key": "one"})
    assert (first[0], first[1]["quantity"], first[1]["lot_number"]) == (201, -2, "240301")
    assert call("rep", "POST", "/samples", body, **{"Idempotency-Key": "one"}) == first
    assert SampleMove.objects.filter(kind="given").count() == 1
    (own,) = call("rep", "GET", "/samples")[1]["items"]
    assert (own["quantity"], own["expired"], own["product"]) == (18, False, bags.product.pk)
    received = call("rep", "GET", f"/customers/{doctor}/received")[1]
    assert [row["quantity"] for row in received["samples"]] == [-2]
    assert call("rep", "POST", f"/sample-moves/{first[1]['id']}/reversal", {"reason": "记错了"})[0] == 201
    assert call("rep", "GET", f"/customers/{doctor}/received")[1]["samples"] == []


def test_a_refusal_names_the_field_and_the_reason(call, archive, bags, at):
    doctor = archive.doctor.pk
    body = {"customer_id": doctor, "lot_id": bags.lot.pk, "quantity": 1}
    status, answer = call("rep", "POST", "/samples", body)
    assert (status, answer["code"], answer["field"]) == (422, "signature_missing", "signature_id")
    late = {"customer_id": doctor, "version_id": bags.version.pk, "on": str(day_of(at) + timedelta(days=1))}
    status, answer = call("rep", "POST", "/handouts", late)
    assert (status, answer["code"], answer["field"]) == (422, "future", "on")
    assert not Handout.objects.exists()


def test_what_may_be_handed_out_on_a_day_comes_in_one_answer(call, archive, bags, at):
    usable_version(at=at, title="别的")
    draft(open_material(at=at, title="草稿"), at=at)
    titles = [row["title"] for row in call("rep", "GET", "/usable-materials?kind=hcp")[1]["items"]]
    assert titles == ["别的", "核心信息单页"]
    of_product = call("rep", "GET", f"/usable-materials?product={bags.product.pk}")[1]["items"]
    assert [(row["title"], row["standing"]) for row in of_product] == [("核心信息单页", "usable")]
    yesterday = day_of(at) - timedelta(days=1)
    assert call("rep", "GET", f"/usable-materials?on={yesterday}")[1]["items"] == []


def test_a_second_copy_is_told(call, archive, bags):
    body = {"customer_id": archive.doctor.pk, "version_id": bags.version.pk}
    assert [call("rep", "POST", "/handouts", body)[1]["again"] for _turn in range(2)] == [False, True]


def test_a_material_is_made_with_its_file_and_approved_by_another(call, company, product):
    status, made = call("product", "POST", "/materials", {"title": "核心单页", "products": [product.code]})
    assert (status, made["products"]) == (201, [product.code])
    stale = {"If-Match": '"9"'}
    assert call("product", "PATCH", f"/materials/{made['id']}", {"note": "x"}, **stale)[0] == 409
    version = call("product", "POST", f"/materials/{made['id']}/versions", {"audiences": ["hcp"]})[1]
    path = f"/material-versions/{version['id']}"
    assert call("product", "POST", f"{path}/submission", {})[1]["code"] == "file_missing"
    assert call("product", "POST", f"{path}/file", {})[1]["field"] == "file"
    sent = Client().post(
        f"/api/v1{path}/file",
        {"file": SimpleUploadedFile("单页.pdf", b"%PDF-1.7")},
        headers={"Authorization": f"Bearer {call.secrets['product']}"},
    )
    assert (sent.status_code, MaterialVersion.objects.get().file.name) == (200, "单页.pdf")
    assert call("product", "POST", f"{path}/submission", {})[1]["state"] == "submitted"
    assert call("product", "POST", f"{path}/decision", {"approve": True})[1]["code"] == "own_request"
    assert call("marketer", "POST", f"{path}/decision", {"approve": True})[1]["standing"] == "usable"
    assert call("rep", "GET", "/materials?q=hxdy")[1]["count"] == 1


def test_the_ledger_adds_up_over_the_api(call, bags):
    lot = f"/sample-lots/{bags.lot.pk}"
    assert call("supervisor", "POST", f"{lot}/issues", {"to": "teammate", "quantity": 5})[0] == 201
    assert call("teammate", "POST", f"{lot}/returns", {"quantity": 2})[0] == 201
    assert call("teammate", "POST", f"{lot}/losses", {"quantity": 1, "reason": "压坏"})[0] == 201
    assert call("boss", "POST", f"{lot}/counts", {"counted": 1, "holder": "teammate"})[0] == 201
    balances = call("auditor", "GET", "/sample-balances")[1]["items"]
    moves = call("auditor", "GET", "/sample-moves")[1]["items"]
    summed = {row["holder"]: 0 for row in balances}
    for move in moves:
        summed[move["holder"]] += move["quantity"]
    assert {row["holder"]: row["quantity"] for row in balances} == summed
    assert sorted(summed.values()) == [1, 20, 77]


def test_copies_go_through_the_same_steps(call, bags):
    path = f"/material-versions/{bags.version.pk}"
    assert call("finance", "POST", f"{path}/receipts", {"quantity": 10})[0] == 201
    assert call("supervisor", "POST", f"{path}/issues", {"to": "teammate", "quantity": 5})[0] == 201
    assert call("teammate", "POST", f"{path}/returns", {"quantity": 2})[0] == 201
    assert call("teammate", "POST", f"{path}/losses", {"quantity": 1, "reason": "受潮"})[0] == 201
    assert call("supervisor", "POST", f"{path}/counts", {"counted": 4, "holder": "teammate"})[0] == 201
    balances = call("finance", "GET", "/material-balances")[1]["items"]
    assert sorted(row["quantity"] for row in balances) == [4, 20, 87]
    assert call("finance", "GET", "/material-moves")[1]["count"] == 10
