"""Which posts approve which kind, dated."""

from datetime import datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import InvalidInput
from repertory.platform.approvals import access
from repertory.platform.approvals.inputs import SetRoute
from repertory.platform.approvals.kinds import directory, kind_named
from repertory.platform.audit_lines import Line
from repertory.platform.changes import plain
from repertory.platform.models import ApprovalRoute
from repertory.platform.unit import action, record


@action
def set_route(*, actor: Actor, at: datetime, data: SetRoute) -> ApprovalRoute:
    """From a day on requests of a kind go this way; what waits already goes on as it began."""
    access.require(access.may_set_routes(actor))
    kind = kind_named(data.kind)
    _check_codes(data)
    steps = [{"role": one.role, "level": one.level, "from_cny": plain(one.from_cny)} for one in data.steps]
    old = ApprovalRoute.objects.filter(kind=kind.key, starts_on__lte=data.starts_on).order_by("-starts_on").first()
    row, _created = ApprovalRoute.objects.update_or_create(
        kind=kind.key, starts_on=data.starts_on, defaults={"steps": steps, "source": data.source}
    )
    changes = {"steps": [old.steps if old else None, steps], "starts_on": [None, data.starts_on.isoformat()]}
    record(Line("approval_route_set", "approval_route", row.pk, label=kind.key, changes=changes, reason=data.source))
    return row


def _check_codes(data: SetRoute) -> None:
    known = {"role": dict(directory().roles), "level": dict(directory().levels)}
    for number, step in enumerate(data.steps):
        for name, codes in known.items():
            if getattr(step, name) not in codes:
                message = _("没有这个选项，可以选：%(expected)s。") % {"expected": _("、").join(codes)}
                raise InvalidInput(message, code="enum", field=f"steps.{number}.{name}")
