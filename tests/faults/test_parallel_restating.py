"""People who restate the same month at once, each having looked at the version before: one wins, the others are told. M-PLN-2."""

import pytest

PREPARE = """
import json, django, tempfile
django.setup()
from datetime import datetime
from pathlib import Path
from repertory.core.time import COMPANY_ZONE
from tests.factories.archive import open_archive
from tests.factories.catalogue import open_product
from tests.factories.sales import bring_in, open_seller
since, at = datetime(2025, 1, 2, 9, tzinfo=COMPANY_ZONE), datetime(2026, 4, 20, 9, tzinfo=COMPANY_ZONE)
open_seller(at=since)
open_archive(at=since, territory="E1A", name="南京鼓楼医院")
open_product(at=since, name="阿托伐他汀钙片", number=1)
row = ["2026-03-02", "南京鼓楼医院", "阿托伐他汀钙片", "1", "10"]
print(json.dumps(bring_in(Path(tempfile.mkdtemp()), row, at=at).more["entered"]))
"""
AT_ONCE = """
import json, django, tempfile
django.setup()
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier
from repertory.core.actor import system_actor
from repertory.core.periods import read_period
from repertory.core.time import COMPANY_ZONE
from repertory.platform.exchange import engine
from repertory.sales.models import SalesFile
from repertory.sales.queries.totals import totals
from tests.factories.sales import bring_in
at = datetime(2026, 4, 20, 9, tzinfo=COMPANY_ZONE)
barrier, write = Barrier(4), engine._write
def when_all_have_looked(*arguments):
    barrier.wait(timeout=60)
    return write(*arguments)
engine._write = when_all_have_looked
def restate(number):
    row = ["2026-03-02", "南京鼓楼医院", "阿托伐他汀钙片", str(number), str(number * 10)]
    found = bring_in(Path(tempfile.mkdtemp()), row, at=at, reason="更正")
    return number, [error["code"] for error in found.errors]
with ThreadPoolExecutor(4) as pool:
    done = list(pool.map(restate, range(2, 6)))
(whole,) = totals(actor=system_actor(), period=read_period("2026-03"))
versions = list(SalesFile.objects.order_by("number").values_list("number", "state"))
print(json.dumps({"done": done, "quantity": int(whole.quantity), "versions": versions}))
"""


@pytest.fixture(scope="module")
def found(installation):
    assert installation.script(PREPARE) == 1
    return installation.script(AT_ONCE)


def test_one_wins_and_the_others_are_told(found):
    winners = [number for number, codes in found["done"] if not codes]
    assert len(winners) == 1
    assert [codes for _number, codes in found["done"] if codes] == [["restated_meanwhile"]] * 3
    assert found["quantity"] == winners[0]
    assert found["versions"] == [[1, "replaced"], [2, "current"]]


def test_sums_are_those_of_the_winner(installation, found):
    assert installation.problems() == []
