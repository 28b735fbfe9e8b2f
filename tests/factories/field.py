"""A rep's working day: what was planned, said and done, made through actions only."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from repertory.core.actor import Actor
from repertory.core.errors import RuleViolation
from repertory.core.inputs import read_input
from repertory.core.time import COMPANY_ZONE, day_of
from repertory.customers.models import Customer
from repertory.visits import actions
from repertory.visits.inputs import PlanVisit, RecordVisit
from repertory.visits.models import Visit


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=COMPANY_ZONE)


def record(actor: Actor, customer: Customer, *, at: datetime, **facts: Any) -> Visit:
    """A visit that began half an hour ago unless `starts_at` says otherwise."""
    given = {"customer_id": customer.pk, "starts_at": at - timedelta(minutes=30), **facts}
    return actions.record_visit(actor=actor, at=at, data=read_input(RecordVisit, given))


def plan(actor: Actor, customer: Customer, *, at: datetime, **facts: Any) -> Visit:
    """Planned for tomorrow at nine unless said otherwise."""
    given = {"customer_id": customer.pk, "on": day_of(at) + timedelta(days=1), "starts": "09:00", **facts}
    return actions.plan_visit(actor=actor, at=at, data=read_input(PlanVisit, given))


@contextmanager
def refused(code: str) -> Iterator[None]:
    """A rule with this code must refuse what is done inside."""
    with pytest.raises(RuleViolation) as caught:
        yield
    assert caught.value.code == code
