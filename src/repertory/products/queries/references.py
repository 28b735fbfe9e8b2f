"""What a product may refer to, as options of a form."""

from datetime import date

from django.db.models import Q

from repertory.core.actor import Actor
from repertory.organisation.choices import Role
from repertory.organisation.models import Assignment
from repertory.products.access import visible_lines

Options = list[tuple[str, str]]


def line_options(*, actor: Actor) -> Options:
    """(code, name) of the lines that the person may know."""
    return list(visible_lines(actor).order_by("code").values_list("code", "name"))


def manager_options(*, on: date) -> Options:
    """(account, name) of today's product managers."""
    held = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), role=Role.PRODUCT_MANAGER, starts_on__lte=on)
    rows = held.filter(user__is_active=True).order_by("user__username").values_list("user__username", "user__name")
    return list(dict.fromkeys(rows))
