"""What a phone holds, shelf by shelf, as plain rows: only what the day in the field needs, and no private field."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from repertory.core.actor import Actor
from repertory.core.time import Days
from repertory.customers import access as customer_access
from repertory.customers.models import Customer
from repertory.materials.models import SampleBalance, StockBalance
from repertory.materials.queries.giving import usable_versions as usable_materials
from repertory.materials.usability import is_expired
from repertory.organisation.access import scope_of
from repertory.products import access as product_access
from repertory.products import usability
from repertory.products.queries.product import usable_versions
from repertory.visits.access import visible_visits
from repertory.visits.choices import Status
from repertory.visits.models import CheckIn, Visit, VisitingHours, VisitMessage, VisitProduct
from repertory.visits.queries.routes import route_places

# A rep has a few hundred; whoever sees more has those on the phone that were touched last.
MOST_CUSTOMERS = 2_000
HISTORY = 10
SHORT_TEXT = 160
BACK_DAYS, AHEAD_DAYS = 7, 31
ROUTE_DAYS = 7
Row = dict[str, Any]

CUSTOMER_FIELDS = (
    "id",
    "version",
    "code",
    "kind",
    "name",
    "alias",
    "sort_key",
    "initials",
    "tier",
    "stage",
    "title",
    "grade",
    "department",
    "institution_id",
    "address",
    "longitude",
    "latitude",
    "phone",
    "last_contact_on",
    "next_contact_on",
)


def held_customers(actor: Actor) -> QuerySet[Customer]:
    """The customers that the person's phone holds."""
    rows = customer_access.visible_customers(actor)
    scope = scope_of(actor)
    if not scope.whole and scope.size <= MOST_CUSTOMERS:
        return rows
    newest = rows.order_by("-updated_at", "-pk").values("pk")[:MOST_CUSTOMERS]
    return Customer.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))


def held_ids(actor: Actor) -> list[int]:
    return sorted(held_customers(actor).order_by().values_list("pk", flat=True))


def customer_rows(*, actor: Actor, ids: Collection[int] | None, today: date) -> list[Row]:
    """The customers, or those of `ids`, that the phone may hold, each with the last visits, newest first."""
    held = held_customers(actor)
    chosen = held if ids is None else held.filter(pk__in=ids)
    extra = {"institution_name": F("institution__name"), "hours": F("profile__opening_hours")}
    extra["contact_preference"] = F("profile__contact_preference")
    rows = list(chosen.order_by("sort_key", "pk").values(*CUSTOMER_FIELDS, **extra))
    keys = [row["id"] for row in rows]
    history, hours = visits_of(actor=actor, ids=keys), visiting_hours(keys)
    for row in rows:
        row["longitude"] = None if row["longitude"] is None else float(row["longitude"])
        row["latitude"] = None if row["latitude"] is None else float(row["latitude"])
        row |= {name: row[name] or "" for name in extra}
        row["visits"] = history.get(row["id"], [])
        row["open"] = hours.get(row["id"], [])
    return [{name: value for name, value in row.items() if value not in ("", None, [])} for row in rows]


def visiting_hours(ids: Iterable[int]) -> dict[int, list[list[Any]]]:
    """{customer: [[weekday, "08:00", "11:30"], …]}."""
    found: dict[int, list[list[Any]]] = defaultdict(list)
    rows = VisitingHours.objects.filter(customer_id__in=list(ids)).order_by("customer_id", "weekday", "opens", "pk")
    for row in rows:
        found[row.customer_id].append([row.weekday, f"{row.opens:%H:%M}", f"{row.closes:%H:%M}"])
    return found


def visits_of(*, actor: Actor, ids: Collection[int]) -> dict[int, list[Row]]:
    """{customer: the last visits that took place, summarised}."""
    nth = Window(RowNumber(), partition_by=F("customer_id"), order_by=[F("day").desc(), F("pk").desc()])
    done = Visit.objects.filter(customer_id__in=list(ids), status=Status.DONE)
    newest = done.annotate(nth=nth).filter(nth__lte=HISTORY).order_by("customer_id", "-day", "-pk")
    rows = list(
        newest.values(
            "id", "customer_id", "user_id", "day", "mode", "purpose", "subject", "starts_at", "ends_at", "next_step",
            who=F("user__name"),
        )
    )  # fmt: skip
    talked = _talked([row["id"] for row in rows])
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["customer_id"]].append(_summary(dict(row), actor, talked.get(row["id"], [])))
    return found


def _summary(row: Row, actor: Actor, products: list[Row]) -> Row:
    began, ended = row["starts_at"], row["ends_at"]
    summary = {
        "id": row["id"],
        "day": row["day"],
        "mode": row["mode"],
        "purpose": row["purpose"],
        "subject": row["subject"],
        "minutes": round((ended - began).total_seconds() / 60) if began and ended else None,
        "who": "" if row["user_id"] == actor.user_id else row["who"],
        "next": row["next_step"][:SHORT_TEXT],
        "products": products,
    }
    return {name: value for name, value in summary.items() if value not in ("", None, [])}


