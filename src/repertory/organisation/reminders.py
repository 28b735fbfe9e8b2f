"""What people are reminded of about accounts."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from repertory.organisation.access import visible_people
from repertory.organisation.models import User
from repertory.organisation.queries.chain import superiors_of
from repertory.platform.reminders.sources import DueReminder, Source, day_in_words, reminding


def filings_due(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Filing numbers of medical representatives that end soon or have ended: told to the person and the superiors."""
    last = day + timedelta(days=int(value["days"]))
    rows = User.objects.filter(is_active=True, filing_expires_on__lte=last).exclude(filing_number="")
    for row in rows if only is None else rows.filter(pk__in=only):
        above = [superior.pk for superior in superiors_of(person=row, day=day, whole_chain=False)]
        values = {"person": row.name, "day": str(row.filing_expires_on)}
        for person_id in (row.pk, *above):
            url = reverse("organisation:person", args=[row.pk])
            due_on = row.filing_expires_on or day
            yield DueReminder(person_id, row.pk, str(due_on), due_on, url, values)


REMINDERS = (
    Source(
        rule=reminding(
            "filing_expiry",
            gettext_lazy("备案到期"),
            gettext_lazy("医药代表的备案将要到期或已经到期，提醒本人和直接上级。"),
            days=60,
        ),
        object_type="person",
        sentence=gettext_lazy("%(person)s 的医药代表备案%(day)s到期"),
        due=filings_due,
        visible=visible_people,
        words=lambda values, today: {**values, "day": day_in_words(values["day"], today)},
    ),
)
