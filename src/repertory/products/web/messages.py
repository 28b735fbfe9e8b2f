"""Key messages: writing a wording, handing it in, deciding, withdrawing; and the list of what waits."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as told
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import page
from repertory.core.web.responses import page_changed
from repertory.products import access
from repertory.products.actions import (
    decide_message,
    discard_draft,
    draft_message,
    draft_next_version,
    revise_draft,
    submit_message,
    withdraw_message,
)
from repertory.products.actions.messages import WORDING
from repertory.products.choices import EDITABLE
from repertory.products.inputs import DraftMessage, ReviseMessage
from repertory.products.models import MessageVersion, Product
from repertory.products.queries import product as queries
from repertory.products.web.forms import DecideMessageForm, MessageForm, WithdrawMessageForm
from repertory.products.web.page import audiences_in_words
from repertory.products.web.responses import part

MOST = 200


@page(allow=access.may_work_on_messages)
def work_list(request: HttpRequest) -> HttpResponse:
    """What waits for approval, and what ends soon."""
    today = time.today()
    waiting = queries.waiting_messages(actor=request.actor)
    expiring = queries.expiring_messages(actor=request.actor, on=today)
    rows = [
        {"version": row, "audiences": audiences_in_words(row), "may_decide": access.may_decide(request.actor, row)}
        for row in waiting[:MOST]
    ]
    context = {"waiting": rows, "expiring": expiring[:MOST]}
    return render(request, "products/messages.html", context)


@page(allow=access.may_write_messages, methods=("GET", "POST"))
def new_message(request: HttpRequest, product_id: int) -> HttpResponse:
    product = queries.product_of(actor=request.actor, product_id=product_id)

    def act(data: ReviseMessage) -> MessageVersion:
        return draft_message(actor=request.actor, at=time.now(), product_id=product_id, data=_wording(data))

    return _written(request, product, MessageForm(request.POST or None), act, _("新的关键信息"))


@page(allow=access.may_write_messages, methods=("GET", "POST"))
def new_version(request: HttpRequest, message_id: int) -> HttpResponse:
    """The next version, which begins with the words of the last one."""
    message = queries.message_of(actor=request.actor, message_id=message_id)

    def act(data: ReviseMessage) -> MessageVersion:
        return draft_next_version(actor=request.actor, at=time.now(), message_id=message_id, data=_wording(data))

    last = queries.newest_version(message)
    initial = {**_typed(last), "valid_from": None, "valid_until": None, "version": ""} if last else {}
    form = MessageForm(request.POST or None, initial=initial)
    return _written(request, message.product, form, act, _("起草新版本"))


@page(allow=access.may_write_messages, methods=("GET", "POST"))
def edit_draft(request: HttpRequest, version_id: int) -> HttpResponse:
    version = queries.version_of(actor=request.actor, version_id=version_id)
    if version.state not in EDITABLE:
        return redirect(_messages_of(version.message.product_id))
    form = MessageForm(request.POST or None, initial=_typed(version))

    def act(data: ReviseMessage) -> MessageVersion:
        return revise_draft(actor=request.actor, at=time.now(), version_id=version_id, data=data)

    note = version.decision_note
    return _written(request, version.message.product, form, act, _("修改草稿"), note=note)


def _wording(data: ReviseMessage) -> DraftMessage:
    return DraftMessage(**{name: getattr(data, name) for name in WORDING})


def _typed(version: MessageVersion) -> dict[str, Any]:
    return model_to_dict(version, fields=[*WORDING, "version"]) | {"departments": "、".join(version.departments)}


def _written(
    request: HttpRequest, product: Product, form: InputForm, act: Callable[[Any], Any], title: str, note: str = ""
) -> HttpResponse:
    if request.method == "POST" and form.carry_out(act):
        told.success(request, _("草稿已保存，提交后由别人审批。"))
        return redirect(_messages_of(product.pk))
    context = {"form": form, "product": product, "title": title, "note": note, "back": _messages_of(product.pk)}
    return render(request, "products/message.html", context, status=422 if form.errors else 200)


@page(allow=access.may_write_messages, methods=("POST",))
def submit(request: HttpRequest, version_id: int) -> HttpResponse:
    version = submit_message(actor=request.actor, at=time.now(), version_id=version_id)
    return page_changed(request, _messages_of(version.message.product_id), _("已提交审批。"))


@page(allow=access.may_write_messages, methods=("POST",))
def discard(request: HttpRequest, version_id: int) -> HttpResponse:
    product_id = queries.version_of(actor=request.actor, version_id=version_id).message.product_id
    discard_draft(actor=request.actor, at=time.now(), version_id=version_id)
    return page_changed(request, _messages_of(product_id), _("草稿已删除。"))


@page(allow=access.may_approve_messages, methods=("GET", "POST"))
def decide(request: HttpRequest, version_id: int) -> HttpResponse:
    """The wording once more, and what to do with it."""
    version = queries.version_of(actor=request.actor, version_id=version_id)
    initial = {"valid_from": version.valid_from, "valid_until": version.valid_until}
    form = DecideMessageForm(request.POST or None, initial=initial)
    return _dialog(request, version, form, decide_message, _("审批关键信息"))


@page(allow=access.may_write_messages, methods=("GET", "POST"))
def withdraw(request: HttpRequest, version_id: int) -> HttpResponse:
    version = queries.version_of(actor=request.actor, version_id=version_id)
    return _dialog(request, version, WithdrawMessageForm(request.POST or None), withdraw_message, _("撤下关键信息"))


def _dialog(
    request: HttpRequest, version: MessageVersion, form: InputForm, act: Callable[..., Any], title: str
) -> HttpResponse:
    if request.method == "POST" and form.carry_out(
        lambda data: act(actor=request.actor, at=time.now(), version_id=version.pk, data=data)
    ):
        return page_changed(request, _messages_of(version.message.product_id), _("已保存。"))
    context = {"form": form, "title": title, "version": version, "product": version.message.product}
    context["audiences"] = audiences_in_words(version)
    return part(request, "products/_message_dialog.html", context, status=422 if form.errors else 200)


def _messages_of(product_id: int) -> str:
    return reverse("products:page", args=(product_id,)) + "?tab=messages"
