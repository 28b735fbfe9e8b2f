"""A month's visits laid on its working days: who is due how often, when they can be seen, and little travel.

Pure: no database. Hard rules, never broken: only the given days, only within a customer's hours, a customer at most once
a day and its visits apart, no more visits a day than allowed, home before the day ends. Visits go in by cheapest
insertion, sweeping around the person's base, and are then taken out and put back while that shortens the way.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import atan2, ceil, cos, hypot, radians

Place = tuple[float, float]
Window = tuple[int, int]
"""Minutes since midnight, half open."""

PASSES = 6
KILOMETRES_A_DEGREE = 111.195
# A day takes no more than its even share and so many, where that is possible.
ABOVE_SHARE = 2
# Visits of one customer keep at least this part of the even distance between them.
APART = 0.5


@dataclass(frozen=True)
class Due:
    """A customer and how often it is to be seen. place: (longitude, latitude) WGS-84, None where unknown. hours: weekday
    → windows; an empty mapping: at any time of any day. seen: days in the month on which it is seen already."""

    customer_id: int
    times: int
    place: Place | None = None
    hours: Mapping[int, Sequence[Window]] = field(default_factory=dict)
    seen: tuple[date, ...] = ()


@dataclass(frozen=True)
class Frame:
    """minutes: of one visit. opens, closes: of the working day, in minutes since midnight."""

    days: tuple[date, ...]
    most_a_day: int = 12
    minutes: int = 20
    opens: int = 8 * 60
    closes: int = 18 * 60
    kilometres_per_hour: float = 25.0


@dataclass(frozen=True)
class Call:
    customer_id: int
    day: date
    starts: int
    """Minutes since midnight."""


@dataclass(frozen=True)
class Shortfall:
    """So many visits of a customer found no place. reason: no_day (its hours miss all days) or full."""

    customer_id: int
    missing: int
    reason: str


@dataclass(frozen=True)
class Cycle:
    calls: tuple[Call, ...]
    shortfalls: tuple[Shortfall, ...]
    kilometres: float


@dataclass
class _Visit:
    due: Due
    slot: range
    x: float
    y: float
    day: int = -1


class _Planner:
    def __init__(self, dues: Sequence[Due], frame: Frame) -> None:
        self.frame = frame
        self.tours: list[list[_Visit]] = [[] for _day in frame.days]
        self.days_of: dict[int, list[int]] = {}
        share = ceil(sum(max(0, due.times - len(due.seen)) for due in dues) / max(1, len(frame.days)))
        self.fair = min(frame.most_a_day, share + ABOVE_SHARE)
        self.most = self.fair
        self.index = {day: number for number, day in enumerate(frame.days)}
        self.centre = _centre(due.place for due in dues)
        self.scale = cos(radians(self.centre[1])) * KILOMETRES_A_DEGREE

    def visits_of(self, due: Due) -> list[_Visit]:
        """The wanted visits, each with the part of the month in which it belongs."""
        x, y = self._flat(due.place)
        self.days_of[due.customer_id] = sorted(self._nearest(day) for day in due.seen)
        count = len(self.frame.days)
        return [
            _Visit(due, range(count * part // due.times, ceil(count * (part + 1) / due.times)), x, y)
            for part in range(len(due.seen), due.times)
        ]

    def insert(self, visit: _Visit) -> bool:
        """Where it costs least: on a day that is not fuller than others, in its part of the month, else anywhere the rules
        allow."""
        everywhere = range(len(self.tours))
        if self._put(visit, visit.slot) or self._put(visit, everywhere):
            return True
        self.most = self.frame.most_a_day
        placed = self._put(visit, visit.slot) or self._put(visit, everywhere) or self._make_room(visit)
        self.most = self.fair
        return placed

    def _put(self, visit: _Visit, days: range) -> bool:
        best = self._best(visit, days)
        if best is None:
            return False
        self._put_back(visit, *best[1:])
        return True

    def _put_back(self, visit: _Visit, day: int, position: int) -> None:
        self.tours[day].insert(position, visit)
        self.days_of[visit.due.customer_id].append(day)
        visit.day = day

    def _take_out(self, visit: _Visit, position: int) -> None:
        self.tours[visit.day].pop(position)
        self.days_of[visit.due.customer_id].remove(visit.day)

    def _make_room(self, visit: _Visit) -> bool:
        """Where every day is full: put another visit elsewhere, if both then fit."""
        for day, tour in enumerate(self.tours):
            if not self._allowed(visit, day):
                continue
            for other in list(tour):
                position = tour.index(other)
                self._take_out(other, position)
                if self._put(visit, range(day, day + 1)):
                    if self._put(other, range(len(self.tours))):
                        return True
                    self._take_out(visit, self.tours[visit.day].index(visit))
                self._put_back(other, day, position)
        return False

    def improve(self, visit: _Visit) -> float:
        """Take it out and put it where it costs least; returns the kilometres saved, 0 when it goes back."""
        day, tour = visit.day, self.tours[visit.day]
        position = tour.index(visit)
        saved = self._leg_saved(tour, position)
        self._take_out(visit, position)
        best = self._best(visit, visit.slot if day in visit.slot else range(len(self.tours)))
        if best is None or best[0] >= saved - 1e-9:
            self._put_back(visit, day, position)
            return 0.0
        self._put_back(visit, *best[1:])
        return saved - best[0]

    def _best(self, visit: _Visit, days: range) -> tuple[float, int, int] | None:
        best: tuple[float, int, int] | None = None
        for day in days:
            tour = self.tours[day]
            if len(tour) >= self.most or not self._allowed(visit, day):
                continue
            for cost, position in sorted(self._costs(tour, visit)):
                if best is not None and cost >= best[0]:
                    break
                if self.schedule(day, [*tour[:position], visit, *tour[position:]]) is not None:
                    best = (cost, day, position)
                    break
        return best

    def _allowed(self, visit: _Visit, day: int) -> bool:
        """Whether the customer can be seen on the day, and not too near to its other visits."""
        if visit.due.hours and self.frame.days[day].weekday() not in visit.due.hours:
            return False
        apart = max(1, int(len(self.frame.days) / visit.due.times * APART))
        return all(abs(day - other) >= apart for other in self.days_of[visit.due.customer_id])

    def _costs(self, tour: list[_Visit], visit: _Visit) -> Iterable[tuple[float, int]]:
        x, y = 0.0, 0.0
        for position in range(len(tour) + 1):
            nx, ny = (tour[position].x, tour[position].y) if position < len(tour) else (0.0, 0.0)
            added = hypot(visit.x - x, visit.y - y) + hypot(nx - visit.x, ny - visit.y) - hypot(nx - x, ny - y)
            yield added, position
            x, y = nx, ny

    def _leg_saved(self, tour: list[_Visit], position: int) -> float:
        before = tour[position - 1] if position else None
        after = tour[position + 1] if position + 1 < len(tour) else None
        x, y = (before.x, before.y) if before else (0.0, 0.0)
        nx, ny = (after.x, after.y) if after else (0.0, 0.0)
        here = tour[position]
        return hypot(here.x - x, here.y - y) + hypot(nx - here.x, ny - here.y) - hypot(nx - x, ny - y)

    def schedule(self, day: int, tour: Sequence[_Visit]) -> list[int] | None:
        """When each visit begins, in minutes since midnight; None where the hours or the day's end do not allow it."""
        frame, weekday = self.frame, self.frame.days[day].weekday()
        clock, x, y = float(frame.opens), 0.0, 0.0
        starts: list[int] = []
        for number, visit in enumerate(tour):
            if number:  # The way from home to the first and back from the last is not working time.
                clock += hypot(visit.x - x, visit.y - y) / frame.kilometres_per_hour * 60
            start = _first_moment(clock, visit.due.hours.get(weekday), frame.minutes)
            if start is None or start + frame.minutes > frame.closes:
                return None
            starts.append(ceil(start))
            clock, x, y = start + frame.minutes, visit.x, visit.y
        return starts

    def kilometres(self) -> float:
        return sum(_length(tour) for tour in self.tours)

    def _flat(self, place: Place | None) -> tuple[float, float]:
        """Kilometres east and north of the base; a customer without a place counts as at the base."""
        if place is None:
            return 0.0, 0.0
        return (place[0] - self.centre[0]) * self.scale, (place[1] - self.centre[1]) * KILOMETRES_A_DEGREE

    def _nearest(self, day: date) -> int:
        return min(self.index.values(), key=lambda number: abs((self.frame.days[number] - day).days), default=0)


