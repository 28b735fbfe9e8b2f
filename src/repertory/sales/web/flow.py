"""窜货, 进销存核对, 两票制: what flow files show beyond sums."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats, time
from repertory.core.periods import Period, month_name, month_number, read_period, shifted
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.core.web.tables import Table
from repertory.customers.models import Customer
from repertory.products.models import Product
from repertory.sales import access, actions
from repertory.sales.choices import StrayState
from repertory.sales.queries import files, flow
from repertory.sales.web import forms
from repertory.sales.web.columns import figure, stray_columns
from repertory.sales.web.names import product_options
from repertory.sales.web.responses import part

MOST = 300


@page(allow=access.may_see)
def stray_list(request: HttpRequest) -> HttpResponse:
    """Sales into one's area by distributors that may not sell there; ?state=."""
    state = request.GET.get("state", StrayState.OPEN)
    rows = list(flow.strays(actor=request.actor, state=state if state in StrayState.values else "")[:MOST])
    may = access.may_judge_strays(request.actor)
    table = Table(
        columns=stray_columns(),
        rows=rows,
        caption=_("窜货"),
        url=(lambda row: reverse("sales:decide_stray", args=(row.pk,))) if may else None,
    )
    tabs = [(StrayState.OPEN, _("待处理")), (StrayState.CONFIRMED, _("确认窜货")), ("all", _("全部"))]
    frame = {
        "views": [
            {"name": label, "url": f"?state={code}", "current": state == code, "count": None} for code, label in tabs
        ],
        "table": table,
        "areas": flow.areas(actor=request.actor),
        "may_keep": access.may_keep(request.actor),
        "may_see_files": access.may_see_files(request.actor),
        "empty": {
            "title": _("没有窜货"),
            "text": _("登记商业公司可以销售的区域后，流到区域以外的销售会列在这里。"),
            "icon": "check",
        },
    }
    return render(request, "sales/strays.html", frame)


@page(allow=access.may_judge_strays, methods=("GET", "POST"))
def decide(request: HttpRequest, stray_id: int) -> HttpResponse:
    row = access.get_stray(request.actor, stray_id)
    initial = {"state": row.state, "note": row.note, "version": row.version}
    form = forms.DecideStrayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.decide_stray(actor=request.actor, at=time.now(), stray_id=stray_id, data=data)
    ):
        return to_page(request, reverse("sales:strays"))
    context = {"form": form, "title": _("处理窜货"), "subject": f"{row.seller.name} → {row.customer.name}"}
    return part(request, "core/dialog.html", context, status=422 if form.errors else 200)


@page(allow=access.may_keep, methods=("GET", "POST"))
def allow_area(request: HttpRequest) -> HttpResponse:
    form = forms.AllowAreaForm(request.POST or None, products=product_options(request))
    if request.method == "POST" and form.carry_out(
        lambda data: actions.allow_area(actor=request.actor, at=time.now(), data=data)
    ):
        return to_page(request, reverse("sales:strays"))
    context = {"form": form, "title": _("登记经销区域"), "subject": ""}
    return part(request, "core/dialog.html", context, status=422 if form.errors else 200)


@page(allow=access.may_see_files)
def stock(request: HttpRequest) -> HttpResponse:
    """Statements of a month that do not add up first; ?month=2026-03, else the last one that is over."""
    month = _month(request)
    checks = sorted(flow.stock_checks(actor=request.actor, month=month), key=lambda check: check.agrees)
    frame = {
        "month": month_name(month),
        "months": [month_name(row.month) for row in files.months(actor=request.actor)],
        "rows": [_stock_row(check) for check in checks],
        "wrong": sum(not check.agrees for check in checks),
        "may_keep": access.may_keep(request.actor),
    }
    return render(request, "sales/stock.html", frame)


def _month(request: HttpRequest) -> int:
    if request.GET.get("month"):
        return read_period(request.GET["month"], field="month").first
    return shifted(month_number(time.today()), -1)


def _stock_row(check: flow.StockCheck) -> dict[str, Any]:
    row = check.statement
    return {
        "seller": row.seller.name,
        "product": str(row.product),
        "figures": [figure(getattr(row, name)) for name in ("opening", "received", "sold", "closing")],
        "differences": [figure(value) for value in (check.adds_up, check.carried, check.delivered, check.flow)],
        "agrees": check.agrees,
    }


@page(allow=access.may_see_files)
def chains(request: HttpRequest) -> HttpResponse:
    """Sales to hospitals with more invoices than allowed; ?period=, else the last twelve months."""
    wanted = request.GET.get("period", "")
    period = read_period(wanted) if wanted else Period(shifted(month_number(time.today()), -12), 12)
    found = flow.long_chains(actor=request.actor, period=period)[:MOST]
    customers = Customer.objects.in_bulk({key for one in found for key in (one.seller_id, one.customer_id)})
    products = Product.objects.in_bulk({one.product_id for one in found})
    frame = {
        "period": period.name,
        "rows": [
            {
                "seller": customers[one.seller_id].name,
                "customer": customers[one.customer_id].name,
                "product": str(products[one.product_id]),
                "invoices": one.invoices,
                "quantity": figure(one.quantity),
                "amount": formats.number(one.amount, 2),
                "exemption": one.exemption,
            }
            for one in found
        ],
        "exemptions": flow.exemptions(actor=request.actor),
        "may_keep": access.may_keep(request.actor),
    }
    return render(request, "sales/chains.html", frame)


@page(allow=access.may_keep, methods=("GET", "POST"))
def exempt(request: HttpRequest) -> HttpResponse:
    form = forms.ExemptChainForm(request.POST or None, products=product_options(request))
    if request.method == "POST" and form.carry_out(
        lambda data: actions.exempt_chain(actor=request.actor, at=time.now(), data=data)
    ):
        return to_page(request, reverse("sales:chains"))
    context = {"form": form, "title": _("登记两票制豁免"), "subject": ""}
    return part(request, "core/dialog.html", context, status=422 if form.errors else 200)
