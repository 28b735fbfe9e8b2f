"""A phone's batch, and a server that dies after it has committed some of it: everything once."""

import uuid
from contextlib import suppress
from typing import Any

import httpx

from repertory.core.time import now
from tests.faults.installation import Installation

VISITS = 40


def batch() -> dict[str, Any]:
    at = now().isoformat()
    items = [
        {
            "uid": str(uuid.uuid4()),
            "command": "customer.create",
            "payload": {"kind": "hcp", "name": f"断电时的医生{number}", "confirmed_new": True},
            "device_at": at,
        }
        for number in range(VISITS)
    ]
    return {"device": "phone", "items": items}


def test_p46_a_batch_cut_off_by_a_kill_is_sent_again_and_each_item_is_there_once(fragile: Installation):
    """legend-state #546, World-Cleanup #189: the server commits and dies before the answer; nothing is lost or doubled."""
    sent = batch()
    with fragile.server() as server, server.client("rep") as client:
        first = client.post("/sync/push", json={**sent, "items": sent["items"][:1]}).json()["items"][0]
        with (
            httpx.Client(base_url=client.base_url, headers=client.headers, timeout=0.15, trust_env=False) as impatient,
            suppress(httpx.TransportError),
        ):
            impatient.post("/sync/push", json=sent)
        server.kill()
    with fragile.server() as server, server.client("rep") as client:
        answers = client.post("/sync/push", json=sent).json()["items"]
        again = client.post("/sync/push", json=sent).json()["items"]
        names = [
            row["name"] for row in client.get("/customers", params={"q": "断电时的医生", "limit": 200}).json()["items"]
        ]
    assert (answers[0]["status"], answers[0]["object_id"]) == ("duplicate", first["object_id"])
    assert {answer.get("first") or answer["status"] for answer in answers} == {"applied"}
    assert {(answer["status"], answer["first"]) for answer in again} == {("duplicate", "applied")}
    assert [answer["object_id"] for answer in again] == [answer["object_id"] for answer in answers]
    assert sorted(names) == sorted(item["payload"]["name"] for item in sent["items"])
    assert fragile.problems() == []
