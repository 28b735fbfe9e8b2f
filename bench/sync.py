"""The phone's exchange: pushes of 200 visits made offline, the same again, and the first pull of 500 customers with history.

python -m bench.sync measures this alone, on a data folder of its own."""

import gzip
import json
import statistics
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.results import Results
from bench.server import Client, Server, repertory

CUSTOMERS, VISITS_EACH, BATCH = 500, 10, 200
MEGABYTE = 1_000_000
NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"


def measure(results: Results, home: Path) -> None:
    """home: an empty data folder; the demo company is made in it."""
    repertory(home, "demo")
    token = repertory(home, "token", "rep01", "--days", "1").strip().splitlines()[-1]
    server = Server(home)
    try:
        _run(results, Client(server, token=token))
    finally:
        server.stop()


def _run(results: Results, client: Client) -> None:
    made = [answer["object_id"] for batch in _batches(_customers()) for answer in _push(client, batch)[1]]
    batches = _batches(_visits(made))
    taken = [_push(client, batch)[0] for batch in batches]
    results.add("push of 200 visits made offline, median of 25", statistics.median(taken), "s", bar=1.5)
    again = [_push(client, batch)[0] for batch in batches[:5]]
    results.add("the same 200 sent again, median of 5", statistics.median(again), "s")
    pulls = []
    for _round in range(5):
        seconds, body = _pull(client, "")
        pulls.append(seconds)
    found = json.loads(gzip.decompress(body))
    rows = found["customers"]["rows"]
    assert len(rows) >= CUSTOMERS, len(rows)
    assert sum(len(row.get("visits", [])) for row in rows) >= CUSTOMERS * VISITS_EACH
    results.add("first pull of 500 customers with 10 visits each", statistics.median(pulls), "s", bar=2)
    results.add("first pull, compressed", len(body) / MEGABYTE, "MB", bar=1)
    seconds, body = _pull(client, found["next"])
    results.add("pull with nothing new", seconds * 1_000, "ms")


def _customers() -> list[dict[str, Any]]:
    return [
        _item("customer.create", kind="hcp", name=f"{NAMES[number % 20]}{chr(0x4E00 + number)}", confirmed_new=True)
        for number in range(CUSTOMERS)
    ]


def _visits(customers: list[int]) -> list[dict[str, Any]]:
    now = datetime.now(UTC).replace(microsecond=0)
    return [
        _item(
            "visit.record",
            customer_id=key,
            starts_at=(now - timedelta(days=2 * turn, minutes=number)).isoformat(),
            ends_at=(now - timedelta(days=2 * turn, minutes=number - 15)).isoformat(),
            mode="phone",
            subject="跟进上次谈到的问题",
            focus="关注长期用药的依从性和医保报销比例",
            next_step="下次带最新的临床资料，约科室会时间",
        )
        for turn in range(1, VISITS_EACH + 1)
        for number, key in enumerate(customers, 16)
    ]


def _item(command: str, **payload: Any) -> dict[str, Any]:
    at = datetime.now(UTC).isoformat()
    return {"uid": str(uuid.uuid4()), "command": command, "payload": payload, "device_at": at}


def _batches(items: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    return [items[start : start + BATCH] for start in range(0, len(items), BATCH)]


def _push(client: Client, items: list[dict[str, Any]]) -> tuple[float, list[dict[str, Any]]]:
    seconds, status, text = client.post("/api/v1/sync/push", {"device": "bench", "items": items})
    assert status == 200, text[:300]
    answers = json.loads(text)["items"]
    refused = [answer for answer in answers if answer["status"] not in ("applied", "duplicate")]
    assert not refused, refused[0]
    return seconds, answers


def _pull(client: Client, since: str) -> tuple[float, bytes]:
    headers = {"Authorization": f"Bearer {client.token}", "Accept-Encoding": "gzip"}
    started = time.perf_counter()
    client.connection.request("GET", f"/api/v1/sync/pull?since={since}", headers=headers)
    body = client.connection.getresponse().read()
    return time.perf_counter() - started, body


if __name__ == "__main__":
    measure(Results(), Path("var/bench/sync") / uuid.uuid4().hex[:8])
