"""The company's working days, where they differ from the official calendar."""

from datetime import datetime

from repertory.core.actor import Actor
from repertory.organisation import access
from repertory.organisation.inputs import SetWorkday
from repertory.platform.audit_chain import Line
from repertory.platform.models import WorkdayOverride
from repertory.platform.unit import action, record


@action
def set_workday(*, actor: Actor, at: datetime, data: SetWorkday) -> WorkdayOverride | None:
    """One day is worked or free from now on, whatever the official calendar says; `working` None follows it again.

    Answers the override that stands, None where there is none. What was planned or computed before stays as it is.
    """
    access.require(access.may_administer(actor) and access.may_write(actor))
    old = WorkdayOverride.objects.select_for_update().filter(day=data.day).first()
    if data.working is None:
        if old is not None:
            _record(old, [old.working, None], [old.note, ""])
            old.delete()
        return None
    if old is not None and (old.working, old.note) == (data.working, data.note):
        return old
    row, _created = WorkdayOverride.objects.update_or_create(
        day=data.day, defaults={"working": data.working, "note": data.note}
    )
    _record(row, [old.working if old else None, row.working], [old.note if old else "", row.note])
    return row


def _record(row: WorkdayOverride, working: list, note: list) -> None:
    changes = {"working": working, "note": note}
    record(Line("workday_set", "workday", row.pk, label=row.day.isoformat(), changes=changes, reason=row.note))
