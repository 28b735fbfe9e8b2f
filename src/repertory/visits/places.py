"""Where customers are (WGS-84): their own place, else that of their institution. One function for distance, plan and route."""

from collections.abc import Iterable

from repertory.customers.models import Customer

Place = tuple[float, float]


def places_of(customers: Iterable[Customer]) -> dict[int, Place]:
    """customer id → (longitude, latitude); who has none is not there."""
    rows = list(customers)
    own = {row.pk: place for row in rows if (place := _own_place(row)) is not None}
    missing = {row.pk: row.institution_id for row in rows if row.pk not in own and row.institution_id}
    known = Customer.objects.filter(pk__in=set(missing.values())).only("longitude", "latitude") if missing else ()
    of_institution = {row.pk: place for row in known if (place := _own_place(row)) is not None}
    return own | {key: of_institution[at] for key, at in missing.items() if at in of_institution}


def _own_place(customer: Customer) -> Place | None:
    if customer.longitude is None or customer.latitude is None:
        return None
    return float(customer.longitude), float(customer.latitude)
