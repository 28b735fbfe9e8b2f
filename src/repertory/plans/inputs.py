"""What a write to plans, targets and tasks takes. The only validation of incoming data."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from repertory.core.inputs import Day, Input, Key, Text, Text60, Text300, empty_to_none, sentence_of
from repertory.core.periods import read_period
from repertory.plans.choices import Level, Measure, TaskKind

OptionalKey = Annotated[Key | None, BeforeValidator(empty_to_none)]
Unit = Annotated[Text, Field(max_length=20)]
Reason = Annotated[Text, Field(min_length=2, max_length=300)]
Code = Annotated[Text, Field(min_length=1, max_length=40)]
# A hundred thousand million: what ExactField holds and people type.
Figure = Annotated[Decimal, Field(ge=0, lt=Decimal(10) ** 11, max_digits=16, decimal_places=5)]
OptionalFigure = Annotated[Figure | None, BeforeValidator(empty_to_none)]
Year = Annotated[int, Field(ge=2000, le=2999)]
Weight = Annotated[Decimal, Field(ge=0, le=Decimal(10) ** 9, max_digits=16, decimal_places=5)]
Percent = Annotated[Decimal, Field(ge=-100, le=1000, max_digits=8, decimal_places=3)]
OptionalPercent = Annotated[Percent | None, BeforeValidator(empty_to_none)]
MOST_FIGURES = 5_000


def _name_of_period(text: str) -> str:
    return read_period(text).name


PeriodName = Annotated[Text, Field(max_length=10), AfterValidator(sentence_of(_name_of_period))]


class Seasons(StrEnum):
    """How a year is laid on its months."""

    HISTORY = "history"
    EQUAL = "equal"
    WEIGHTS = "weights"


class Method(StrEnum):
    """By what a figure is shared among its parts."""

    HISTORY = "history"
    POTENTIAL = "potential"
    EQUAL = "equal"
    WEIGHTS = "weights"


class Depth(StrEnum):
    """How far down."""

    NODES = "nodes"
    ALL_NODES = "all_nodes"
    CUSTOMERS = "customers"


class YearFigure(Input):
    """A product's figure for the company and the year."""

    product_id: Key
    value: Figure


class CreatePlan(Input):
    """figures: typed ones; a product without one gets last year's sales × (1 + growth), where growth is given."""

    year: Year
    measure: Measure = Measure.AMOUNT
    step: Annotated[Decimal, Field(gt=0, le=1_000_000, max_digits=12, decimal_places=5)] = Decimal(1)
    reason: Text300 = ""
    figures: Annotated[list[YearFigure], Field(max_length=1000)] = Field(default_factory=list)
    growth_percent: OptionalPercent = None
    stretch_percent: OptionalPercent = Field(default=None, description="stretch figures are so much above the base")
    seasons: Seasons = Seasons.HISTORY
    month_weights: Annotated[list[Weight], Field(max_length=12)] = Field(default_factory=list)

    @model_validator(mode="after")
    def whole(self) -> "CreatePlan":
        if not self.figures and self.growth_percent is None:
            raise ValueError(_("请填写各产品的年度指标，或者填写在去年销售上的增长率。"))
        if self.seasons == Seasons.WEIGHTS and (len(self.month_weights) != 12 or not any(self.month_weights)):
            raise ValueError(_("按自定权重分到各月时，要填 12 个月的权重，不能全为 0。"))
        return self


class ReviseFigures(Input):
    """A new version of an approved plan."""

    reason: Reason


class PartWeight(Input):
    """A child node or a customer by its code."""

    code: Code
    weight: Weight


class BreakDown(Input):
    """Of one node, to the nodes below it, to all nodes down to territories, or down to customers."""

    territory: Code
    level: Level = Level.BASE
    depth: Depth = Depth.NODES
    method: Method = Method.HISTORY
    period: Annotated[PeriodName | None, BeforeValidator(empty_to_none)] = None
    product_ids: Annotated[list[Key], Field(max_length=1000)] = Field(
        default_factory=list, description="all where empty"
    )
    weights: Annotated[list[PartWeight], Field(max_length=5000)] = Field(default_factory=list)

    @model_validator(mode="after")
    def weights_are_for_one_step(self) -> "BreakDown":
        if self.method == Method.WEIGHTS and not self.weights:
            raise ValueError(_("按自定权重分解时，请给每个下级填权重。"))
        if self.method == Method.WEIGHTS and self.depth == Depth.ALL_NODES:
            raise ValueError(_("自定权重只能分解一级，请选“下一级区域”，或在最下级区域选“客户”。"))
        return self


