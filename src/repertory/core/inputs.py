"""What all inputs share: frozen, nothing unknown accepted, text cleaned, errors told in the user's language."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from repertory.core.errors import InvalidInput, RepertoryError
from repertory.core.time import YEARS

Kind = TypeVar("Kind", bound="Input")
SomeDay = TypeVar("SomeDay", bound=date)


class Input(BaseModel):
    """Its checks are put together when the first is made: most processes need a few of the hundreds."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, validate_default=False, defer_build=True
    )

    @model_validator(mode="before")
    @classmethod
    def texts_can_be_stored(cls, data: Any) -> Any:
        return clean_texts(data)


def clean_text(value: Any) -> Any:
    """Text that both databases and a workbook can hold: no NUL, no U+FFFF, no lone surrogate. The rest stays as typed."""
    if not isinstance(value, str):
        return value
    if "\x00" in value or "\uffff" in value:
        value = value.replace("\x00", "").replace("\uffff", "")
    return value.encode("utf-8", "replace").decode() if not value.isascii() else value


def clean_texts(value: Any) -> Any:
    """The same for every text inside, names of fields too."""
    if isinstance(value, dict):
        return {clean_text(name): clean_texts(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [clean_texts(inner) for inner in value]
    return clean_text(value)


def empty_to_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def in_utc(value: datetime) -> datetime:
    """The same instant: databases refuse zones that lie more than 16 hours away."""
    try:
        moved = value.astimezone(UTC)
    except OverflowError:
        moved = value
    return in_reach(moved)


def in_reach(value: SomeDay) -> SomeDay:
    if value.year not in YEARS:
        raise ValueError(_("这个日期超出了能记录的范围。"))
    return value


Day = Annotated[date, AfterValidator(in_reach)]
OptionalDay = Annotated[Day | None, BeforeValidator(empty_to_none)]
Moment = Annotated[AwareDatetime, AfterValidator(in_utc)]
OptionalMoment = Annotated[Moment | None, BeforeValidator(empty_to_none)]
# The key of a row: more than this no column holds.
Key = Annotated[int, Field(ge=1, lt=2**63)]
# Cleaned by the input as a whole.
Text = str
Text4 = Annotated[Text, Field(max_length=4)]
Text6 = Annotated[Text, Field(max_length=6)]
Text18 = Annotated[Text, Field(max_length=18)]
Text20 = Annotated[Text, Field(max_length=20)]
Text40 = Annotated[Text, Field(max_length=40)]
Text60 = Annotated[Text, Field(max_length=60)]
Text80 = Annotated[Text, Field(max_length=80)]
Text100 = Annotated[Text, Field(max_length=100)]
Text200 = Annotated[Text, Field(max_length=200)]
Text300 = Annotated[Text, Field(max_length=300)]
Text500 = Annotated[Text, Field(max_length=500)]


def sentence_of(clean: Callable[[str], str]) -> Callable[[str], str]:
    """Lets a validator use a cleaner that raises our own errors: the sentence becomes the field's error."""

    def run(value: str) -> str:
        try:
            return clean(value)
        except RepertoryError as error:
            raise ValueError(str(error)) from None

    return run


def read_input(kind: type[Kind], data: Any) -> Kind:
    """Validate once at the door. InvalidInput lists every error with its field."""
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise as_invalid_input(error) from None


def as_invalid_input(error: ValidationError) -> InvalidInput:
    errors = told(error.errors(include_url=False, include_input=False))
    first = errors[0]
    return InvalidInput(first["message"], field=first["field"], details={"errors": errors})


def told(errors: Sequence[Any]) -> list[dict[str, str]]:
    """Pydantic's errors as {"field", "code", "message"}, one for each field and code."""
    found = [{"field": field_of(item["loc"]), "code": item["type"], "message": explain(item)} for item in errors]
    first_of_field: dict[str, dict[str, str]] = {}
    for item in found:
        first_of_field.setdefault(item["field"], item)
    return list(first_of_field.values())


def field_of(location: Sequence[int | str]) -> str:
    """The dotted name of the input, without the alternatives of its type that pydantic adds, such as "str-enum[Kind]"."""
    return ".".join(str(part) for part in location if isinstance(part, int) or part.isidentifier())


def explain(item: Any) -> str:
    """A pydantic error as a sentence; own ValueErrors pass through."""
    context = item.get("ctx", {})
    if item["type"] == "value_error":
        return str(context.get("error", item["msg"]))
    sentence = _sentences().get(item["type"])
    if sentence is None:
        return _("填写的内容格式不对，请检查后重填。")
    return sentence % {key: str(value) for key, value in context.items()}


def _sentences() -> dict[str, str]:
    return {
        "missing": _("这一项必须填写。"),
        "extra_forbidden": _("没有这个字段，或者不能从这里修改。"),
        "string_too_long": _("太长了，最多 %(max_length)s 个字。"),
        "string_too_short": _("这一项必须填写。"),
        "string_type": _("这里要填文字。"),
        "string_pattern_mismatch": _("格式不对，请按示例填写。"),
        "enum": _("没有这个选项，可以选：%(expected)s。"),
        "literal_error": _("没有这个选项，可以选：%(expected)s。"),
        "decimal_parsing": _("这里要填数字。"),
        "decimal_type": _("这里要填数字。"),
        "decimal_max_places": _("小数最多 %(decimal_places)s 位。"),
        "decimal_max_digits": _("数字太大了，最多 %(max_digits)s 位。"),
        "decimal_whole_digits": _("数字太大了，整数部分最多 %(whole_digits)s 位。"),
        "finite_number": _("这里要填数字。"),
        "int_parsing": _("这里要填整数。"),
        "int_type": _("这里要填整数。"),
        "int_from_float": _("这里要填整数。"),
        "int_parsing_size": _("数字太大了。"),
        "greater_than": _("必须大于 %(gt)s。"),
        "greater_than_equal": _("不能小于 %(ge)s。"),
        "less_than": _("必须小于 %(lt)s。"),
        "less_than_equal": _("不能大于 %(le)s。"),
        "date_parsing": _("日期请写成 2026-03-31 这样。"),
        "date_from_datetime_parsing": _("日期请写成 2026-03-31 这样。"),
        "date_from_datetime_inexact": _("日期请写成 2026-03-31 这样。"),
        "date_type": _("日期请写成 2026-03-31 这样。"),
        "bool_parsing": _("请填“是”或“否”。"),
        "bool_type": _("请填“是”或“否”。"),
        "list_type": _("这里要填一个列表。"),
        "dict_type": _("这里要填一组字段。"),
        "too_long": _("最多 %(max_length)s 项。"),
        "too_short": _("至少 %(min_length)s 项。"),
    }
