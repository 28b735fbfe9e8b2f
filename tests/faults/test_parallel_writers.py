"""Forty people write at once through a real server: nothing is lost, nothing fails, every counter is right."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

WRITERS = 40
REVISIONS = 3
PEOPLE = ("rep", "supervisor", "manager", "boss", "admin")


@pytest.fixture
def at_once(server) -> Callable[..., list[Any]]:
    """at_once(n, work): work(number, client) in n threads that begin together; the results in order."""

    def run(writers: int, work: Callable[[int, Any], Any], username: str = "") -> list[Any]:
        barrier = Barrier(writers)

        def begin(number: int) -> Any:
            with server.client(username or PEOPLE[number % len(PEOPLE)]) as client:
                client.get("/me")
                barrier.wait(timeout=60)
                return work(number, client)

        with ThreadPoolExecutor(writers) as pool:
            return list(pool.map(begin, range(writers)))

    return run


@pytest.fixture
def shared(server) -> dict[str, Any]:
    """A hospital that all of them may edit."""
    with server.client("rep") as client:
        made = client.post("/customers", json=hospital("众人医院"))
    assert made.status_code == 201, made.text
    return made.json()


def hospital(name: str, **facts: Any) -> dict[str, Any]:
    return {"kind": "hospital", "name": name, "territory": "E1A", "confirmed_new": True, **facts}


def all_of(client: Any, path: str) -> list[dict[str, Any]]:
    found, cursor = [], ""
    while cursor is not None:
        page = client.get(path, params={"limit": 200, "cursor": cursor}).json()
        found, cursor = found + page["items"], page["next"]
    return found


def test_forty_writers_lose_nothing(installation, server, shared, at_once):
    path = f"/customers/{shared['id']}"

    def work(number: int, client: Any) -> list[int]:
        made = client.post("/customers", json=hospital(f"并行医院{number}", phone=f"025-8310{number:04}"))
        said = [client.patch(path, json={"address": f"第{number}人第{turn}次"}) for turn in range(REVISIONS)]
        made_again = client.post("/customers", json=hospital(f"再开医院{number}"))
        return [answer.status_code for answer in (made, *said, made_again)]

    outcomes = at_once(WRITERS, work)
    assert Counter(map(tuple, outcomes)) == {(201, *[200] * REVISIONS, 201): WRITERS}
    with server.client("admin") as client:
        rows = [row for row in all_of(client, "/customers") if row["name"].startswith(("并行医院", "再开医院"))]
        trail = [line for line in all_of(client, "/audit-entries") if line["object_id"] == shared["id"]]
        final = client.get(path).json()
    names = {f"{word}{number}" for word in ("并行医院", "再开医院") for number in range(WRITERS)}
    assert (len(rows), {row["name"] for row in rows}) == (2 * WRITERS, names)
    assert len({row["code"] for row in rows}) == 2 * WRITERS
    changes = [line["changes"]["address"] for line in trail if line["verb"] == "revised"]
    assert len(changes) == WRITERS * REVISIONS
    # Each one was made on top of the one before it: old value = the last new one.
    assert [old for old, _new in changes] == ["", *[new for _old, new in changes[:-1]]]
    assert (final["address"], final["version"]) == (changes[-1][1], shared["version"] + WRITERS * REVISIONS)
    assert installation.problems() == []


def test_p42_one_key_sent_by_twenty_at_once_opens_one_archive(server, at_once):
    """KoboToolbox kobocat#470, #859: the same submission sent again while the first is on its way is stored twice."""
    body = hospital("一次医院", code="ONCE-1")

    def work(_number: int, client: Any) -> tuple[int, dict[str, Any]]:
        answer = client.post("/customers", json=body, headers={"Idempotency-Key": "the-same"})
        return answer.status_code, answer.json()

    answers = at_once(20, work, username="boss")
    assert answers == [answers[0]] * 20
    assert answers[0][0] == 201
    with server.client("boss") as client:
        assert client.get("/customers", params={"q": "一次医院"}).json()["count"] == 1


