"""The address of the ledger's rows behind a number."""

from typing import Any
from urllib.parse import urlencode

from repertory.core.periods import Period, month_name
from repertory.organisation.models import Territory

ENTRIES = "/sales/entries/"


def entries_url(
    *,
    period: Period,
    node: Territory | str | None = None,
    product: Any = None,
    customer: Any = None,
    basis: str = "",
    **more: Any,
) -> str:
    """The entries of a period; node: a node or its code; product, customer: keys. What is None does not narrow."""
    code = node.code if isinstance(node, Territory) else node
    given = {
        "month_from": month_name(period.first),
        "month_to": month_name(period.last),
        "territory": code,
        "product": product,
        "customer": customer,
        "basis": basis,
        **more,
    }
    return f"{ENTRIES}?{urlencode({name: value for name, value in given.items() if value not in (None, '')})}"
