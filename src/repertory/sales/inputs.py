"""What writes of the sales ledger take."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from repertory.core.exact import LARGEST, PLACES
from repertory.core.inputs import Day, Input, Key, OptionalDay, Text, Text20, Text300
from repertory.sales.choices import StrayState

Name = Annotated[Text, Field(min_length=1, max_length=200)]
Factor = Annotated[Decimal, Field(gt=0, lt=LARGEST, decimal_places=PLACES)]
Figure = Annotated[Decimal, Field(gt=-LARGEST, lt=LARGEST, decimal_places=PLACES)]


class LearnCustomer(Input):
    """seller: key of the distributor whose files say so, null for everybody's."""

    seller: Key | None = None
    text: Name
    customer: Key


class LearnProduct(Input):
    seller: Key | None = None
    text: Name
    product: Key
    pack: Key | None = None


class LearnUnit(Input):
    """One `text` is `factor` sales units, of a product or of all."""

    seller: Key | None = None
    text: Annotated[Text20, Field(min_length=1)]
    product: Key | None = None
    factor: Factor


class DismissRows(Input):
    """Rows that will not go into the ledger, and why."""

    rows: Annotated[list[Key], Field(min_length=1, max_length=5_000)]
    note: Annotated[Text300, Field(min_length=2)]


class AllowArea(Input):
    seller: Key
    territory: Annotated[Text, Field(max_length=40, description="code")]
    product: Key | None = None
    starts_on: Day
    ends_on: OptionalDay = None


class DecideStray(Input):
    state: StrayState
    note: Text300 = ""
    version: int | None = None
