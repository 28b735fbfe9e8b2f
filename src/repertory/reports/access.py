"""Who may ask for analyses and reports; which rows they are made of is each domain's own question."""

from django.db.models import Q, QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.organisation.access import has_role, may_write, scope_of
from repertory.organisation.choices import LEADERS, Role
from repertory.reports.choices import Audience
from repertory.reports.models import IssuedReport, ReportSchedule, SavedAnalysis
from repertory.sales import access as sales

FOR_THE_COMPANY = frozenset({Role.MANAGER, Role.FINANCE, Role.ADMIN})


def may_analyse(actor: Actor) -> bool:
    """The academic side has nothing to do with sales (M-LAW-1)."""
    return sales.may_see(actor)


def may_take_out(actor: Actor) -> bool:
    """As a file, not only on the screen."""
    return sales.may_export(actor)


def may_write_reports(actor: Actor) -> bool:
    """Keep analyses under a name."""
    return may_analyse(actor) and may_write(actor)


def may_schedule(actor: Actor, audience: str = Audience.SELF) -> bool:
    if actor.user_id is None or not may_take_out(actor) or not may_write(actor):
        return False
    if audience == Audience.TEAM:
        return has_role(actor, *LEADERS)
    if audience == Audience.COMPANY:
        return scope_of(actor).whole and has_role(actor, *FOR_THE_COMPANY)
    return True


def visible_analyses(actor: Actor) -> QuerySet[SavedAnalysis]:
    """One's own and those that others share; each is answered with one's own rows."""
    return SavedAnalysis.objects.filter(Q(user_id=actor.user_id) | Q(shared=True)).order_by("name", "pk")


def own_schedules(actor: Actor) -> QuerySet[ReportSchedule]:
    return ReportSchedule.objects.filter(owner_id=actor.user_id)


def own_issued(actor: Actor) -> QuerySet[IssuedReport]:
    """A copy holds what its receiver could see then: nobody else gets it."""
    return IssuedReport.objects.filter(person_id=actor.user_id)


def get_issued(actor: Actor, issued_id: int) -> IssuedReport:
    found = own_issued(actor).filter(pk=issued_id).first()
    if found is None:
        raise NotFound()
    return found
