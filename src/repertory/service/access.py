"""Who sees which cases and adverse events, and who may do what to them (M-ORG-3)."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed, NotFound
from repertory.customers import access as customers
from repertory.organisation.access import has_role, may_write, scope_of
from repertory.organisation.choices import Role
from repertory.service.models import AdverseEvent, Case

EXPORTERS = frozenset(
    {Role.SUPERVISOR, Role.MANAGER, Role.PRODUCT_MANAGER, Role.MARKETER, Role.FINANCE, Role.ADMIN, Role.AUDITOR}
)
IMPORTERS = frozenset({Role.MANAGER, Role.FINANCE, Role.ADMIN})
LEADERS = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.ADMIN})
# Adverse events are nobody's business who only keeps the books; product manager and marketer see them without the person.
EVENT_READERS = frozenset(Role) - {Role.FINANCE}
PERSON_READERS = frozenset({Role.REP, Role.SUPERVISOR, Role.MANAGER, Role.ADMIN, Role.AUDITOR})
EVENT_WORKERS = frozenset({Role.REP, Role.SUPERVISOR, Role.MANAGER, Role.PRODUCT_MANAGER, Role.MARKETER, Role.ADMIN})
# Who tells the pharmacovigilance department, and says when it is over.
EVENT_CHASERS = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.ADMIN})
EVENT_EXPORTERS = frozenset({Role.MANAGER, Role.ADMIN, Role.AUDITOR})


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Where every read of cases starts: those of customers in sight, and those that one owns or opened."""
    return _of_visible_or_own(actor, Case.objects.all(), "owner_id", "opened_by_id")


def visible_events(actor: Actor) -> QuerySet[AdverseEvent]:
    """The same of adverse events: at customers in sight, and what one reported oneself."""
    if not has_role(actor, *EVENT_READERS):
        return AdverseEvent.objects.none()
    return _of_visible_or_own(actor, AdverseEvent.objects.all(), "reported_by_id")


def _of_visible_or_own(actor: Actor, rows: QuerySet, *own: str) -> QuerySet:
    inside = customers.of_visible(actor, rows)
    if actor.user_id is None or scope_of(actor).whole:
        return inside
    condition = Q(pk__in=inside.order_by().values("pk"))
    for column in own:
        condition |= Q(**{column: actor.user_id})
    return rows.filter(condition)


def may_see(actor: Actor) -> bool:
    """Everybody signed in has the pages of cases; what stands there is visible_cases' question."""
    return True


def may_see_events(actor: Actor) -> bool:
    return has_role(actor, *EVENT_READERS)


def may_open(actor: Actor) -> bool:
    """Opening a case, and every step of one in sight."""
    return may_write(actor)


def may_assign(actor: Actor) -> bool:
    """In general; an owner may also give a case away, see may_give_away."""
    return may_write(actor) and has_role(actor, *LEADERS)


def may_give_away(actor: Actor, case: Case) -> bool:
    own = actor.user_id is not None and case.owner_id in (actor.user_id, None)
    return may_write(actor) and (own or has_role(actor, *LEADERS))


def may_report_events(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, *EVENT_WORKERS)


def may_chase_events(actor: Actor) -> bool:
    """Handing over and closing."""
    return may_write(actor) and has_role(actor, *EVENT_CHASERS)


def may_read_persons(actor: Actor) -> bool:
    """In general; of which report, may_read_person says."""
    return has_role(actor, *PERSON_READERS)


def may_read_person(actor: Actor, event: AdverseEvent) -> bool:
    """Patient and reporter: whoever reported it, and those whose role opens private fields at this customer."""
    if not may_read_persons(actor):
        return False
    return event.reported_by_id == actor.user_id or customers.may_read_private(actor, event.customer_id)


def may_export(actor: Actor) -> bool:
    return has_role(actor, *EXPORTERS)


def may_import(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, *IMPORTERS)


def may_export_events(actor: Actor) -> bool:
    return has_role(actor, *EVENT_EXPORTERS)


def get_case(actor: Actor, case_id: int) -> Case:
    """The case, or NotFound: not there and not yours can't be told apart."""
    case = visible_cases(actor).filter(pk=case_id).first()
    if case is None:
        raise NotFound()
    return case


def get_event(actor: Actor, event_id: int) -> AdverseEvent:
    event = visible_events(actor).filter(pk=event_id).first()
    if event is None:
        raise NotFound()
    return event


def lock_case(actor: Actor, case_id: int) -> Case:
    """The case, locked for a step. NotFound out of sight, NotAllowed where the person may only look."""
    get_case(actor, case_id)
    if not may_open(actor):
        raise NotAllowed(_("您可以查看这个个案，但不能处理。"))
    return Case.objects.select_for_update(of=("self",)).get(pk=case_id)


def lock_event(actor: Actor, event_id: int, *, allowed: bool) -> AdverseEvent:
    get_event(actor, event_id)
    if not allowed:
        raise NotAllowed(_("您可以查看这份不良反应报告，但不能做这项操作。"))
    return AdverseEvent.objects.select_for_update(of=("self",)).get(pk=event_id)
