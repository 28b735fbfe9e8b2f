"""What one customer got: a fragment for the customer's card, giving from there, and reversing what was wrong."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import page
from repertory.core.web.responses import page_changed
from repertory.customers.access import get_visible
from repertory.customers.models import Customer
from repertory.materials import access, rules
from repertory.materials.actions import give_sample, hand_out, keep_signature, take_back_handout, take_back_sample
from repertory.materials.choices import SAMPLE_KINDS, Move
from repertory.materials.inputs import GiveSample, HandOut, KeepSignature
from repertory.materials.queries.giving import given_to, had_before, usable_versions
from repertory.materials.queries.references import own_lots
from repertory.materials.web.forms import GiveSampleForm, HandOutForm, TakeBackForm
from repertory.materials.web.responses import part

MOST = 100


@page(allow=access.may_see)
def of_customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    """What the customer got, the newest first."""
    actor = request.actor
    found = given_to(actor=actor, customer_id=customer_id, most=MOST)
    may_give = access.may_give(actor)
    context = {
        "received": found,
        "customer": found.customer,
        "wide": True,
        "may_give": may_give,
        "may_give_samples": may_give and found.customer.kind in SAMPLE_KINDS,
    }
    return part(request, "materials/_of_customer.html", context)


@page(allow=access.may_give, methods=("GET", "POST"))
def hand_out_to(request: HttpRequest, customer_id: int) -> HttpResponse:
    actor, customer = request.actor, get_visible(request.actor, customer_id)
    form = HandOutForm(request.POST or None, versions=_versions(request, customer))

    def act(data: HandOut) -> Any:
        return hand_out(actor=actor, at=time.now(), customer_id=customer_id, data=data)

    if request.method == "POST" and form.carry_out(act):
        text = _("已登记。这位客户以前得到过这份资料。") if form.result.again else _("已登记。")
        return page_changed(request, _of(customer), text)
    return _dialog(request, form, _("给资料"), customer)


def _versions(request: HttpRequest, customer: Customer) -> list[tuple[str, str]]:
    had = had_before(actor=request.actor, customer_id=customer.pk)
    found = usable_versions(actor=request.actor, on=time.today(), kind=customer.kind)
    return [(str(row.pk), _("%(name)s（已给过）") % {"name": row} if row.pk in had else str(row)) for row in found]


@page(allow=access.may_give, methods=("GET", "POST"))
def give_sample_to(request: HttpRequest, customer_id: int) -> HttpResponse:
    """With the picture of a signature where the rule asks for one; on the phone it is drawn."""
    actor, customer = request.actor, get_visible(request.actor, customer_id)
    today = time.today()
    form = GiveSampleForm(request.POST or None, lots=own_lots(actor=actor, on=today))
    picture = request.FILES.get("signature")

    def act(data: GiveSample) -> Any:
        at = time.now()
        signed = data
        if picture is not None:
            drawn = KeepSignature(png=b64encode(picture.read()).decode())
            kept = keep_signature(actor=actor, at=at, customer_id=customer_id, data=drawn)
            signed = data.model_copy(update={"signature_id": kept.pk})
        return give_sample(actor=actor, at=at, customer_id=customer_id, data=signed)

    if request.method == "POST" and form.carry_out(act):
        return page_changed(request, _of(customer), _("已登记。"))
    return _dialog(request, form, _("给样品"), customer, signature=rules.signature_required(today))


@page(allow=access.may_give, methods=("GET", "POST"))
def take_back_copies(request: HttpRequest, handout_id: int) -> HttpResponse:
    handout = access.visible_handouts(request.actor).select_related("customer").filter(pk=handout_id).first()
    if handout is None:
        raise NotFound()
    return _take_back(request, handout.customer, take_back_handout, {"handout_id": handout_id})


@page(allow=access.may_give, methods=("GET", "POST"))
def take_back_packs(request: HttpRequest, move_id: int) -> HttpResponse:
    moves = access.visible_sample_moves(request.actor).filter(kind=Move.GIVEN)
    move = moves.select_related("customer").filter(pk=move_id).first()
    if move is None or move.customer is None:
        raise NotFound()
    return _take_back(request, move.customer, take_back_sample, {"move_id": move_id})


def _take_back(
    request: HttpRequest, customer: Customer, act: Callable[..., Any], which: dict[str, int]
) -> HttpResponse:
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: act(actor=request.actor, at=time.now(), data=data, **which)
    ):
        return page_changed(request, reverse("materials:bag"), _("已冲回。"))
    return _dialog(request, form, _("冲回这一笔"), customer)


def _dialog(
    request: HttpRequest, form: InputForm, title: str, customer: Customer, *, signature: bool = False
) -> HttpResponse:
    context = {"form": form, "title": title, "about": customer, "signature": signature}
    return part(request, "materials/_dialog.html", context, status=422 if form.errors else 200)


def _of(customer: Customer) -> str:
    return reverse("materials:of_customer", args=(customer.pk,))
