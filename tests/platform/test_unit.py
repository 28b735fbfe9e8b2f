"""The unit of work: parts of an action that fail by themselves, and what an action knows already."""

from datetime import date

import pytest
from django.db import transaction

from repertory.core.actor import system_actor
from repertory.core.time import now
from repertory.organisation.actions import set_policy
from repertory.platform.models import AuditBatch, PolicySetting
from repertory.platform.queries import policy_value
from repertory.platform.unit import action, apart

FIRST = date(2026, 1, 1)


def put(actor, at, value, *, starts_on=FIRST):
    set_policy(actor=actor, at=at, key="test.rule", starts_on=starts_on, value=value)


def value_on(day=FIRST):
    return policy_value("test.rule", on=day, default="none")


def run(work):
    @action
    def carried_out(*, actor, at):
        return work(actor, at)

    return carried_out(actor=system_actor(), at=now())


@pytest.mark.django_db
def test_a_part_that_fails_leaves_neither_rows_nor_lines_nor_tasks_and_the_rest_stands(
    django_capture_on_commit_callbacks,
):
    done = []

    def work(actor, at):
        put(actor, at, "before")
        with pytest.raises(ZeroDivisionError), apart():
            put(actor, at, "lost", starts_on=date(2026, 2, 1))
            transaction.on_commit(lambda: done.append("lost"))
            assert value_on(date(2026, 2, 1)) == "lost"
            raise ZeroDivisionError
        assert value_on(date(2026, 2, 1)) == "before"
        with apart():
            put(actor, at, "after", starts_on=date(2026, 3, 1))
            transaction.on_commit(lambda: done.append("after"))

    with django_capture_on_commit_callbacks(execute=True):
        run(work)
    assert set(PolicySetting.objects.filter(key="test.rule").values_list("value", flat=True)) == {"before", "after"}
    batch = AuditBatch.objects.order_by("-pk")[0]
    assert [line.changes["value"][1] for line in batch.entries.order_by("position")] == ["before", "after"]
    assert (batch.count, done) == (2, ["after"])


@pytest.mark.django_db
def test_a_rule_is_read_once_an_action_and_anew_after_it_was_set(django_assert_num_queries):
    put(system_actor(), now(), 1)

    def work(actor, at):
        with django_assert_num_queries(1):
            assert (value_on(), value_on(), value_on(date(2025, 1, 1))) == (1, 1, "none")
        put(actor, at, 2)
        assert value_on() == 2

    run(work)
    with django_assert_num_queries(2):
        assert (value_on(), value_on()) == (2, 2)
