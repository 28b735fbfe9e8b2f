"""Tours over places, for any program that plans days."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel

from repertory.platform.api.writing import respond
from repertory.visits.inputs import PlanRoute
from repertory.visits.routing import Plan, Problem, Stop, plan_tours

router = Router(tags=["visits"])


class TourOut(BaseModel):
    """arrivals: minutes since midnight. distance: metres, or plane units."""

    order: list[int]
    arrivals: list[int]
    distance: int


class PlanOut(BaseModel):
    """method: pyvrp, or nearest where the solver is not installed. order: of all tours, one after the other."""

    method: str
    order: list[int]
    distance: int
    routes: list[TourOut]
    unserved: list[int]


@router.post("/routes", response={200: PlanOut}, operation_id="plan_route")
def plan(request: HttpRequest, data: PlanRoute) -> HttpResponse:
    """Stops → order and distance of the shortest tours that keep the hours. Stores nothing."""
    return respond(_shown(plan_tours(_problem(data), seconds=data.seconds)))


def _problem(data: PlanRoute) -> Problem:
    count = len(data.stops)
    middle = sum(stop.longitude for stop in data.stops) / count, sum(stop.latitude for stop in data.stops) / count
    return Problem(
        start=(data.start.longitude, data.start.latitude) if data.start else middle,
        stops=[
            Stop(
                stop.id,
                stop.longitude,
                stop.latitude,
                opens=_minutes(stop.opens, 0),
                closes=_minutes(stop.closes, 24 * 60),
                minutes=stop.minutes,
                load=stop.load,
            )
            for stop in data.stops
        ],
        tours=data.tours,
        capacity=data.capacity,
        opens=_minutes(data.opens, 0),
        closes=_minutes(data.closes, 24 * 60),
        speed=data.kilometres_per_hour,
        planar=data.planar,
    )


def _minutes(value: Any, otherwise: int) -> int:
    return otherwise if value is None else value.hour * 60 + value.minute


def _shown(plan_: Plan) -> dict[str, Any]:
    tours = [{"order": tour.keys, "arrivals": tour.arrivals, "distance": tour.distance} for tour in plan_.tours]
    return {
        "method": plan_.method,
        "order": [key for tour in plan_.tours for key in tour.keys],
        "distance": plan_.distance,
        "routes": tours,
        "unserved": plan_.unserved,
    }
