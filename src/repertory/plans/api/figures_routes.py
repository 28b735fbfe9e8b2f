"""Attainment and forecast over the API."""

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.errors import NotFound
from repertory.core.periods import month_name
from repertory.core.time import today
from repertory.plans import access
from repertory.plans.queries.asking import Asked, read_question
from repertory.plans.queries.attainment import Standing, attainment
from repertory.plans.queries.outlook import Outlook, outlook
from repertory.plans.statistics.forecast import CONFIDENCE
from repertory.platform.api.writing import respond

router = Router(tags=["figures"])


class Where(Schema):
    """node: a code of the tree; product: key or code; customer: key. Without them everything in sight."""

    node: str = Field("", max_length=40)
    product: str = Field("", max_length=40)
    customer: str = Field("", max_length=20)
    measure: str = Field("amount", max_length=10)
    basis: str = Field("terminal", max_length=10)


class AttainmentQuery(Where):
    """period: 2026, 2026-Q3 or 2026-03, this year without it. group: node, product, customer or month."""

    period: str = Field("", max_length=10)
    group: str = Field("", max_length=10)


class ForecastQuery(Where):
    months: int = Field(6, ge=1, le=24)


class AttainmentFigures(Schema):
    """Exact numbers as text: CNY or sales units; shares are parts of one."""

    actual: str
    target: str | None
    attained: str | None
    behind: str | None
    last_year: str
    growth: str | None
    before: str
    rows: int
    time_gone: str


class Line(AttainmentFigures):
    key: str
    name: str


class AttainmentAnswer(Schema):
    """left_out: customers beyond the largest are only in the total."""

    period: str
    measure: str
    group: str
    time_gone: str
    total: AttainmentFigures
    items: list[Line]
    left_out: bool


class Known(Schema):
    month: str
    value: str


class Foretold(Known):
    low: str
    high: str


class ForecastAnswer(Schema):
    """trend: direction, p_value, slope a month, test, months. backtest: errors of the method and of last year's month."""

    measure: str
    past: list[Known]
    trend: dict[str, Any]
    items: list[Foretold]
    method: str
    confidence: float
    backtest: dict[str, Any] | None


@router.get("/attainment", response={200: AttainmentAnswer}, operation_id="attainment")
def get_attainment(request: HttpRequest, query: Query[AttainmentQuery]) -> HttpResponse:
    """Sales against target, last year, the period before and the working days gone."""
    asked = _asked(request, query)
    found = attainment(actor=request.actor, ask=asked.ask, today=today())
    items = [{"key": line.key, "name": line.name, **figures(line.standing)} for line in found.lines]
    return respond(
        {
            "period": asked.ask.period.name,
            "measure": asked.ask.measure,
            "group": asked.ask.group.value,
            "time_gone": _text(found.pace.share),
            "total": figures(found.total),
            "items": items,
            "left_out": found.left_out,
        }
    )


@router.get("/forecast", response={200: ForecastAnswer}, operation_id="forecast")
def get_forecast(request: HttpRequest, query: Query[ForecastQuery]) -> HttpResponse:
    """The trend and the next months, with an interval and the error of a back-test."""
    ask = _asked(request, query).ask
    found = outlook(actor=request.actor, today=today(), months=query.months, where=ask.where, measure=ask.measure)
    return respond({"measure": ask.measure, **_outlook(found)})


def figures(standing: Standing) -> dict[str, Any]:
    names = ("actual", "target", "attained", "behind", "last_year", "growth", "before", "time_gone")
    return {name: _text(getattr(standing, name)) for name in names} | {"rows": standing.rows}


def _outlook(found: Outlook) -> dict[str, Any]:
    made = found.forecast
    return {
        "past": [{"month": month_name(month), "value": _text(value)} for month, value in found.past.items()],
        "trend": asdict(found.trend),
        "items": [
            {"month": month_name(row.month), **{name: _text(getattr(row, name)) for name in ("value", "low", "high")}}
            for row in found.ahead
        ],
        "method": made.method if made else "",
        "confidence": CONFIDENCE,
        "backtest": asdict(made.backtest) if made else None,
    }


def _asked(request: HttpRequest, query: Where) -> Asked:
    if not access.may_see(request.actor):
        raise NotFound()
    return read_question(actor=request.actor, words=query.dict(exclude={"months"}), today=today())


def _text(value: Any) -> str | None:
    """Exact, without an exponent; shares with four decimals."""
    return None if value is None else f"{round(value, 5).normalize():f}"
