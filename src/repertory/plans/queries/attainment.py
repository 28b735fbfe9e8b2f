"""How sales stand against target, last year, the period before and the time gone, for any node, product and customer."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from repertory.core.actor import Actor
from repertory.core.periods import Period, between, shifted
from repertory.organisation.access import scope_of
from repertory.organisation.models import Territory
from repertory.plans.choices import Measure
from repertory.plans.queries.names import Names, names_of
from repertory.plans.queries.pacing import Pace, pace_of
from repertory.plans.queries.targets import REGION, region_targets, target_totals
from repertory.sales.access import sees_whole_regions
from repertory.sales.queries.totals import EVERYTHING, NODE, Total, Where, totals

MOST_CUSTOMERS = 200


class Group(StrEnum):
    NONE = ""
    NODE = "node"
    PRODUCT = "product"
    CUSTOMER = "customer"
    MONTH = "month"


@dataclass(frozen=True)
class Ask:
    """What is asked: where.node None is everything that the person sees."""

    period: Period
    where: Where = EVERYTHING
    group: Group = Group.NONE
    measure: str = Measure.AMOUNT


@dataclass(frozen=True)
class Standing:
    """In CNY or sales units. target None: nothing was planned. last_year, before: the whole period a year ago, and the one
    just before; last_year_so_far: of last year the same part of the working days as is gone of this one."""

    actual: Decimal
    target: Decimal | None
    last_year: Decimal
    last_year_so_far: Decimal
    before: Decimal
    rows: int
    time_gone: Decimal

    @property
    def attained(self) -> Decimal | None:
        return self.actual / self.target if self.target else None

    @property
    def growth(self) -> Decimal | None:
        """Against the same part of last year; None where nothing was sold then."""
        return self.actual / self.last_year_so_far - 1 if self.last_year_so_far > 0 else None

    @property
    def behind(self) -> Decimal | None:
        """What is missing to stand where the time stands; negative where it is ahead."""
        return self.target * self.time_gone - self.actual if self.target is not None else None

    @property
    def pace(self) -> Decimal | None:
        """Attained over time gone: below 1 lags."""
        return self.attained / self.time_gone if self.attained is not None and self.time_gone else None


@dataclass(frozen=True)
class Line:
    """One part of the answer. key: of the node (its code), product, customer or month; "" for what belongs to none."""

    key: str
    name: str
    standing: Standing


@dataclass(frozen=True)
class Attainment:
    """left_out: customers beyond MOST_CUSTOMERS are in the total only."""

    ask: Ask
    pace: Pace
    total: Standing
    lines: list[Line] = field(default_factory=list)
    left_out: bool = False


@dataclass(frozen=True)
class _Figures:
    """By key: actual, last year, so far of it, before, target, rows."""

    actual: dict[Hashable, Decimal]
    last_year: dict[Hashable, Decimal]
    so_far: dict[Hashable, Decimal]
    before: dict[Hashable, Decimal]
    target: dict[Hashable, Decimal]
    rows: dict[Hashable, int]

    @property
    def keys(self) -> list[Hashable]:
        return list(dict.fromkeys((*self.actual, *self.target, *self.last_year)))


def attainment(*, actor: Actor, ask: Ask, today: date) -> Attainment:
    """The total, and its parts where a group is asked for; what one does not see is in neither."""
    pace = pace_of(ask.period, today=today)
    total = _standings(_figures(actor, replace(ask, group=Group.NONE), pace, ()), pace).get(None) or _nothing(pace)
    if ask.group is Group.NONE:
        return Attainment(ask, pace, total)
    asked, left_out = ask, False
    if ask.group is Group.CUSTOMER and ask.where.customers is None:
        asked, left_out = _largest_customers(actor, ask)
    figures = _figures(actor, asked, pace, _by(ask.group), depth=node_depth(actor, ask.where))
    names = names_of(actor=actor, group=ask.group, keys=figures.keys, where=ask.where)
    return Attainment(ask, pace, total, _lines(ask, _standings(figures, pace, ask.group), names), left_out)


def node_depth(actor: Actor, where: Where) -> int:
    """Of the nodes that lie right below the asked one, or below the only one that the person sees; of those that the
    person sees where these are several."""
    if where.node is not None:
        return where.node.depth + 1
    scope = scope_of(actor)
    if scope.whole:
        return 2
    depths = [len(path) // Territory.steplen for path in scope.paths]
    return depths[0] + 1 if len(depths) == 1 else max(depths, default=2)


def _by(group: Group) -> tuple[str, ...]:
    return {Group.NODE: (NODE,), Group.PRODUCT: ("product_id",), Group.CUSTOMER: ("customer_id",)}.get(group, ())


def _largest_customers(actor: Actor, ask: Ask) -> tuple[Ask, bool]:
    found = totals(actor=actor, period=ask.period, by=("customer_id",), where=ask.where, largest=MOST_CUSTOMERS + 1)
    keys = tuple(total.key[0] for total in found[:MOST_CUSTOMERS])
    return replace(ask, where=replace(ask.where, customers=keys)), len(found) > MOST_CUSTOMERS


def _figures(actor: Actor, ask: Ask, pace: Pace, by: Sequence[str], depth: int = 2) -> _Figures:
    """Three questions: sales of the period and the one before, sales of a year ago, targets; each by month and `by`."""
    period, by_month = ask.period, ("month", *by)
    months = ask.group is Group.MONTH and not by

    # Of one month the one just before it counts, not the same place in the period before.
    earlier = Period(shifted(period.first, -1), period.count) if months else period.before()

    def asked(over: Period) -> list[Total]:
        return totals(actor=actor, period=over, by=by_month, where=ask.where, depth=depth)

    year_before = period.year_before()
    now = asked(between(earlier.first, period.last))
    then = asked(year_before)
    planned = _planned(actor, ask, by, depth)

    def summed(found: Iterable[Total], over: Period, shares: dict[int, Decimal] | None = None) -> Any:
        sums: dict[Hashable, Decimal] = defaultdict(Decimal)
        order = {month: at for at, month in enumerate(over.months)}
        for total in found:
            at = order.get(total.key[0])
            if at is None:
                continue
            key = period.months[at] if months else total.key[1] if by else None
            value = total.amount if ask.measure == Measure.AMOUNT else total.quantity
            sums[key] += value * shares[period.months[at]] if shares is not None else value
        return sums

    rows: dict[Hashable, int] = defaultdict(int)
    for total in now:
        if total.key[0] >= period.first:
            rows[total.key[0] if months else total.key[1] if by else None] += total.rows
    return _Figures(
        actual=summed(now, period),
        last_year=summed(then, year_before),
        so_far=summed(then, year_before, shares=pace.shares),
        before=summed(now, earlier),
        target=summed(planned, period),
        rows=rows,
    )


def _planned(actor: Actor, ask: Ask, by: Sequence[str], depth: int) -> list[Total]:
    """By month and `by`; of whole regions from the figures of the regions themselves."""
    where = ask.where
    anywhere = where.node is None and where.products is None and where.customers is None
    if anywhere and (not by or (tuple(by) == (NODE,) and depth == REGION)) and sees_whole_regions(actor):
        return region_targets(actor=actor, period=ask.period)
    return target_totals(actor=actor, period=ask.period, by=("month", *by), where=where, depth=depth)


def _standings(figures: _Figures, pace: Pace, group: Group = Group.NONE) -> dict[Hashable, Standing]:
    gone: dict[Any, Decimal] = pace.shares if group is Group.MONTH else {}
    return {
        key: Standing(
            actual=figures.actual.get(key, Decimal(0)),
            target=figures.target.get(key),
            last_year=figures.last_year.get(key, Decimal(0)),
            last_year_so_far=figures.so_far.get(key, Decimal(0)),
            before=figures.before.get(key, Decimal(0)),
            rows=figures.rows.get(key, 0),
            time_gone=gone.get(key, pace.share),
        )
        for key in figures.keys
    }


def _nothing(pace: Pace) -> Standing:
    zero = Decimal(0)
    return Standing(zero, None, zero, zero, zero, 0, pace.share)


def _lines(ask: Ask, standings: dict[Hashable, Standing], names: Names) -> list[Line]:
    lines = [Line(*names.key_and_name(key), standing) for key, standing in standings.items()]
    if ask.group is Group.MONTH:
        return sorted(lines, key=lambda line: line.key)
    if ask.group is Group.CUSTOMER:
        return sorted(lines, key=lambda line: (-line.standing.actual, line.key))
    return sorted(lines, key=lambda line: (line.standing.attained is None, -(line.standing.attained or 0), line.key))
