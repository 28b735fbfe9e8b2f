"""A document changes state once, and only along the table."""

import pytest
from django.contrib.auth.models import Group

from repertory.core.errors import Conflict, RuleViolation
from repertory.core.states import may_move, move

TABLE = {"draft": ("sent",), "sent": ("approved", "refused")}


@pytest.fixture
def document(db):
    return Group.objects.create(name="draft")


def test_an_allowed_step_is_taken(document):
    move(Group, document.pk, "draft", "sent", TABLE, field="name")
    document.refresh_from_db()
    assert document.name == "sent"


def test_a_step_that_the_table_lacks_is_refused(document):
    with pytest.raises(RuleViolation) as caught:
        move(Group, document.pk, "draft", "approved", TABLE, field="name")
    assert caught.value.details == {"from": "draft", "to": "approved"}


def test_the_second_of_two_equal_steps_meets_a_conflict(document):
    move(Group, document.pk, "draft", "sent", TABLE, field="name")
    with pytest.raises(Conflict):
        move(Group, document.pk, "draft", "sent", TABLE, field="name")


def test_a_row_outside_the_given_rows_is_not_moved(document):
    with pytest.raises(Conflict):
        move(Group.objects.none(), document.pk, "draft", "sent", TABLE, field="name")


def test_an_end_state_leads_nowhere():
    assert not may_move(TABLE, "approved", "draft")
