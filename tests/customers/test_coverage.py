"""Coverage, the counters that follow it, and handing customers over."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repertory.config import checks
from repertory.core.actor import system_actor
from repertory.core.errors import InvalidInput, NotFound, RepertoryError
from repertory.core.time import day_of
from repertory.customers import actions
from repertory.customers.actions.coverage import turn_coverage
from repertory.customers.inputs import Cover, Reassign, RemoveCustomer
from repertory.customers.models import Coverage
from repertory.organisation.actions import move_territory
from repertory.organisation.inputs import MoveTerritory
from repertory.organisation.models import Territory
from repertory.platform.unit import action
from tests.factories.archive import open_archive


def counts():
    return dict(Territory.objects.values_list("code", "customer_count"))


def test_a_customer_of_two_territories_counts_once_above_them(company, archive, at):
    before = counts()
    actions.cover_customer(
        actor=company.actor("supervisor"), at=at, customer_id=archive.own.pk, data=Cover(territory="E1B")
    )
    after = counts()
    assert after["E1B"] == before["E1B"] + 1
    assert (after["E1"], after["E"], after["CO"]) == (before["E1"], before["E"], before["CO"])


def test_a_handover_moves_the_present_and_leaves_the_past(company, archive, at):
    move = Reassign(from_territory="E1A", to_territory="E1B", customers=[archive.own.pk])
    assert actions.reassign_customers(actor=company.actor("supervisor"), at=at, data=move) == 1
    rows = Coverage.objects.filter(customer=archive.own).order_by("starts_on")
    assert [(row.territory.code, row.current) for row in rows] == [("E1A", False), ("E1B", True)]
    assert rows[0].ends_on == rows[1].starts_on == day_of(at)


def test_a_whole_territory_can_be_handed_over(company, archive, at):
    move = Reassign(from_territory="E1A", to_territory="E1B")
    assert actions.reassign_customers(actor=company.actor("manager"), at=at, data=move) == 2
    assert counts()["E1A"] == 0


def test_a_handover_with_a_customer_of_elsewhere_changes_nothing(company, archive, at):
    move = Reassign(from_territory="E1A", to_territory="E1B", customers=[archive.own.pk, archive.foreign.pk])
    with pytest.raises(NotFound):
        actions.reassign_customers(actor=company.actor("supervisor"), at=at, data=move)
    assert Coverage.objects.get(customer=archive.own, current=True).territory.code == "E1A"


def test_p20_nobody_hands_over_into_or_out_of_a_foreign_territory(company, archive, at):
    for source, target in (("E1A", "N1A"), ("N1A", "E1A")):
        with pytest.raises(InvalidInput):
            move = Reassign(from_territory=source, to_territory=target)
            actions.reassign_customers(actor=company.actor("supervisor"), at=at, data=move)


def test_a_coverage_of_tomorrow_opens_the_customer_tomorrow(company, archive, at):
    tomorrow = day_of(at) + timedelta(days=1)
    cover = Cover(territory="E1B", starts_on=tomorrow)
    row = actions.cover_customer(actor=company.actor("supervisor"), at=at, customer_id=archive.own.pk, data=cover)
    assert not row.current
    assert _turn(actor=system_actor(), at=at, today=tomorrow) == 1
    row.refresh_from_db()
    assert row.current


@action
def _turn(*, actor, at, today):
    return turn_coverage(today=today)


def test_moving_a_subtree_moves_its_counts(company, archive, at):
    move_territory(actor=system_actor(), at=at, code="E1", data=MoveTerritory(parent="N"))
    found = counts()
    assert (found["E"], found["N"], found["E1"], found["CO"]) == (0, 5, 3, 5)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["open", "cover", "end", "reassign", "move", "remove"]),
        st.integers(0, 5),
        st.sampled_from(["E1A", "E1B", "N1A", "E1", "N1"]),
        st.sampled_from(["E1A", "E1B", "N1A", "E", "N"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_after_any_steps_the_counters_are_what_counting_gives(company, at, steps):
    made = []
    for number, (what, which, first, second) in enumerate(steps):
        try:
            _step(made, number, what, which, first, second, at)
        except RepertoryError:
            continue
    assert list(checks.territory_counts()) == []
    assert list(checks.customer_total()) == []
    assert list(checks.removed_are_uncovered()) == []
    assert list(checks.territory_tree()) == []


def _step(made, number, what, which, first, second, at):
    actor = system_actor()
    customer = made[which % len(made)] if made else None
    if what == "open" or customer is None:
        made.append(open_archive(at=at, territory=first, name=f"医院{number}"))
    elif what == "cover":
        actions.cover_customer(actor=actor, at=at, customer_id=customer.pk, data=Cover(territory=first))
    elif what == "end":
        row = Coverage.objects.filter(customer=customer, ends_on=None).first()
        if row is not None:
            actions.end_coverage(actor=actor, at=at, coverage_id=row.pk)
    elif what == "reassign":
        actions.reassign_customers(actor=actor, at=at, data=Reassign(from_territory=first, to_territory=second))
    elif what == "move":
        move_territory(actor=actor, at=at, code=first, data=MoveTerritory(parent=second))
    else:
        actions.remove_customer(actor=actor, at=at, customer_id=customer.pk, data=RemoveCustomer(reason="试验"))


def test_a_removed_customer_is_covered_by_nobody_whatever_was_agreed(company, archive, at):
    until = day_of(at) + timedelta(days=30)
    actions.cover_customer(
        actor=company.actor("supervisor"), at=at, customer_id=archive.own.pk, data=Cover(territory="E1B", ends_on=until)
    )
    actions.remove_customer(
        actor=company.actor("supervisor"), at=at, customer_id=archive.own.pk, data=RemoveCustomer(reason="误建")
    )
    assert not Coverage.objects.filter(customer=archive.own, current=True).exists()
    assert list(checks.removed_are_uncovered()) == list(checks.territory_counts()) == []
