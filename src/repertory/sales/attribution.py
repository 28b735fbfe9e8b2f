"""To which territory a sale belongs: the one that covered the customer on that day."""

from collections.abc import Iterable
from typing import NamedTuple

from repertory.customers.models import Coverage
from repertory.organisation.models import path_end
from repertory.products.models import LineTeam, Product

_ALWAYS = "9999-12-31"


class _Held(NamedTuple):
    starts_on: str
    ends_on: str
    territory_id: int
    path: str


class Attribution:
    """Answers for any number of sales; what it has read of a customer it keeps. Days are texts, 2026-03-12."""

    def __init__(self) -> None:
        self._coverages: dict[int, tuple[_Held, ...]] = {}
        self._lines = dict(Product.objects.filter(line__limited=True).values_list("pk", "line_id"))
        self._teams: dict[int, list[tuple[str, str, str, str]]] = {}
        for line, path, starts_on, ends_on in LineTeam.objects.filter(line__limited=True).values_list(
            "line_id", "territory__path", "starts_on", "ends_on"
        ):
            until = ends_on.isoformat() if ends_on else _ALWAYS
            self._teams.setdefault(line, []).append((path, path_end(path), starts_on.isoformat(), until))

    def learn(self, customers: Iterable[int]) -> None:
        """Read the coverage of these customers, unless it is known already."""
        new = {key for key in customers if key not in self._coverages}
        if not new:
            return
        held: dict[int, list[_Held]] = {}
        rows = Coverage.objects.filter(customer__in=new).order_by("starts_on", "pk")
        for customer, territory, path, starts_on, ends_on in rows.values_list(
            "customer_id", "territory_id", "territory__path", "starts_on", "ends_on"
        ):
            until = ends_on.isoformat() if ends_on else _ALWAYS
            held.setdefault(customer, []).append(_Held(starts_on.isoformat(), until, territory, path))
        for key in new:
            self._coverages[key] = tuple(held.get(key, ()))

    def territory_of(self, customer: int, product: int, day: str) -> int | None:
        """Its key, None where nobody covered the customer. Of several, one whose team carries the product's line; of these,
        the one that covered the customer first."""
        known = self._coverages[customer]
        if len(known) == 1:
            (only,) = known
            return only.territory_id if only.starts_on <= day < only.ends_on else None
        covering = [held for held in known if held.starts_on <= day < held.ends_on]
        if len(covering) > 1 and product in self._lines:
            teams = self._teams.get(self._lines[product], ())
            own = [
                held
                for held in covering
                if any(path <= held.path < end and since <= day < until for path, end, since, until in teams)
            ]
            covering = own or covering
        return covering[0].territory_id if covering else None
