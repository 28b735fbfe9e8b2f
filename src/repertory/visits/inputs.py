"""What a write to visits takes. The only validation of incoming data."""

from datetime import datetime, time
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, Field, field_validator, model_validator

from repertory.core.geo import in_china
from repertory.core.inputs import (
    Day,
    Input,
    Key,
    Moment,
    OptionalDay,
    OptionalMoment,
    Text,
    Text60,
    Text100,
    Text200,
    Text300,
    Text500,
    empty_to_none,
)
from repertory.customers.choices import Kind, Tier
from repertory.organisation.choices import Role
from repertory.visits.choices import AgreedState, Attitude, EventAnswer, Grid, Mode, Purpose, ReportKind, Skill

Blank = Literal[""]
Text2000 = Annotated[Text, Field(max_length=2000)]


def _of_the_company(value: time) -> time:
    """The hour on the company's clock: none of another zone."""
    if value.tzinfo is not None:
        raise ValueError(_("时间请写成 09:10 这样，不带时区。"))
    return value


Clock = Annotated[time, AfterValidator(_of_the_company)]
OptionalTime = Annotated[Clock | None, BeforeValidator(empty_to_none)]
Minutes = Annotated[Annotated[int, Field(ge=5, le=720)] | None, BeforeValidator(empty_to_none)]
Version = int | None
Others = Annotated[list[Key], Field(max_length=20)]


class Position(Input):
    """Where the device was, once. system: the grid in which it tells its place."""

    at: Moment
    longitude: float = Field(ge=-180, le=180)
    latitude: float = Field(ge=-90, le=90)
    accuracy_m: int | None = Field(default=None, ge=0, le=100_000)
    system: Grid = Grid.WGS84

    @model_validator(mode="after")
    def is_a_place(self) -> "Position":
        if abs(self.longitude) < 0.01 and abs(self.latitude) < 0.01:
            raise ValueError(_("坐标是 0,0，说明没有定位成功，请重新定位或留空。"))
        if not in_china(self.longitude, self.latitude) and in_china(self.latitude, self.longitude):
            raise ValueError(_("经度和纬度好像填反了。"))
        return self


class Talked(Input):
    """A product that was talked about, the wordings that were used, and how it was taken."""

    product_id: Key
    message_version_ids: Annotated[list[Key], Field(max_length=20)] = []
    attitude: Attitude | Blank = ""
    note: Text500 = ""


class Handed(Input):
    """A material that was handed over."""

    version_id: Key
    quantity: int = Field(default=1, ge=1, le=1000)


class Sampled(Input):
    """Samples that were given; the signature was drawn on the phone."""

    lot_id: Key
    quantity: int = Field(ge=1, le=1000)
    signature_id: Key | None = None


class NextVisit(Input):
    """When to come again, what for, and what to bring."""

    on: Day
    starts: OptionalTime = None
    aim: Text500 = ""
    prepare: Text500 = ""


class Happened(Input):
    """What took place; the same for a planned visit and for one that was not planned."""

    mode: Mode = Mode.FIELD
    purpose: Purpose = Purpose.DETAIL
    subject: Text200 = ""
    starts_at: Moment
    ends_at: OptionalMoment = None
    companions: Others = []
    products: Annotated[list[Talked], Field(max_length=20)] = []
    focus: Text2000 = ""
    questions: Text2000 = ""
    consensus: Text2000 = ""
    disagreement: Text2000 = ""
    next_step: Text2000 = ""
    materials: Annotated[list[Handed], Field(max_length=20)] = []
    samples: Annotated[list[Sampled], Field(max_length=20)] = []
    check_in: Position | None = None
    check_out: Position | None = None
    next_visit: NextVisit | None = None
    late_reason: Text300 = ""
    adverse_event: EventAnswer = Field(
        default=EventAnswer.UNASKED, description="answer to the question whether the text tells of an adverse event"
    )
    prescription_text_confirmed: bool = Field(
        default=False, description="true: the person has read the text again, it holds no prescription counts"
    )

    @field_validator("products")
    @classmethod
    def each_product_once(cls, value: list[Talked]) -> list[Talked]:
        if len({talked.product_id for talked in value}) != len(value):
            raise ValueError(_("同一个产品只填一次。"))
        return value

    @model_validator(mode="after")
    def ends_after_it_began(self) -> "Happened":
        if self.ends_at is not None and self.ends_at < self.starts_at:
            raise ValueError(_("结束时间不能早于开始时间。"))
        return self

    @property
    def texts(self) -> dict[str, str]:
        """Field → free text of the minutes."""
        notes = {f"products.{index}.note": talked.note for index, talked in enumerate(self.products)}
        named = ("subject", "focus", "questions", "consensus", "disagreement", "next_step")
        return {name: getattr(self, name) for name in named} | notes


