"""The day's route and the areas, with a map that needs no tiles from outside; both print well."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import InvalidInput, RuleViolation
from repertory.core.inputs import read_input
from repertory.core.time import read_day
from repertory.core.web.pages import page
from repertory.organisation.models import User
from repertory.visits import access, actions
from repertory.visits.inputs import ApplyRoute
from repertory.visits.queries.routes import DayRoute, areas_of, day_route
from repertory.visits.queries.visits import team_of
from repertory.visits.routing.solving import has_solver

WIDTH, HEIGHT, EDGE = 720, 420, 24
MOST_AREAS = 12


@page(allow=access.may_record, methods=("GET", "POST"))
def day(request: HttpRequest) -> HttpResponse:
    """?on= a day, ?person= of the team, ?order= keys of visits by hand. POST takes the order over into the plan."""
    on, person = _day(request.GET.get("on", "")), access.person_for(request.actor, request.GET.get("person", ""))
    if request.method == "POST":
        return _apply(request, on, person)
    order = [int(key) for key in request.GET.getlist("order") if _is_number(key)]
    placed = _by_hand(request, order)
    route = day_route(actor=request.actor, person=person, on=on, order=placed)
    context = {
        "route": route,
        "rows": _rows(route),
        "map": picture([[(stop.x, stop.y) for stop in _in_order(route)]]),
        "saved": _saved(route),
        "on": on,
        "person": person,
        "own": person.pk == request.actor.user_id,
        "team": team_of(actor=request.actor, on=time.today()),
        "has_solver": has_solver(),
    }
    return render(request, "visits/route.html", context)


def _by_hand(request: HttpRequest, order: list[int]) -> list[int]:
    """The numbers typed beside the stops, place-KEY=3, else the order of the address."""
    typed = {
        int(name.removeprefix("place-")): int(value)
        for name, value in request.GET.items()
        if name.startswith("place-") and _is_number(name.removeprefix("place-")) and _is_number(value)
    }
    return sorted(typed, key=lambda key: (typed[key], key)) if typed else order


def _is_number(text: str) -> bool:
    """A number that an address may hold; ² is a digit too, and thousands of digits are none of a person."""
    return text.isascii() and text.isdigit() and len(text) < 19


def _apply(request: HttpRequest, on: date, person: User) -> HttpResponse:
    try:
        given = {"on": on, "order": request.POST.getlist("order"), "username": person.username}
        actions.apply_route(actor=request.actor, at=time.now(), data=read_input(ApplyRoute, given))
        told.success(request, _("当天的拜访已按这个顺序排好时间。"))
    except (InvalidInput, RuleViolation) as error:
        told.error(request, str(error.message))
    return redirect(f"{request.path}?{request.GET.urlencode()}")


def _in_order(route: DayRoute) -> list[Any]:
    stops = {stop.key: stop for stop in route.problem.stops}
    tour = route.given or (route.best.tours[0] if route.best.tours else None)
    return [stops[key] for key in tour.keys] if tour else list(stops.values())


def _rows(route: DayRoute) -> list[dict[str, Any]]:
    arrivals = dict(zip(route.given.keys, route.given.arrivals, strict=True)) if route.given else {}
    return [
        {"visit": route.visits[stop.key], "number": number, "arrives": _clock(arrivals.get(stop.key))}
        for number, stop in enumerate(_in_order(route), start=1)
    ]


def _saved(route: DayRoute) -> dict[str, Any] | None:
    """What the best order would save against the one shown."""
    if not route.best.tours or route.best.unserved:
        return None
    best = route.best.tours[0]
    shown = route.given.distance if route.given else None
    return {"order": best.keys, "km": best.distance / 1000, "less": (shown - best.distance) / 1000 if shown else None}


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"


@page(allow=access.may_record)
def areas(request: HttpRequest) -> HttpResponse:
    """?areas= how many. One's own customers, or ?person= of the team."""
    person = access.person_for(request.actor, request.GET.get("person", ""))
    wanted = request.GET.get("areas", "")
    count = min(MOST_AREAS, max(1, int(wanted))) if _is_number(wanted) else 5
    found, nowhere = areas_of(person=person, on=time.today(), count=count)
    context = {
        "areas": [
            {"number": number, "area": area, "km": area.metres / 1000} for number, area in enumerate(found, start=1)
        ],
        "nowhere": nowhere,
        "map": picture([area.places for area in found]),
        "count": count,
        "person": person,
        "team": team_of(actor=request.actor, on=time.today()),
        "has_solver": has_solver(),
    }
    return render(request, "visits/areas.html", context)


def picture(tours: Sequence[Sequence[tuple[float, float]]]) -> dict[str, Any]:
    """Tours as lines and numbered dots in a picture of WIDTH × HEIGHT, north up, equal scale both ways."""
    places = [place for tour in tours for place in tour]
    if not places:
        return {"width": WIDTH, "height": HEIGHT, "tours": []}
    west, south = min(place[0] for place in places), min(place[1] for place in places)
    east, north = max(place[0] for place in places), max(place[1] for place in places)
    # A degree of longitude is shorter than one of latitude; 0.85 is right at 32° north, near enough for a sketch.
    scale = min((WIDTH - 2 * EDGE) / max((east - west) * 0.85, 1e-4), (HEIGHT - 2 * EDGE) / max(north - south, 1e-4))

    def dot(place: tuple[float, float], number: int) -> dict[str, Any]:
        x = EDGE + (place[0] - west) * 0.85 * scale
        return {"x": round(x, 1), "y": round(HEIGHT - EDGE - (place[1] - south) * scale, 1), "number": number}

    shown = [
        {"tone": index % 7 + 1, "dots": [dot(place, number) for number, place in enumerate(tour, start=1)]}
        for index, tour in enumerate(tours)
    ]
    for tour in shown:
        tour["line"] = " ".join(f"{one['x']},{one['y']}" for one in tour["dots"])
    return {"width": WIDTH, "height": HEIGHT, "tours": shown}


def _day(value: str) -> date:
    try:
        return read_day(value) if value else time.today()
    except ValueError:
        return time.today()
