"""A superior's team in a month."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from repertory.core.actor import Actor
from repertory.core.time import month_of
from repertory.organisation.models import User
from repertory.visits.access import visible_coachings
from repertory.visits.choices import ReportKind, Status
from repertory.visits.models import PersonalReport, Visit
from repertory.visits.queries.due import Done, months_of_reps
from repertory.visits.queries.visits import team_of

MOST = 120


@dataclass(frozen=True)
class Member:
    """A person's month. today_planned, today_done: of the present day. last_coached: None if never."""

    person: User
    month: Done
    today_planned: int
    today_done: int
    reported: bool
    last_coached: date | None


def team_month(*, actor: Actor, month: date, today: date) -> list[Member]:
    """Those whom one leads, each with the month so far; who covers least comes first."""
    people = team_of(actor=actor, on=today)[:MOST]
    days = month_of(month)
    until = min(today, days.end) if today >= days.start else None
    of_today = Visit.objects.filter(user__in=people, day=today).order_by().values_list("user")
    planned = dict(of_today.annotate(planned=Count("pk", filter=Q(planned_on__isnull=False))))
    done = dict(of_today.annotate(done=Count("pk", filter=Q(status=Status.DONE))))
    reports = PersonalReport.objects.filter(user__in=people, kind=ReportKind.DAILY, starts_on=today)
    reported = set(reports.values_list("user_id", flat=True))
    coached = dict(visible_coachings(actor).order_by().values_list("user").annotate(last=Max("on")))
    months = months_of_reps(people=people, month=days.start, on=today, until=until)
    members = [
        Member(
            person,
            months[person.pk],
            planned.get(person.pk, 0),
            done.get(person.pk, 0),
            person.pk in reported,
            coached.get(person.pk),
        )
        for person in people
    ]
    return sorted(
        members, key=lambda member: (member.month.coverage is None, member.month.coverage or 0, member.person.pk)
    )
