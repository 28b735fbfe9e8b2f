"""What a write to products takes. The only validation of incoming data."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, field_validator, model_validator

from repertory.core import regions
from repertory.core.inputs import (
    Day,
    Input,
    Key,
    OptionalDay,
    Text,
    Text40,
    Text60,
    Text100,
    Text200,
    Text300,
    Text500,
    empty_to_none,
    sentence_of,
)
from repertory.products.choices import (
    Audience,
    InsuranceClass,
    PrescriptionClass,
    Procurement,
    SpecialControl,
    Stage,
    Storage,
    SuggestionKind,
    Theme,
)
from repertory.products.months import read_season
from repertory.products.numbers import clean_approval_number, clean_atc, clean_barcode, clean_trace_prefix

Blank = Literal[""]
OptionalCode = Annotated[Text60 | None, BeforeValidator(empty_to_none)]
Text2000 = Annotated[Text, Field(max_length=2000)]
Name = Annotated[Text, Field(min_length=1, max_length=200)]
Code = Annotated[Text, Field(min_length=1, max_length=40)]
Count = Annotated[Annotated[int, Field(ge=1, le=1_000_000)] | None, BeforeValidator(empty_to_none)]
Months = Annotated[Annotated[int, Field(ge=1, le=240)] | None, BeforeValidator(empty_to_none)]


class ProductFacts(Input):
    """The product's fields, all optional: only what is given is written, "" or null empties a field."""

    trade_name: Text100 = ""
    english_name: Text200 = ""
    approval_number: Text40 = Field(default="", description="国药准字H20067890")
    approval_expires_on: OptionalDay = None
    dosage_form: Text60 = ""
    manufacturer: Text200 = ""
    holder: Text200 = ""
    atc_code: Text40 = ""
    line: OptionalCode = Field(default=None, description="code of the product line")
    product_manager: OptionalCode = Field(default=None, description="account of a person")
    insurance_class: InsuranceClass | Blank = ""
    insurance_note: Text500 = ""
    procurement: Procurement | Blank = ""
    prescription_class: PrescriptionClass | Blank = ""
    special_control: SpecialControl | Blank = ""
    indications: Text2000 = ""
    usage: Text2000 = ""
    cautions: Text2000 = ""
    selling_points: Text2000 = ""
    launched_on: OptionalDay = None
    withdrawn_on: OptionalDay = None
    custom: dict[str, Any] = Field(default_factory=dict)

    @field_validator("approval_number")
    @classmethod
    def approval_number_has_form(cls, value: str) -> str:
        return sentence_of(clean_approval_number)(value) if value else ""

    @field_validator("atc_code")
    @classmethod
    def atc_has_form(cls, value: str) -> str:
        return sentence_of(clean_atc)(value) if value else ""


class CreateProduct(ProductFacts):
    generic_name: Name
    code: Text40 = ""
    stage: Stage = Stage.DEVELOPMENT


class ReviseProduct(ProductFacts):
    generic_name: Name | None = None
    code: Code | None = None
    version: int | None = Field(default=None, description="the version that was edited; a newer one is not overwritten")

    @model_validator(mode="after")
    def not_emptied(self) -> "ReviseProduct":
        for name in ("generic_name", "code"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(_("通用名和编码不能清空。"))
        return self


class RemoveProduct(Input):
    reason: Annotated[Text, Field(min_length=2, max_length=300)]


class MoveProductStage(Input):
    stage: Stage
    on: OptionalDay = None
    reason: Text300 = ""


class PackFacts(Input):
    unit: Annotated[Text, Field(min_length=1, max_length=20)] = "盒"
    units_per_pack: Count = None
    packs_per_case: Count = None
    barcode: Text40 = ""
    trace_prefix: Text40 = ""
    shelf_life_months: Months = None
    storage: Storage | Blank = ""
    storage_note: Text200 = ""
    is_active: bool = True

    @field_validator("barcode")
    @classmethod
    def barcode_agrees(cls, value: str) -> str:
        return sentence_of(clean_barcode)(value) if value else ""

    @field_validator("trace_prefix")
    @classmethod
    def trace_prefix_has_form(cls, value: str) -> str:
        return sentence_of(clean_trace_prefix)(value) if value else ""


class AddPack(PackFacts):
    spec: Annotated[Text, Field(min_length=1, max_length=100)]
    pack: Text100 = ""
    code: Annotated[Text, Field(max_length=50)] = ""


class RevisePack(PackFacts):
    spec: Annotated[Text, Field(min_length=1, max_length=100)] | None = None
    pack: Text100 = ""
    code: Annotated[Text, Field(min_length=1, max_length=50)] | None = None
    version: int | None = None

    @model_validator(mode="after")
    def not_emptied(self) -> "RevisePack":
        for name in ("spec", "code"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(_("规格和编码不能清空。"))
        return self


class DraftMessage(Input):
    """A wording. audiences, departments: to whom it may be said; none of them means everybody."""

    theme: Theme
    title: Annotated[Text, Field(min_length=1, max_length=60)]
    text: Annotated[Text, Field(min_length=1, max_length=1000)]
    audiences: list[Audience] = Field(default_factory=list, max_length=len(Audience))
    departments: list[Annotated[Text, Field(min_length=1, max_length=40)]] = Field(default_factory=list, max_length=40)
    evidence: Text500 = ""
    valid_from: OptionalDay = None
    valid_until: OptionalDay = None

    @model_validator(mode="after")
    def days_in_order(self) -> "DraftMessage":
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(_("有效期不能早于生效日期。"))
        return self


class ReviseMessage(DraftMessage):
    """The whole wording again."""

    version: int | None = None


class DecideMessage(Input):
    """valid_from, valid_until: what was proposed counts where they are not given."""

    approve: bool
    note: Text300 = ""
    valid_from: OptionalDay = None
    valid_until: OptionalDay = None


class WithdrawMessage(Input):
    reason: Annotated[Text, Field(min_length=2, max_length=300)]


class CreateLine(Input):
    code: Code
    name: Annotated[Text, Field(min_length=1, max_length=60)]
    limited: bool = False


class ReviseLine(Input):
    name: Annotated[Text, Field(min_length=1, max_length=60)] | None = None
    limited: bool | None = None
    version: int | None = None


class AddLineTeam(Input):
    territory: Annotated[Text, Field(min_length=1, max_length=40, description="code")]
    starts_on: OptionalDay = None
    ends_on: OptionalDay = None

    @model_validator(mode="after")
    def days_in_order(self) -> "AddLineTeam":
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            raise ValueError(_("结束日期要晚于开始日期。"))
        return self


class EndLineTeam(Input):
    on: OptionalDay = None


Money = Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=4)]


