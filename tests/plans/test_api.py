"""Targets over the API. What a person asks for is narrowed to the own part of the tree, whatever the filter says."""

import json

import pytest

from repertory.plans import actions
from repertory.plans.inputs import BreakDown
from tests.factories.targets import drawn_up, in_force


@pytest.fixture
def plan(company, archive, drugs, at):
    plan = drawn_up({drugs.first: 12_000}, at=at, actor=company.actor("finance"))
    down = BreakDown(territory="CO", method="equal", depth="customers")
    actions.break_down(actor=company.actor("finance"), at=at, plan_id=plan.pk, data=down)
    return plan


def get(client, address):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def send(client, address, **body):
    return client.post(f"/api/v1/{address}", json.dumps(body), content_type="application/json")


def test_figures_are_listed_with_filters_and_pages(plan, company, archive, drugs, at, signed_in):
    client = signed_in("finance")
    assert get(client, "targets")["count"] == 0
    in_force(plan, at=at)
    march = f"targets?month.from={at.year}03&month.to={at.year}03"
    page = get(client, f"{march}&limit=3")
    assert (page["count"], len(page["items"])) == (8, 3)
    assert get(client, f"{march}&limit=3&cursor={page['next']}")["items"][0]["id"] > page["items"][-1]["id"]
    (one,) = get(client, f"{march}&territory=E1A")["items"]
    assert (one["value"], one["product"], one["parts"]) == ("250", drugs.first.code, "customers")
    (part,) = get(client, f"{march}&customers=1&customer={archive.own.code}")["items"]
    assert (part["value"], part["customer"]) == ("250", archive.own.code)
    assert [row["territory"] for row in get(signed_in("rep"), march)["items"]] == ["E1A"]
    assert get(signed_in("rep"), f"{march}&territory=N")["items"] == []


def test_figures_are_posted_and_the_others_share_the_rest(plan, drugs, at, signed_in):
    figure = {"period": f"{at.year}-03", "product_id": drugs.first.pk, "territory": "E", "value": "700"}
    assert send(signed_in("finance"), "targets", plan_id=plan.pk, figures=[figure]).status_code == 200
    (north,) = get(signed_in("finance"), f"targets?plan={plan.pk}&territory=N&month={at.year}03")["items"]
    assert north["value"] == "300"
    both = [{**figure, "territory": "N", "value": "400"}]
    refused = send(signed_in("finance"), "targets", plan_id=plan.pk, figures=both)
    assert (refused.status_code, refused.json()["code"]) == (422, "sums_disagree")
    assert send(signed_in("supervisor"), "targets", plan_id=plan.pk, figures=both).status_code == 404


def test_a_new_version_shows_its_differences(plan, drugs, at, signed_in):
    in_force(plan, at=at)
    client = signed_in("finance")
    fresh = send(client, f"target-plans/{plan.pk}/revisions", reason="集采").json()
    year = {"period": str(at.year), "product_id": drugs.first.pk, "territory": "CO", "value": "24000"}
    send(client, "targets", plan_id=fresh["id"], figures=[year])
    found = get(client, f"target-plans/{fresh['id']}/differences")["items"]
    assert found[0] == {
        "territory": "CO",
        "product": drugs.first.code,
        "before": "12000",
        "after": "24000",
        "change": "12000",
    }
    assert [
        one["territory"] for one in get(signed_in("manager"), f"target-plans/{fresh['id']}/differences")["items"]
    ] == ["E", "E1", "E1A", "E1B"]
