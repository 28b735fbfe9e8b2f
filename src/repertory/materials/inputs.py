"""What a write to materials and samples takes. The only validation of incoming data."""

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from repertory.core.inputs import Day, Input, Key, OptionalDay, Text, Text40, Text60, Text300, empty_to_none
from repertory.materials.choices import MaterialKind
from repertory.materials.placeholders import check_placeholders
from repertory.products.choices import Audience

OptionalKey = Annotated[Key | None, BeforeValidator(empty_to_none)]
Quantity = Annotated[int, Field(ge=1, le=1_000_000)]
Copies = Annotated[int, Field(ge=1, le=1000)]
Reason = Annotated[Text, Field(min_length=2, max_length=300)]
Codes = Annotated[list[Annotated[Text, Field(min_length=1, max_length=40)]], Field(max_length=40)]


class MaterialFacts(Input):
    """products: codes of the products it is about."""

    kind: MaterialKind | None = None
    is_electronic: bool = False
    products: Codes = []
    note: Text300 = ""


class CreateMaterial(MaterialFacts):
    title: Annotated[Text, Field(min_length=1, max_length=100)]
    kind: MaterialKind = MaterialKind.ACADEMIC
    code: Text40 = ""


class ReviseMaterial(MaterialFacts):
    """Only what is given is written."""

    title: Annotated[Text, Field(min_length=1, max_length=100)] | None = None
    code: Annotated[Text, Field(min_length=1, max_length=40)] | None = None
    version: int | None = Field(default=None, description="the version that was edited; a newer one is not overwritten")

    @model_validator(mode="after")
    def not_emptied(self) -> "ReviseMaterial":
        for name in ("title", "code", "kind"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(_("资料名称、编码和类型不能清空。"))
        return self


class RemoveMaterial(Input):
    reason: Reason


class DraftVersion(Input):
    """An edition. audiences: kinds of customers it may be given to; none of them means everybody. subject, body: of an
    e-mail template, with {姓名}, {称呼}, {医院} and {代表} in them."""

    summary: Annotated[Text, Field(max_length=1000)] = ""
    subject: Annotated[Text, Field(max_length=200), AfterValidator(check_placeholders)] = ""
    body: Annotated[Text, Field(max_length=10_000), AfterValidator(check_placeholders)] = ""
    audiences: list[Audience] = Field(default_factory=list, max_length=len(Audience))
    valid_from: OptionalDay = None
    valid_until: OptionalDay = None

    @model_validator(mode="after")
    def days_in_order(self) -> "DraftVersion":
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(_("有效期不能早于生效日期。"))
        return self


class ReviseVersion(DraftVersion):
    """The whole edition again, but for its file."""

    version: int | None = None


class DecideVersion(Input):
    """valid_from, valid_until: what was proposed counts where they are not given."""

    approve: bool
    note: Text300 = ""
    valid_from: OptionalDay = None
    valid_until: OptionalDay = None


class WithdrawVersion(Input):
    reason: Reason


class HandOut(Input):
    """Copies of a version of a material for one customer; of an electronic one how often it was shown or sent."""

    version_id: Key
    quantity: Copies = 1
    visit_id: OptionalKey = None


class HandOutTo(HandOut):
    """The same where no visit tells the customer and the day; today where `on` is not given."""

    customer_id: Key
    on: OptionalDay = None


class GiveSample(Input):
    """Packs of a lot for one customer. signature_id: of the picture that keep_signature kept."""

    lot_id: Key
    quantity: Copies
    signature_id: OptionalKey = None
    visit_id: OptionalKey = None


class GiveSampleTo(GiveSample):
    customer_id: Key
    on: OptionalDay = None


class KeepSignature(Input):
    """png: the picture drawn on the phone, base64 with or without the beginning "data:image/png;base64,"."""

    png: Annotated[Text, Field(min_length=8, max_length=400_000)]


class TakeBack(Input):
    """Why a giving is reversed."""

    reason: Text300 = ""


class Receive(Input):
    """Goods come into the company's store."""

    quantity: Quantity
    on: OptionalDay = None
    reason: Text300 = Field(default="", description="from whom, which delivery")


class ReceiveLot(Receive):
    """pack: code of the pack; a lot that is known already gets more."""

    pack: Annotated[Text, Field(min_length=1, max_length=50)]
    lot_number: Annotated[Text, Field(min_length=1, max_length=40)]
    expires_on: Day


class Issue(Input):
    """to: account of a person. from_own: out of one's own bag, not out of the store."""

    to: Annotated[Text, Field(min_length=1, max_length=60)]
    quantity: Quantity
    from_own: bool = False
    on: OptionalDay = None
    reason: Text300 = ""


class Return(Input):
    """Back into the store. holder: account of the person who had it, oneself where it is not given."""

    quantity: Quantity
    holder: Text60 = ""
    on: OptionalDay = None
    reason: Text300 = ""


class Lose(Input):
    """Lost, damaged or destroyed. central: out of the store, holder does not count then."""

    quantity: Quantity
    holder: Text60 = ""
    central: bool = False
    on: OptionalDay = None
    reason: Reason


class Count(Input):
    """counted: what is really there; the difference to the books is written."""

    counted: Annotated[int, Field(ge=0, le=1_000_000)]
    holder: Text60 = ""
    central: bool = False
    on: OptionalDay = None
    reason: Text300 = ""
