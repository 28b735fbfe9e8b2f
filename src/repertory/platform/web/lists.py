"""What every list has beside its rows: a filter dialog, a choice of columns, and views that a person keeps by name.

A domain describes its list once as a `ListPage` and adds `list_paths` to its addresses."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web import responses
from repertory.core.web.addresses import COLUMNS, hidden_pairs, query_without, shown_columns
from repertory.core.web.forms import InputForm, text, tick
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.platform.actions.saved_views import delete_view, save_view
from repertory.platform.inputs import SaveView
from repertory.platform.queries import saved_views

CHOSEN = "filter_field"


@dataclass(frozen=True)
class ListPage:
    """A list. page: its name among the saved views. url: its address, such as "visits:list"; prefix: of the names of its
    dialogs' addresses, where a domain has several lists. allow: who has it. known: every column by its key; offered: what
    can be shown, where that is other than the known ones. inputs: what the filter dialog asks for a column. first: the
    column that always stands there. frame: a template that includes `part`."""

    page: str
    url: str
    allow: Callable[[Any], bool]
    known: Callable[[], Mapping[str, Any]]
    inputs: Callable[[HttpRequest, Any], list[dict[str, Any]]]
    default: tuple[str, ...]
    first: str
    frame: str
    offered: Callable[[], Iterable[Any]] | None = None
    short: Mapping[str, Any] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    shared: Any = gettext_lazy("所有人可用（各人只看到自己范围内的记录）")
    prefix: str = ""

    def address(self, name: str, *arguments: Any) -> str:
        namespace = self.url.partition(":")[0]
        return reverse(f"{namespace}:{self.prefix}{name}", args=arguments)

    @property
    def dialogs(self) -> dict[str, str]:
        """The addresses of the buttons of lists/_buttons.html."""
        return {name: self.address(name) for name in ("filter", "columns", "save_view")}

    def label(self, column: Any) -> Any:
        return self.short.get(column.key, column.label)

    @property
    def filterable(self) -> dict[str, Any]:
        """The columns that the filter dialog offers."""
        known = self.known().items()
        return {key: one for key, one in known if key not in self.hidden and getattr(one, "filtered", True)}

    def saved(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The views that the person keeps or is given, for core/_views.html."""
        present = request.GET.urlencode()
        return [
            {"name": view.name, "url": f"?{view.query}", "current": view.query == present, "count": None}
            for view in saved_views(actor=request.actor, page=self.page)
        ]


def list_paths(found: ListPage, route: str = "") -> list[URLPattern]:
    """The addresses of the dialogs, below `route`."""
    views: dict[str, tuple[str, Callable[..., HttpResponse], tuple[str, ...]]] = {
        "filter": ("filter/", _filter_dialog, ("GET",)),
        "columns": ("columns/", _columns_dialog, ("GET",)),
        "save_view": ("views/", _save_view, ("GET", "POST")),
        "delete_view": ("views/<int:view_id>/deletion/", _delete_view, ("POST",)),
    }
    return [
        path(f"{route}{address}", _bound(view, found, methods), name=f"{found.prefix}{name}")
        for name, (address, view, methods) in views.items()
    ]


def _bound(view: Callable[..., HttpResponse], found: ListPage, methods: tuple[str, ...]) -> Callable[..., HttpResponse]:
    @page(allow=found.allow, methods=methods)
    def bound(request: HttpRequest, **arguments: Any) -> HttpResponse:
        return view(request, found, **arguments)

    return bound


def _filter_dialog(request: HttpRequest, found: ListPage) -> HttpResponse:
    """Which field to filter by, and then the value; the dialog's form is a plain address."""
    known, chosen = found.filterable, request.GET.get(CHOSEN, "")
    if chosen and chosen not in known:
        raise NotFound()
    column = known.get(chosen)
    context = _context(found) | {"columns": known.values(), "column": column}
    if column is not None:
        names = (chosen, f"{chosen}.from", f"{chosen}.to", CHOSEN)
        context |= {"inputs": found.inputs(request, column), "kept": hidden_pairs(request.GET, but=names)}
        context["may_be_blank"] = column.kind != "bool"
    else:
        context["query"] = query_without(request.GET, CHOSEN)
    return responses.part(request, "lists/_filter.html", context, frame=found.frame)


def _columns_dialog(request: HttpRequest, found: ListPage) -> HttpResponse:
    """Which columns to show."""
    chosen = shown_columns(request.GET, found.default)
    offered = found.offered() if found.offered else found.known().values()
    columns = [
        {"key": one.key, "label": found.label(one), "chosen": one.key in chosen, "fixed": one.key == found.first}
        for one in offered
        if one.key not in found.hidden
    ]
    context = _context(found) | {"columns": columns, "kept": hidden_pairs(request.GET, but=(COLUMNS,))}
    return responses.part(request, "lists/_columns.html", context, frame=found.frame)


class ViewForm(InputForm):
    input_class = SaveView
    name = text(gettext_lazy("视图名称"), required=True)
    shared = tick("")

    def __init__(self, data: object = None, *, found: ListPage, query: str) -> None:
        super().__init__(data)
        self.found, self.query = found, query
        self.fields["shared"].label = found.shared

    def given(self) -> dict:
        return super().given() | {"page": self.found.page, "query": self.query}


def _save_view(request: HttpRequest, found: ListPage) -> HttpResponse:
    """Keep the present address under a name; the dialog also lists one's own views to delete."""
    query = request.GET.urlencode()
    form = ViewForm(request.POST or None, found=found, query=query)
    if request.method == "POST" and form.carry_out(
        lambda data: save_view(actor=request.actor, at=time.now(), data=data)
    ):
        return to_page(request, f"{reverse(found.url)}?{query}")
    rows = saved_views(actor=request.actor, page=found.page)
    own = [
        {"name": view.name, "deletion": found.address("delete_view", view.pk)}
        for view in rows
        if view.user_id == request.actor.user_id
    ]
    context = _context(found) | {"form": form, "own": own, "query": query, "title": _("存为视图")}
    status = 422 if form.errors else 200
    return responses.part(request, "lists/_save_view.html", context, frame=found.frame, status=status)


def _delete_view(request: HttpRequest, found: ListPage, view_id: int) -> HttpResponse:
    delete_view(actor=request.actor, at=time.now(), view_id=view_id)
    return redirect(found.url)


def _context(found: ListPage) -> dict[str, Any]:
    return {"list_url": reverse(found.url), "dialogs": found.dialogs}
