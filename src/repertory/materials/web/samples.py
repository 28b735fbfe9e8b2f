"""Samples: the ledger of lots, a lot's page, a new lot, a person's bag, one's own bag."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web.pages import page
from repertory.materials import access, usability
from repertory.materials.actions import receive_lot
from repertory.materials.choices import Move
from repertory.materials.queries import holdings
from repertory.materials.queries.listing import handouts, with_names
from repertory.materials.queries.references import pack_options
from repertory.materials.web.forms import ReceiveLotForm
from repertory.materials.web.tags import expiry_tag
from repertory.organisation.models import User
from repertory.platform.web.files import file_answer

LONGEST = 200


@page(allow=access.may_issue_or_read)
def ledger(request: HttpRequest) -> HttpResponse:
    """Lots with where their packs are, and the bags below."""
    actor = request.actor
    context = {
        "lots": holdings.lots_with_sums(actor=actor, on=time.today(), most=LONGEST),
        "people": holdings.bags_below(actor=actor),
        "may_store": access.may_keep_store(actor),
        "may_import": access.may_import_lots(actor),
        "may_export": access.may_export(actor),
    }
    return render(request, "materials/samples.html", context)


@page(allow=access.may_see)
def lot_page(request: HttpRequest, lot_id: int) -> HttpResponse:
    actor = request.actor
    lot = access.get_lot(actor, lot_id)
    moves = list(holdings.moves_of_lot(actor=actor, lot=lot)[:LONGEST])
    context = {
        "lot": lot,
        "expired": usability.is_expired(lot, on=time.today()),
        "balances": holdings.balances_of_lot(actor=actor, lot=lot),
        "moves": [_move(row) for row in moves],
        "may_store": access.may_keep_store(actor),
        "may_issue": access.may_issue(actor),
        "may_hold": access.may_hold(actor),
        "leads_back": access.may_issue_or_read(actor),
    }
    return render(request, "materials/lot.html", context)


def _move(row: Any) -> dict[str, Any]:
    """A row, and whether it is a giving that stands."""
    stands = row.kind == Move.GIVEN and getattr(row, "reversal", None) is None
    return {"row": row, "stands": stands}


@page(allow=access.may_keep_store, methods=("GET", "POST"))
def new_lot(request: HttpRequest) -> HttpResponse:
    """A delivery: of a new lot, or more of a known one."""
    initial = {name: request.GET[name] for name in ("pack", "lot_number", "expires_on") if name in request.GET}
    form = ReceiveLotForm(request.POST or None, packs=pack_options(actor=request.actor), initial=initial)
    if request.method == "POST" and form.carry_out(
        lambda data: receive_lot(actor=request.actor, at=time.now(), data=data)
    ):
        return redirect("materials:lot", form.result.lot_id)
    context = {"form": form, "title": _("样品入库"), "back": reverse("materials:samples"), "verb": _("登记入库")}
    return render(request, "materials/form.html", context, status=422 if form.errors else 200)


@page(allow=access.may_hold)
def own_bag(request: HttpRequest) -> HttpResponse:
    """What I have, and what I gave last."""
    actor = request.actor
    context = _bag(request, actor.user) | {"own": True}
    return render(request, "materials/bag.html", context)


@page(allow=access.may_issue_or_read)
def bag(request: HttpRequest, user_id: int) -> HttpResponse:
    """The bag of a person below."""
    person = holdings.bag_of(actor=request.actor, user_id=user_id)
    return render(request, "materials/bag.html", _bag(request, person) | {"own": False})


def _bag(request: HttpRequest, person: User) -> dict[str, Any]:
    actor = request.actor
    moves = with_names(access.visible_sample_moves(actor).filter(holder=person)).select_related("reversal")
    given = handouts(actor=actor).filter(giver=person, reverses=None).select_related("reversal")
    samples = holdings.samples_of_person(person=person, on=time.today())
    return {
        "person": person,
        "samples": [{"held": one, "tag": expiry_tag(one)} for one in samples],
        "stock": holdings.stock_of_person(person=person),
        "moves": [_move(row) for row in moves.order_by("-on", "-pk")[:LONGEST]],
        "handouts": given.order_by("-on", "-pk")[:LONGEST],
        "may_hold": access.may_hold(actor),
    }


@page(allow=access.may_see)
def signature(request: HttpRequest, move_id: int) -> FileResponse:
    """The signature of a giving, for those who see the giving."""
    move = access.visible_sample_moves(request.actor).select_related("signature").filter(pk=move_id).first()
    if move is None or move.signature is None:
        raise NotFound()
    return file_answer(move.signature)
