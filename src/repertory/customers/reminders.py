"""What people are reminded of about their customers, and what of it stands in their calendars."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core.actor import Actor
from repertory.core.time import Days
from repertory.customers.access import in_scope, visible_customers
from repertory.customers.choices import DateKind, LicenceKind
from repertory.customers.models import ImportantDate, Licence
from repertory.customers.queries.carers import carers_of
from repertory.organisation.access import scope_of
from repertory.organisation.choices import Role
from repertory.platform.reminders.calendar import Entry
from repertory.platform.reminders.sources import DueReminder, Source, day_in_words, reminding

# What a date may ask for at most, see inputs.NoteDate.
LONGEST_AHEAD = timedelta(days=180)


def dates_due(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Important dates as many days ahead as each asks for; lunar ones by their day of this year."""
    rows = ImportantDate.objects.filter(next_on__gte=day, next_on__lte=day + LONGEST_AHEAD, customer__removed_at=None)
    found = [row for row in _of(rows, only) if row.next_on <= day + timedelta(days=row.remind_days)]
    carers = carers_of(customer_ids={row.customer_id for row in found}, on=day)
    for row in found:
        if row.customer_id in carers:
            values = {"customer": row.customer.name, "kind": row.kind, "label": row.label, "day": str(row.next_on)}
            occasion = f"{row.pk}:{row.next_on}"
            yield _reminder(carers[row.customer_id], row.customer_id, occasion, row.next_on, values)


def date_words(values: dict[str, Any], today: date) -> dict[str, Any]:
    what = values["label"] or DateKind(values["kind"]).label
    return {**values, "what": what, "day": day_in_words(values["day"], today)}


def licences_due(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Licences that end soon or have ended, the newest of each kind."""
    last = day + timedelta(days=int(value["days"]))
    alive = Licence.objects.filter(revoked_on=None, customer__removed_at=None)
    found = list(_of(alive.filter(expires_on__lte=last), only))
    ends = _last_ends({row.customer_id for row in found})
    found = [row for row in found if row.expires_on == ends.get((row.customer_id, row.kind), row.expires_on)]
    carers = carers_of(customer_ids={row.customer_id for row in found}, on=day)
    for row in found:
        if row.customer_id in carers:
            values = {"customer": row.customer.name, "kind": row.kind, "day": str(row.expires_on)}
            occasion = f"{row.pk}:{row.expires_on}"
            yield _reminder(carers[row.customer_id], row.customer_id, occasion, row.expires_on, values)


def _last_ends(customer_ids: Collection[int]) -> dict[tuple[int, str], date]:
    """(customer, kind) → the last day of the newest licence; of 其他 each stands for itself."""
    rows = Licence.objects.filter(customer__in=customer_ids, revoked_on=None).exclude(kind=LicenceKind.OTHER)
    ends: dict[tuple[int, str], date] = {}
    for customer_id, kind, end in rows.order_by().values_list("customer_id", "kind", "expires_on"):
        ends[customer_id, kind] = max(end or date.max, ends.get((customer_id, kind), date.min))
    return ends


def licence_words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "kind": LicenceKind(values["kind"]).label, "day": day_in_words(values["day"], today)}


def _of(rows: Any, only: Collection[int] | None) -> Any:
    """Of these customers, or of all."""
    chosen = rows if only is None else rows.filter(customer__in=only)
    return chosen.select_related("customer").order_by("pk")


def _reminder(person_id: int, customer_id: int, occasion: str, due_on: date, values: dict[str, Any]) -> DueReminder:
    url = reverse("customers:card", args=[customer_id])
    return DueReminder(person_id, customer_id, occasion, due_on, url, values)


def calendar(actor: Actor, days: Days) -> Iterable[Entry]:
    """Important dates of the customers that the person looks after. Not of what kind: a birthday is a private matter."""
    rows = ImportantDate.objects.filter(next_on__gte=days.start, next_on__lt=days.end, customer__removed_at=None)
    own = in_scope(rows, scope_of(actor, only={Role.REP}), "customer_id")
    for row in own.select_related("customer").order_by("next_on", "pk"):
        title = _("%(customer)s：重要日子") % {"customer": row.customer.name}
        yield Entry(
            f"date-{row.pk}-{row.next_on}",
            title,
            row.next_on or days.start,
            row.customer.updated_at,
            category=_("重要日子"),
        )


REMINDERS = (
    Source(
        rule=reminding(
            "customer_dates",
            gettext_lazy("客户的重要日子"),
            gettext_lazy("生日、纪念日、会议等，按每个日子自己设的天数提前提醒，农历日子按当年的公历日算。"),
        ),
        object_type="customer",
        sentence=gettext_lazy("%(customer)s：%(what)s，%(day)s"),
        due=dates_due,
        visible=visible_customers,
        words=date_words,
    ),
    Source(
        rule=reminding(
            "customer_licences",
            gettext_lazy("客户证照到期"),
            gettext_lazy("客户的证照将要到期或已经到期，提醒负责这位客户的人。"),
            days=60,
        ),
        object_type="customer",
        sentence=gettext_lazy("%(customer)s 的%(kind)s %(day)s到期"),
        due=licences_due,
        visible=visible_customers,
        words=licence_words,
    ),
)
