"""`repertory verify` finds what was damaged of the phones' records."""

import pytest

from repertory.config.sync_checks import pushed_items
from repertory.core.actor import Door
from repertory.core.time import now
from repertory.sync.actions import push
from repertory.sync.models import PushedItem
from tests.factories.archive import build_archive
from tests.sync.conftest import new_customer


@pytest.fixture
def items(company) -> dict[str, PushedItem]:
    at = now()
    build_archive(at)
    good, bad = new_customer("周明"), new_customer("")
    push(actor=company.actor("rep", Door.PHONE), at=at, device="phone", entries=[good, bad])
    return {"applied": PushedItem.objects.get(uid=good.uid), "refused": PushedItem.objects.get(uid=bad.uid)}


def test_what_is_whole_is_not_complained_of(items):
    assert list(pushed_items()) == []


@pytest.mark.parametrize(
    ("which", "change", "said"),
    [
        ("applied", {"object_id": 0}, "without its object"),
        ("applied", {"waits_for": "00000000-0000-7000-8000-000000000000"}, "waits though"),
        ("refused", {"payload": {"kind": "hcp", "name": "改过"}}, "does not agree"),
    ],
)
def test_damage_is_found(items, which, change, said):
    PushedItem.objects.filter(pk=items[which].pk).update(**change)
    assert [said in problem for problem in pushed_items()] == [True]
