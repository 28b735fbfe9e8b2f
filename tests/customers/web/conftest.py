"""A few customers of the test company: one rep's own, a teammate's, a foreign one."""

from collections.abc import Callable

import pytest

from repertory.customers.actions.customer import create_customer
from repertory.customers.inputs import CreateCustomer
from repertory.customers.models import Customer
from tests.factories.company import AT, Company


@pytest.fixture
def open_archive(company: Company) -> Callable[..., Customer]:
    """Create a customer covered by a territory: open_archive("鼓楼医院", "E1A", kind="hospital")."""

    def create(name: str, territory: str, **values) -> Customer:
        data = CreateCustomer(name=name, territory=territory, confirmed_new=True, **({"kind": "hospital"} | values))
        return create_customer(actor=company.actor("admin"), at=AT, data=data)

    return create


@pytest.fixture
def own(open_archive) -> Customer:
    """A hospital of `rep`."""
    return open_archive("南京鼓楼医院", "E1A", code="H1", tier="A", province_code="320000", city_code="320100")


@pytest.fixture
def own_doctor(open_archive, own) -> Customer:
    return open_archive("王磊", "E1A", kind="hcp", code="D1", institution=own.pk, title="主任医师")


@pytest.fixture
def foreign(open_archive) -> Customer:
    """A hospital of `foreigner`, whom `rep` never sees."""
    return open_archive("北京协和医院", "N1A", code="H9", tier="A")
