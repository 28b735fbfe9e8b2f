"""What a write to the archive takes. The only validation of incoming data."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, field_validator, model_validator

from repertory.core.identifiers import clean_email, clean_uscc
from repertory.core.inputs import (
    Day,
    Input,
    Key,
    OptionalDay,
    Text,
    Text4,
    Text6,
    Text18,
    Text40,
    Text60,
    Text80,
    Text100,
    Text200,
    Text300,
    Text500,
    empty_to_none,
    sentence_of,
)
from repertory.core.lunar import Calendar
from repertory.core.regions import by_code
from repertory.customers.choices import (
    Adoption,
    Attitude,
    CareClass,
    CommunicationStyle,
    ConsentChannel,
    ConsentPurpose,
    ContactPreference,
    DateKind,
    DecisionRole,
    Gender,
    InfluenceKind,
    KeyRole,
    Kind,
    LicenceKind,
    Potential,
    Source,
    Stage,
    Tier,
    TradeClass,
)

Blank = Literal[""]
OptionalKey = Annotated[Key | None, BeforeValidator(empty_to_none)]
Money = Annotated[
    Annotated[Decimal, Field(max_digits=18, decimal_places=2, ge=0)] | None, BeforeValidator(empty_to_none)
]
Degrees = Annotated[Annotated[Decimal, Field(max_digits=20)] | None, BeforeValidator(empty_to_none)]


class CustomerFacts(Input):
    """The archive's fields, all optional: only what is given is written, "" or null empties a field."""

    alias: Text200 = ""
    grade: Text40 = ""
    title: Text60 = ""
    institution: OptionalKey = None
    department: Text80 = ""
    parent: OptionalKey = None
    phone: Text60 = ""
    email: Text200 = ""
    province_code: Text6 = ""
    city_code: Text6 = ""
    county_code: Text6 = ""
    address: Text300 = ""
    longitude: Degrees = None
    latitude: Degrees = None
    website: Text200 = ""
    opening_hours: Text200 = ""
    source: Source | Blank = ""
    first_contact_on: OptionalDay = None
    uscc: Text18 = ""
    founded_on: OptionalDay = None
    legal_form: Text60 = ""
    industry: Text60 = ""
    assets_cny: Money = None
    gender: Gender | Blank = ""
    education: Text60 = ""
    character: Text200 = ""
    ability: Text200 = ""
    potential: Potential | Blank = ""
    potential_evidence: Text300 = ""
    adoption: Adoption | Blank = ""
    trade_class: TradeClass | Blank = ""
    care_class: CareClass | Blank = ""
    credit_grade: Text4 = ""
    service_area: Text200 = ""
    selling_capacity: Text200 = ""
    growth_potential: Text200 = ""
    philosophy: Text300 = ""
    business_policy: Text300 = ""
    headcount: Annotated[Annotated[int, Field(ge=0, le=10_000_000)] | None, BeforeValidator(empty_to_none)] = None
    turnover_cny: Money = None
    management_style: Text300 = ""
    past_sales: Text300 = ""
    manager_quality: Text200 = ""
    seller_quality: Text200 = ""
    competitor_relation: Text300 = ""
    attitude: Attitude | Blank = ""
    trade_activity: Text300 = ""
    problems: Text500 = ""
    strengths: Text300 = ""
    plans: Text500 = ""
    reputation: Text300 = ""
    payment_terms: Text200 = ""
    credit_history: Text300 = ""
    interests: Text300 = ""
    research_field: Text300 = ""
    favourite_conferences: Text300 = ""
    communication_style: CommunicationStyle | Blank = ""
    contact_preference: ContactPreference | Blank = ""
    private_phone: Text60 | None = ""
    wechat: Text60 | None = ""
    birthday: OptionalDay = None
    custom: dict[str, Any] = Field(default_factory=dict)

    @field_validator("uscc")
    @classmethod
    def uscc_is_real(cls, value: str) -> str:
        return sentence_of(clean_uscc)(value) if value else ""

    @field_validator("email")
    @classmethod
    def email_has_form(cls, value: str) -> str:
        return sentence_of(clean_email)(value) if value else ""

    @field_validator("province_code", "city_code", "county_code")
    @classmethod
    def region_exists(cls, value: str) -> str:
        if value and by_code(value) is None:
            raise ValueError(_("没有这个行政区划代码：%(code)s。") % {"code": value})
        return value

    @field_validator("longitude", "latitude")
    @classmethod
    def degrees_rounded(cls, value: Decimal | None) -> Decimal | None:
        """Six decimals are a tenth of a metre."""
        return None if value is None else round(value, 6)

    @model_validator(mode="after")
    def position_whole(self) -> "CustomerFacts":
        given = self.model_fields_set & {"longitude", "latitude"}
        if not given:
            return self
        if (self.longitude is None) != (self.latitude is None):
            raise ValueError(_("经度和纬度要一起填写。"))
        if self.longitude is not None and not _on_earth(self.longitude, self.latitude):
            raise ValueError(_("经纬度超出范围，或为 0,0；请核对后再填。"))
        return self


