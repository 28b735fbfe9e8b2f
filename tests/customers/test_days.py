"""A day is a day of the company: from its first minute to its last, by the clock in China."""

from datetime import UTC, datetime

import pytest

from repertory.customers.models import Customer
from repertory.customers.queries import ListQuery, list_customers
from repertory.organisation.queries.audit import AuditQuery, count_audit
from repertory.platform.models import AuditBatch
from tests.factories.archive import open_archive

# 2026-10-31 in China, though the first still has the 30th on a clock in London, and so on.
MOMENTS = {
    "十月最后一天的第一刻": datetime(2026, 10, 30, 16, 0, tzinfo=UTC),
    "十月最后一天的最后一刻": datetime(2026, 10, 31, 15, 59, 59, 999_000, tzinfo=UTC),
    "十一月第一天的第一刻": datetime(2026, 10, 31, 16, 0, tzinfo=UTC),
    "去年十月": datetime(2025, 10, 15, 4, 0, tzinfo=UTC),
}
OCTOBER = set(list(MOMENTS)[:2])


@pytest.fixture
def opened(company) -> None:
    for name, at in MOMENTS.items():
        customer = open_archive(at=at, territory="E1A", name=name)
        assert Customer.objects.get(pk=customer.pk).created_at == at


def names(company, first: str, last: str) -> set[str]:
    query = ListQuery(filters={"created_at.from": [first], "created_at.to": [last]})
    return {customer.name for customer in list_customers(actor=company.actor("boss"), query=query).items}


def test_p60_p61_a_month_has_its_last_day_and_is_of_one_year(company, opened):
    """WC Vendors #267: the last day of each month was missing; business-ai-agent #85: other years' months were mixed in."""
    assert names(company, "2026-10-01", "2026-10-31") == OCTOBER


def test_p62_a_month_begins_and_ends_by_the_clock_of_the_company(company, opened):
    """simple-server PR #2760, Odoo #23973: months that were cut by UTC."""
    assert names(company, "2026-10-31", "2026-10-31") == OCTOBER
    assert names(company, "2026-11-01", "2026-11-30") == {"十一月第一天的第一刻"}
    assert names(company, "2026-10-30", "2026-10-30") == set()


def test_p62_so_does_the_audit_trail(company, opened):
    """The same, for who looks up what was done on a day."""
    batches = AuditBatch.objects.filter(at__in=MOMENTS.values()).count()
    assert batches == len(MOMENTS)
    for first, last, count in (((2026, 10, 31), (2026, 10, 31), 2), ((2026, 11, 1), (2026, 11, 1), 1)):
        query = AuditQuery(verb="created", object_type="customer", first=_day(first), last=_day(last))
        assert count_audit(actor=company.actor("auditor"), query=query) == count


def _day(parts: tuple[int, int, int]):
    return datetime(*parts, tzinfo=UTC).date()
