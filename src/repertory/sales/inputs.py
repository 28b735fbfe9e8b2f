"""What writes of the sales ledger take."""

from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

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


class ExemptChain(Input):
    seller: Key | None = None
    product: Key | None = None
    reason: Annotated[Text300, Field(min_length=2)]
    starts_on: Day
    ends_on: OptionalDay = None

    @model_validator(mode="after")
    def of_something(self) -> "ExemptChain":
        if self.seller is None and self.product is None:
            raise ValueError(_("请选择商业公司或产品。"))
        return self


class RecordStock(Input):
    """A distributor's 进销存 of a product in a month, in sales units."""

    seller: Key
    month: Annotated[int, Field(ge=100_001, le=299_912)]
    product: Key
    opening: Figure
    received: Figure
    sold: Figure
    closing: Figure
