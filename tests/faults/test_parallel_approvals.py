"""Two people deciding at once: one wins, the others are told; two contradicting lists are not both approved. M-PLT-3."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

PREPARE = """
import json, django
django.setup()
from repertory.core.actor import Actor, Door
from repertory.core.time import day_of, now
from repertory.organisation.models import User
from repertory.platform.approvals.queries import last_of
from repertory.products import actions
from repertory.products.inputs import DraftPriceList, SetPrice, SubmitPriceList
from tests.factories.catalogue import add_pack, open_product
at = now()
author = Actor(user=User.objects.get(username="product"), door=Door.WEB)
packs = [add_pack(open_product(at=at, name=f"并行定价片{n}", number=80 + n), at=at) for n in range(2)]
requests = []
for code, pack in (("P1", packs[0]), ("P2", packs[1]), ("P3", packs[1])):
    data = DraftPriceList(code=code, name=code, starts_on=day_of(at))
    found = actions.draft_price_list(actor=author, at=at, data=data)
    price = SetPrice(pack=pack.code, price_cny="40", floor_cny="30")
    actions.add_price(actor=author, at=at, list_id=found.pk, data=price)
    actions.submit_price_list(actor=author, at=at, list_id=found.pk, data=SubmitPriceList())
    requests.append(last_of(kind="price_list", object_id=found.pk).pk)
print(json.dumps(requests))
"""


@pytest.fixture(scope="module")
def requests(installation):
    """Three that wait: of a pack of its own, and two that contradict each other."""
    return installation.script(PREPARE)


def at_once(server, calls):
    """calls: (account, path, body) each in a thread, beginning together; how often what was answered."""
    barrier = Barrier(len(calls))

    def run(call):
        username, path, body = call
        with server.client(username) as client:
            client.get("/me")
            barrier.wait(timeout=60)
            answer = client.post(path, json=body)
            return answer.status_code, answer.json().get("code", "")

    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(pool.map(run, calls))


def test_of_many_who_decide_the_same_step_at_once_one_wins(server, requests):
    path = f"/approvals/{requests[0]}/approval"
    answers = at_once(server, [("finance", path, {"version": 1})] * 6)
    assert answers == {(200, ""): 1, (409, "moved"): 5}


def test_approving_and_refusing_at_once_does_one_of_both(server, requests):
    calls = [
        ("boss", f"/approvals/{requests[0]}/approval", {"version": 2}),
        ("boss", f"/approvals/{requests[0]}/rejection", {"version": 2, "comment": "不同意"}),
    ]
    assert at_once(server, calls) == {(200, ""): 1, (409, "moved"): 1}


def test_of_two_contradicting_lists_approved_at_once_one_is(server, requests):
    for key in requests[1:]:
        with server.client("finance") as client:
            assert client.post(f"/approvals/{key}/approval", json={"version": 1}).status_code == 200
    calls = [("boss", f"/approvals/{key}/approval", {"version": 2}) for key in requests[1:]]
    assert at_once(server, calls) == {(200, ""): 1, (409, "overlap"): 1}
