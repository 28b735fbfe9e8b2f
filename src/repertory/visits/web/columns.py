"""How each column of the list of visits looks."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from repertory.core import formats, time
from repertory.core.listing import Column
from repertory.core.web import tables
from repertory.core.web.tables import tag
from repertory.platform.models.outbox import DeliveryState
from repertory.visits.choices import Attitude, PlanState, Status
from repertory.visits.models import InstitutionConsent, Visit, VisitEmail
from repertory.visits.rules import farthest_metres

DEFAULT = ("day", "customer", "user", "status", "mode", "purpose", "product", "consensus", "late")
FIRST, TITLE = "day", "customer"
STATUS_TONES = {Status.PLANNED: "accent", Status.DONE: "good", Status.CANCELLED: ""}
PLAN_TONES = {PlanState.DRAFT: "", PlanState.SUBMITTED: "note", PlanState.APPROVED: "good", PlanState.RETURNED: "warn"}
ATTITUDE_TONES = {
    Attitude.AGAINST: "bad",
    Attitude.DOUBTFUL: "warn",
    Attitude.NEUTRAL: "",
    Attitude.INTERESTED: "note",
    Attitude.TRIAL: "accent",
    Attitude.ADVOCATE: "good",
}
EMAIL_TONES = {
    DeliveryState.WAITING: "note",
    DeliveryState.SENDING: "note",
    DeliveryState.SENT: "good",
    DeliveryState.SKIPPED: "",
    DeliveryState.FAILED: "bad",
}
Cell = Callable[[Visit], Any]


def table_columns(known: Mapping[str, Column], keys: tuple[str, ...], *, today: date) -> list[tables.Column]:
    """The columns of these keys, in this order; the day is the row's link."""
    wanted = [known[key] for key in dict.fromkeys((FIRST, *keys)) if key in known]
    return [
        tables.Column(column.key, column.label, _cell(column, today), sort=column.sortable, title=column.key == TITLE)
        for column in wanted
    ]


def _cell(column: Column, today: date) -> Cell:
    own: dict[str, Cell] = {
        "day": lambda row: when(row, today),
        "customer": lambda row: row.customer.name,
        "user": lambda row: row.user.name,
        "territory": lambda row: row.territory.name if row.territory else "",
        "status": lambda row: status_tag(row),
        "product": lambda row: _joined(str(talked.product) for talked in row.products.all()),
        "attitude": lambda row: SafeString("").join(attitude_tag(talked.attitude) for talked in row.products.all()),
        "late": lambda row: tag(_("补录"), "warn") if row.late else "",
        "distance_m": distance_tag,
    }
    if column.key in own:
        return own[column.key]
    if column.kind == "choice":
        labels = {code: str(label) for code, label in column.choices}
        return lambda row: labels.get(getattr(row, column.key), "")
    if column.kind == "date":
        return lambda row: formats.human_date(getattr(row, column.key), today)
    return lambda row: getattr(row, column.key) or ""


def when(visit: Visit, today: date) -> str:
    """今天 9:10, 3月5日 14:00; the planned hour until it is done."""
    clock = f"{visit.starts_at.astimezone(time.COMPANY_ZONE):%H:%M}" if visit.starts_at else ""
    clock = clock or (f"{visit.planned_start:%H:%M}" if visit.planned_start else "")
    return f"{formats.human_date(visit.day, today)} {clock}".strip()


def status_tag(visit: Visit) -> SafeString:
    status = Status(visit.status)
    if status == Status.PLANNED and visit.day < time.today():
        return tag(_("逾期未做"), "warn")
    return tag(status.label, STATUS_TONES[status])


def attitude_tag(attitude: str) -> SafeString:
    return tag(Attitude(attitude).label, ATTITUDE_TONES[Attitude(attitude)]) if attitude else SafeString("")


def plan_tag(state: str) -> SafeString:
    return tag(PlanState(state).label, PLAN_TONES[PlanState(state)])


def consent_tag(consent: InstitutionConsent) -> SafeString:
    """How an institution's consent stands today."""
    today = time.today()
    if consent.starts_on > today:
        return tag(_("未生效"), "note")
    over = consent.ends_on is not None and consent.ends_on <= today
    return tag(_("已到期"), "warn") if over else tag(_("有效"), "good")


def email_tag(email: VisitEmail) -> SafeString:
    """Whether it went out; of a failure what the mail system said."""
    label: Any = DeliveryState(email.state).label
    if email.problem and email.state in (DeliveryState.WAITING, DeliveryState.FAILED):
        label = f"{label} · {email.problem}"
    return tag(label, EMAIL_TONES[DeliveryState(email.state)])


def distance_tag(visit: Visit) -> Any:
    """How far from the customer the arrival was; beyond the rule's distance in warning colours."""
    if visit.distance_m is None:
        return ""
    metres = visit.distance_m
    text = f"{metres} m" if metres < 1000 else f"{metres / 1000:.1f} km"
    return tag(text, "warn") if metres > farthest_metres(visit.day) else text


def _joined(names: Any) -> str:
    return "、".join(names)
