"""When a scheduled report is due, for which period, and who gets it."""

from datetime import date, timedelta

from repertory.core.actor import Actor, Door
from repertory.core.periods import Period, month_number, shifted
from repertory.organisation.access import scope_of
from repertory.organisation.choices import LEADERS
from repertory.organisation.models import Territory, User
from repertory.organisation.queries.chain import assignments_on, holders_of
from repertory.reports import access
from repertory.reports.choices import Audience, Rhythm
from repertory.reports.models import ReportSchedule
from repertory.visits.access import led_people

ONE_DAY = timedelta(days=1)


def due(rhythm: str, day: date) -> tuple[Period, str]:
    """The last period that is over on a day, daily and weekly ones the month so far, and what tells this time from the next."""
    yesterday = day - ONE_DAY
    if rhythm == Rhythm.DAILY:
        return Period(month_number(yesterday), 1), yesterday.isoformat()
    if rhythm == Rhythm.WEEKLY:
        year, week, _weekday = day.isocalendar()
        return Period(month_number(day - ONE_DAY * day.isoweekday()), 1), f"{year}-W{week:02d}"
    month = month_number(day)
    if rhythm == Rhythm.MONTHLY:
        period = Period(shifted(month, -1), 1)
    elif rhythm == Rhythm.QUARTERLY:
        period = Period(shifted(month, -3 - (month % 100 - 1) % 3), 3)
    else:
        period = Period((month // 100 - 1) * 100 + 1, 12)
    return period, period.name


def receivers(schedule: ReportSchedule, *, day: date) -> list[User]:
    """Whoever is still in use and may see sales, the owner first."""
    owner = schedule.owner
    if not owner.is_active or not access.may_schedule(_as(owner), schedule.audience):
        return []
    found = {owner.pk: owner}
    held = assignments_on(day).values("user_id")
    if schedule.audience == Audience.TEAM:
        found |= {person.pk: person for person in led_people(_as(owner)).filter(pk__in=held).order_by("pk")}
    elif schedule.audience == Audience.COMPANY:
        found |= {
            person.pk: person for person in User.objects.filter(pk__in=holders_of(LEADERS, day=day)).order_by("pk")
        }
    return [person for person in found.values() if person.is_active and access.may_analyse(_as(person))]


def view_of(person: User, node: Territory | None) -> tuple[Actor, Territory | None] | None:
    """The person as reader, and the node as far as the person sees it: None for everything in sight; nothing where the two
    have nothing in common."""
    actor = _as(person)
    if node is None:
        return actor, None
    scope = scope_of(actor)
    if scope.covers(node.path):
        return actor, node
    return (actor, None) if scope.paths and all(path.startswith(node.path) for path in scope.paths) else None


def _as(person: User) -> Actor:
    return Actor(user=person, door=Door.JOB)
