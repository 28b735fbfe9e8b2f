from datetime import datetime

import pytest

from repertory.core.time import now
from repertory.customers.models import Customer
from repertory.products.models import MessageVersion, Product
from tests.factories.archive import Archive, build_archive
from tests.factories.catalogue import approve, draft, open_product


@pytest.fixture
def at() -> datetime:
    return now()


@pytest.fixture
def archive(company, at) -> Archive:
    return build_archive(at)


@pytest.fixture
def doctor(archive) -> Customer:
    """单雪, 心内科 of 南京鼓楼医院, the rep's own."""
    return archive.doctor


@pytest.fixture
def product(company, at) -> Product:
    return open_product(at=at, name="阿托伐他汀钙片", number=1)


@pytest.fixture
def message(company, at, product) -> MessageVersion:
    """Approved today, for doctors of 心内科."""
    version = draft(product, at=at, actor=company.actor("product"))
    return approve(version, at=at)