def test_p47_of_ten_who_edit_one_version_one_wins_and_nine_are_told(server, shared, at_once):
    """Primero #508: edits of the same field overwrite each other silently."""
    path = f"/customers/{shared['id']}"
    version = {"If-Match": f'"{shared["version"]}"'}

    def work(number: int, client: Any) -> tuple[int, str, str]:
        answer = client.patch(path, json={"phone": f"025-{number:08}"}, headers=version)
        return answer.status_code, answer.json().get("code", ""), f"025-{number:08}"

    answers = at_once(10, work)
    winners = [phone for status, _code, phone in answers if status == 200]
    assert len(winners) == 1
    assert [answer[:2] for answer in answers if answer[0] != 200] == [(409, "stale")] * 9
    with server.client("rep") as client:
        assert client.get(path).json()["phone"] == winners[0]


def test_p51_one_code_wanted_by_ten_goes_to_one(installation, at_once):
    """ERPNext #16426: numbers that "already exist" when several people write."""

    def work(number: int, client: Any) -> tuple[int, str]:
        answer = client.post("/customers", json=hospital(f"抢号医院{number}", code="WANTED"))
        return answer.status_code, answer.json()["field"] if answer.status_code == 409 else ""

    assert sorted(at_once(10, work)) == [(201, ""), *[(409, "code")] * 9]
    assert installation.problems() == []


def test_p50_moves_in_opposite_directions_neither_deadlock_nor_miscount(installation, server, at_once):
    """ERPNext #47787, #36825: sending a few hundred documents at once fails with deadlocks."""
    with server.client("boss") as client:
        bodies = [hospital(f"来回医院{number}") for number in range(6)]
        keys = [client.post("/customers", json=body).json()["id"] for body in bodies]

    def work(number: int, client: Any) -> int:
        there, back = ("E1A", "E1B") if number % 2 else ("E1B", "E1A")
        some = keys if number % 4 < 2 else keys[::-1]
        body = {"from_territory": there, "to_territory": back, "customers": some}
        return client.post("/customers/reassignments", json=body).status_code

    assert set(at_once(16, work, username="boss")) <= {200, 404}  # 404: they have moved on meanwhile
    assert installation.problems() == []


def test_p49_two_merges_across_each_other_leave_one_archive(installation, server, at_once):
    """ACIDRain (Saleor #543, OpenCart #4811): two requests that each check first and then write."""
    with server.client("boss") as client:
        keys = [client.post("/customers", json=hospital(f"互并医院{number}")).json()["id"] for number in range(2)]

    def work(number: int, client: Any) -> int:
        kept, gone = keys if number % 2 else keys[::-1]
        return client.post("/merges", json={"kept": kept, "gone": gone}).status_code

    assert sorted(at_once(6, work, username="boss")) == [201, *[404] * 5]
    with server.client("boss") as client:
        assert client.get("/customers", params={"q": "互并医院"}).json()["count"] == 1
    assert installation.problems() == []


def test_cases_opened_at_once_get_numbers_without_a_gap_or_a_double(installation, server, shared, at_once):
    body = {"customer_id": shared["id"], "kind": "question", "title": "同时来问"}

    def work(_number: int, client: Any) -> tuple[int, str]:
        answer = client.post("/cases", json=body)
        return answer.status_code, answer.json().get("number", "")

    answers = at_once(WRITERS, work)
    assert {status for status, _number in answers} == {201}
    with server.client("admin") as client:
        numbers = sorted(row["number"] for row in all_of(client, "/cases"))
    assert [int(number.partition("-")[2]) for number in numbers] == list(range(1, WRITERS + 1))
    assert set(numbers) == {number for _status, number in answers}
    assert installation.problems() == []


def test_one_step_taken_by_many_at_once_is_taken_once(installation, server, shared, at_once):
    with server.client("rep") as client:
        body = {"customer_id": shared["id"], "kind": "complaint", "title": "谁来接"}
        case = client.post("/cases", json=body).json()

    def work(_number: int, client: Any) -> int:
        return client.post(f"/cases/{case['id']}/handling", json={}).status_code

    outcomes = Counter(at_once(20, work))
    assert outcomes[200] == 1
    assert set(outcomes) <= {200, 409, 422}
    with server.client("rep") as client:
        steps = client.get(f"/cases/{case['id']}").json()["steps"]
    assert [step["kind"] for step in steps] == ["opened", "taken"]
