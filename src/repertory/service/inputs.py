"""What a write to cases and adverse events takes. The only validation of incoming data."""

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, model_validator

from repertory.core.inputs import (
    Input,
    Key,
    OptionalDay,
    OptionalMoment,
    Text,
    Text40,
    Text60,
    Text100,
    Text200,
    empty_to_none,
)
from repertory.service.choices import (
    CaseKind,
    Cause,
    Channel,
    Expectedness,
    Outcome,
    ReporterKind,
    Seriousness,
    Severity,
    Sex,
)

Blank = Literal[""]
OptionalKey = Annotated[Key | None, BeforeValidator(empty_to_none)]
OptionalName = Annotated[Text60 | None, BeforeValidator(empty_to_none)]
Title = Annotated[Text, Field(min_length=1, max_length=100)]
Long = Annotated[Text, Field(max_length=4000)]
Said = Annotated[Text, Field(min_length=1, max_length=4000)]
Reason = Annotated[Text, Field(min_length=2, max_length=300)]


class OpenCase(Input):
    customer_id: Key
    kind: CaseKind
    severity: Severity = Severity.NORMAL
    product_id: OptionalKey = None
    title: Title
    text: Long = ""
    visit_id: OptionalKey = None
    channel: Channel | None = Field(default=None, description="None: a visit where one is named, else other")
    owner: OptionalName = Field(default=None, description="account; None: the field person who opens it, else the rep")


class ReviseCase(Input):
    """Only what is given is changed. Another severity gives another due time, counted from the same beginning."""

    kind: CaseKind | None = None
    severity: Severity | None = None
    product_id: OptionalKey = None
    title: Title | None = None
    text: Long = ""
    channel: Channel | None = None
    version: int | None = None

    @model_validator(mode="after")
    def not_emptied(self) -> "ReviseCase":
        for name in ("kind", "severity", "title", "channel"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(_("类型、紧急程度、标题和来源不能清空。"))
        return self


class TakeCase(Input):
    text: Long = ""


class NoteProgress(Input):
    text: Said


class AnswerCase(Input):
    result: Said
    cause: Cause


class TellCustomer(Input):
    how: Channel
    text: Long = ""


class ReopenCase(Input):
    reason: Reason


class AssignCase(Input):
    owner: Annotated[Text, Field(min_length=1, max_length=60)]
    reason: Annotated[Text, Field(max_length=300)] = ""


class EventFacts(Input):
    """All optional: what is missing is chased afterwards, an intake is never refused for it."""

    product_id: OptionalKey = None
    product_text: Text200 = ""
    lot: Text60 = ""
    description: Long = ""
    onset_on: OptionalDay = None
    seriousness: Annotated[list[Seriousness], Field(max_length=6)] = Field(default_factory=list)
    expectedness: Expectedness = Expectedness.UNKNOWN
    outcome: Outcome | Blank = ""
    patient_initials: Annotated[Text, Field(max_length=20)] = ""
    patient_age: Annotated[Text, Field(max_length=20)] = Field(default="", description="65岁, 8月")
    patient_sex: Sex | Blank = ""
    reporter_kind: ReporterKind | Blank = ""
    reporter_name: Text60 = ""
    reporter_phone: Text40 = ""


class ReportAdverseEvent(EventFacts):
    customer_id: Key
    case_id: OptionalKey = None
    visit_id: OptionalKey = None
    aware_at: OptionalMoment = Field(default=None, description="first heard of by anybody of the company; None: now")


class CorrectAdverseEvent(EventFacts):
    """Only what is given is changed; the reason stays with the new revision."""

    aware_at: OptionalMoment = None
    reason: Reason
    version: int | None = None

    @model_validator(mode="after")
    def awareness_is_not_emptied(self) -> "CorrectAdverseEvent":
        if "aware_at" in self.model_fields_set and self.aware_at is None:
            raise ValueError(_("首次获知时间不能清空。"))
        return self


class FollowUp(Input):
    text: Annotated[Text, Field(min_length=1, max_length=1000)]


class HandOverEvent(Input):
    to: Annotated[Text100, Field(min_length=1)]
    receipt_number: Text60 = ""
    on: OptionalMoment = Field(default=None, description="when it was handed over; None: now")
    note: Annotated[Text, Field(max_length=500)] = ""


class CloseEvent(Input):
    note: Annotated[Text, Field(min_length=1, max_length=1000)]
    receipt_number: Text60 = ""


class RevealEvent(Input):
    reason: Reason
