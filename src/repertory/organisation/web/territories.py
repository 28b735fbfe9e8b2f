"""The territory tree: look, grow, rename, move, close."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import formats
from repertory.core.errors import RepertoryError
from repertory.core.time import now, today
from repertory.core.web.pages import everyone, page
from repertory.organisation import access
from repertory.organisation.actions import (
    close_territory,
    create_territory,
    move_territory,
    reopen_territory,
    revise_territory,
)
from repertory.organisation.choices import Level
from repertory.organisation.models import Territory
from repertory.organisation.queries import territories as queries
from repertory.organisation.web.answers import form_page
from repertory.organisation.web.forms import MoveTerritoryForm, NewTerritoryForm, TerritoryForm

FACTS = ("code", "name", "level", "line", "version")
LEVEL_BELOW = {Level.COMPANY: Level.REGION, Level.REGION: Level.DISTRICT, Level.DISTRICT: Level.TERRITORY}


@page(allow=everyone)
def tree(request: HttpRequest) -> HttpResponse:
    """The tree, and beside it its first node."""
    return _tree_page(request, None)


@page(allow=everyone)
def territory(request: HttpRequest, territory_id: int) -> HttpResponse:
    """The tree, and beside it one node; htmx asks for the node alone."""
    return _tree_page(request, queries.territory(actor=request.actor, territory_id=territory_id))


def _tree_page(request: HttpRequest, chosen: Territory | None) -> HttpResponse:
    frame: dict[str, Any] = {"may_administer": access.may_administer(request.actor), "today": today()}
    if chosen is not None and request.headers.get("HX-Request"):
        return render(request, "organisation/_territory.html", frame | _node(request, chosen))
    branches = queries.tree(actor=request.actor, on=today(), chosen=chosen)
    chosen = chosen or (branches[0].territory if branches else None)
    frame |= {"branches": branches, **(_node(request, chosen) if chosen else {})}
    return render(request, "organisation/territories.html", frame)


def _node(request: HttpRequest, node: Territory) -> dict[str, Any]:
    parent = queries.parent_of(actor=request.actor, territory=node)
    facts = [
        {"label": _("编码"), "value": node.code},
        {"label": _("层级"), "value": node.get_level_display()},
        {"label": _("上级"), "value": parent.name if parent else ""},
        {"label": _("产品线"), "value": node.line},
        {"label": _("现有客户"), "value": formats.number(node.customer_count)},
        {
            "label": _("状态"),
            "value": _("已停用（%(day)s）") % {"day": node.closed_on} if node.closed_on else _("在用"),
        },
    ]
    return {
        "node": node,
        "facts": facts,
        "assignments": queries.assignments_at(actor=request.actor, territory_id=node.pk),
    }


@page(allow=access.may_administer, methods=("GET", "POST"))
def new_territory(request: HttpRequest, parent_id: int | None = None) -> HttpResponse:
    """Below a node; without one it is the company itself."""
    parent = queries.territory(actor=request.actor, territory_id=parent_id) if parent_id else None
    level = LEVEL_BELOW.get(Level(parent.level), Level.TERRITORY) if parent else Level.COMPANY
    initial = {"parent": parent.code if parent else "", "level": level}
    return form_page(
        request,
        NewTerritoryForm(request.POST or None, initial=initial),
        title=_("在“%(name)s”下新建") % {"name": parent.name} if parent else _("新建公司"),
        act=lambda data: create_territory(actor=request.actor, at=now(), data=data),
        done=_page_of,
        back=_page_of(parent) if parent else reverse("organisation:territories"),
        said=_("辖区已建立。"),
    )


@page(allow=access.may_administer, methods=("GET", "POST"))
def edit_territory(request: HttpRequest, territory_id: int) -> HttpResponse:
    node = queries.territory(actor=request.actor, territory_id=territory_id)
    return form_page(
        request,
        TerritoryForm(request.POST or None, initial={name: getattr(node, name) for name in FACTS}),
        title=_("修改：%(name)s") % {"name": node.name},
        act=lambda data: revise_territory(actor=request.actor, at=now(), code=node.code, data=data),
        done=_page_of,
        back=_page_of(node),
        said=_("已保存。"),
    )


@page(allow=access.may_administer, methods=("GET", "POST"))
def relocate_territory(request: HttpRequest, territory_id: int) -> HttpResponse:
    node = queries.territory(actor=request.actor, territory_id=territory_id)
    return form_page(
        request,
        MoveTerritoryForm(request.POST or None, territories=queries.open_territories(actor=request.actor)),
        title=_("移动：%(name)s") % {"name": node.name},
        act=lambda data: move_territory(actor=request.actor, at=now(), code=node.code, data=data),
        done=_page_of,
        back=_page_of(node),
        said=_("已移动，查看范围立即随之改变。"),
        note=_("连同下级一起移动；历史业绩仍属于当时的辖区和人员。"),
        button=_("移动"),
    )


@page(allow=access.may_administer, methods=("POST",))
def shut_territory(request: HttpRequest, territory_id: int) -> HttpResponse:
    return _carry_out(request, territory_id, close_territory, _("辖区已停用。"))


@page(allow=access.may_administer, methods=("POST",))
def open_territory(request: HttpRequest, territory_id: int) -> HttpResponse:
    return _carry_out(request, territory_id, reopen_territory, _("辖区已恢复使用。"))


def _carry_out(request: HttpRequest, territory_id: int, act: Callable[..., Territory], said: str) -> HttpResponse:
    """A step without a form; what forbids it is told on the node's page."""
    node = queries.territory(actor=request.actor, territory_id=territory_id)
    try:
        act(actor=request.actor, at=now(), code=node.code)
        messages.success(request, said)
    except RepertoryError as error:
        messages.error(request, str(error))
    return redirect(_page_of(node))


def _page_of(node: Territory) -> str:
    return reverse("organisation:territory", args=[node.pk])
