"""What `repertory verify` asks of price lists: that others approved them, and that each condition has one price a day."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from repertory.platform.models import ApprovalRequest
from repertory.platform.models.approvals import RequestState
from repertory.products.choices import DECIDED_PRICES, PriceListState
from repertory.products.models import Price, PriceList
from repertory.products.pricing import clipped, contradicting

Problems = Iterator[str]


def price_lists_approved() -> Problems:
    """What is or was in force has an approved request, what is submitted a waiting one, a draft neither."""
    states: dict[int, set[str]] = defaultdict(set)
    for key, state in ApprovalRequest.objects.filter(kind="price_list").values_list("object_id", "state"):
        states[key].add(state)
    for found in PriceList.objects.order_by("pk"):
        approved = RequestState.APPROVED in states[found.pk]
        waits = RequestState.WAITING in states[found.pk]
        if approved != (found.state in DECIDED_PRICES) or waits != (found.state == PriceListState.SUBMITTED):
            yield f"price list {found.pk}: {found.state} with requests {', '.join(sorted(states[found.pk])) or '-'}"


def prices_once() -> Problems:
    """Among the prices that are in force no two contradict each other."""
    by_pack: dict[int, list[Price]] = defaultdict(list)
    rows = Price.objects.filter(price_list__state__in=DECIDED_PRICES).select_related("price_list").order_by("pk")
    for price in rows:
        if clipped(price):
            other = contradicting(price, by_pack[price.pack_id])
            if other is not None:
                yield f"prices {other.pk} and {price.pk} contradict each other"
            by_pack[price.pack_id].append(price)


CHECKS: tuple[Callable[[], Problems], ...] = (price_lists_approved, prices_once)
