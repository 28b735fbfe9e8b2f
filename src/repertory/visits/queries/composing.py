"""What a personal report says by itself: composed from the records, so that sending takes a minute."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from repertory.core.actor import Actor
from repertory.core.time import Days, month_of, week_of
from repertory.organisation.models import User
from repertory.visits import access
from repertory.visits.choices import ReportKind, Status
from repertory.visits.models import Visit
from repertory.visits.queries.due import month_of_person

MOST_LINES = 200


def days_of(kind: str, on: date) -> Days:
    """The days that a report of this kind speaks of."""
    if kind == ReportKind.WEEKLY:
        return week_of(on)
    if kind == ReportKind.MONTHLY:
        return month_of(on)
    return Days(on, date.fromordinal(on.toordinal() + 1))


def compose(*, actor: Actor, person: User, kind: str, on: date) -> dict[str, Any]:
    """Figures and lines of a person's day, week or month, in plain values.

    {"planned", "done", "planned_done", "unplanned", "cancelled", "customers", "late", "products": [[name, visits]],
    "lines": [{"visit_id", "time", "customer", "purpose", "products", "result"}], "questions": [[customer, text]],
    "next": [[day, customer, aim]], "month": {"coverage", "frequency", "execution"} for weekly and monthly ones}
    """
    days = days_of(kind, on)
    rows = list(_of_days(actor, person, days))
    done = [visit for visit in rows if visit.status == Status.DONE]
    composed: dict[str, Any] = {
        "planned": sum(visit.planned_on is not None for visit in rows),
        "done": len(done),
        "planned_done": sum(visit.planned_on is not None for visit in done),
        "unplanned": sum(visit.planned_on is None for visit in done),
        "cancelled": sum(visit.status == Status.CANCELLED for visit in rows),
        "customers": len({visit.customer_id for visit in done}),
        "late": sum(visit.late for visit in done),
        "products": _products(done),
        "lines": [_line(visit) for visit in done[:MOST_LINES]],
        "questions": [[visit.customer.name, visit.questions] for visit in done if visit.questions][:MOST_LINES],
        "next": _next(actor, person, days.end),
    }
    if kind in (ReportKind.WEEKLY, ReportKind.MONTHLY):
        month = month_of_person(person=person, month=days.start, until=days.end)
        composed["month"] = {
            "coverage": month.coverage,
            "frequency": month.frequency,
            "execution": month.execution,
            "due": month.due,
            "reached": month.reached,
        }
    return composed


def _of_days(actor: Actor, person: User, days: Days) -> QuerySet[Visit]:
    rows = access.visible_visits(actor).filter(user=person, day__gte=days.start, day__lt=days.end)
    return rows.select_related("customer").prefetch_related("products__product").order_by("day", "starts_at", "pk")


def _products(done: Iterable[Visit]) -> list[list[Any]]:
    counts: dict[str, int] = {}
    for visit in done:
        for talked in visit.products.all():
            counts[str(talked.product)] = counts.get(str(talked.product), 0) + 1
    return [[name, count] for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _line(visit: Visit) -> dict[str, Any]:
    return {
        "visit_id": visit.pk,
        "time": visit.starts_at.isoformat() if visit.starts_at else "",
        "customer": visit.customer.name,
        "purpose": visit.purpose,
        "products": [str(talked.product) for talked in visit.products.all()],
        "result": visit.consensus or visit.next_step or visit.focus,
    }


def _next(actor: Actor, person: User, start: date) -> list[list[str]]:
    """The day that follows on which something is planned."""
    coming = access.visible_visits(actor).filter(user=person, status=Status.PLANNED, day__gte=start)
    first = coming.order_by("day", "pk").values_list("day", flat=True).first()
    if first is None:
        return []
    rows = coming.filter(day=first).select_related("customer").order_by("planned_start", "pk")[:50]
    return [[str(visit.day), visit.customer.name, visit.aim] for visit in rows]
