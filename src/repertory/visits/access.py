"""Who sees which visits, plans, reports and coachings, and who may do what (M-ORG-3)."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed, NotFound
from repertory.customers import access as customers
from repertory.organisation.access import has_role, may_write, visible_people
from repertory.organisation.choices import Role
from repertory.organisation.models import User
from repertory.visits.models import CallFrequency, Coaching, PersonalReport, Visit, VisitingHours, VisitPlan

FIELD = frozenset({Role.REP, Role.SUPERVISOR, Role.MANAGER})
RECORDERS = FIELD | {Role.PRODUCT_MANAGER, Role.MARKETER}
LEADERS = frozenset({Role.SUPERVISOR, Role.MANAGER})
READERS = frozenset({Role.ADMIN, Role.AUDITOR})
EXPORTERS = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.ADMIN, Role.AUDITOR})
IMPORTERS = frozenset({Role.MANAGER, Role.ADMIN})


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """Where every read of visits starts: those to customers in sight. Who lost a territory sees its visits no longer, and
    who took it over sees what was done before."""
    return customers.of_visible(actor, Visit.objects.all())


def visible_plans(actor: Actor) -> QuerySet[VisitPlan]:
    """Own plans, and those of the people one leads."""
    return _of_people(actor, VisitPlan.objects.all())


def visible_reports(actor: Actor) -> QuerySet[PersonalReport]:
    """Own reports, those of the people one leads, and those that one was given to read."""
    rows = PersonalReport.objects.all()
    if _reads_everybody(actor):
        return rows
    given = Q(readings__user_id=actor.user_id)
    led = Q(user__in=led_people(actor)) if has_role(actor, *LEADERS) else Q(pk__in=[])
    return rows.filter(Q(user_id=actor.user_id) | led | given).distinct()


def visible_coachings(actor: Actor) -> QuerySet[Coaching]:
    """What one received or wrote, and that of the people one leads."""
    rows = Coaching.objects.all()
    if _reads_everybody(actor):
        return rows
    own = Q(user_id=actor.user_id) | Q(coach_id=actor.user_id)
    return rows.filter(own | Q(user__in=led_people(actor)) if has_role(actor, *LEADERS) else own)


def visible_hours(actor: Actor) -> QuerySet[VisitingHours]:
    return customers.of_visible(actor, VisitingHours.objects.all())


def visible_frequencies(actor: Actor) -> QuerySet[CallFrequency]:
    """How often whom is no secret inside the company."""
    return CallFrequency.objects.all()


def led_people(actor: Actor) -> QuerySet[User]:
    """Those who hold or held a post below one's own as a superior; never oneself."""
    if actor.is_system or _reads_everybody(actor):
        return User.objects.all()
    if not has_role(actor, *LEADERS):
        return User.objects.none()
    return visible_people(actor).exclude(pk=actor.user_id)


def _of_people(actor: Actor, rows: QuerySet) -> QuerySet:
    if _reads_everybody(actor):
        return rows
    own = Q(user_id=actor.user_id)
    return rows.filter(own | Q(user__in=led_people(actor)) if has_role(actor, *LEADERS) else own)


def _reads_everybody(actor: Actor) -> bool:
    return actor.is_system or has_role(actor, *READERS)


def may_see(actor: Actor) -> bool:
    """Everybody signed in has the visit pages; which visits stand there is visible_visits' question."""
    return customers.may_see(actor)


def may_record(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, *RECORDERS)


def may_plan_for(actor: Actor, user: User) -> bool:
    """Oneself, or somebody whom one leads."""
    if not may_record(actor):
        return False
    return actor.is_system or user.pk == actor.user_id or led_people(actor).filter(pk=user.pk).exists()


def may_lead(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, *LEADERS)


def may_set_frequencies(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, Role.ADMIN, Role.MANAGER)


def may_export(actor: Actor) -> bool:
    return has_role(actor, *EXPORTERS)


def may_import(actor: Actor) -> bool:
    return may_write(actor) and has_role(actor, *IMPORTERS)


def may_decide_plan(actor: Actor, plan: VisitPlan) -> bool:
    """A superior of the person, never the person itself."""
    if not may_lead(actor) or plan.user_id == actor.user_id:
        return False
    return actor.is_system or led_people(actor).filter(pk=plan.user_id).exists()


def get_visible(actor: Actor, visit_id: int) -> Visit:
    visit = visible_visits(actor).filter(pk=visit_id).select_related("customer", "user").first()
    if visit is None:
        raise NotFound()
    return visit


def lock_own(actor: Actor, visit_id: int) -> Visit:
    """The visit, locked for a write by the person whose it is, or by a superior who plans for that person. NotFound out
    of sight, NotAllowed where one may only look."""
    get_visible(actor, visit_id)
    visit = Visit.objects.select_for_update(of=("self",)).select_related("customer", "user").get(pk=visit_id)
    if not may_plan_for(actor, visit.user):
        raise NotAllowed(_("您可以查看这次拜访，但不能修改。"))
    return visit


def person_for(actor: Actor, username: str) -> User:
    """Oneself where no account is named, else the person whom one leads. NotFound for everybody else."""
    if not username or (actor.user is not None and username == actor.user.username):
        if actor.user is None:
            raise NotFound(_("请写明是谁的拜访。"), field="username")
        return actor.user
    person = led_people(actor).filter(username=username).first()
    if person is None:
        raise NotFound(field="username")
    return person
