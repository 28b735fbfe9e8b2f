"""What those who answer for key messages are reminded of."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from repertory.core.time import day_of, start_of
from repertory.organisation.choices import Role
from repertory.organisation.queries.chain import holders_of
from repertory.platform.reminders.sources import DueReminder, Source, day_in_words, reminding
from repertory.products.access import visible_suggestions, visible_versions
from repertory.products.choices import MessageState, SuggestionState
from repertory.products.models import MessageVersion, ProductSuggestion

IN_USE = Q(state=MessageState.APPROVED, superseded_on=None, withdrawn_on=None, message__product__removed_at=None)
ANSWERED = Q(state__in=[SuggestionState.ADOPTED, SuggestionState.DECLINED])
# After so many days nobody wants to hear of an answer.
FORGOTTEN = timedelta(days=14)
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


def suggestions_answered(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """What became of a proposal, for two weeks: told to who made it."""
    rows = ProductSuggestion.objects.filter(ANSWERED, answered_at__gte=start_of(day - FORGOTTEN)).exclude(asked_by=None)
    for row in (rows if only is None else rows.filter(pk__in=only)).select_related("product").order_by("pk"):
        values = {"product": str(row.product), "state": row.state}
        url = reverse("products:suggestion", args=[row.pk])
        due_on = day_of(row.answered_at) if row.answered_at else day
        yield DueReminder(row.asked_by_id or 0, row.pk, row.state, due_on, url, values)


def suggestion_words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "state": SuggestionState(values["state"]).label}


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
    Source(
        rule=reminding(
            "suggestion_answered",
            gettext_lazy("改进建议有答复"),
            gettext_lazy("自己提的产品改进建议被采纳或不采纳，两周内提醒。"),
        ),
        object_type="product_suggestion",
        sentence=gettext_lazy("您对 %(product)s 的改进建议%(state)s，请看答复"),
        due=suggestions_answered,
        visible=visible_suggestions,
        still=lambda day: ANSWERED,
        words=suggestion_words,
    ),
)
