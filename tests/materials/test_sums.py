"""Whatever happens to a lot, the rows agree with the balances, and nothing appears or vanishes on the way. M-PRO-3."""

from collections import Counter
from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repertory.config import material_checks
from repertory.core.actor import system_actor
from repertory.core.errors import RepertoryError
from repertory.materials import actions
from repertory.materials.inputs import Count, GiveSample, Issue, Lose, Return, TakeBack
from repertory.materials.models import SampleBalance, SampleMove
from repertory.organisation.actions import set_policy

PEOPLE = ("rep", "teammate", "supervisor")
numbers = st.integers(min_value=1, max_value=15)
people = st.sampled_from(PEOPLE)
steps = st.one_of(
    st.tuples(st.just("issue"), people, numbers),
    st.tuples(st.just("pass on"), people, numbers),
    st.tuples(st.just("give"), people, numbers),
    st.tuples(st.just("take back"), people, st.integers(min_value=0, max_value=5)),
    st.tuples(st.just("return"), people, numbers),
    st.tuples(st.just("lose"), people, numbers),
    st.tuples(st.just("count"), people, st.integers(min_value=0, max_value=30)),
    st.tuples(st.just("count store"), people, st.integers(min_value=0, max_value=30)),
)


@pytest.fixture
def unsigned(at):
    rule = {"key": "materials.sample_signature", "starts_on": date(2020, 1, 1), "value": {"required": False}}
    set_policy(actor=system_actor(), at=at, **rule)


def take(step, *, company, lot, customer, at):
    """Carry a step out; what the rules refuse leaves nothing behind."""
    verb, who, number = step
    common = {"at": at, "lot_id": lot.pk}
    actor, system = company.actor(who), system_actor()
    if verb == "issue":
        actions.issue_samples(actor=system, **common, data=Issue(to=who, quantity=number))
    elif verb == "pass on":
        passed = Issue(to=who, quantity=number, from_own=True)
        actions.issue_samples(actor=company.actor("supervisor"), **common, data=passed)
    elif verb == "give":
        data = GiveSample(lot_id=lot.pk, quantity=number)
        actions.give_sample(actor=actor, at=at, customer_id=customer.pk, data=data)
    elif verb == "take back":
        given_rows = SampleMove.objects.filter(kind="given").order_by("pk").values_list("pk", flat=True)
        if len(given_rows) > number:
            actions.take_back_sample(actor=system, at=at, move_id=given_rows[number], data=TakeBack())
    elif verb == "return":
        actions.return_samples(actor=actor, **common, data=Return(quantity=number))
    elif verb == "lose":
        actions.lose_samples(actor=actor, **common, data=Lose(quantity=number, reason="丢失"))
    else:
        counted = Count(counted=number, holder=who, central=verb == "count store")
        actions.count_samples(actor=system, **common, data=counted)


@settings(max_examples=20, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.lists(steps, min_size=4, max_size=25))
def test_the_sum_always_agrees(company, archive, bags, unsigned, at, path):
    with transaction.atomic():
        for step in path:
            with suppress(RepertoryError), transaction.atomic():
                take(step, company=company, lot=bags.lot, customer=archive.team, at=at)
        sums = Counter()
        for kind, holder, quantity in SampleMove.objects.values_list("kind", "holder_id", "quantity"):
            sums[kind] += quantity
            sums[holder] += quantity
        held = dict(SampleBalance.objects.values_list("holder_id", "quantity"))
        assert held == {holder: sums[holder] for holder in held}
        assert min(held.values()) >= 0
        assert sums["issued"] == sums["returned"] == 0
        outside = sums["received"] + sums["given"] + sums["taken_back"] + sums["lost"] + sums["counted"]
        assert outside == sum(held.values())
        assert [problem for check in material_checks.CHECKS for problem in check()] == []
        transaction.set_rollback(True)
