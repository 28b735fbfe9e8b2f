"""How much of a period is gone, counted in working days."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from repertory.core.periods import Period
from repertory.platform.workdays import working_days

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Pace:
    """Working days of a period, and of them those gone, today included. shares: of each of its months, by month."""

    period: Period
    days: int
    gone: int
    shares: dict[int, Decimal]

    @property
    def share(self) -> Decimal:
        """0 before the period, 1 after it."""
        return part(self.gone, self.days)

    @property
    def over(self) -> bool:
        return self.gone == self.days


def pace_of(period: Period, *, today: date) -> Pace:
    """One query for the whole period."""
    days = working_days(period.days.start, period.days.end)
    gone = [day for day in days if day < today + ONE_DAY]
    shares = {
        month: part(_in_month(gone, month), _in_month(days, month)) if _in_month(days, month) else Decimal(1)
        for month in period.months
    }
    return Pace(period, len(days), len(gone), shares)


def part(some: Decimal | int, whole: Decimal | int) -> Decimal:
    """some / whole with four decimals; 0 of nothing."""
    return (Decimal(some) / Decimal(whole)).quantize(Decimal("0.0001")) if whole else Decimal(0)


def _in_month(days: list[date], month: int) -> int:
    return sum(day.year * 100 + day.month == month for day in days)