def _talked(visit_ids: list[int]) -> dict[int, list[Row]]:
    """{visit: [{"id": product, "attitude", "messages": [version keys]}]}."""
    messages: dict[tuple[int, int], list[int]] = defaultdict(list)
    said = VisitMessage.objects.filter(visit_id__in=visit_ids).order_by("pk")
    for visit, version, product in said.values_list(
        "visit_id", "message_version_id", "message_version__message__product_id"
    ):
        messages[visit, product].append(version)
    found: dict[int, list[Row]] = defaultdict(list)
    rows = VisitProduct.objects.filter(visit_id__in=visit_ids).order_by("visit_id", "position", "pk")
    for visit, product, attitude in rows.values_list("visit_id", "product_id", "attitude"):
        row = {"id": product, "attitude": attitude, "messages": messages.get((visit, product), [])}
        found[visit].append({name: value for name, value in row.items() if value})
    return found


def calendar(*, actor: Actor, today: date) -> list[Row]:
    """One's own visits around today: what is planned, and what was done. stop: its place on the way of a day to come."""
    around = Q(day__gte=today - timedelta(days=BACK_DAYS), day__lt=today + timedelta(days=AHEAD_DAYS))
    rows = visible_visits(actor).filter(around, user_id=actor.user_id).exclude(status=Status.CANCELLED)
    shown = rows.order_by("day", F("planned_start").asc(nulls_last=True), "starts_at", "pk").values(
        "id", "version", "customer_id", "status", "mode", "purpose", "day", "planned_start", "planned_minutes", "aim",
        "prepare", "subject", "starts_at", "ends_at", "distance_m", "late", name=F("customer__name"),
    )  # fmt: skip
    places = route_places(actor=actor, days=Days(today, today + timedelta(days=ROUTE_DAYS)))
    found = []
    for values in shown:
        row: Row = dict(values)
        row["stop"] = places.get(row["id"])
        start = row.pop("planned_start")
        row["start"] = "" if start is None else f"{start:%H:%M}"
        found.append({name: value for name, value in row.items() if value not in ("", None, False)})
    return found


def position_of(*, visit_ids: Collection[int]) -> dict[int, Row]:
    """{visit: what position was taken at the arrival}."""
    rows = CheckIn.objects.filter(visit_id__in=list(visit_ids), passage="in")
    return {row.visit_id: {"at": row.at, "accuracy_m": row.accuracy_m, "distance_m": row.distance_m} for row in rows}


def products(*, actor: Actor, today: date) -> list[Row]:
    """What may be promoted today, with the wordings that may be said."""
    said: dict[int, list[Row]] = defaultdict(list)
    for version in usable_versions(actor=actor, on=today):
        said[version.message.product_id].append(
            {
                "id": version.pk,
                "theme": version.get_theme_display(),
                "title": version.title,
                "text": version.text,
                "audiences": version.audiences,
                "departments": version.departments,
            }
        )
    promoted = product_access.visible_products(actor).filter(pk__in=usability.promoted_on(today).values("pk"))
    rows = promoted.order_by("sort_key", "pk").values("id", "generic_name", "trade_name", "sort_key")
    return [{**row, "messages": said.get(row["id"], [])} for row in rows]


def catalogue(*, actor: Actor, today: date) -> dict[str, list[Row]]:
    """What can be talked about and handed over today."""
    return {
        "products": products(actor=actor, today=today),
        "materials": materials(actor=actor, today=today),
        "samples": samples(actor=actor, today=today),
    }


def materials(*, actor: Actor, today: date) -> list[Row]:
    """What may be handed out today; left: printed copies in one's own bag."""
    own = StockBalance.objects.filter(holder_id=actor.user_id, quantity__gt=0)
    left = dict(own.values_list("version_id", "quantity"))
    return [
        {
            "id": version.pk,
            "title": version.material.title,
            "number": version.number,
            "electronic": version.material.is_electronic,
            "left": left.get(version.pk, 0),
            "audiences": version.audiences,
            "products": [product.pk for product in version.material.products.all()],
        }
        for version in usable_materials(actor=actor, on=today)
        if version.material.is_electronic or left.get(version.pk)
    ]


def samples(*, actor: Actor, today: date) -> list[Row]:
    """The lots in one's own bag, those that expire first in front."""
    own = SampleBalance.objects.filter(holder_id=actor.user_id, quantity__gt=0).select_related("lot__pack__product")
    return [
        {
            "id": balance.lot_id,
            "product_id": balance.lot.pack.product_id,
            "pack": str(balance.lot.pack),
            "lot": balance.lot.lot_number,
            "expires_on": balance.lot.expires_on,
            "left": balance.quantity,
            "expired": is_expired(balance.lot, on=today),
        }
        for balance in own.order_by("lot__expires_on", "pk")
    ]
