"""Coaching: joint visits written down by the superior, read and answered by the rep."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from repertory.core import time
from repertory.core.errors import NotFound
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.organisation.models import User
from repertory.visits import access, actions
from repertory.visits.choices import AgreedState, Skill, Status
from repertory.visits.models import AgreedAction, Coaching
from repertory.visits.queries.visits import team_of
from repertory.visits.web.columns import when
from repertory.visits.web.forms import CoachingForm, ReplyForm
from repertory.visits.web.responses import part

MOST = 100
RECENT_VISITS = 30


@page(allow=access.may_see)
def coaching_list(request: HttpRequest) -> HttpResponse:
    rows = access.visible_coachings(request.actor).select_related("user", "coach").prefetch_related("ratings", "agreed")
    context = {
        "coachings": [_row(coaching) for coaching in rows.order_by("-on", "-pk")[:MOST]],
        "may_coach": access.may_lead(request.actor),
    }
    return render(request, "visits/coachings.html", context)


def _row(coaching: Coaching) -> dict[str, Any]:
    scores = [rating.score for rating in coaching.ratings.all()]
    return {
        "coaching": coaching,
        "average": sum(scores) / len(scores) if scores else None,
        "open": sum(agreed.state == AgreedState.OPEN for agreed in coaching.agreed.all()),
    }


@page(allow=access.may_lead, methods=("GET", "POST"))
def coach(request: HttpRequest) -> HttpResponse:
    """?person= whom; what was agreed before stands there to be looked at again."""
    team = team_of(actor=request.actor, on=time.today())
    chosen = request.POST.get("username") or request.GET.get("person", "") or (team[0].username if team else "")
    person = next((one for one in team if one.username == chosen), None)
    form = CoachingForm(
        request.POST or None,
        people=[(one.username, one.name) for one in team],
        visits=_visits(request, person),
        open_actions=_open_actions(person),
        initial={"username": chosen} | _joined(request, person),
    )
    if request.method == "POST" and form.carry_out(
        lambda data: actions.record_coaching(actor=request.actor, at=time.now(), data=data)
    ):
        return redirect("visits:coaching", form.result.pk)
    context = {"form": form, "person": person, "team": team}
    return render(request, "visits/coaching_form.html", context, status=422 if form.errors else 200)


def _joined(request: HttpRequest, person: User | None) -> dict[str, Any]:
    """?visit= the visit that both made, and its day; today where there is none."""
    key = request.GET.get("visit", "")
    if person is not None and key.isascii() and key.isdigit() and len(key) < 19:
        visit = access.visible_visits(request.actor).filter(pk=key, user=person, status=Status.DONE).first()
        if visit is not None:
            return {"on": visit.day, "visit_id": key}
    return {"on": time.today()}


def _visits(request: HttpRequest, person: User | None) -> list[tuple[str, str]]:
    if person is None:
        return []
    rows = access.visible_visits(request.actor).filter(user=person, status=Status.DONE).select_related("customer")
    today = time.today()
    return [
        (str(visit.pk), f"{when(visit, today)} {visit.customer.name}")
        for visit in rows.order_by("-day", "-pk")[:RECENT_VISITS]
    ]


def _open_actions(person: User | None) -> list[tuple[int, str]]:
    if person is None:
        return []
    rows = AgreedAction.objects.filter(coaching__user=person).exclude(state=AgreedState.DONE)
    return [(row.pk, row.text) for row in rows.order_by("due_on", "pk")[:20]]


@page(allow=access.may_see)
def coaching_page(request: HttpRequest, coaching_id: int) -> HttpResponse:
    coaching = actions.read_coaching(actor=request.actor, at=time.now(), coaching_id=coaching_id)
    ratings = {rating.skill: rating.score for rating in coaching.ratings.all()}
    context = {
        "coaching": coaching,
        "ratings": [{"label": skill.label, "score": ratings[skill]} for skill in Skill if skill in ratings],
        "agreed": coaching.agreed.all(),
        "reviewed": coaching.reviewed.all(),
        "may_reply": coaching.user_id == request.actor.user_id and not coaching.reply,
    }
    return render(request, "visits/coaching.html", context)


@page(allow=access.may_record, methods=("GET", "POST"))
def reply(request: HttpRequest, coaching_id: int) -> HttpResponse:
    if not access.visible_coachings(request.actor).filter(pk=coaching_id).exists():
        raise NotFound()
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: actions.reply_coaching(actor=request.actor, at=time.now(), coaching_id=coaching_id, data=data)
    ):
        return to_page(request, reverse("visits:coaching", args=(coaching_id,)))
    return part(request, "visits/_dialog.html", {"form": form, "title": _("回复")}, status=422 if form.errors else 200)