def _province(value: str) -> str:
    """The six digits of a province given by its code or name."""
    found = regions.by_code(value) or regions.resolve(province=value)
    if found is None or (found.code != found.province_code):
        raise ValueError(_("没有这个省份，请写名称或六位代码，例如 江苏省 或 320000。"))
    return found.province_code


def _months(value: Any) -> Any:
    if not isinstance(value, str):
        return value or []
    try:
        return read_season(value)
    except ValueError:
        raise ValueError(_("月份请写成 3-5、12 这样，全年不填。")) from None


class DraftPriceList(Input):
    code: Annotated[Text, Field(min_length=1, max_length=40)]
    name: Annotated[Text, Field(min_length=1, max_length=100)]
    starts_on: Day
    note: Annotated[Text, Field(max_length=1000)] = ""


class RevisePriceList(Input):
    name: Annotated[Text, Field(min_length=1, max_length=100)] | None = None
    starts_on: OptionalDay = None
    note: Annotated[Text, Field(max_length=1000)] = ""
    version: int | None = None


class NextPriceList(Input):
    """The next version begins with the same prices."""

    starts_on: Day


class SetPrice(Input):
    """One price. What is left out is no condition: everybody, the whole year, from one pack on."""

    pack: Annotated[Text, Field(min_length=1, max_length=50, description="code of the pack")]
    customer_kind: Audience | Blank = ""
    tier: Annotated[Text, Field(max_length=20)] = ""
    province: Text60 = Field(default="", description="name or code")
    months: Annotated[list[Annotated[int, Field(ge=1, le=12)]], BeforeValidator(_months), Field(max_length=12)] = Field(
        default_factory=list, description="[3, 4, 5]; empty: the whole year"
    )
    from_quantity: Annotated[
        int, Field(ge=1, le=1_000_000_000), BeforeValidator(lambda value: 1 if value in ("", None) else value)
    ] = 1
    price_cny: Money
    floor_cny: Money
    starts_on: OptionalDay = Field(default=None, description="None: the list's first day")
    ends_on: OptionalDay = Field(default=None, description="not included; None: as long as the list")

    @field_validator("province")
    @classmethod
    def province_is_one(cls, value: str) -> str:
        return _province(value) if value else ""

    @model_validator(mode="after")
    def in_order(self) -> "SetPrice":
        if self.floor_cny > self.price_cny:
            raise ValueError(_("底价不能高于单价。"))
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            raise ValueError(_("结束日期要晚于开始日期。"))
        return self


class SubmitPriceList(Input):
    reason: Annotated[Text, Field(max_length=1000)] = ""


class WithdrawPriceList(Input):
    reason: Annotated[Text, Field(min_length=2, max_length=300)]


OptionalKey = Annotated[Key | None, BeforeValidator(empty_to_none)]


class SuggestChange(Input):
    """customer_id, visit_id: where it was heard."""

    kind: SuggestionKind
    text: Annotated[Text, Field(min_length=2, max_length=2000)]
    customer_id: OptionalKey = None
    visit_id: OptionalKey = None


class AnswerSuggestion(Input):
    state: Literal["considered", "adopted", "declined"]
    answer: Text2000 = ""
    version: int | None = None

    @model_validator(mode="after")
    def says_why(self) -> "AnswerSuggestion":
        if self.state != "considered" and not self.answer:
            raise ValueError(_("采纳或不采纳都要答复提出人。"))
        return self


class PlanMilestone(Input):
    due_on: Day
    title: Annotated[Text, Field(min_length=1, max_length=100)]
    text: Text2000 = ""


class ReviseMilestone(Input):
    due_on: OptionalDay = None
    title: Annotated[Text, Field(min_length=1, max_length=100)] | None = None
    text: Text2000 = ""
    done_on: OptionalDay = None
    version: int | None = None
