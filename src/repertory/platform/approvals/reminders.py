"""Whom approvals remind: those whose turn it is and their deputies, and who asked, of the end."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from repertory.core.time import day_of, start_of
from repertory.platform.approvals import chain
from repertory.platform.approvals.access import visible_requests
from repertory.platform.approvals.kinds import all_kinds, kind_named
from repertory.platform.models import ApprovalRequest
from repertory.platform.models.approvals import RequestState
from repertory.platform.reminders.sources import DueReminder, Source, reminding

# After so many days nobody wants to hear of a decision.
FORGOTTEN = timedelta(days=14)
ENDED = (RequestState.APPROVED, RequestState.REJECTED)


def waiting(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Told anew at each step, to those who may decide it."""
    rows = _of_known_kinds(only).filter(state=RequestState.WAITING).prefetch_related("steps")
    for row in rows.select_related("asked_by").order_by("pk"):
        people = chain.possible_principals(row, list(row.steps.all()), day=day)
        out = chain.barred_of(row) | chain.used_of(row.steps.all())
        standing_in = {found.deputy_id for found in chain.deputies_of(people, day)} - out
        values = {"person": row.asked_by.name if row.asked_by else "", "kind": row.kind, "title": row.title}  # type: ignore[attr-defined]
        for person_id in sorted(people | standing_in):
            yield DueReminder(person_id, row.pk, str(row.step), day_of(row.asked_at), _url(row), values)


def decided(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    rows = _of_known_kinds(only).filter(state__in=ENDED, ended_at__gte=start_of(day - FORGOTTEN))
    for row in rows.exclude(asked_by=None).order_by("pk"):
        values = {"kind": row.kind, "title": row.title, "state": row.state}
        yield DueReminder(row.asked_by_id or 0, row.pk, "", day_of(row.ended_at or row.asked_at), _url(row), values)


def _of_known_kinds(only: Collection[int] | None) -> Any:
    rows = ApprovalRequest.objects.filter(kind__in=[kind.key for kind in all_kinds()])
    return rows if only is None else rows.filter(pk__in=only)


def _url(row: ApprovalRequest) -> str:
    return reverse("approvals:page", args=[row.pk])


def words(values: dict[str, Any], today: date) -> dict[str, Any]:
    found = {**values, "kind": kind_named(values["kind"]).label}
    return {**found, "state": RequestState(values["state"]).label} if "state" in values else found


REMINDERS = (
    Source(
        rule=reminding(
            "approval_waiting",
            gettext_lazy("等待审批"),
            gettext_lazy("轮到自己（或者自己代理的人）审批的申请，审批过就不再提醒。"),
        ),
        object_type="approval",
        sentence=gettext_lazy("%(person)s 提交的%(kind)s“%(title)s”等您审批"),
        due=waiting,
        visible=visible_requests,
        still=lambda day: Q(state=RequestState.WAITING),
        words=words,
    ),
    Source(
        rule=reminding(
            "approval_decided",
            gettext_lazy("审批结果"),
            gettext_lazy("自己提交的申请已经批准或者驳回，两周内提醒。"),
        ),
        object_type="approval",
        sentence=gettext_lazy("您提交的%(kind)s“%(title)s”%(state)s"),
        due=decided,
        visible=visible_requests,
        still=lambda day: Q(state__in=ENDED),
        words=words,
    ),
)
