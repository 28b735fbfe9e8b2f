"""What writes to one's own reminders take."""

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, model_validator

from repertory.core.inputs import Input, Key, OptionalDay, Text60, empty_to_none
from repertory.platform.models.reminders import Channel

LONGEST_DAYS = 366


class SnoozeReminder(Input):
    """Either days from today on, or the day on which it comes back."""

    days: Annotated[int | None, Field(ge=1, le=LONGEST_DAYS), BeforeValidator(empty_to_none)] = None
    until: OptionalDay = None

    @model_validator(mode="after")
    def one_of_both(self) -> "SnoozeReminder":
        if (self.days is None) == (self.until is None):
            raise ValueError(_("请选择推迟几天，或者推迟到哪一天。"))
        return self


class ChooseChannel(Input):
    rule: Text60
    channel: Channel
    robot_id: Key | None = None


class ChooseChannels(Input):
    choices: list[ChooseChannel] = Field(max_length=200)
