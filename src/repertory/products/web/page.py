"""A product's page: its head, and one view for each tab. Each tab is an address of its own that guards itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from repertory.core import time
from repertory.core.web.pages import page
from repertory.organisation import access as organisation
from repertory.platform.audit_words import entry_in_words
from repertory.platform.queries import custom_fields, history_of
from repertory.products import access
from repertory.products.choices import EDITABLE, STAGE_TRANSITIONS, Audience, MessageState, Standing
from repertory.products.models import MessageVersion, Product
from repertory.products.queries import feedback
from repertory.products.queries import product as queries
from repertory.products.web.columns import stage_tag, wording_tag
from repertory.products.web.feedback import suggestion_tag
from repertory.products.web.responses import part
from repertory.products.web.sections import sections_of, shown_section

Context = dict[str, Any]
LONGEST_HISTORY = 100
MOST_SUGGESTIONS = 50
NOTHING = {
    "title": _("还没有关键信息"),
    "text": _("由产品经理或市场起草，别人审批后，代表才能在拜访中使用。"),
    "icon": "message",
}


def _facts_tab(request: HttpRequest, product: Product) -> Context:
    definitions = custom_fields("product")
    edit = access.may_edit(request.actor)
    return {"sections": [shown_section(product, one, definitions, edit=edit) for one in sections_of(definitions)]}


def _packs_tab(request: HttpRequest, product: Product) -> Context:
    return {"packs": queries.packs_of(product)}


def _messages_tab(request: HttpRequest, product: Product) -> Context:
    shown = queries.messages_of(actor=request.actor, product=product, on=time.today())
    rows = [
        {
            "message": one.message,
            "current": _worded(one.current, request),
            "others": [_worded(wording, request) for wording in one.others],
            "may_renew": one.open is None,
        }
        for one in shown
    ]
    return {"key_messages": rows, "nothing": NOTHING}


def _worded(wording: queries.Wording, request: HttpRequest) -> Context:
    version, actor = wording.version, request.actor
    return {
        "version": version,
        "tag": wording_tag(wording),
        "audiences": audiences_in_words(version),
        "editable": version.state in EDITABLE,
        "to_decide": version.state == MessageState.SUBMITTED and access.may_decide(actor, version),
        "in_force": version.state == MessageState.APPROVED and wording.standing != Standing.SUPERSEDED,
    }


def audiences_in_words(version: MessageVersion) -> str:
    """医生/药师 · 心内科、老年科; 所有对象 where it is for everybody."""
    labels = dict(Audience.choices)
    kinds = str(_("、")).join(str(labels.get(code, code)) for code in version.audiences) or str(_("所有对象"))
    names = str(_("、")).join(version.departments)
    return f"{kinds} · {names}" if names else kinds


def _history_tab(request: HttpRequest, product: Product) -> Context:
    """The steps of its life; who changed what for those who work on products or audit them."""
    actor = request.actor
    may_audit = organisation.may_audit(actor) or access.may_work_on_messages(actor)
    rows = history_of(object_type="product", object_id=product.pk, limit=LONGEST_HISTORY) if may_audit else []
    changes = queries.stage_changes_of(product)
    return {"entries": [entry_in_words(row) for row in rows], "stage_changes": changes, "may_audit": may_audit}


@dataclass(frozen=True)
class Tab:
    key: str
    label: str | Promise
    template: str
    content: Callable[[HttpRequest, Product], Context]


def _feedback_tab(request: HttpRequest, product: Product) -> Context:
    """What the field proposes, and for those who see the whole company the plan of development."""
    rows = feedback.suggestions_of(actor=request.actor, product=product, limit=MOST_SUGGESTIONS)
    return {
        "suggestions": [{"row": row, "state": suggestion_tag(row)} for row in rows],
        "milestones": feedback.milestones_of(actor=request.actor, product=product),
        "sees_plan": access.sees_everything(request.actor),
    }


TABS = (
    Tab("facts", _("资料"), "products/_tab_facts.html", _facts_tab),
    Tab("packs", _("规格"), "products/_tab_packs.html", _packs_tab),
    Tab("messages", _("关键信息"), "products/_tab_messages.html", _messages_tab),
    Tab("feedback", _("建议与计划"), "products/_tab_feedback.html", _feedback_tab),
    Tab("history", _("历史"), "products/_tab_history.html", _history_tab),
)


def chosen_tab(key: str) -> Tab:
    return next((tab for tab in TABS if tab.key == key), TABS[0])


@page(allow=access.may_see)
def product_page(request: HttpRequest, product_id: int) -> HttpResponse:
    product = queries.product_of(actor=request.actor, product_id=product_id)
    tab = chosen_tab(request.GET.get("tab", ""))
    context = _rights(request, product) | tab.content(request, product)
    context |= {"stage_tag": stage_tag(product.stage), "tabs": _links(product, tab)}
    return render(request, "products/page.html", context | _of_tab(product, tab))


@page(allow=access.may_see)
def product_tab(request: HttpRequest, product_id: int, key: str) -> HttpResponse:
    """One tab's content, for htmx."""
    product, tab = queries.product_of(actor=request.actor, product_id=product_id), chosen_tab(key)
    context = _rights(request, product) | tab.content(request, product)
    return part(request, "products/_tab.html", context | _of_tab(product, tab))


def _of_tab(product: Product, tab: Tab) -> Context:
    return {"tab_template": tab.template, "tab_url": reverse("products:tab", args=(product.pk, tab.key))}


def _rights(request: HttpRequest, product: Product) -> Context:
    actor = request.actor
    return {
        "product": product,
        "may_edit": access.may_edit(actor),
        "may_move": access.may_edit(actor) and bool(STAGE_TRANSITIONS[product.stage]),
        "may_write": access.may_write_messages(actor),
        "may_suggest": access.may_suggest(actor),
    }


def _links(product: Product, current: Tab) -> list[Context]:
    page_url = reverse("products:page", args=(product.pk,))
    return [
        {
            "key": tab.key,
            "label": tab.label,
            "current": tab is current,
            "url": reverse("products:tab", args=(product.pk, tab.key)),
            "page_url": f"{page_url}?tab={tab.key}",
        }
        for tab in TABS
    ]
