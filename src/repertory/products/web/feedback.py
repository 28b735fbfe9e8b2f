"""Suggestions of the field with their answers, and a product's plan of development as dialogs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import formats, time
from repertory.core.web import addresses, tables
from repertory.core.web.addresses import (
    TEXT,
    filters_of,
    hidden_pairs,
    list_query,
    shown_columns,
    words_of,
)
from repertory.core.web.filters import filter_inputs
from repertory.core.web.pages import page
from repertory.core.web.responses import page_changed, to_page
from repertory.core.web.tables import Table, tag
from repertory.platform.web.lists import ListPage
from repertory.products import access, actions
from repertory.products.choices import SUGGESTION_TRANSITIONS, SuggestionState
from repertory.products.models import ProductSuggestion
from repertory.products.queries import feedback as queries
from repertory.products.queries.product import product_of
from repertory.products.web import price_forms as forms
from repertory.products.web.responses import part

TONES = {
    SuggestionState.NEW: "note",
    SuggestionState.CONSIDERED: "accent",
    SuggestionState.ADOPTED: "good",
    SuggestionState.DECLINED: "",
}
SHOWN = ("text", "product", "kind", "asked_by", "created_at", "state", "answer")


def suggestion_tag(row: ProductSuggestion) -> Any:
    return tag(SuggestionState(row.state).label, TONES[SuggestionState(row.state)])


def columns() -> list[tables.Column]:
    today = time.today()
    return [
        tables.Column("text", _("建议"), lambda row: row.text, title=True, css="clip"),
        tables.Column("product", _("产品"), lambda row: str(row.product), css="clip"),
        tables.Column("kind", _("类型"), lambda row: row.get_kind_display()),
        tables.Column("asked_by", _("提出人"), lambda row: row.asked_by.name if row.asked_by else ""),
        tables.Column("created_at", _("提出"), lambda row: formats.human_date(row.created_at, today), sort=True),
        tables.Column("state", _("状态"), suggestion_tag),
        tables.Column("answer", _("答复"), lambda row: row.answer, css="clip"),
        tables.Column("answered_at", _("答复时间"), lambda row: formats.human_date(row.answered_at, today)),
    ]


LIST = ListPage(
    page="product_suggestions",
    url="products:suggestions",
    allow=access.may_see,
    known=queries.suggestion_columns,
    offered=columns,
    inputs=lambda request, column: filter_inputs(column, request.GET),
    default=SHOWN,
    first="text",
    frame="products/part.html",
    hidden=frozenset({"asked_by"}),
    shared=gettext_lazy("所有人可用（各人只看到自己范围内的建议）"),
    prefix="suggestions_",
)


@page(allow=access.may_see)
def suggestions(request: HttpRequest) -> HttpResponse:
    address = request.GET
    query = list_query(address, sort="-created_at")
    found = queries.list_suggestions(actor=request.actor, query=query)
    frame = {
        "table": Table(
            columns=tables.chosen(columns(), shown_columns(address, SHOWN), LIST.first),
            rows=found.items,
            caption=_("产品改进建议"),
            url=lambda row: reverse("products:suggestion", args=[row.pk]),
            sort=query.sort,
        ),
        "dialogs": LIST.dialogs,
        "views": _views(request),
        "pager": {"count": found.count, "cursor": query.cursor, "next": found.next},
        "kept": hidden_pairs(address, but=(TEXT,)),
        "chips": _chips(request),
        "empty": {
            "title": _("还没有产品改进建议"),
            "text": _("客户对包装、剂型、供应的意见，在产品页面点“提改进建议”，产品经理会答复。"),
            "icon": "bulb",
        },
    }
    return render(request, "products/suggestions.html", frame)


def _views(request: HttpRequest) -> list[dict[str, Any]]:
    own = ((_("全部"), ""), (_("待处理"), "state=new"), (_("我提出的"), "mine=1"))
    present = request.GET.urlencode()
    views = [{"name": name, "url": f"?{query}", "current": present == query, "count": None} for name, query in own]
    return [*views, *LIST.saved(request)]


def _chips(request: HttpRequest) -> list[addresses.Chip]:
    known = queries.suggestion_columns()
    labels = known | {"mine": type(known["text"])("mine", _("我提出的"), "bool", "mine")}
    filters = filters_of(request.GET)
    return addresses.chips(request.GET, filters, labels, lambda key, values: words_of(labels.get(key), values, {}))


@page(allow=access.may_see)
def suggestion(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    found = queries.suggestion(actor=request.actor, suggestion_id=suggestion_id)
    may = access.may_answer_suggestions(request.actor) and bool(SUGGESTION_TRANSITIONS[found.state])
    return render(
        request, "products/suggestion.html", {"found": found, "state": suggestion_tag(found), "may_answer": may}
    )


@page(allow=access.may_answer_suggestions, methods=("GET", "POST"))
def answer(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    found = queries.suggestion(actor=request.actor, suggestion_id=suggestion_id)
    form = forms.AnswerForm(request.POST or None, initial={"version": found.version, "answer": found.answer})

    def act(data: Any) -> Any:
        return actions.answer_suggestion(actor=request.actor, at=time.now(), suggestion_id=suggestion_id, data=data)

    done = reverse("products:suggestion", args=[suggestion_id])
    return _dialog(request, form, act, _("答复建议"), found.product, lambda: to_page(request, done))


@page(allow=access.may_suggest, methods=("GET", "POST"))
def suggest(request: HttpRequest, product_id: int) -> HttpResponse:
    product = product_of(actor=request.actor, product_id=product_id)
    initial = {"customer_id": request.GET.get("customer", ""), "visit_id": request.GET.get("visit", "")}
    form = forms.SuggestForm(request.POST or None, initial=initial)

    def act(data: Any) -> Any:
        return actions.suggest_change(actor=request.actor, at=time.now(), product_id=product_id, data=data)

    done = f"{reverse('products:page', args=[product_id])}?tab=feedback"
    return _dialog(request, form, act, _("提改进建议"), product, lambda: to_page(request, done))


@page(allow=access.may_edit, methods=("GET", "POST"))
def new_milestone(request: HttpRequest, product_id: int) -> HttpResponse:
    product = product_of(actor=request.actor, product_id=product_id)
    form = forms.MilestoneForm(request.POST or None)

    def act(data: Any) -> Any:
        return actions.plan_milestone(actor=request.actor, at=time.now(), product_id=product_id, data=data)

    return _dialog(request, form, act, _("添加计划节点"), product, lambda: _changed(request, product_id))


@page(allow=access.may_edit, methods=("GET", "POST"))
def edit_milestone(request: HttpRequest, milestone_id: int) -> HttpResponse:
    found = queries.milestone(actor=request.actor, milestone_id=milestone_id)
    initial = {name: getattr(found, name) for name in ("due_on", "title", "text", "done_on", "version")}
    form = forms.ReviseMilestoneForm(request.POST or None, initial=initial)

    def act(data: Any) -> Any:
        return actions.revise_milestone(actor=request.actor, at=time.now(), milestone_id=milestone_id, data=data)

    return _dialog(request, form, act, _("修改计划节点"), found.product, lambda: _changed(request, found.product_id))


def _changed(request: HttpRequest, product_id: int) -> HttpResponse:
    return page_changed(request, f"{reverse('products:page', args=[product_id])}?tab=feedback", _("已保存。"))


def _dialog(
    request: HttpRequest,
    form: Any,
    act: Callable[[Any], Any],
    title: str,
    product: Any,
    done: Callable[[], HttpResponse],
) -> HttpResponse:
    if request.method == "POST" and form.carry_out(act):
        return done()
    context = {"form": form, "title": title, "product": product}
    return part(request, "products/_dialog.html", context, status=422 if form.errors else 200)
