"""A list costs the same number of queries with one row and with three."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from repertory.core.actor import system_actor
from repertory.core.time import day_of, now
from repertory.customers import actions
from repertory.customers.inputs import RecordLicence
from repertory.customers.models import Customer, DuplicatePair, ProposedFact, TierProposal
from tests.factories.archive import open_archive

PAGES = (
    "/",
    "/home/figures/",
    "/home/waiting/",
    "/home/dates/",
    "/customers/",
    "/customers/?q=医院",
    "/customers/incomplete/",
    "/customers/licences/",
    "/customers/facts/",
    "/customers/duplicates/",
    "/customers/tiers/",
    "/customers/composition/",
    "/people/",
    "/territories/",
)


def more(at, number):
    """One more row in every list."""
    customer = open_archive(at=at, territory="E1A", name=f"医院{number}号", stage="active")
    twin = open_archive(at=at, territory="E1A", name=f"医院{number}甲", stage="active")
    DuplicatePair.objects.create(first=customer, second=twin, score=80, found_at=at)
    TierProposal.objects.create(customer=customer, tier="A", score=90, proposed_at=at)
    ProposedFact.objects.create(customer=customer, field="phone", value="1", source="form", received_at=at)
    licence = RecordLicence(kind="medical", number=str(number), expires_on=day_of(at) + timedelta(days=9))
    actions.record_licence(actor=system_actor(), at=at, customer_id=customer.pk, data=licence)


def queries(browser, page):
    browser.get(page)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("username", ["rep", "boss"])
def test_pages_cost_the_same_with_one_row_and_with_three(company, signed_in, username):
    at, browser = now(), signed_in(username)
    pages = [page for page in PAGES if username == "boss" or "duplicates" not in page]
    more(at, 1)
    with_one = {page: queries(browser, page) for page in pages}
    more(at, 2)
    more(at, 3)
    assert Customer.objects.count() == 6
    assert {page: queries(browser, page) for page in pages} == with_one
