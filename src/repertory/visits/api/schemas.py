"""What the API shows of visits, plans, reports and coachings."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from repertory.platform.api.schemas import row
from repertory.platform.queries import attachments_of
from repertory.visits.models import Coaching, PersonalReport, Visit, VisitPlan
from repertory.visits.queries.terms import TermsOfVisit

OWN = (
    "status",
    "mode",
    "purpose",
    "day",
    "planned_on",
    "planned_start",
    "planned_minutes",
    "aim",
    "prepare",
    "subject",
    "starts_at",
    "ends_at",
    "focus",
    "questions",
    "consensus",
    "disagreement",
    "next_step",
    "late",
    "late_reason",
    "adverse_event",
    "distance_m",
    "cancel_reason",
    "recorded_at",
    "created_at",
    "updated_at",
)


class VisitOut(BaseModel):
    """user: the account; territory: its code. products: with attitude and note; companions: keys of customers."""

    model_config = ConfigDict(extra="allow")

    id: int
    version: int
    customer: int
    customer_name: str
    user: str
    territory: str | None
    status: str
    day: date
    starts_at: datetime | None
    companions: list[int]
    products: list[dict[str, Any]]


class Visits(BaseModel):
    items: list[VisitOut]
    count: int
    next: str | None


class Composed(BaseModel):
    """What a report would say now; see docs/domains/visits.md."""

    model_config = ConfigDict(extra="allow")

    planned: int
    done: int


class TermsOut(BaseModel):
    """institution: whose terms they are. has_consent: whether one covers today; consent_until: the first day that it does
    not cover, null where it has no end."""

    institution: int
    demands_consent: bool
    demands_appointment: bool
    note: str
    has_consent: bool
    consent_until: date | None


def terms(found: TermsOfVisit) -> dict[str, Any]:
    return {
        "institution": found.institution.pk,
        "demands_consent": found.terms.demands_consent,
        "demands_appointment": found.terms.demands_appointment,
        "note": found.terms.note,
        "has_consent": found.living is not None,
        "consent_until": found.living.ends_on if found.living else None,
    }


def visit(found: Visit) -> dict[str, Any]:
    """A visit as lists show it."""
    return {
        "id": found.pk,
        "version": found.version,
        "customer": found.customer_id,
        "customer_name": found.customer.name,
        "user": found.user.username,
        "territory": found.territory.code if found.territory else None,
        "plan": found.plan_id,
        "follows": found.follows_id,
        **{name: getattr(found, name) for name in OWN},
        "companions": [companion.customer_id for companion in found.companions.all()],
        "products": [
            {
                "product": talked.product_id,
                "product_name": str(talked.product),
                "attitude": talked.attitude,
                "note": talked.note,
            }
            for talked in found.products.all()
        ],
    }


def whole_visit(found: Visit) -> dict[str, Any]:
    """A visit with the wordings that were said and where the person was."""
    return visit(found) | {
        "messages": [
            {
                "version": said.message_version_id,
                "product": said.message_version.message.product_id,
                "title": said.message_version.title,
            }
            for said in found.messages.all()
        ],
        "photos": [
            {"id": photo.pk, "name": photo.name} for photo in attachments_of(object_type="visit", object_id=found.pk)
        ],
        "email": found.email.state if hasattr(found, "email") else None,
        "check_ins": [row(passage) for passage in found.check_ins.all()],
    }


def plan(found: VisitPlan) -> dict[str, Any]:
    return row(found) | {"user": found.user.username, "month": f"{found.month:%Y-%m}"}


def report(found: PersonalReport) -> dict[str, Any]:
    return row(found) | {"user": found.user.username}


def coaching(found: Coaching) -> dict[str, Any]:
    return row(found) | {
        "user": found.user.username,
        "coach": found.coach.username,
        "ratings": [{"skill": rating.skill, "score": rating.score} for rating in found.ratings.all()],
        "agreed": [row(agreed) for agreed in found.agreed.all()],
    }
