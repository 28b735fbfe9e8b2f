"""Where sales are heading: the trend of the months that are known, and what will come until the end of a period."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from repertory.core.actor import Actor
from repertory.core.periods import Period, between, month_number, shifted
from repertory.plans.choices import Measure
from repertory.plans.queries.targets import target_totals
from repertory.plans.statistics.forecast import MOST_MONTHS, Forecast, forecast
from repertory.plans.statistics.trend import Trend, trend_of
from repertory.sales.queries.totals import EVERYTHING, Where, totals

LOOKED_BACK = 60
"""Months of the past that count."""
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Foretold:
    """A month ahead, with the interval; in CNY or sales units."""

    month: int
    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Outlook:
    """past: month → actual, without gaps; ahead: the months after it. forecast: how it was made and how wrong it was, None
    where the past is too short."""

    past: dict[int, Decimal]
    trend: Trend
    ahead: list[Foretold]
    forecast: Forecast | None


@dataclass(frozen=True)
class PeriodEnd:
    """What a period will come to: what is known of it and what is foretold. target None: nothing was planned."""

    known: Decimal
    value: Decimal
    low: Decimal
    high: Decimal
    target: Decimal | None


def outlook(
    *, actor: Actor, today: date, months: int, where: Where = EVERYTHING, measure: str = Measure.AMOUNT
) -> Outlook:
    """The trend and the next `months` after the last whole month with sales, as far as the person sees them.

    The present month is never counted as known: it is not over.
    """
    past = _past(actor, where, measure, before=month_number(today))
    values = [float(value) for value in past.values()]
    months = min(max(months, 1), MOST_MONTHS)
    found = forecast(values, months) if any(values) else None
    if found is None:
        return Outlook(past, trend_of(values), [], None)
    last = max(past)
    ahead = [
        Foretold(shifted(last, at), *(_money(number) for number in numbers))
        for at, numbers in enumerate(zip(found.values, found.low, found.high, strict=True), 1)
    ]
    return Outlook(past, trend_of(values), ahead, found)


def period_end(
    *, actor: Actor, today: date, period: Period, where: Where = EVERYTHING, measure: str = Measure.AMOUNT
) -> PeriodEnd | None:
    """Known months of the period and the forecast of the others; None where all are known or nothing can be foretold."""
    past = _past(actor, where, measure, before=month_number(today))
    if not past or max(past) >= period.last:
        return None
    ahead = between(shifted(max(past), 1), period.last).count
    found = forecast([float(value) for value in past.values()], ahead) if ahead <= MOST_MONTHS else None
    if found is None:
        return None
    known = sum((value for month, value in past.items() if month >= period.first), Decimal(0))
    # Months between the last known one and the period count as foretold, but not to the period.
    skipped = max(0, between(shifted(max(past), 1), period.last).count - period.count)
    value = known + _money(sum(found.values[skipped:]))
    half = _money((found.total_high - found.total_low) / 2)
    planned = target_totals(actor=actor, period=period, where=where)[0]
    target = planned.amount if measure == Measure.AMOUNT else planned.quantity
    return PeriodEnd(known, value, value - half, value + half, target if planned.rows else None)


def _past(actor: Actor, where: Where, measure: str, *, before: int) -> dict[int, Decimal]:
    """Month by month from the first with sales to the last one before a month; months without sales between are zero."""
    period = Period(shifted(before, -LOOKED_BACK), LOOKED_BACK)
    rows = totals(actor=actor, period=period, by=("month",), where=where)
    found = {row.key[0]: row.amount if measure == Measure.AMOUNT else row.quantity for row in rows}
    if not found:
        return {}
    return {month: found.get(month, Decimal(0)) for month in between(min(found), max(found)).months}


def _money(value: float) -> Decimal:
    return Decimal(value).quantize(CENT)
