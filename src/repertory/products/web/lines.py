"""Product lines and the territories that carry them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import page
from repertory.core.web.tables import Column, Table, tag
from repertory.organisation.access import visible_territories
from repertory.products import access
from repertory.products.actions import add_line_team, create_line, end_line_team, revise_line
from repertory.products.inputs import EndLineTeam
from repertory.products.queries import product as queries
from repertory.products.web.forms import LineForm, ReviseLineForm, TeamForm

SUGGESTED = 10


@page(allow=access.may_see_lines)
def line_list(request: HttpRequest) -> HttpResponse:
    columns = [
        Column("name", _("产品线"), lambda row: row.name, title=True),
        Column("code", _("编码"), lambda row: row.code),
        Column("products", _("产品数"), lambda row: row.product_count, css="num"),
        Column(
            "limited",
            _("由谁经营"),
            lambda row: tag(_("指定辖区"), "accent") if row.limited else tag(_("全部辖区"), "good"),
        ),
    ]
    rows = queries.counted_lines(actor=request.actor)
    table = Table(columns, rows, _("产品线"), url=lambda row: reverse("products:line", args=[row.pk]))
    may_edit = access.may_edit(request.actor)
    empty = {
        "title": _("还没有产品线"),
        "text": _("几个产品由同一支队伍推广时，把它们归为一条产品线，并写明由哪些辖区经营。"),
        "icon": "hierarchy-2",
        "url": reverse("products:new_line") if may_edit else "",
        "action": _("新建产品线"),
    }
    return render(request, "products/lines.html", {"table": table, "empty": empty, "may_edit": may_edit})


@page(allow=access.may_see_lines)
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """A line with its products and its teams, those of today first."""
    found, today = queries.line_of(actor=request.actor, line_id=line_id), time.today()
    teams = [
        {"team": team, "now": team.starts_on <= today and (team.ends_on is None or team.ends_on > today)}
        for team in queries.teams_of(actor=request.actor, line_id=line_id)
    ]
    context = {
        "line": found,
        "teams": sorted(teams, key=lambda row: not row["now"]),
        "products": queries.products_of_line(actor=request.actor, line=found),
        "may_edit": access.may_edit(request.actor),
    }
    return render(request, "products/line.html", context)


@page(allow=access.may_edit, methods=("GET", "POST"))
def new_line(request: HttpRequest) -> HttpResponse:
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: create_line(actor=request.actor, at=time.now(), data=data)
    ):
        return redirect("products:line", form.result.pk)
    return _form(request, form, _("新建产品线"), reverse("products:lines"))


@page(allow=access.may_edit, methods=("GET", "POST"))
def edit_line(request: HttpRequest, line_id: int) -> HttpResponse:
    found = queries.line_of(actor=request.actor, line_id=line_id)
    initial = {name: getattr(found, name) for name in ("name", "limited", "version")}
    form = ReviseLineForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.carry_out(
        lambda data: revise_line(actor=request.actor, at=time.now(), line_id=line_id, data=data)
    ):
        messages.success(request, _("已保存。"))
        return redirect("products:line", line_id)
    return _form(request, form, _("修改产品线"), reverse("products:line", args=[line_id]))


def _form(request: HttpRequest, form: InputForm, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    return render(request, "products/line_form.html", context, status=422 if form.errors else 200)


@page(allow=access.may_edit, methods=("GET", "POST"))
def add_team(request: HttpRequest, line_id: int) -> HttpResponse:
    found = queries.line_of(actor=request.actor, line_id=line_id)
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: add_line_team(actor=request.actor, at=time.now(), line_id=line_id, data=data)
    ):
        return redirect("products:line", line_id)
    return _form(request, form, _("增加经营辖区：%(name)s") % {"name": found.name}, _line_url(line_id))


@page(allow=access.may_edit, methods=("POST",))
def end_team(request: HttpRequest, team_id: int) -> HttpResponse:
    team = end_line_team(actor=request.actor, at=time.now(), team_id=team_id, data=EndLineTeam())
    messages.success(request, _("从今天起不再经营。"))
    return redirect("products:line", team.line_id)


def _line_url(line_id: int) -> str:
    return reverse("products:line", args=[line_id])


@page(allow=access.may_edit)
def pick_territory(request: HttpRequest) -> HttpResponse:
    """Suggestions while one types."""
    text = request.GET.get("q", "").strip()
    nodes = visible_territories(request.actor).filter(closed_on=None)
    found = (nodes.filter(name__icontains=text) | nodes.filter(code__icontains=text)).order_by("path")[:SUGGESTED]
    options = [{"value": node.code, "text": node.name, "note": node.code} for node in found]
    return render(request, "products/_options.html", {"options": options})
