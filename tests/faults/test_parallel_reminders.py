"""Several workers at once: each reminder is there once, each delivery is taken once. M-REP-4."""

import pytest

PREPARE = """
import json, django
django.setup()
from datetime import timedelta
from repertory.core.actor import system_actor
from repertory.core.time import day_of, now
from repertory.customers.actions import record_licence
from repertory.customers.inputs import RecordLicence
from repertory.organisation.models import User
from repertory.platform.models import NotificationChoice
from tests.factories.archive import open_archive
at = now()
for number in range(40):
    customer = open_archive(at=at, territory="E1A", name=f"提醒医院{number}")
    data = RecordLicence(kind="business", number=f"P{number}", expires_on=day_of(at) + timedelta(days=9))
    record_licence(actor=system_actor(), at=at, customer_id=customer.pk, data=data)
User.objects.filter(username="rep").update(email="rep@example.com")
NotificationChoice.objects.create(
    person=User.objects.get(username="rep"), rule="reminders.customer_licences", channel="email"
)
print(json.dumps({}))
"""
AT_ONCE = """
import json, django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from repertory.core.actor import Door, system_actor
from repertory.core.time import now
from repertory.platform.models import Delivery, Reminder
from repertory.platform.reminders.actions import claim_deliveries, refresh_rule
barrier, actor = Barrier(6), system_actor(Door.JOB)
later = now() + timedelta(days=1)
def work(number):
    barrier.wait(timeout=60)
    refresh_rule(actor=actor, at=now(), key="reminders.customer_licences")
    barrier.wait(timeout=60)
    return [row.pk for row in claim_deliveries(actor=actor, at=later, most=10)]
with ThreadPoolExecutor(6) as pool:
    taken = [pk for rows in pool.map(work, range(6)) for pk in rows]
rows = Reminder.objects.filter(rule="reminders.customer_licences")
print(json.dumps({"reminders": rows.count(), "deliveries": Delivery.objects.count(), "taken": taken}))
"""


@pytest.fixture(scope="module")
def found(installation):
    """What six workers made of forty licences that end."""
    installation.script(PREPARE)
    return installation.script(AT_ONCE)


def test_workers_that_find_the_same_write_it_once(found):
    assert (found["reminders"], found["deliveries"]) == (40, 40)


def test_workers_that_send_take_each_delivery_once(found):
    assert len(found["taken"]) == len(set(found["taken"])) == 40
