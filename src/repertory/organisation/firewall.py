"""The academic side and the sales side (M-LAW-1): a filed 医药代表 promotes, informs and collects feedback, and sells nothing.

These functions are the one place that every domain asks.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import RuleViolation
from repertory.organisation.choices import SALES_ROLES, Role, Side
from repertory.organisation.models import Assignment, User
from repertory.organisation.rules import FIREWALL
from repertory.platform.rules import value_on


def holds_on(day: date) -> bool:
    """Whether the firewall is switched on."""
    return bool(value_on(FIREWALL, day)["on"])


def is_academic(person: User | None) -> bool:
    return person is not None and person.side == Side.ACADEMIC


def may_sell(actor: Actor, day: date) -> bool:
    """Quota, price, invoice, receipt: never the academic side while the firewall is on."""
    return not (is_academic(actor.user) and holds_on(day))


def filing_problem(person: User, on: date) -> str:
    """Why an academic person may not visit on a day, "" where the filing lives or none is needed."""
    if not is_academic(person) or not holds_on(on):
        return ""
    if not person.filing_number:
        return _("还没有医药代表备案号")
    if person.filing_expires_on is not None and person.filing_expires_on < on:
        return _("医药代表备案已于 %(day)s 到期") % {"day": person.filing_expires_on}
    return ""


def check_filing(person: User, on: date) -> None:
    """RuleViolation where the person may not visit as a 医药代表 on a day."""
    problem = filing_problem(person, on)
    if problem:
        message = _("%(person)s%(problem)s，不能登记拜访。请联系管理员在人员资料里更新备案。")
        raise RuleViolation(message % {"person": person.name, "problem": problem}, code="filing_missing", field="")


def check_roles(person: User, day: date) -> None:
    """RuleViolation where somebody of the academic side holds, or would hold, a post that sells."""
    if not is_academic(person) or not holds_on(day):
        return
    held = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), user=person, role__in=SALES_ROLES)
    for role in held.values_list("role", flat=True):
        message = _("%(person)s 属于学术一方，不能担任“%(role)s”。一个人同时只能在一方。")
        raise RuleViolation(
            message % {"person": person.name, "role": Role(role).label}, code="wrong_side", field="side"
        )