class SetFigure(Input):
    """A figure typed by hand: of a node, or of a customer in it; of a month, or of a quarter or year, which is then shared
    by its months. value None: unlock without changing. seen: the value that stood there when it was typed."""

    level: Level = Level.BASE
    period: PeriodName
    product_id: Key
    territory: Code
    customer: Annotated[Code | None, BeforeValidator(empty_to_none)] = None
    value: OptionalFigure = None
    fixed: bool = True
    seen: OptionalFigure = None

    @model_validator(mode="after")
    def says_something(self) -> "SetFigure":
        if self.value is None and self.fixed:
            raise ValueError(_("请填写指标；要解除锁定，请把“锁定”设为否。"))
        return self


class SetFigures(Input):
    figures: Annotated[list[SetFigure], Field(min_length=1, max_length=MOST_FIGURES)]


class ProposeFigure(Input):
    """A leader answers a figure of the own node."""

    level: Level = Level.BASE
    period: PeriodName
    product_id: Key
    territory: Code
    value: Figure
    reason: Reason


class AnswerReply(Input):
    accept: bool
    answer: Text300 = ""

    @model_validator(mode="after")
    def a_refusal_says_why(self) -> "AnswerReply":
        if not self.accept and len(self.answer) < 2:
            raise ValueError(_("不采纳时请写明理由。"))
        return self


class SubmitTargetPlan(Input):
    note: Text300 = ""


class TaskFacts(Input):
    text: Annotated[Text, Field(min_length=2, max_length=500)]
    goal: OptionalFigure = None
    unit: Unit = ""
    due_on: Annotated[Day | None, BeforeValidator(empty_to_none)] = Field(
        default=None, description="None: the last day of the period"
    )


class OpenTask(TaskFacts):
    """owner: account, oneself when empty. on: a day of the week, month or quarter; of an action plan the first day."""

    owner: Text60 = ""
    kind: TaskKind
    on: Day
    until: Annotated[Day | None, BeforeValidator(empty_to_none)] = Field(
        default=None, description="last day of an action plan"
    )

    @model_validator(mode="after")
    def an_action_plan_ends(self) -> "OpenTask":
        if self.kind == TaskKind.ACTION and (self.until is None or self.until < self.on):
            raise ValueError(_("行动计划要填结束日期，不能早于开始日期。"))
        return self


class ReviseTask(Input):
    """Only what is given is changed."""

    text: Annotated[Text, Field(min_length=2, max_length=500)] | None = None
    goal: OptionalFigure = None
    unit: Unit = ""
    due_on: Annotated[Day | None, BeforeValidator(empty_to_none)] = None
    version: int | None = None

    @model_validator(mode="after")
    def not_emptied(self) -> "ReviseTask":
        if any(name in self.model_fields_set and getattr(self, name) is None for name in ("text", "due_on")):
            raise ValueError(_("内容和截止日期不能清空。"))
        return self


class NoteTask(Input):
    text: Annotated[Text, Field(min_length=1, max_length=1000)]
    reached: OptionalFigure = Field(default=None, description="what is reached by now, in the task's unit")


class FinishTask(Input):
    text: Annotated[Text, Field(max_length=1000)] = ""
    reached: OptionalFigure = None


class CheckTask(Input):
    """accept False: it goes back to be worked on."""

    accept: bool
    text: Annotated[Text, Field(max_length=1000)] = ""

    @model_validator(mode="after")
    def a_return_says_why(self) -> "CheckTask":
        if not self.accept and len(self.text) < 2:
            raise ValueError(_("退回时请写明还要做什么。"))
        return self


class CommentTask(Input):
    text: Annotated[Text, Field(min_length=1, max_length=1000)]


class CancelTask(Input):
    reason: Reason
