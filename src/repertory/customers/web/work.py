"""Lists of work: missing facts, expiring licences, proposed tiers, handing customers over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from repertory.core import formats, time
from repertory.core.errors import RepertoryError
from repertory.core.inputs import read_input
from repertory.core.web.pages import page
from repertory.core.web.tables import Column, Table, tag
from repertory.customers import access, fields, licensing
from repertory.customers.actions.coverage import reassign_customers
from repertory.customers.actions.life import accept_tier_proposal, decide_tier, propose_tiers
from repertory.customers.inputs import DecideTier
from repertory.customers.models import Customer
from repertory.customers.queries.shown import carers_of
from repertory.customers.queries.work import expiring_licences, incomplete_customers, open_proposals
from repertory.customers.web.columns import tier_tag
from repertory.customers.web.forms import ReassignForm
from repertory.customers.web.reasons import tier_in_words
from repertory.customers.web.sections import stored
from repertory.customers.web.tab_content import licence_state

MOST = 200


@page(allow=access.may_see)
def incomplete(request: HttpRequest) -> HttpResponse:
    """Customers in business whose archive lacks facts, with what is missing."""
    found = incomplete_customers(actor=request.actor)
    columns = [
        Column("name", _("客户"), lambda row: row.name, title=True),
        Column("kind", _("类别"), lambda row: row.get_kind_display()),
        Column("tier", _("等级"), lambda row: tier_tag(row.tier)),
        Column("completeness", _("完整度"), lambda row: f"{row.completeness}%", css="num"),
        Column("missing", _("还缺"), lambda row: _("、").join(missing_facts(row)), css="wrap"),
    ]
    table = Table(columns, list(found[:MOST]), _("待补资料"), url=lambda row: f"/customers/{row.pk}/")
    empty = {
        "title": _("合作客户的资料都齐了"),
        "text": _("合作中的客户，档案完整度不到 80% 的会列在这里，并写明还缺哪几项。"),
        "icon": "circle-check",
    }
    context = {"table": table, "empty": empty, "pager": {"count": found.count()}, "title": _("待补资料")}
    return render(request, "customers/work_list.html", context)


def missing_facts(customer: Customer) -> list[str]:
    return [str(fields.label(name)) for name in fields.wanted(customer.kind) if stored(customer, name) in (None, "")]


@page(allow=access.may_see)
def licences(request: HttpRequest) -> HttpResponse:
    """Licences that end soon or have ended."""
    today = time.today()
    found = expiring_licences(actor=request.actor, on=today)
    columns = [
        Column("customer", _("客户"), lambda row: row.customer.name, title=True),
        Column("kind", _("证照类型"), lambda row: row.get_kind_display()),
        Column("number", _("证号"), lambda row: row.number),
        Column("expires_on", _("有效期至"), lambda row: formats.human_date(row.expires_on, today)),
        Column("days", _("还剩天数"), lambda row: (row.expires_on - today).days, css="num"),
        Column("state", _("状态"), lambda row: _state_tag(licensing.state(row, on=today))),
    ]
    rows = list(found[:MOST])
    table = Table(columns, rows, _("证照到期"), url=lambda row: f"/customers/{row.customer_id}/?tab=licences")
    empty = {
        "title": _("近期没有证照到期"),
        "text": _("60 天内到期和已经过期的证照会列在这里；过期的证照不能用来下单。"),
        "icon": "certificate",
    }
    context = {"table": table, "empty": empty, "pager": {"count": found.count()}, "title": _("证照到期")}
    return render(request, "customers/work_list.html", context)


def _state_tag(state: str) -> str:
    words = licence_state(state)
    return tag(words["state"], words["tone"])


@page(allow=access.may_see)
def tiers(request: HttpRequest) -> HttpResponse:
    """What the rules propose, with reasons; accepted one by one or several at once."""
    found = open_proposals(actor=request.actor)
    rows = [{"proposal": row, "reasons": tier_in_words(row.reasons)} for row in found[:MOST]]
    empty = {
        "title": _("没有待确认的分级建议"),
        "text": _("点“重新计算”，系统按潜力、接受程度和交易额给每位客户打分，与现有等级不同的列在这里。"),
        "icon": "star",
    }
    context = {"rows": rows, "empty": empty, "count": found.count()}
    context |= {"may_edit": access.may_create(request.actor), "may_lead": access.may_lead(request.actor)}
    return render(request, "customers/tiers.html", context)


@page(allow=access.may_lead, methods=("POST",))
def compute_tiers(request: HttpRequest) -> HttpResponse:
    count = propose_tiers(actor=request.actor, at=time.now())
    messages.success(request, _("计算完成，有 %(count)s 条新建议。") % {"count": formats.number(count)})
    return redirect("customers:tiers")


@page(allow=access.may_create, methods=("POST",))
def accept_tiers(request: HttpRequest) -> HttpResponse:
    keys = [int(key) for key in request.POST.getlist("pk")[:MOST] if key.isdecimal()]
    for key in keys:
        accept_tier_proposal(actor=request.actor, at=time.now(), proposal_id=key)
    messages.success(request, _("已采纳 %(count)s 条建议。") % {"count": len(keys)})
    return redirect("customers:tiers")


@page(allow=access.may_lead, methods=("POST",))
def bulk_tier(request: HttpRequest) -> HttpResponse:
    """One tier for the customers chosen in the list; those that need a reason are named and left alone."""
    data = read_input(DecideTier, {"tier": request.POST.get("tier", "")})
    keys = [int(key) for key in request.POST.getlist("pk")[:MOST] if key.isdecimal()]
    done, refused = 0, []
    for key in keys:
        try:
            decide_tier(actor=request.actor, at=time.now(), customer_id=key, data=data)
            done += 1
        except RepertoryError as error:
            refused.append(str(error))
    messages.success(request, _("已给 %(count)s 位客户定为 %(tier)s 级。") % {"count": done, "tier": data.tier})
    for text in dict.fromkeys(refused):
        messages.error(request, text)
    return redirect("customers:list")


@page(allow=access.may_lead, methods=("GET", "POST"))
def reassign(request: HttpRequest) -> HttpResponse:
    """Hand a territory's customers, or the chosen ones of it, to another."""
    keys = [int(key) for key in request.POST.getlist("pk")[:MOST] if key.isdecimal()]
    first_look = "chosen" in request.POST
    form = ReassignForm(None if first_look else request.POST or None, chosen=keys, at=_usual_territory(keys))
    if (
        request.method == "POST"
        and not first_look
        and form.carry_out(lambda data: reassign_customers(actor=request.actor, at=time.now(), data=data))
    ):
        messages.success(request, _("已移交 %(count)s 位客户。") % {"count": formats.number(form.result)})
        return redirect("customers:list")
    context = {"form": form, "keys": keys}
    return render(request, "customers/reassign.html", context, status=422 if form.errors else 200)


def _usual_territory(keys: list[int]) -> tuple[str, str]:
    """Code and name of the territory that covers the first of the chosen, as a suggestion."""
    carers = carers_of(keys[:1], on=time.today()).get(keys[0], []) if keys else []
    return (carers[0].code, carers[0].territory) if carers else ("", "")
