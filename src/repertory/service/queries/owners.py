"""Who may work on a customer's cases."""

from datetime import date

from django.db.models import Q

from repertory.customers.models import Coverage
from repertory.customers.queries.carers import upwards
from repertory.organisation.choices import COMPANY_WIDE, FIELD_FORCE, Role
from repertory.organisation.models import Assignment


def possible_owners(*, customer_id: int, on: date) -> list[tuple[str, str]]:
    """(account, name) of whoever may work on a customer's cases: reps and superiors on the way up, and the whole
    company's roles but the auditor's."""
    paths = Coverage.objects.filter(customer_id=customer_id, current=True).values_list("territory__path", flat=True)
    nodes = sorted({node for path in paths for node in upwards(path)})
    held = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on, user__is_active=True)
    near = Q(territory__path__in=nodes, role__in=sorted(FIELD_FORCE))
    wide = Q(role__in=sorted(COMPANY_WIDE - {Role.AUDITOR}))
    rows = held.filter(near | wide).order_by("user__username").values_list("user__username", "user__name")
    return list(dict.fromkeys(rows))
