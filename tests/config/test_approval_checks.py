"""`repertory verify` names what somebody broke in approvals behind the program's back. M-PLT-4."""

from datetime import timedelta

import pytest
from django.db import connection

from repertory.config import approval_checks
from repertory.core.time import day_of
from repertory.platform.approvals.actions import name_deputy
from repertory.platform.approvals.inputs import NameDeputy
from tests.platform.approvals.conftest import approve, ask, at, reject, things

__all__ = ["approve", "ask", "at", "reject", "things"]

# Name of the check → statements that break what it guards; {rep}, {manager} are keys of people.
BREAKS = {
    "approvals_by_others": (
        "UPDATE platform_approvalrequest SET asked_by_id = {manager} WHERE state = 'approved'",
        "UPDATE platform_approvalrequest SET authors = '[{boss}]' WHERE state = 'approved'",
        "UPDATE platform_approvalstep SET principal_id = {finance} WHERE position = 1 AND request_id = {approved}",
    ),
    "approval_chains": (
        "UPDATE platform_approvalstep SET position = 9 WHERE position = 2 AND request_id = {approved}",
        "UPDATE platform_approvalrequest SET step = 2 WHERE state = 'waiting'",
        "UPDATE platform_approvalrequest SET state = 'approved' WHERE state = 'rejected'",
        "DELETE FROM platform_approvalstep WHERE state = 'waiting'",
    ),
}


@pytest.fixture
def whole(company, ask, approve, reject, at):
    """One approved by two, the second by a deputy, one rejected, one waiting."""
    first = day_of(at)
    deputy = NameDeputy(deputy="finance", starts_on=first, ends_on=first + timedelta(days=1))
    name_deputy(actor=company.actor("boss"), at=at, data=deputy)
    approved = approve("finance", approve("manager", ask(amount=100_000)))
    reject("manager", ask(node="E1B", amount=1))
    ask(node="E1", amount=1)
    keys = {name: company.people[name].pk for name in ("rep", "manager", "boss", "finance")}
    return keys | {"approved": approved.pk}


def found() -> set[str]:
    return {check.__name__ for check in approval_checks.CHECKS if list(check())}


def test_what_the_actions_wrote_is_whole(whole):
    assert found() == set()


@pytest.mark.parametrize(("check", "statement"), [(check, one) for check, all_ in BREAKS.items() for one in all_])
def test_a_broken_row_is_named_by_its_check(whole, check, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**whole))
        assert cursor.rowcount
    assert check in found()
