"""What writes to people and territories take."""

from datetime import date
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, field_validator, model_validator

from repertory.core.identifiers import clean_email
from repertory.core.inputs import (
    Day,
    Input,
    OptionalDay,
    Text,
    Text40,
    Text60,
    Text80,
    Text100,
    Text200,
    empty_to_none,
    sentence_of,
)
from repertory.organisation.choices import Language, Level, Role, Side, Theme, TokenScope
from repertory.platform.models import FieldKind

Username = Annotated[Text, Field(min_length=2, max_length=60, pattern=r"^[A-Za-z0-9_.@-]+$")]


class PersonFacts(Input):
    employee_number: Text40 = ""
    email: Text200 = ""
    phone: Text40 = ""
    side: Side | Literal[""] = ""
    filing_number: Text60 = ""
    filing_expires_on: OptionalDay = None

    @field_validator("email")
    @classmethod
    def email_has_form(cls, value: str) -> str:
        return sentence_of(clean_email)(value) if value else ""


class CreatePerson(PersonFacts):
    username: Username
    name: Annotated[Text, Field(min_length=1, max_length=60)]
    password: str | None = Field(default=None, description="None: no password yet, an administrator sets one")
    must_change_password: bool = True


class RevisePerson(PersonFacts):
    name: Annotated[Text, Field(min_length=1, max_length=60)] | None = None
    is_active: bool | None = None
    version: int | None = None


class SetPassword(Input):
    password: str
    must_change_password: bool = True


class ChangeOwnPassword(Input):
    old_password: str
    password: str
    again: str

    @model_validator(mode="after")
    def typed_twice_alike(self) -> "ChangeOwnPassword":
        if self.password != self.again:
            raise ValueError(_("两次输入的新密码不一样。"))
        return self


class Preferences(Input):
    language: Language | None = None
    theme: Theme | None = None


class CreateTerritory(Input):
    code: Annotated[Text, Field(min_length=1, max_length=40)]
    name: Annotated[Text, Field(min_length=1, max_length=80)]
    level: Level = Level.TERRITORY
    line: Text40 = ""
    parent: Annotated[str | None, BeforeValidator(empty_to_none)] = Field(
        default=None, description="code of the node above"
    )


class ReviseTerritory(Input):
    code: Annotated[Text, Field(min_length=1, max_length=40)] | None = None
    name: Annotated[Text, Field(min_length=1, max_length=80)] | None = None
    level: Level | None = None
    line: Text40 = ""
    version: int | None = None


class MoveTerritory(Input):
    parent: str = Field(description="code of the new node above")


class Assign(Input):
    username: str
    territory: str
    role: Role
    starts_on: OptionalDay = None
    ends_on: OptionalDay = None

    @model_validator(mode="after")
    def dates_in_order(self) -> "Assign":
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            raise ValueError(_("结束日期要晚于开始日期。"))
        return self


class EndAssignment(Input):
    on: OptionalDay = None


class IssueToken(Input):
    name: Annotated[Text80, Field(min_length=1)]
    scope: TokenScope | Literal["read", "write"] = TokenScope.READ
    valid_days: Annotated[int, Field(ge=1, le=3650)] = 90


class DefineCustomField(Input):
    object_type: Literal["customer", "product"] = "customer"
    key: Annotated[Text, Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
    label: Annotated[Text, Field(min_length=1, max_length=60)]
    label_en: Text60 = ""
    kind: FieldKind
    options: list[Annotated[Text, Field(min_length=1, max_length=60)]] = Field(default_factory=list, max_length=200)
    required: bool = False
    help: Text200 = ""
    position: Annotated[int, Field(ge=0, le=10_000)] = 0


class ReviseCustomField(Input):
    label: Annotated[Text, Field(min_length=1, max_length=60)] | None = None
    label_en: Text60 | None = None
    options: list[Annotated[Text, Field(min_length=1, max_length=60)]] | None = Field(default=None, max_length=200)
    required: bool | None = None
    help: Text200 | None = None
    position: Annotated[int | None, Field(ge=0, le=10_000)] = None


class SetPolicy(Input):
    key: Annotated[Text, Field(min_length=1, max_length=80, pattern=r"^[a-z][a-z0-9_.]*$")]
    starts_on: Day
    value: Any
    source: Text200 = ""
    note: Annotated[Text, Field(max_length=400)] = ""

    @field_validator("value")
    @classmethod
    def says_something(cls, value: Any) -> Any:
        if value is None:
            raise ValueError(_("这一项必须填写。"))
        return value


class AddRobot(Input):
    name: Annotated[Text60, Field(min_length=1)]
    address: Annotated[Text, Field(min_length=1, max_length=500)] = Field(
        description="as the platform shows it, https://…; kept is only the key, encrypted"
    )
    secret: Text100 = Field(default="", description="钉钉: what signs the messages")


class WorkdayFacts(Input):
    working: Annotated[bool | None, BeforeValidator(empty_to_none)] = Field(
        default=None, description="None: as the official calendar says"
    )
    note: Text200 = ""


class SetWorkday(WorkdayFacts):
    day: Day

    @field_validator("day")
    @classmethod
    def day_is_in_reach(cls, value: date) -> date:
        if not 2000 <= value.year < 2100:
            raise ValueError(_("工作日历只管 2000 年到 2099 年，请检查年份。"))
        return value
