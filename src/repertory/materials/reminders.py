"""What people are reminded of about materials and samples."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from repertory.core.time import day_of
from repertory.materials.access import visible_lots, visible_versions
from repertory.materials.choices import VersionState
from repertory.materials.models import MaterialVersion, SampleBalance
from repertory.organisation.choices import Role
from repertory.organisation.queries.chain import holders_of
from repertory.platform.reminders.sources import DueReminder, Source, day_in_words, reminding
from repertory.products.reminders import first_free

IN_USE = Q(state=VersionState.APPROVED, superseded_on=None, withdrawn_on=None, material__removed_at=None)
WAITS = Q(state=VersionState.SUBMITTED, material__removed_at=None)


def materials_ending(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Editions in use that end soon: told to who made them, and to the marketers."""
    rows = _rows(IN_USE, only).filter(valid_until__gte=day, valid_until__lte=day + timedelta(days=int(value["days"])))
    marketers = holders_of({Role.MARKETER}, day=day)
    for row in rows:
        for person_id in dict.fromkeys([*([row.author_id] if row.author_id else []), *marketers]):
            yield _of_version(row, person_id, occasion=str(row.valid_until), due_on=row.valid_until)


def materials_waiting(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Submitted editions: told to the marketers and product managers who did not make them, else to the administrators."""
    deciders = [holders_of({Role.MARKETER, Role.PRODUCT_MANAGER}, day=day), holders_of({Role.ADMIN}, day=day)]
    for row in _rows(WAITS, only):
        due_on = day_of(row.submitted_at) if row.submitted_at else day
        for person_id in first_free(deciders, without={row.author_id, row.edited_by_id}):
            yield _of_version(row, person_id, occasion=str(row.submitted_at), due_on=due_on)


def _rows(condition: Q, only: Collection[int] | None) -> Any:
    rows = MaterialVersion.objects.filter(condition)
    chosen = rows if only is None else rows.filter(pk__in=only)
    return chosen.select_related("material").order_by("pk")


def _of_version(row: MaterialVersion, person_id: int, *, occasion: str, due_on: date | None) -> DueReminder:
    values = {"title": row.material.title, "number": row.number, "day": str(due_on)}
    url = reverse("materials:page", args=[row.material_id])
    return DueReminder(person_id, row.pk, occasion, due_on or date.max, url, values)


def samples_ending(day: date, value: dict[str, Any], only: Collection[int] | None) -> Iterable[DueReminder]:
    """Samples in a bag that end soon or have ended: told to who has them."""
    last = day + timedelta(days=int(value["days"]))
    rows = SampleBalance.objects.filter(quantity__gt=0, holder__isnull=False, lot__expires_on__lte=last)
    chosen = rows if only is None else rows.filter(lot__in=only)
    for row in chosen.select_related("lot__pack__product").order_by("pk"):
        lot = row.lot
        values = {
            "what": str(lot.pack.product),
            "lot": lot.lot_number,
            "packs": row.quantity,
            "day": str(lot.expires_on),
        }
        url = reverse("materials:bag")
        yield DueReminder(row.holder_id or 0, lot.pk, str(lot.expires_on), lot.expires_on, url, values)


def words(values: dict[str, Any], today: date) -> dict[str, Any]:
    return {**values, "day": day_in_words(values["day"], today)}


REMINDERS = (
    Source(
        rule=reminding(
            "material_expiry",
            gettext_lazy("资料到期"),
            gettext_lazy("在用的资料版本将要到期，提醒作者和市场专员准备新版。"),
            days=60,
        ),
        object_type="material_version",
        sentence=gettext_lazy("资料“%(title)s”第 %(number)s 版%(day)s到期"),
        due=materials_ending,
        visible=visible_versions,
        still=lambda day: IN_USE,
        words=words,
    ),
    Source(
        rule=reminding(
            "material_waiting",
            gettext_lazy("资料待审批"),
            gettext_lazy("提交审批的资料，提醒能审批又不是作者的人。"),
        ),
        object_type="material_version",
        sentence=gettext_lazy("资料“%(title)s”第 %(number)s 版等待审批"),
        due=materials_waiting,
        visible=visible_versions,
        still=lambda day: WAITS,
        words=words,
        at_once=True,
    ),
    Source(
        rule=reminding(
            "sample_expiry",
            gettext_lazy("样品到期"),
            gettext_lazy("手里的样品将要到期或已经到期，提醒持有人先发或退回。"),
            days=60,
        ),
        object_type="sample_lot",
        sentence=gettext_lazy("样品 %(what)s 批号 %(lot)s（%(packs)s 盒）%(day)s到期"),
        due=samples_ending,
        visible=visible_lots,
        words=words,
    ),
)
