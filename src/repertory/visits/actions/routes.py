"""A day's planned visits get the hours of a tour."""

from datetime import datetime, time

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotFound, RuleViolation
from repertory.organisation.access import require
from repertory.platform.unit import action
from repertory.visits import access
from repertory.visits.actions.planning import move_visit
from repertory.visits.inputs import ApplyRoute, MoveVisit
from repertory.visits.models import Visit
from repertory.visits.queries.routes import day_route


@action
def apply_route(*, actor: Actor, at: datetime, data: ApplyRoute) -> list[Visit]:
    """Put the visits of a day into this order; each gets the hour at which the tour arrives."""
    require(access.may_record(actor))
    person = access.person_for(actor, data.username)
    route = day_route(actor=actor, person=person, on=data.on, order=data.order)
    if not set(data.order) <= set(route.visits):
        raise NotFound(field="order")
    if route.given is None:
        raise RuleViolation(_("按这个顺序赶不上有的客户的可拜访时间，请调整顺序。"), code="order_late", field="order")
    moved = []
    for key, minutes in zip(route.given.keys, route.given.arrivals, strict=True):
        starts = MoveVisit(on=data.on, starts=time(minutes // 60, minutes % 60))
        moved.append(move_visit(actor=actor, at=at, visit_id=key, data=starts))
    return moved
