"""What those who answer for key messages are reminded of."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from repertory.core.time import day_of
from repertory.organisation.choices import Role
from repertory.organisation.queries.chain import holders_of
from repertory.platform.reminders.sources import DueReminder, Source, day_in_words, reminding
from repertory.products.access import visible_versions
from repertory.products.choices import MessageState
from repertory.products.models import MessageVersion

IN_USE = Q(state=MessageState.APPROVED, superseded_on=None, withdrawn_on=None, message__product__removed_at=None)
WAITS = Q(state=MessageState.SUBMITTED, message__product__removed_at=None)


def messages_ending(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Approved wordings that end soon: told to the product manager, and to the marketers."""
    rows = _rows(IN_USE, only).filter(valid_until__gte=day, valid_until__lte=day + timedelta(days=int(value["days"])))
    marketers = holders_of({Role.MARKETER}, day=day)
    for row in rows:
        managers = [row.message.product.product_manager_id] if row.message.product.product_manager_id else []
        for person_id in dict.fromkeys([*managers, *marketers]):
            yield _reminder(row, person_id, occasion=str(row.valid_until), due_on=row.valid_until)


def messages_waiting(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Submitted wordings: told to the marketers who did not write them; where there is none, to the administrators."""
    deciders = {role: holders_of({role}, day=day) for role in (Role.MARKETER, Role.ADMIN)}
    for row in _rows(WAITS, only):
        for person_id in first_free(deciders.values(), without={row.author_id, row.edited_by_id}):
            due_on = day_of(row.submitted_at) if row.submitted_at else day
            yield _reminder(row, person_id, occasion=str(row.submitted_at), due_on=due_on)


def first_free(groups: Iterable[list[int]], *, without: Collection[int | None]) -> list[int]:
    """The first group in which somebody is left who had no hand in it."""
    free = ([person_id for person_id in group if person_id not in without] for group in groups)
    return next((group for group in free if group), [])


def _rows(condition: Q, only: Collection[int] | None) -> Any:
    rows = MessageVersion.objects.filter(condition)
    chosen = rows if only is None else rows.filter(pk__in=only)
    return chosen.select_related("message__product").order_by("pk")


def _reminder(row: MessageVersion, person_id: int, *, occasion: str, due_on: date | None) -> DueReminder:
    product = row.message.product
    values = {"product": str(product), "title": row.title, "day": str(due_on)}
    url = reverse("products:page", args=[product.pk])
    return DueReminder(person_id, row.pk, occasion, due_on or date.max, url, values)


def words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "day": day_in_words(values["day"], today)}


REMINDERS = (
    Source(
        rule=reminding(
            "message_expiry",
            gettext_lazy("关键信息到期"),
            gettext_lazy("在用的关键信息将要到期，提醒产品经理和市场专员准备新版。"),
            days=60,
        ),
        object_type="message_version",
        sentence=gettext_lazy("%(product)s 的关键信息“%(title)s”%(day)s到期"),
        due=messages_ending,
        visible=visible_versions,
        still=lambda day: IN_USE,
        words=words,
    ),
    Source(
        rule=reminding(
            "message_waiting",
            gettext_lazy("关键信息待审批"),
            gettext_lazy("提交审批的关键信息，提醒能审批又不是作者的人。"),
        ),
        object_type="message_version",
        sentence=gettext_lazy("%(product)s 的关键信息“%(title)s”等待审批"),
        due=messages_waiting,
        visible=visible_versions,
        still=lambda day: WAITS,
        words=words,
        at_once=True,
    ),
)
