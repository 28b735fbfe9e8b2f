from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from repertory.core.time import COMPANY_ZONE
from tests.factories.archive import open_archive
from tests.factories.catalogue import open_product
from tests.factories.sales import bring_in, open_seller

# A day on which March 2026 is over.
APRIL = datetime(2026, 4, 20, 9, 0, tzinfo=COMPANY_ZONE)


@pytest.fixture
def at() -> datetime:
    return APRIL


@pytest.fixture
def market(company):
    """A distributor, a hospital of each of two territories and one of another region, two products; known since 2025."""
    since = datetime(2025, 1, 2, 9, 0, tzinfo=COMPANY_ZONE)
    return {
        "seller": open_seller(at=since),
        "own": open_archive(at=since, territory="E1A", name="南京鼓楼医院"),
        "team": open_archive(at=since, territory="E1B", name="南京玄武医院"),
        "foreign": open_archive(at=since, territory="N1A", name="北京东城医院"),
        "statin": open_product(at=since, name="阿托伐他汀钙片", number=1),
        "metformin": open_product(at=since, name="盐酸二甲双胍片", number=2),
    }


@pytest.fixture
def bring(tmp_path: Path, at, market):
    """Bring in rows of HEAD as a file; see tests.factories.sales.bring_in."""
    return partial(bring_in, tmp_path, at=at)
