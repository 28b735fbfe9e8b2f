from datetime import datetime

import pytest

from repertory.core.time import now
from repertory.products.models import Product
from tests.factories.catalogue import Catalogue, build_catalogue, open_product


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def catalogue(company, at) -> Catalogue:
    return build_catalogue(at)


@pytest.fixture
def product(company, at) -> Product:
    """On sale for more than a year."""
    return open_product(at=at, name="阿托伐他汀钙片", number=1)
