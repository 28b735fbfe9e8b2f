"""Months: who writes into one locks it first; one that is closed stays as it is."""

from datetime import datetime

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, RuleViolation
from repertory.core.periods import first_day, month_name, shifted
from repertory.core.time import day_of
from repertory.organisation.access import require
from repertory.platform.audit_lines import Line
from repertory.platform.unit import action, record
from repertory.sales import access
from repertory.sales.choices import FileState, RowState
from repertory.sales.models import ClosedMonth, Entry, HeldRow, MonthLock


def lock_month(month: int) -> None:
    """Until the end of the transaction nobody else writes into the month, or closes it. RuleViolation for a closed one."""
    MonthLock.objects.get_or_create(month=month)
    MonthLock.objects.select_for_update().get(month=month)
    if ClosedMonth.objects.filter(month=month).exists():
        raise RuleViolation(
            _("%(month)s 已经月结，不能再改。") % {"month": month_name(month)}, code="month_closed", field="month"
        )


@action
def close_month(*, actor: Actor, at: datetime, month: int) -> ClosedMonth:
    """月结: the figures of a month that is over are final. RuleViolation while rows of it still wait for a name."""
    require(access.may_keep(actor))
    if first_day(shifted(month, 1)) > day_of(at):
        raise RuleViolation(_("这个月还没有过完，不能月结。"), code="month_running", field="month")
    MonthLock.objects.get_or_create(month=month)
    MonthLock.objects.select_for_update().get(month=month)
    if ClosedMonth.objects.filter(month=month).exists():
        raise Conflict(_("%(month)s 已经月结。") % {"month": month_name(month)}, code="month_closed", field="month")
    waiting = HeldRow.objects.filter(file__month=month, file__state=FileState.CURRENT, state=RowState.WAITING).count()
    if waiting:
        message = _("%(month)s 还有 %(count)s 行待对应，处理完才能月结。") % {
            "month": month_name(month),
            "count": waiting,
        }
        raise RuleViolation(message, code="rows_waiting", field="month", details={"waiting": waiting})
    sums = Entry.objects.filter(month=month).aggregate(
        rows=Count("pk"), quantity=Coalesce(Sum("quantity"), 0), amount=Coalesce(Sum("amount"), 0)
    )
    closed = ClosedMonth.objects.create(month=month, at=at, by_id=actor.user_id, **sums)
    changes = {name: [None, str(value)] for name, value in sums.items()}
    record(Line(verb="closed", object_type="sales_month", object_id=month, label=month_name(month), changes=changes))
    return closed
