"""What was answered is kept, whatever happens to the server the next moment."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from tests.faults.installation import Installation, Server


def write_until_it_dies(server: Server, worker: int) -> list[str]:
    """Names of the customers that the server said it has."""
    kept = []
    with server.client("rep") as client:
        for number in range(10_000):
            name = f"第{worker}人第{number}家医院"
            body = {"kind": "hospital", "name": name, "confirmed_new": True}
            try:
                answer = client.post("/customers", json=body)
            except httpx.TransportError:
                return kept
            assert answer.status_code == 201, answer.text
            kept.append(name)
            if worker == 0 and number == 12:
                server.kill()
    return kept


def test_p46_what_was_answered_survives_a_kill_of_the_server(fragile: Installation):
    """legend-state #546: what was believed to be saved is gone. The kill hits while four people write."""
    with fragile.server() as server, ThreadPoolExecutor(4) as pool:
        kept = [
            name for names in pool.map(lambda worker: write_until_it_dies(server, worker), range(4)) for name in names
        ]
    with fragile.server() as server, server.client("rep") as client:
        stored = _names(client)
    assert set(kept) <= set(stored)
    assert len(stored) == len(set(stored))
    # The few whose answer did not get through may be there or not, whole in either case.
    assert len(stored) - len(kept) <= 4
    assert fragile.problems() == []


def _names(client: Any) -> list[str]:
    found, cursor = [], ""
    while cursor is not None:
        page = client.get("/customers", params={"limit": 200, "cursor": cursor}).json()
        found, cursor = found + [row["name"] for row in page["items"]], page["next"]
    return found


def test_a_write_that_was_cut_off_is_simply_sent_again(fragile: Installation):
    """With the same Idempotency-Key, before and after the server died: one archive."""
    body = {"kind": "hospital", "name": "再发一次医院"}
    key = {"Idempotency-Key": "after-the-crash"}
    with fragile.server() as server, server.client("rep") as client:
        first = client.post("/customers", json=body, headers=key).json()
        server.kill()
    with fragile.server() as server, server.client("rep") as client:
        again = client.post("/customers", json=body, headers=key)
        assert (again.status_code, again.json()["id"]) == (201, first["id"])
        assert client.get("/customers", params={"q": "再发一次医院"}).json()["count"] == 1
