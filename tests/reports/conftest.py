import pytest

from tests.factories.market import Market, build_market


@pytest.fixture
def market(company) -> Market:
    return build_market()
