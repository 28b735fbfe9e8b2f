"""What writes to approvals take."""

from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, model_validator

from repertory.core.inputs import Day, Input, Text, Text40, Text60, Text200, empty_to_none

Comment = Annotated[Text, Field(max_length=1000)]
Reason = Annotated[Text, Field(min_length=2, max_length=1000)]
Version = Annotated[int, Field(ge=1, lt=2**31, description="as it was read: who decides upon an older one is told")]
MOST_STEPS = 8


class ApproveStep(Input):
    version: Version
    comment: Comment = ""


class RejectRequest(Input):
    version: Version
    comment: Reason


class WithdrawRequest(Input):
    version: Version
    reason: Comment = ""


class NameDeputy(Input):
    """person: account of who is stood in for; empty: oneself. Others are named for by administrators only."""

    deputy: Annotated[Text60, Field(min_length=1)]
    person: Text60 = ""
    starts_on: Day
    ends_on: Day
    reason: Text200 = ""

    @model_validator(mode="after")
    def lasts(self) -> "NameDeputy":
        if self.ends_on <= self.starts_on:
            raise ValueError(_("结束日期要晚于开始日期（结束当天不含在内）。"))
        return self


class StepOfRoute(Input):
    role: Text40
    level: Text40
    from_cny: Annotated[
        Decimal, Field(ge=0, max_digits=14, decimal_places=2), BeforeValidator(lambda value: empty_to_none(value) or 0)
    ] = Decimal(0)


class SetRoute(Input):
    kind: Text40
    starts_on: Day
    source: Text200 = ""
    steps: Annotated[list[StepOfRoute], Field(min_length=1, max_length=MOST_STEPS)]
