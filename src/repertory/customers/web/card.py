"""The archive card: its head, and one view for each tab. Each tab is an address of its own that guards itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from repertory.core import time
from repertory.core.web.card_tabs import tabs_for
from repertory.core.web.pages import page
from repertory.customers import access
from repertory.customers.actions.privacy import log_opening
from repertory.customers.models import Customer
from repertory.customers.queries import card as queries
from repertory.customers.queries.shown import carers_of
from repertory.customers.web import tab_content
from repertory.customers.web.columns import stage_tag, tier_tag
from repertory.customers.web.responses import part
from repertory.customers.web.sections import is_person

Context = dict[str, Any]


@dataclass(frozen=True)
class Tab:
    key: str
    label: str | Promise
    template: str
    content: Callable[[HttpRequest, Customer], Context]
    fits: Callable[[Customer], bool] = lambda customer: True
    address: str = "customers:tab"


TABS = (
    Tab("archive", _("档案"), "customers/_tab_archive.html", tab_content.archive),
    Tab("people", _("人员与影响"), "customers/_tab_people.html", tab_content.people),
    Tab("coverage", _("覆盖"), "customers/_tab_coverage.html", tab_content.coverage),
    Tab(
        "licences",
        _("证照"),
        "customers/_tab_licences.html",
        tab_content.licences,
        fits=lambda customer: not is_person(customer),
    ),
    Tab("preferences", _("偏好与日期"), "customers/_tab_preferences.html", tab_content.preferences),
    Tab("consents", _("同意"), "customers/_tab_consents.html", tab_content.consents, fits=is_person),
    Tab("history", _("历史"), "customers/_tab_history.html", tab_content.history),
    Tab("files", _("附件"), "customers/_tab_files.html", tab_content.files),
)


def tabs_of(request: HttpRequest, customer: Customer) -> list[Tab]:
    """The tabs of the archive, and among them those of other domains."""
    tabs = [tab for tab in TABS if tab.fits(customer)]
    for foreign in tabs_for(request.actor, customer):
        keys = [tab.key for tab in tabs]
        place = keys.index(foreign.after) + 1 if foreign.after in keys else len(tabs)
        template = "customers/_tab_foreign.html"
        tabs.insert(place, Tab(foreign.key, foreign.label, template, _nothing, address=foreign.address))
    return tabs


def _nothing(request: HttpRequest, customer: Customer) -> Context:
    """What another domain's tab shows comes from its own address."""
    return {}


def chosen_tab(request: HttpRequest, customer: Customer, key: str) -> Tab:
    """The tab asked for; the first where this kind of customer has no such tab."""
    tabs = tabs_of(request, customer)
    return next((tab for tab in tabs if tab.key == key), tabs[0])


@page(allow=access.may_see)
def card(request: HttpRequest, customer_id: int) -> HttpResponse:
    customer = queries.card_of(actor=request.actor, customer_id=customer_id)
    log_opening(actor=request.actor, at=time.now(), customer=customer)
    tab = chosen_tab(request, customer, request.GET.get("tab", ""))
    context = _head(request, customer) | tab.content(request, customer)
    context |= {
        "tabs": _links(request, customer, tab),
        "tab_template": tab.template,
        "tab_url": _tab_url(customer, tab),
    }
    return render(request, "customers/card.html", context)


@page(allow=access.may_see)
def card_tab(request: HttpRequest, customer_id: int, key: str) -> HttpResponse:
    """One tab's content, for htmx."""
    customer = queries.card_of(actor=request.actor, customer_id=customer_id)
    tab = chosen_tab(request, customer, key)
    context = _rights(request, customer) | tab.content(request, customer)
    return part(
        request, "customers/_tab.html", context | {"tab_template": tab.template, "tab_url": _tab_url(customer, tab)}
    )


def _head(request: HttpRequest, customer: Customer) -> Context:
    today = time.today()
    blocks = queries.what_stands_against_selling(customer, on=today)
    return _rights(request, customer) | {
        "stage_tag": stage_tag(customer.stage),
        "tier_tag": tier_tag(customer.tier),
        "carers": carers_of([customer.pk], on=today).get(customer.pk, []),
        "proposal": queries.open_proposal_of(customer),
        "waiting": queries.waiting_count(customer),
        "blocks": tab_content.blocks_in_words(blocks),
    }


def _rights(request: HttpRequest, customer: Customer) -> Context:
    actor = request.actor
    return {
        "customer": customer,
        "person": is_person(customer),
        "may_edit": access.may_create(actor),
        "may_lead": access.may_lead(actor),
        "may_reveal": access.may_reveal(actor),
        "may_approve": access.may_approve_first_trade(actor),
    }


def _tab_url(customer: Customer, tab: Tab) -> str:
    own = tab.address == "customers:tab"
    return reverse(tab.address, args=(customer.pk, tab.key) if own else (customer.pk,))


def _links(request: HttpRequest, customer: Customer, current: Tab) -> list[Context]:
    page_url = reverse("customers:card", args=(customer.pk,))
    return [
        {
            "key": tab.key,
            "label": tab.label,
            "current": tab.key == current.key,
            "url": _tab_url(customer, tab),
            "page_url": f"{page_url}?tab={tab.key}",
        }
        for tab in tabs_of(request, customer)
    ]