def propose(dues: Sequence[Due], frame: Frame) -> Cycle:
    """Lay what is due on the days. Deterministic: the same input gives the same plan."""
    if not frame.days:
        return Cycle((), tuple(Shortfall(due.customer_id, due.times, "no_day") for due in dues if due.times), 0.0)
    planner = _Planner(dues, frame)
    wanted = [visit for due in dues if due.times for visit in planner.visits_of(due)]
    # What has the fewest days goes first; among equals once around the base, so that neighbours meet on the same day.
    wanted.sort(key=lambda visit: (_days_open(visit, frame), atan2(visit.y, visit.x), visit.due.customer_id))
    missing: dict[int, int] = {}
    placed: list[_Visit] = []
    for visit in wanted:
        if planner.insert(visit):
            placed.append(visit)
        else:
            missing[visit.due.customer_id] = missing.get(visit.due.customer_id, 0) + 1
    for _pass in range(PASSES):
        if sum(planner.improve(visit) for visit in placed) < 0.1:
            break
    return Cycle(tuple(_calls(planner)), tuple(_shortfalls(missing, dues, frame)), planner.kilometres())


def first_come(dues: Sequence[Due], frame: Frame) -> float:
    """Kilometres of the plan that a person makes from the list: down the list, day by day, as many as fit."""
    planner = _Planner(dues, frame)
    wanted = [visit for due in dues if due.times for visit in planner.visits_of(due)]
    a_day = ceil(len(wanted) / max(1, len(frame.days)))
    wanted.sort(key=lambda visit: visit.slot.start)
    return sum(_length(wanted[start : start + a_day]) for start in range(0, len(wanted), a_day))


