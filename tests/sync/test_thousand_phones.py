"""A thousand phones on a bad line: whatever happens on the way, each visit is there once, or waits where it is seen."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from repertory.core.actor import Door
from repertory.sync.actions import push
from repertory.sync.choices import WAITING, ItemStatus
from repertory.sync.inputs import PushedEntry
from repertory.sync.models import PushedItem
from repertory.visits.models import Visit

RUNS, PHONES_A_RUN = 40, 25
YEARS_OFF = 3652
SETTINGS = hypothesis.settings(
    max_examples=RUNS,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Course:
    """What becomes of one phone's visits. deliveries: (which of them go along, in which order, whether the answer comes)."""

    visits: int
    clock: str
    whose: str
    deliveries: list[tuple[list[int], bool]]
    forged: bool
    after_ninety_days: bool


COURSES = st.builds(
    Course,
    visits=st.integers(1, 2),
    clock=st.sampled_from(["right", "right", "right", "ahead", "behind", "label off"]),
    whose=st.sampled_from(["own", "own", "own", "lost"]),
    deliveries=st.lists(st.tuples(st.sampled_from([[0], [1], [0, 1], [1, 0]]), st.booleans()), max_size=2),
    forged=st.booleans(),
    after_ninety_days=st.booleans(),
)


@dataclass
class Phone:
    """Keeps what it was not told the fate of, and sends it again."""

    entries: list[PushedEntry]
    told: dict[uuid.UUID, str] = field(default_factory=dict)

    def send(self, world: Any, chosen: list[PushedEntry], *, heard: bool, when: datetime | None = None) -> None:
        answers = push(actor=world.rep(), at=when or world.at, device="phone", entries=chosen)
        if heard:
            for entry, answer in zip(chosen, answers, strict=True):
                self.told[entry.uid] = answer.get("first") or answer["status"]


@dataclass
class World:
    company: Any
    at: datetime
    customers: dict[str, int]
    made: int = 0

    def rep(self) -> Any:
        return self.company.actor("rep", Door.PHONE)

    def visit(self, course: Course) -> PushedEntry:
        self.made += 1
        off = {"ahead": YEARS_OFF, "behind": -YEARS_OFF}.get(course.clock, 0)
        starts = self.at - timedelta(seconds=self.made) + timedelta(days=off)
        uid = uuid.uuid5(uuid.NAMESPACE_OID, str(self.made))
        payload = {
            "customer_id": self.customers[course.whose],
            "starts_at": starts.isoformat(),
            "subject": str(uid),
            "mode": "phone",
        }
        device_at = starts + timedelta(days=YEARS_OFF if course.clock == "label off" else 0)
        return PushedEntry(uid=uid, command="visit.record", payload=payload, device_at=device_at)


def run_phone(world: World, course: Course) -> Phone:
    phone = Phone([world.visit(course) for _number in range(course.visits)])
    for order, heard in course.deliveries:
        chosen = [phone.entries[number] for number in order if number < course.visits]
        if chosen:
            phone.send(world, chosen, heard=heard)
    phone.send(world, phone.entries[::-1], heard=True)
    if course.forged:
        other = phone.entries[0]
        forged = other.model_copy(update={"payload": {**other.payload, "subject": "另一个内容"}})
        [answer] = push(actor=world.rep(), at=world.at, device="phone", entries=[forged])
        assert (answer["status"], answer["code"]) == ("conflict", "key_reused")
    if course.after_ninety_days:
        before = dict(phone.told)
        phone.send(world, phone.entries, heard=True, when=world.at + timedelta(days=90))
        assert phone.told == before
    return phone


def check(world: World, course: Course, phone: Phone) -> None:
    """Exactly once, or kept with its content where the rep and the superior see it."""
    uids = [entry.uid for entry in phone.entries]
    items = {item.uid: item for item in PushedItem.objects.filter(uid__in=uids)}
    visits = list(Visit.objects.filter(subject__in=[str(uid) for uid in uids]).values_list("subject", flat=True))
    assert len(items) == len(uids)
    accepted = course.whose == "own" and course.clock in ("right", "label off")
    assert sorted(visits) == (sorted(map(str, uids)) if accepted else [])
    for entry in phone.entries:
        item = items[entry.uid]
        assert item.device_at == entry.device_at
        assert item.received_at == world.at
        assert phone.told[entry.uid] == item.status
        if accepted:
            assert (item.status, item.payload) == (ItemStatus.APPLIED, None)
        else:
            assert item.status in WAITING
            assert item.payload == entry.payload


@pytest.fixture
def world(company, archive, at) -> World:
    return World(company, at, {"own": archive.own.pk, "lost": archive.former.pk})


def test_p48_a_thousand_phones_bring_each_visit_exactly_once_and_lose_none(world):
    """World-Cleanup #189 and KoboToolbox kobocat#470: what is sent again is stored again; legend-state #546: or lost."""
    phones = 0

    @hypothesis.seed(20_260_302)
    @SETTINGS
    @hypothesis.given(st.lists(COURSES, min_size=PHONES_A_RUN, max_size=PHONES_A_RUN))
    def run(courses: list[Course]) -> None:
        nonlocal phones
        done = [(course, run_phone(world, course)) for course in courses]
        for course, phone in done:
            check(world, course, phone)
        phones += len(done)

    run()
    assert phones == RUNS * PHONES_A_RUN
    assert PushedItem.objects.count() == world.made
