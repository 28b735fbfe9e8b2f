"""What each tab of the archive card shows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from repertory.core import formats, time
from repertory.core.lunar import Calendar, YearlyDate
from repertory.customers import access, consent, fields, licensing
from repertory.customers.choices import DateKind, DecisionRole, Kind, LicenceKind
from repertory.customers.models import Customer
from repertory.customers.queries import card as queries
from repertory.customers.web.sections import is_person, sections_of, shown_section
from repertory.organisation import access as organisation
from repertory.platform.audit_words import entry_in_words
from repertory.platform.queries import attachments_of, custom_fields, history_of

Context = dict[str, Any]
ON_PREFERENCES = ("preferences", "private")
LONGEST_HISTORY = 100
LOOKS = ("opened",)
LICENCE_TONES = {"valid": "good", "expiring": "warn", "expired": "bad"}
LARGEST_PICTURE = 60


def archive(request: HttpRequest, customer: Customer) -> Context:
    definitions = custom_fields("customer")
    edit = access.may_create(request.actor)
    shown = [section for section in sections_of(customer, definitions) if section.key not in ON_PREFERENCES]
    return {
        "sections": [shown_section(request.actor, customer, section, definitions, edit=edit) for section in shown],
        "departments": queries.departments_of(customer) if customer.kind == Kind.HOSPITAL else [],
        "key_people": [] if is_person(customer) else queries.key_people_of(customer),
    }


def people(request: HttpRequest, customer: Customer) -> Context:
    chain = queries.decision_chain(actor=request.actor, customer=customer)
    return {"affiliations": chain.affiliations, "influences": chain.influences, "graph": _picture(customer, chain)}


def _picture(customer: Customer, chain: queries.DecisionChain) -> Context | None:
    """Nodes and edges for the chart; None where there is nothing to connect, or too much to read."""
    nodes: dict[int, Context] = {customer.pk: _node(customer, main=True)}
    edges = []
    roles = {row.person_id: row.role for row in chain.affiliations}
    for row in chain.affiliations:
        for end in (row.person, row.institution):
            nodes.setdefault(end.pk, _node(end, role=roles.get(end.pk, "")))
        edges.append({"from": row.person_id, "to": row.institution_id, "label": row.get_role_display()})
    for link in chain.influences:
        for end in (link.source, link.target):
            nodes.setdefault(end.pk, _node(end, role=roles.get(end.pk, "")))
        edges.append({"from": link.source_id, "to": link.target_id, "label": link.get_kind_display()})
    if not edges or len(nodes) > LARGEST_PICTURE:
        return None
    return {
        "kind": "graph",
        "nodes": list(nodes.values()),
        "edges": edges,
        "groups": _groups(),
        "rest": len(_groups()) - 1,
    }


def _groups() -> list[str]:
    return [_("机构"), *(str(label) for label in DecisionRole.labels), _("其他人员")]


def _node(customer: Customer, *, role: str = "", main: bool = False) -> Context:
    values = DecisionRole.values
    group = (values.index(role) + 1 if role in values else len(values) + 1) if is_person(customer) else 0
    return {"id": customer.pk, "name": customer.name, "group": group, "url": f"/customers/{customer.pk}/", "main": main}


def coverage(request: HttpRequest, customer: Customer) -> Context:
    return {"coverages": queries.coverages_of(customer), "changes": queries.stage_changes_of(customer)}


def licences(request: HttpRequest, customer: Customer) -> Context:
    held, today = queries.licences_of(customer), time.today()
    rows = [{"licence": row, **licence_state(licensing.state(row, on=today))} for row in held]
    wanted = licensing.wanted_licences(customer.kind)
    missing = [LicenceKind(kind).label for kind in wanted if not licensing.covers(held, kind, on=today)]
    return {"licences": rows, "missing": missing, "first_trade": queries.first_trade_of(customer), "wanted": wanted}


def licence_state(state: str) -> Context:
    words = {"valid": _("有效"), "expiring": _("即将到期"), "expired": _("已失效")}
    return {"state": words[state], "tone": LICENCE_TONES[state]}


def blocks_in_words(codes: Iterable[str]) -> list[str]:
    """What stands against selling to the customer."""
    return [
        _("首营企业审核未通过")
        if code == "first_trade"
        else _("%(kind)s缺失或已失效") % {"kind": LicenceKind(code).label}
        for code in codes
    ]


def preferences(request: HttpRequest, customer: Customer) -> Context:
    edit = access.may_create(request.actor)
    shown = [section for section in fields.sections_for(customer.kind) if section.key in ON_PREFERENCES]
    rows = [
        {"date": row, "text": date_in_words(row, hide=row.kind == DateKind.BIRTHDAY and is_person(customer))}
        for row in queries.dates_of(customer)
    ]
    return {
        "sections": [shown_section(request.actor, customer, section, (), edit=edit) for section in shown],
        "dates": rows,
    }


def date_in_words(row: Any, *, hide: bool) -> str:
    """农历正月十五, 3月12日, 2026年3月12日; a person's birth year stays out."""
    if row.calendar == Calendar.LUNAR:
        return formats.yearly_date(YearlyDate(Calendar.LUNAR, row.month, row.day, leap=row.leap_month))
    return formats.month_and_day(row.month, row.day, None if hide else row.year)


def consents(request: HttpRequest, customer: Customer) -> Context:
    today = time.today()
    rows = [{"consent": row, **_consent_state(row, today)} for row in queries.consents_of(customer)]
    return {"consents": rows}


def _consent_state(row: Any, today: date) -> Context:
    if row.withdrawn_on is not None:
        return {"state": _("已撤回"), "tone": "bad", "open": False}
    if not consent.is_valid(row, on=today):
        return {"state": _("不在有效期"), "tone": "warn", "open": True}
    return {"state": _("有效"), "tone": "good", "open": True}


def history(request: HttpRequest, customer: Customer) -> Context:
    """Changes; who looked, too, for those who answer for it and ask for it."""
    may_audit = organisation.may_audit(request.actor) or access.may_lead(request.actor)
    looks_too = may_audit and "looks" in request.GET
    without = () if looks_too else LOOKS
    rows = history_of(object_type="customer", object_id=customer.pk, limit=LONGEST_HISTORY, without=without)
    return {"entries": [entry_in_words(row) for row in rows], "may_audit": may_audit, "looks_too": looks_too}


def files(request: HttpRequest, customer: Customer) -> Context:
    return {"files": attachments_of(object_type="customer", object_id=customer.pk)}
