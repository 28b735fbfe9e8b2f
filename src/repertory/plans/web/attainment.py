"""达成: how a node, a product, a customer stands, where it is heading, and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.web.pages import page
from repertory.core.web.responses import part
from repertory.organisation.queries.territories import open_territories
from repertory.plans import access
from repertory.plans.queries.asking import Asked, read_question
from repertory.plans.queries.attainment import Attainment, attainment
from repertory.plans.queries.outlook import outlook, period_end
from repertory.plans.queries.reasons import reasons
from repertory.plans.web import attainment_shown as shown
from repertory.products.access import visible_products
from repertory.products.models import Product

AHEAD = 6
FRAME = "plans/part.html"


def _asked(request: HttpRequest, address: QueryDict) -> Asked:
    return read_question(actor=request.actor, words=address.dict(), today=time.today())


@page(allow=access.may_see)
def attainment_page(request: HttpRequest) -> HttpResponse:
    """?period, node, product, customer, measure, group: all of it in the address."""
    address = request.GET.copy()
    asked = _asked(request, address)
    group = asked.ask.group or shown.best_group(asked)
    address["group"] = group.value
    asked = _asked(request, address)
    found = attainment(actor=request.actor, ask=asked.ask, today=time.today())
    context = {
        "figures": shown.figures(asked, found),
        "chart": shown.chart(asked, found, address) if found.lines else None,
        "empty": _nothing() if not found.lines else None,
        "query": address.urlencode(),
        **_around(request, asked, found, address),
    }
    return render(request, "plans/attainment.html", context)


def _around(request: HttpRequest, asked: Asked, found: Attainment, address: QueryDict) -> dict[str, Any]:
    """The choices above the figures, and the way back up."""
    return {
        "heading": shown.heading(asked),
        "periods": shown.periods(asked.ask.period, time.today()),
        "nodes": open_territories(actor=request.actor),
        "products": [(str(row.pk), str(row)) for row in visible_products(request.actor).order_by("sort_key", "pk")],
        "tabs": shown.tabs(asked, address),
        "chosen": {**address.dict(), "period": asked.ask.period.name, "product": _key(asked.product)},
        "crumbs": shown.crumbs(request.actor, asked, address),
        "left_out": found.left_out,
    }


@page(allow=access.may_see)
def outlook_panel(request: HttpRequest) -> HttpResponse:
    """The trend with its reason, and the next months."""
    asked = _asked(request, request.GET)
    ask, today = asked.ask, time.today()
    found = outlook(actor=request.actor, today=today, months=AHEAD, where=ask.where, measure=ask.measure)
    end = period_end(actor=request.actor, today=today, period=ask.period, where=ask.where, measure=ask.measure)
    context = {
        "chart": shown.outlook_chart(asked, found),
        "trend": shown.trend(found.trend, ask.measure),
        "method": shown.method(found),
        "end": shown.period_end(asked, end),
    }
    return part(request, "plans/_outlook.html", context, frame=FRAME)


@page(allow=access.may_see)
def reasons_panel(request: HttpRequest) -> HttpResponse:
    """From the whole down to the rows."""
    asked = _asked(request, request.GET)
    path = reasons(actor=request.actor, ask=asked.ask, today=time.today())
    context = {"steps": [shown.step(one, request.GET) for one in path], "rows_url": shown.rows_url(path, asked)}
    return part(request, "plans/_reasons.html", context, frame=FRAME)


def _key(found: Product | None) -> str:
    return "" if found is None else str(found.pk)


def _nothing() -> dict[str, Any]:
    return {
        "title": _("这个范围还没有数"),
        "text": _("导入流向或发货、并且指标通过审批之后，这里显示销售达成。可以先换一个期间或范围看看。"),
        "icon": "target",
        "url": reverse("figures:attainment"),
        "action": _("看今年全部"),
    }
