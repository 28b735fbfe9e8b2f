from datetime import datetime

import pytest

from repertory.core.time import now
from tests.factories.archive import Archive, build_archive
from tests.factories.catalogue import add_pack, open_product
from tests.factories.materials import Bags, fill_bags


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def archive(company, at) -> Archive:
    return build_archive(at)


@pytest.fixture
def product(company, at):
    """On sale for more than a year, with a pack."""
    product = open_product(at=at, name="阿托伐他汀钙片", number=1)
    add_pack(product, at=at)
    return product


@pytest.fixture
def bags(product, at) -> Bags:
    return fill_bags(product, at=at)


@pytest.fixture
def rep(company):
    return company.actor("rep")
