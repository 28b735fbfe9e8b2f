"""How sales stand this year, on one screen: read from the smallest sums, whatever the size of the ledger."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from repertory.core.actor import Actor
from repertory.core.periods import Period, month_number, shifted
from repertory.organisation.access import scope_of, visible_territories
from repertory.plans.queries.attainment import Group, Line, Standing, node_depth
from repertory.plans.queries.names import names_of
from repertory.plans.queries.pacing import Pace, pace_of
from repertory.plans.queries.targets import region_targets, target_totals
from repertory.sales.access import sees_whole_regions
from repertory.sales.queries.totals import EVERYTHING, NODE, Total, totals

LAGGING = Decimal("0.9")
"""Attained over time gone below which a part lags."""


@dataclass(frozen=True)
class Months:
    """Of the present year, month by month."""

    actual: list[Decimal]
    last_year: list[Decimal]
    target: list[Decimal]


@dataclass(frozen=True)
class Overview:
    """year: so far; this_month, last_month: actual. lines: by the nodes below, for who has only one by product."""

    pace: Pace
    year: Standing
    this_month: Decimal
    last_month: Decimal
    months: Months
    group: Group
    lines: list[Line]

    @property
    def lagging(self) -> list[Line]:
        return [line for line in self.lines if (line.standing.pace or Decimal(1)) < LAGGING]


def overview(*, actor: Actor, today: date) -> Overview:
    """Two statements for all figures."""
    year = Period(today.year * 100 + 1, 12)
    pace = pace_of(year, today=today)
    group, depth = _group(actor), node_depth(actor, EVERYTHING)
    by = ("month", NODE if group is Group.NODE else "product_id")
    sold = totals(actor=actor, period=Period(year.year_before().first, 24), by=by, depth=depth)
    planned = _targets(actor, year, group, depth)
    month = month_number(today)
    lines = _lines(actor, group, sold, planned, year, pace)
    whole = _standing(sold, planned, year, pace)
    by_month = _by_month(sold)
    target = _by_month(planned)
    return Overview(
        pace=pace,
        year=whole,
        this_month=by_month[month],
        last_month=by_month[shifted(month, -1)],
        months=Months(
            actual=[by_month[one] for one in year.months],
            last_year=[by_month[one] for one in year.year_before().months],
            target=[target[one] for one in year.months],
        ),
        group=group,
        lines=lines,
    )


def _group(actor: Actor) -> Group:
    """Somebody with one node that has nothing below it is better shown products."""
    scope = scope_of(actor)
    if scope.whole or len(scope.paths) != 1:
        return Group.NODE
    leaf = visible_territories(actor).filter(path=scope.paths[0], numchild=0).exists()
    return Group.PRODUCT if leaf else Group.NODE


def _targets(actor: Actor, year: Period, group: Group, depth: int) -> list[Total]:
    if group is Group.NODE and depth == 2 and sees_whole_regions(actor):
        return region_targets(actor=actor, period=year)
    by = ("month", NODE if group is Group.NODE else "product_id")
    return target_totals(actor=actor, period=year, by=by, depth=depth)


def _lines(actor: Actor, group: Group, sold: list[Total], planned: list[Total], year: Period, pace: Pace) -> list[Line]:
    parts: dict[Hashable, tuple[list[Total], list[Total]]] = defaultdict(lambda: ([], []))
    for total in sold:
        parts[total.key[1]][0].append(total)
    for total in planned:
        parts[total.key[1]][1].append(total)
    names = names_of(actor=actor, group=group, keys=list(parts), where=EVERYTHING)
    lines = [Line(*names.key_and_name(key), _standing(own, target, year, pace)) for key, (own, target) in parts.items()]
    known = [line for line in lines if line.standing.actual or line.standing.target]
    return sorted(known, key=lambda line: (line.standing.attained is None, -(line.standing.attained or 0), line.key))


def _standing(sold: list[Total], planned: list[Total], year: Period, pace: Pace) -> Standing:
    found = _by_month(sold)
    last_year = {month: found[shifted(month, -12)] for month in year.months}
    whole = sum(last_year.values(), Decimal(0))
    return Standing(
        actual=sum((found[month] for month in year.months), Decimal(0)),
        target=sum((total.amount for total in planned), Decimal(0)) if planned else None,
        last_year=whole,
        last_year_so_far=sum((value * pace.shares[month] for month, value in last_year.items()), Decimal(0)),
        before=whole,
        rows=sum(total.rows for total in sold if total.key[0] >= year.first),
        time_gone=pace.share,
    )


def _by_month(found: list[Total]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for total in found:
        sums[total.key[0]] += total.amount
    return sums
