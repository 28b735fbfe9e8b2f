"""The home page: quick figures at once, everything that takes longer as its own panel."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from repertory.core import formats, time
from repertory.core.web.pages import everyone, page
from repertory.core.web.tables import Column, Table
from repertory.customers.access import may_see
from repertory.organisation.access import may_audit, posts
from repertory.organisation.choices import Role
from repertory.plans.queries.overview import overview
from repertory.reports import queries
from repertory.reports.access import may_analyse
from repertory.reports.web.sales_panel import sales_panel
from repertory.visits.access import may_lead, may_record


@page(allow=everyone)
def home(request: HttpRequest) -> HttpResponse:
    """Who I am here, and the panels of my roles."""
    held = [f"{Role(post.role).label} · {post.name}" for post in posts(request.actor)]
    context = {
        "held": held,
        "sees_customers": may_see(request.actor),
        "audits": may_audit(request.actor),
        "visits": may_record(request.actor),
        "leads": may_lead(request.actor),
        "sells": may_analyse(request.actor),
    }
    return render(request, "reports/home.html", context)


@page(allow=everyone)
def frame(request: HttpRequest) -> HttpResponse:
    """Only the frame that every page has: what the benchmarks call the floor."""
    return render(request, "base.html")


@page(allow=may_see)
def figures(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/_figures.html", {"figures": queries.figures(request.actor)})


@page(allow=may_analyse)
def sales(request: HttpRequest) -> HttpResponse:
    """This year against plan, the ranking of what lies below, and what lags."""
    return render(request, "reports/_sales.html", sales_panel(overview(actor=request.actor, today=time.today())))


@page(allow=may_see)
def waiting(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/_waiting.html", {"waiting": queries.what_waits(request.actor, today=time.today())})


@page(allow=may_see)
def dates(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/_dates.html", {"dates": queries.dates_ahead(request.actor, today=time.today())})


@page(allow=may_see)
def nodes(request: HttpRequest) -> HttpResponse:
    rows = queries.nodes_below(request.actor, today=time.today())
    columns = [
        Column("name", _("辖区"), lambda row: row.name, title=True),
        Column("holders", _("负责人"), lambda row: row.holders or _("空缺")),
        Column("customers", _("客户数"), lambda row: formats.number(row.customers), css="num"),
    ]
    table = Table(columns, rows, _("下级辖区"), url=lambda row: row.url, key=lambda row: row.code)
    return render(request, "reports/_nodes.html", {"table": table})
