"""Dialogs of the ledgers: receive, issue, return, lose, count, for copies of a version and for packs of a lot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from repertory.core import time
from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.core.web.pages import page
from repertory.core.web.responses import page_changed
from repertory.materials import access, actions
from repertory.materials.queries.references import holders_of_lot, holders_of_version, recipients
from repertory.materials.web import forms
from repertory.materials.web.responses import part

T = gettext_lazy


@dataclass(frozen=True)
class Dialog:
    """A form in a dialog and the two actions behind it. people: "to" for those whom one may issue to, "from" for those who
    have something, "other" for both without oneself. store: whether it may be chosen. None of an action: not for such
    things."""

    title: str | Promise
    form: type[forms.LedgerForm]
    of_version: Callable[..., Any] | None
    of_lot: Callable[..., Any] | None
    allow: Callable[[Actor], bool]
    people: str = ""
    store: bool = False


DIALOGS: dict[str, Dialog] = {
    "receive": Dialog(T("入库"), forms.ReceiveForm, actions.receive_stock, None, access.may_keep_store),
    "issue": Dialog(
        T("发放给人员"), forms.IssueForm, actions.issue_stock, actions.issue_samples, access.may_issue, "to"
    ),
    "return": Dialog(
        T("退回总库"), forms.ReturnForm, actions.return_stock, actions.return_samples, access.may_hold, "from"
    ),
    "lose": Dialog(
        T("损耗"), forms.LoseForm, actions.lose_stock, actions.lose_samples, access.may_hold, "from", store=True
    ),
    "count": Dialog(
        T("盘点"), forms.CountForm, actions.count_stock, actions.count_samples, access.may_issue, "other", store=True
    ),
}


@page(allow=access.may_hold, methods=("GET", "POST"))
def of_version(request: HttpRequest, version_id: int, name: str) -> HttpResponse:
    version = access.get_stocked(request.actor, version_id)
    dialog = _wanted(request, name)
    if dialog.of_version is None or version.material.is_electronic:
        raise NotFound()
    holders = holders_of_version(actor=request.actor, version_id=version_id)
    act, back = dialog.of_version, reverse("materials:page", args=(version.material_id,))
    return _carry_out(request, dialog, holders, version, back, lambda **given: act(version_id=version_id, **given))


@page(allow=access.may_hold, methods=("GET", "POST"))
def of_lot(request: HttpRequest, lot_id: int, name: str) -> HttpResponse:
    lot = access.get_lot(request.actor, lot_id)
    dialog = _wanted(request, name)
    if dialog.of_lot is None:
        raise NotFound()
    holders = holders_of_lot(actor=request.actor, lot=lot)
    act, back = dialog.of_lot, reverse("materials:lot", args=(lot_id,))
    return _carry_out(request, dialog, holders, lot, back, lambda **given: act(lot_id=lot_id, **given))


def _wanted(request: HttpRequest, name: str) -> Dialog:
    dialog = DIALOGS.get(name)
    if dialog is None or not dialog.allow(request.actor):
        raise NotFound()
    return dialog


def _carry_out(
    request: HttpRequest, dialog: Dialog, holders: Any, about: Any, back: str, act: Callable[..., Any]
) -> HttpResponse:
    actor = request.actor
    central = dialog.store and access.may_keep_store(actor)
    form = dialog.form(request.POST or None, people=_people(actor, dialog, holders), central=central)
    if request.method == "POST" and form.carry_out(lambda data: act(actor=actor, at=time.now(), data=data)):
        return page_changed(request, back, _("已登记。"))
    context = {"form": form, "title": dialog.title, "about": about}
    return part(request, "materials/_dialog.html", context, status=422 if form.errors else 200)


def _people(actor: Actor, dialog: Dialog, holders: forms.Options) -> forms.Options:
    if dialog.people == "from":
        return holders
    known = recipients(actor=actor, on=time.today()) if dialog.people else []
    if dialog.people == "to":
        return known
    return [pair for pair in dict.fromkeys([*holders, *known]) if pair[0] != actor.label]
