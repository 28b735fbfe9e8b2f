"""Dialogs that add to or take from the card's lists: one table of forms and actions, two views."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.customers import access
from repertory.customers.actions.card import (
    PARTS,
    affiliate,
    delete_part,
    link_influence,
    note_date,
    record_department,
    record_key_person,
)
from repertory.customers.actions.coverage import cover_customer, end_coverage
from repertory.customers.actions.customer import remove_customer
from repertory.customers.actions.licences import (
    decide_first_trade,
    record_licence,
    revise_licence,
    revoke_licence,
    submit_first_trade,
)
from repertory.customers.actions.life import decide_tier, move_stage
from repertory.customers.actions.privacy import erase_person, give_consent, withdraw_consent
from repertory.customers.models import Customer
from repertory.customers.queries.card import licence_of
from repertory.customers.web import forms
from repertory.customers.web.responses import card_changed, part
from repertory.customers.web.sections import is_person

Act = Callable[..., Any]


@dataclass(frozen=True)
class Dialog:
    """A form in a dialog and the action behind it. of_customer: the action takes customer_id beside the data."""

    title: str | Promise
    form: Callable[..., InputForm]
    act: Act
    of_customer: bool = True
    allow: Callable[[Any], bool] = access.may_create


def _stage_form(data: Any, customer: Customer) -> InputForm:
    return forms.StageForm(data, present=customer.stage)


def _tier_form(data: Any, customer: Customer) -> InputForm:
    return forms.TierForm(data, initial={"tier": customer.tier})


def _affiliate_form(data: Any, customer: Customer) -> InputForm:
    """The customer stands on its own side already."""
    side = "person" if is_person(customer) else "institution"
    form = forms.AffiliateForm(data, initial={side: customer.pk})
    form.fields[side].widget.shown = customer.name
    return form


def _influence_form(data: Any, customer: Customer) -> InputForm:
    form = forms.InfluenceForm(data, initial={"source": customer.pk} if is_person(customer) else None)
    if is_person(customer):
        form.fields["source"].widget.shown = customer.name
    return form


def _plain(form: type[InputForm]) -> Callable[..., InputForm]:
    return lambda data, customer: form(data)


T = gettext_lazy
DIALOGS: dict[str, Dialog] = {
    "stage": Dialog(T("调整客户阶段"), _stage_form, move_stage),
    "tier": Dialog(T("定等级"), _tier_form, decide_tier),
    "remove": Dialog(T("移除档案"), _plain(forms.RemoveForm), remove_customer, allow=access.may_lead),
    "affiliation": Dialog(T("登记任职"), _affiliate_form, affiliate, of_customer=False),
    "influence": Dialog(T("登记影响关系"), _influence_form, link_influence, of_customer=False),
    "date": Dialog(T("记住一个日子"), _plain(forms.DateForm), note_date),
    "key_person": Dialog(T("登记主要负责人"), _plain(forms.KeyPersonForm), record_key_person),
    "department": Dialog(T("添加科室"), _plain(forms.DepartmentForm), record_department),
    "consent": Dialog(T("登记同意"), _plain(forms.ConsentForm), give_consent),
    "licence": Dialog(T("登记证照"), _plain(forms.LicenceForm), record_licence),
    "coverage": Dialog(T("增加覆盖辖区"), _plain(forms.CoverForm), cover_customer, allow=access.may_lead),
    "first_trade": Dialog(
        T("首营审核"), _plain(forms.FirstTradeForm), decide_first_trade, allow=access.may_approve_first_trade
    ),
    "erase": Dialog(T("删除个人信息"), _plain(forms.EraseForm), erase_person, allow=access.may_lead),
}
# Steps without a form: what is asked before, and the action, which takes the row's key by this name.
STEPS: dict[str, tuple[Act, str]] = {
    "end_coverage": (end_coverage, "coverage_id"),
    "withdraw_consent": (withdraw_consent, "consent_id"),
    "revoke_licence": (revoke_licence, "licence_id"),
    "submit_first_trade": (submit_first_trade, "customer_id"),
}
LEAVES_THE_LIST = frozenset({"remove"})


@page(allow=access.may_see, methods=("GET", "POST"))
def dialog(request: HttpRequest, customer_id: int, name: str) -> HttpResponse:
    """Show one of DIALOGS for a customer, and carry it out."""
    wanted, customer = DIALOGS.get(name), access.get_visible(request.actor, customer_id)
    if wanted is None or not wanted.allow(request.actor):
        raise NotFound()
    form = wanted.form(request.POST or None, customer)
    where = {"customer_id": customer_id} if wanted.of_customer else {}
    if request.method == "POST" and form.carry_out(
        lambda data: wanted.act(actor=request.actor, at=time.now(), data=data, **where)
    ):
        return _done(request, customer_id, name)
    context = {"form": form, "title": wanted.title, "name": name, "customer": customer}
    return part(request, "customers/_dialog.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, customer_id: int, name: str) -> HttpResponse:
    if name in LEAVES_THE_LIST:
        return to_page(request, "/customers/")
    return card_changed(request, customer_id, _("已保存。"))


@page(allow=access.may_create, methods=("GET", "POST"))
def edit_licence(request: HttpRequest, customer_id: int, licence_id: int) -> HttpResponse:
    """Correct or renew a licence of this customer."""
    customer = access.get_visible(request.actor, customer_id)
    licence = licence_of(customer, licence_id)
    form = forms.LicenceForm(request.POST or None, initial=model_to_dict(licence))
    if request.method == "POST" and form.carry_out(
        lambda data: revise_licence(actor=request.actor, at=time.now(), licence_id=licence_id, data=data)
    ):
        return card_changed(request, customer_id, _("已保存。"))
    context = {"form": form, "title": _("修改证照"), "customer": customer}
    return part(request, "customers/_dialog.html", context, status=422 if form.errors else 200)


@page(allow=access.may_see, methods=("POST",))
def step(request: HttpRequest, customer_id: int, name: str, row_id: int) -> HttpResponse:
    """One of STEPS, on a row of the card."""
    access.get_visible(request.actor, customer_id)
    if name not in STEPS:
        raise NotFound()
    act, key = STEPS[name]
    act(actor=request.actor, at=time.now(), **{key: row_id})
    return card_changed(request, customer_id, _("已完成。"))


@page(allow=access.may_create, methods=("POST",))
def delete_row(request: HttpRequest, customer_id: int, part: str, row_id: int) -> HttpResponse:
    """Take a row out of the card's lists."""
    access.get_visible(request.actor, customer_id)
    if part not in PARTS:
        raise NotFound()
    delete_part(actor=request.actor, at=time.now(), part=part, row_id=row_id)
    return card_changed(request, customer_id, _("已删除。"))