class RecordVisit(Happened):
    customer_id: Key


class BringInVisit(RecordVisit):
    """A visit from a file: of whom, whatever day of the past."""

    username: Annotated[Text60, Field(min_length=1)]


class CompleteVisit(Happened):
    version: Version = None


class SendEmail(Input):
    """An e-mail from an approved template. uid: the sender's own mark; the same twice is the same e-mail."""

    customer_id: Key
    version_id: Key
    purpose: Purpose = Purpose.DELIVER
    uid: UUID = Field(default_factory=uuid4)


class PlanVisit(Input):
    customer_id: Key
    companions: Others = []
    on: Day
    starts: OptionalTime = None
    minutes: Minutes = None
    mode: Mode = Mode.FIELD
    purpose: Purpose = Purpose.FOLLOW_UP
    aim: Text500 = ""
    prepare: Text500 = ""
    username: Text60 = Field(
        default="", description="account of the person for whom a superior plans; oneself when empty"
    )


class MoveVisit(Input):
    """Another day, or another hour. username: hand it to somebody else, superiors only."""

    on: Day
    starts: OptionalTime = None
    username: Text60 = ""
    version: Version = None


class RevisePlanned(Input):
    """The rest of a planned visit; only what is given is written."""

    minutes: Minutes = None
    mode: Mode = Mode.FIELD
    purpose: Purpose = Purpose.FOLLOW_UP
    aim: Text500 = ""
    prepare: Text500 = ""
    version: Version = None


class CancelVisit(Input):
    reason: Text300 = Field(min_length=1)
    version: Version = None


class AmendVisit(Input):
    """Mend the minutes of a visit that is done; only what is given is written. take_back_handouts, take_back_samples: keys of
    what was recorded as given at the visit and was not; each is reversed by a row of its own."""

    subject: Text200 = ""
    focus: Text2000 = ""
    questions: Text2000 = ""
    consensus: Text2000 = ""
    disagreement: Text2000 = ""
    next_step: Text2000 = ""
    take_back_handouts: Annotated[list[Key], Field(max_length=20)] = []
    take_back_samples: Annotated[list[Key], Field(max_length=20)] = []
    take_back_reason: Text300 = ""
    version: Version = None
    adverse_event: EventAnswer = EventAnswer.UNASKED
    prescription_text_confirmed: bool = False


class SetFrequency(Input):
    kind: Kind | Blank = ""
    tier: Tier | Blank = ""
    role: Role | Blank = ""
    per_month: Decimal = Field(ge=0, le=31, max_digits=4, decimal_places=2)
    starts_on: Day
    note: Text200 = ""


class SetHours(Input):
    """When the customer can be seen on a weekday (0 Monday … 6 Sunday). Half open."""

    weekday: int = Field(ge=0, le=6)
    opens: Clock
    closes: Clock
    note: Text100 = ""

    @model_validator(mode="after")
    def closes_after_it_opens(self) -> "SetHours":
        if self.closes <= self.opens:
            raise ValueError(_("结束时间要晚于开始时间。"))
        return self


class SetInstitutionTerms(Input):
    """What the institution demands of visitors. demands_consent: academic visits are agreed to beforehand."""

    demands_consent: bool
    demands_appointment: bool = False
    note: Text300 = ""