def _on_earth(longitude: Decimal, latitude: Decimal | None) -> bool:
    assert latitude is not None
    return -180 <= longitude <= 180 and -90 <= latitude <= 90 and (longitude, latitude) != (0, 0)


class CreateCustomer(CustomerFacts):
    kind: Kind
    name: Annotated[Text, Field(min_length=1, max_length=200)]
    code: Text40 = ""
    stage: Stage = Stage.POTENTIAL
    tier: Tier | Blank = ""
    territory: Annotated[str | None, BeforeValidator(empty_to_none)] = Field(default=None, description="code")
    confirmed_new: bool = Field(default=False, description="saved although a likely duplicate is known")


class ReviseCustomer(CustomerFacts):
    kind: Kind | None = None
    name: Annotated[Text, Field(min_length=1, max_length=200)] | None = None
    code: Annotated[Text, Field(min_length=1, max_length=40)] | None = None
    version: int | None = Field(default=None, description="the version that was edited; a newer one is not overwritten")

    @model_validator(mode="after")
    def not_emptied(self) -> "ReviseCustomer":
        for name in ("kind", "name", "code"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(_("类别、名称和编码不能清空。"))
        return self


class RemoveCustomer(Input):
    reason: Annotated[Text, Field(min_length=2, max_length=300)]


class MoveStage(Input):
    stage: Stage
    on: OptionalDay = None
    reason: Text300 = ""


class DecideTier(Input):
    tier: Tier
    reason: Text300 = ""


class Cover(Input):
    territory: str
    starts_on: OptionalDay = None
    ends_on: OptionalDay = None


class Reassign(Input):
    """Move the open coverage of customers from one territory to another on a day."""

    from_territory: str
    to_territory: str
    on: OptionalDay = None
    customers: list[Key] | None = Field(default=None, description="None: all that from_territory covers now")


class Affiliate(Input):
    person: Key
    institution: Key
    role: DecisionRole
    department: Text80 = ""
    position: Text80 = ""
    starts_on: OptionalDay = None
    ends_on: OptionalDay = None


class LinkInfluence(Input):
    source: Key
    target: Key
    kind: InfluenceKind
    strength: Annotated[int, Field(ge=1, le=5)] = 3
    note: Text200 = ""


class NoteDate(Input):
    kind: DateKind
    label: Text100 = ""
    calendar: Calendar = Calendar.SOLAR
    year: Annotated[Annotated[int, Field(ge=1900, le=2100)] | None, BeforeValidator(empty_to_none)] = None
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]
    leap_month: bool = False
    remind_days: Annotated[int, Field(ge=0, le=180)] = 7


class RecordKeyPerson(Input):
    role: KeyRole
    name: Annotated[Text, Field(min_length=1, max_length=60)]
    birth_year: Annotated[Annotated[int, Field(ge=1900, le=2100)] | None, BeforeValidator(empty_to_none)] = None
    education: Text60 = ""
    character: Text200 = ""
    ability: Text200 = ""


class RecordDepartment(Input):
    name: Annotated[Text, Field(min_length=1, max_length=80)]
    head: Text60 = ""
    beds: Annotated[Annotated[int, Field(ge=0, le=100_000)] | None, BeforeValidator(empty_to_none)] = None
    note: Text300 = ""


class GiveConsent(Input):
    purpose: ConsentPurpose
    channel: ConsentChannel
    given_on: Day
    how: Annotated[Text, Field(min_length=1, max_length=100)]
    evidence: Text300 = ""
    expires_on: OptionalDay = None


class Reveal(Input):
    field: Literal["private_phone", "wechat", "birthday"]
    reason: Annotated[Text, Field(min_length=4, max_length=300)]


class Erase(Input):
    reason: Annotated[Text, Field(min_length=4, max_length=300)]


class RecordLicence(Input):
    kind: LicenceKind
    number: Annotated[Text, Field(min_length=1, max_length=80)]
    scope: Text500 = ""
    issuer: Text100 = ""
    issued_on: OptionalDay = None
    expires_on: OptionalDay = None

    @model_validator(mode="after")
    def dates_in_order(self) -> "RecordLicence":
        if self.issued_on and self.expires_on and self.expires_on < self.issued_on:
            raise ValueError(_("有效期不能早于发证日期。"))
        return self


class DecideFirstTrade(Input):
    approve: bool
    note: Text300 = ""


class MergeCustomers(Input):
    """`gone` becomes part of `kept`; `take` names the fields whose value comes from `gone`."""

    kept: Key
    gone: Key
    take: list[str] = Field(default_factory=list)


class InviteToFillIn(Input):
    valid_days: Annotated[int, Field(ge=1, le=90)] = 14


class DecideFact(Input):
    accept: bool
