from datetime import datetime

import pytest

from repertory.core.time import COMPANY_ZONE, now
from tests.factories.archive import Archive, build_archive
from tests.factories.cases import open_case, report_event

# A Monday without holidays around it.
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=COMPANY_ZONE)


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def archive(company, at) -> Archive:
    return build_archive(at)


@pytest.fixture
def case(archive, company):
    """A question at the rep's own hospital, opened by the rep on Monday at nine."""
    return open_case(archive.own, at=MONDAY, actor=company.actor("rep"))


@pytest.fixture
def event(archive, company):
    """A complete report of the rep's, heard of on Monday at nine."""
    return report_event(archive.own, at=MONDAY, actor=company.actor("rep"))