class RecordInstitutionConsent(Input):
    reference: Annotated[Text200, Field(min_length=1)]
    starts_on: Day
    ends_on: OptionalDay = None

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> "RecordInstitutionConsent":
        if self.ends_on is not None and self.ends_on <= self.starts_on:
            raise ValueError(_("结束日期要晚于开始日期。"))
        return self


class RouteStop(Input):
    """A place to go to. Degrees of longitude and latitude, or plane units with `planar`."""

    id: Key
    longitude: float = Field(ge=-1e6, le=1e6)
    latitude: float = Field(ge=-1e6, le=1e6)
    opens: OptionalTime = None
    closes: OptionalTime = None
    minutes: int = Field(default=0, ge=0, le=720)
    load: int = Field(default=0, ge=0, le=10**9)


class RoutePlace(Input):
    longitude: float = Field(ge=-1e6, le=1e6)
    latitude: float = Field(ge=-1e6, le=1e6)


class PlanRoute(Input):
    """stops → order, distance. start: where the tour begins and ends, the middle of the stops when null. tours: how many at
    most, capacity: load a tour. seconds: how long to search."""

    stops: Annotated[list[RouteStop], Field(min_length=1, max_length=200)]
    start: RoutePlace | None = None
    tours: int = Field(default=1, ge=1, le=50)
    capacity: int = Field(default=0, ge=0, le=10**9)
    opens: Clock = time(8)
    closes: Clock = time(18)
    kilometres_per_hour: float = Field(default=25, gt=0, le=200)
    planar: bool = False
    seconds: float = Field(default=2, gt=0, le=5)

    @model_validator(mode="after")
    def each_stop_once(self) -> "PlanRoute":
        if len({stop.id for stop in self.stops}) != len(self.stops):
            raise ValueError(_("每个地点的 id 只能出现一次。"))
        return self


class ApplyRoute(Input):
    """Give the planned visits of a day the hours of this order."""

    on: Day
    order: Annotated[list[Key], Field(min_length=1, max_length=60)]
    username: Text60 = ""


class ProposePlan(Input):
    """month: any day of it. username: for whom, oneself when empty."""

    month: Day
    username: Text60 = ""


class SubmitPlan(Input):
    note: Text500 = ""


class DecidePlan(Input):
    approve: bool
    note: Text300 = ""


class SendReport(Input):
    """on: a day of the week or month that is reported."""

    kind: ReportKind
    on: Day
    text: Text2000 = ""
    tomorrow: Text2000 = ""

    @model_validator(mode="after")
    def urgent_says_what(self) -> "SendReport":
        if self.kind == ReportKind.URGENT and not self.text:
            raise ValueError(_("紧急报告要写明发生了什么。"))
        return self


class CommentReport(Input):
    text: Annotated[Text, Field(min_length=1, max_length=1000)]


class Rating(Input):
    skill: Skill
    score: int = Field(ge=1, le=5)


class Agreed(Input):
    text: Annotated[Text, Field(min_length=1, max_length=300)]
    due_on: OptionalDay = None


class Reviewed(Input):
    """What became of an action agreed on earlier."""

    action_id: Key
    state: AgreedState


class RecordCoaching(Input):
    """username: the rep who was joined. visit_id: the visit that both made, where it was one."""

    username: Annotated[Text60, Field(min_length=1)]
    visit_id: Key | None = None
    on: Day
    observed: Annotated[Text2000, Field(min_length=1)]
    strengths: Text2000 = ""
    improvements: Text2000 = ""
    ratings: Annotated[list[Rating], Field(max_length=len(Skill))] = []
    agreed: Annotated[list[Agreed], Field(max_length=10)] = []
    reviewed: Annotated[list[Reviewed], Field(max_length=50)] = []

    @field_validator("ratings")
    @classmethod
    def each_skill_once(cls, value: list[Rating]) -> list[Rating]:
        if len({rating.skill for rating in value}) != len(value):
            raise ValueError(_("同一项技能只评一次。"))
        return value


class ReplyCoaching(Input):
    reply: Annotated[Text, Field(min_length=1, max_length=1000)]


def moment_of(value: datetime) -> datetime:
    """To the second: nobody enters less, and both databases keep the same."""
    return value.replace(microsecond=0)