def _calls(planner: _Planner) -> Iterable[Call]:
    for number, tour in enumerate(planner.tours):
        for visit, start in zip(tour, planner.schedule(number, tour) or [], strict=True):
            yield Call(visit.due.customer_id, planner.frame.days[number], start)


def _shortfalls(missing: Mapping[int, int], dues: Sequence[Due], frame: Frame) -> Iterable[Shortfall]:
    hours = {due.customer_id: due.hours for due in dues}
    weekdays = {day.weekday() for day in frame.days}
    for customer_id, count in missing.items():
        reachable = not hours[customer_id] or not weekdays.isdisjoint(hours[customer_id])
        yield Shortfall(customer_id, count, "full" if reachable else "no_day")


def _days_open(visit: _Visit, frame: Frame) -> int:
    if not visit.due.hours:
        return len(visit.slot)
    return sum(frame.days[day].weekday() in visit.due.hours for day in visit.slot)


def _first_moment(clock: float, windows: Sequence[Window] | None, minutes: int) -> float | None:
    """The first moment from `clock` on at which a visit of so many minutes fits; None: too late for every window."""
    if windows is None:
        return clock
    for opens, closes in sorted(windows):
        start = max(clock, float(opens))
        if start + minutes <= closes:
            return start
    return None


def _length(tour: Sequence[_Visit]) -> float:
    x, y, total = 0.0, 0.0, 0.0
    for visit in tour:
        total += hypot(visit.x - x, visit.y - y)
        x, y = visit.x, visit.y
    return total + hypot(x, y) if tour else 0.0


def _centre(places: Iterable[Place | None]) -> Place:
    known = [place for place in places if place is not None]
    if not known:
        return 0.0, 0.0
    return sum(place[0] for place in known) / len(known), sum(place[1] for place in known) / len(known)
