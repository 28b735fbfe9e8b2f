"""Two phones at once: the last sample is given once, a limit is passed once, a giving is reversed once. M-PRO-3."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

DRAWN = "iVBORw0KGgoAAAAN"
PREPARE = """
import json, django
django.setup()
from repertory.core.time import now
from tests.factories.archive import open_archive
from tests.factories.catalogue import add_pack, open_product
from tests.factories.materials import issue_copies, issue_samples, receive_lot, stock, usable_version
at = now()
product = open_product(at=at, name="并行发放片", number=77)
pack = add_pack(product, at=at)
version = usable_version(at=at, title="并行发放单页", products=[product.code])
stock(version, at=at)
lots = {}
for name, quantity in {"few": 1, "many": 60}.items():
    lot = receive_lot(pack, at=at, number=name, quantity=200)
    issue_samples(lot, at=at, to="rep", quantity=quantity)
    lots[name] = lot.pk
issue_copies(version, at=at, quantity=5)
doctors = [open_archive(at=at, territory="E1A", name=f"并行医生{n}", kind="hcp").pk for n in range(12)]
print(json.dumps({"lots": lots, "version": version.pk, "doctors": doctors}))
"""


@pytest.fixture(scope="module")
def shelf(installation):
    """A lot with one pack in the rep's bag, one with sixty, five copies of a leaflet, twelve doctors."""
    return installation.script(PREPARE)


@pytest.fixture
def at_once(server):
    """at_once(n, work): work(number, client) as the rep, in n threads that begin together; how often what was answered."""

    def run(count, work):
        barrier = Barrier(count)

        def begin(number):
            with server.client("rep") as client:
                client.get("/me")
                barrier.wait(timeout=60)
                answer = work(number, client)
                return answer.status_code, answer.json().get("code", "")

        with ThreadPoolExecutor(count) as pool:
            return Counter(pool.map(begin, range(count)))

    return run


def give(client, customer, lot, quantity):
    """With a signature of its own."""
    signature = client.post(f"/customers/{customer}/signatures", json={"png": DRAWN}).json()["id"]
    body = {"customer_id": customer, "lot_id": lot, "quantity": quantity, "signature_id": signature}
    return client.post("/samples", json=body)


def in_bag(client, lot):
    return sum(row["quantity"] for row in client.get("/samples").json()["items"] if row["lot"] == lot)


def test_the_last_sample_is_given_once(installation, server, shelf, at_once):
    few, doctors = shelf["lots"]["few"], shelf["doctors"]
    answers = at_once(8, lambda number, client: give(client, doctors[number], few, 1))
    assert answers == {(201, ""): 1, (422, "not_enough"): 7}
    with server.client("rep") as client:
        assert in_bag(client, few) == 0
    assert installation.problems() == []


def test_phones_do_not_pass_one_limit_together(installation, server, shelf, at_once):
    many, doctor = shelf["lots"]["many"], shelf["doctors"][10]
    answers = at_once(8, lambda number, client: give(client, doctor, many, 4))
    assert answers == {(201, ""): 2, (422, "sample_limit"): 6}
    with server.client("rep") as client:
        received = client.get(f"/customers/{doctor}/received").json()["samples"]
    assert [row["quantity"] for row in received] == [-4, -4]
    assert installation.problems() == []


def test_one_giving_is_reversed_once_and_copies_do_not_multiply(installation, server, shelf, at_once):
    many, version, doctor = shelf["lots"]["many"], shelf["version"], shelf["doctors"][11]
    with server.client("rep") as client:
        before = in_bag(client, many)
        move = give(client, doctor, many, 5).json()["id"]
    answers = at_once(6, lambda number, client: client.post(f"/sample-moves/{move}/reversal", json={}))
    assert answers == {(201, ""): 1, (422, "reversed_already"): 5}

    def hand_out(number, client):
        return client.post("/handouts", json={"customer_id": shelf["doctors"][number], "version_id": version})

    assert at_once(8, hand_out) == {(201, ""): 5, (422, "not_enough"): 3}
    with server.client("rep") as client:
        assert in_bag(client, many) == before
    assert installation.problems() == []
