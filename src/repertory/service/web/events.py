"""An adverse event's page with its clock, taking one in, completing it, handing it over."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as T

from repertory.core import formats, time
from repertory.core.errors import NotFound
from repertory.core.web.forms import InputForm
from repertory.core.web.pages import page
from repertory.core.web.responses import to_page
from repertory.customers.access import visible_customers
from repertory.service import access, actions, persons
from repertory.service.audit_words import event_field_label
from repertory.service.choices import EventState, Expectedness, Outcome, ReporterKind, Seriousness
from repertory.service.models import AdverseEvent
from repertory.service.queries import adverse as queries
from repertory.service.queries.references import customer_named, product_options
from repertory.service.web import forms, shown
from repertory.service.web.responses import part

UNPROCESSABLE = 422
CORRECTED = ("product_id", "product_text", "lot", "onset_on", "description", "seriousness", "expectedness", "outcome")


@dataclass(frozen=True)
class Step:
    title: str | Promise
    form: Callable[[Any], InputForm]
    act: Callable[..., Any]
    allow: Callable[[Any], bool]
    states: tuple[str, ...]


STEPS: dict[str, Step] = {
    "follow-up": Step(
        T("随访"), forms.FollowUpForm, actions.follow_up_event, access.may_report_events, tuple(EventState.values)
    ),
    "hand-over": Step(
        T("移交药物警戒"), forms.HandOverForm, actions.hand_over_event, access.may_chase_events, (EventState.RECEIVED,)
    ),
    "closure": Step(
        T("关闭报告"), forms.CloseEventForm, actions.close_event, access.may_chase_events, (EventState.HANDED_OVER,)
    ),
}


@page(allow=access.may_see_events)
def event_page(request: HttpRequest, event_id: int) -> HttpResponse:
    event, at, actor = queries.event_of(actor=request.actor, event_id=event_id), time.now(), request.actor
    frame = {
        "event": event,
        "tags": [shown.event_state_tag(event), shown.clock_tag(event), shown.missing_words(event)],
        "left": shown.time_left(event, at),
        "missing": shown.missing_labels(event),
        "facts": _facts(event),
        "people": _people(event),
        "entries": shown.timeline(queries.steps_of(event)),
        "revisions": [_revision(one) for one in queries.revisions_of(event)],
        "steps": [name for name, step in STEPS.items() if step.allow(actor) and event.state in step.states],
        "may_correct": access.may_report_events(actor),
        "may_reveal": access.may_read_person(actor, event),
        "customer_seen": visible_customers(actor).filter(pk=event.customer_id).exists(),
    }
    return render(request, "service/event.html", frame)


def _facts(event: AdverseEvent) -> list[dict[str, Any]]:
    labels = [str(Seriousness(one).label) for one in event.seriousness]
    drug = str(event.product or event.product_text)
    facts = [
        (_("怀疑药品"), f"{drug}（{event.product_text}）" if event.product and event.product_text else drug, False),
        (_("批号"), event.lot, False),
        (_("发生日期"), formats.human_date(event.onset_on, time.today()) if event.onset_on else "", False),
        (_("严重程度"), str(_("、")).join(labels) or _("非严重"), False),
        (_("是否新的"), event.get_expectedness_display(), False),
        (_("结果"), event.get_outcome_display(), False),
        (_("不良反应经过"), event.description, True),
    ]
    return [{"label": label, "value": value, "wide": wide} for label, value, wide in facts]


def _people(event: AdverseEvent) -> list[dict[str, Any]]:
    found = [(name, persons.shown(event, name, readable=False)) for name in persons.PERSONAL]
    rows = [{"label": event_field_label(name), "value": value} for name, value in found]
    return [*rows, {"label": _("报告人身份"), "value": event.get_reporter_kind_display()}]


def _revision(one: queries.Revision) -> dict[str, Any]:
    """Which fields a revision changed, with what they say since; persons as masks."""
    changes = [
        {"label": event_field_label(name), "old": "", "new": _in_words(name, one.content.get(name))}
        for name in one.row.fields
        if name in one.content
    ]
    return {
        "at": one.row.at,
        "who": one.row.user.name if one.row.user else _("系统"),
        "title": _("第 %(n)s 版") % {"n": one.row.number},
        "changes": changes if one.row.number > 1 else [],
        "note": one.row.reason,
    }


def _in_words(name: str, value: Any) -> str:
    kinds = {"expectedness": Expectedness, "outcome": Outcome, "reporter_kind": ReporterKind}
    if name == "seriousness":
        return str(_("、")).join(str(Seriousness(one).label) for one in value)
    if name == "product_id":
        return _("已改") if value else ""
    if name in kinds and value:
        return str(kinds[name](value).label)
    return "" if value is None else str(value)


@page(allow=access.may_report_events, methods=("GET", "POST"))
def report(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    customer = customer_named(actor=request.actor, key=asked.get("customer", ""))
    initial = {name: asked.get(word, "") for name, word in (("visit_id", "visit"), ("case_id", "case"))}
    form = forms.ReportEventForm(
        request.POST or None,
        products=product_options(actor=request.actor),
        customer=customer,
        initial=initial | {"aware_at": forms.typed_moment(time.now())},
    )
    if request.method == "POST" and form.carry_out(
        lambda data: actions.report_adverse_event(actor=request.actor, at=time.now(), data=data)
    ):
        event = form.result
        due = formats.human_time(event.due_at, time.today())
        messages.success(request, _("已登记 %(number)s，报告期限 %(due)s。") % {"number": event.number, "due": due})
        return redirect("service:event", event.pk)
    frame = {
        "form": form,
        "title": _("登记不良反应"),
        "back": reverse("service:events"),
        "parent": _("不良反应"),
        "note": _("资料不全也先登记：患者、报告人、怀疑药品、经过四项缺什么，登记后会列为待补齐。"),
    }
    return render(request, "core/form_page.html", frame, status=UNPROCESSABLE if form.errors else 200)


@page(allow=access.may_report_events, methods=("GET", "POST"))
def correct(request: HttpRequest, event_id: int) -> HttpResponse:
    event = queries.event_of(actor=request.actor, event_id=event_id)
    initial = {name: getattr(event, name) for name in (*CORRECTED, "reporter_kind", "version")}
    options = product_options(actor=request.actor)
    if event.product is not None and str(event.product_id) not in dict(options):
        options.append((str(event.product_id), str(event.product)))
    form = forms.CorrectEventForm(
        request.POST or None, products=options, initial=initial | {"aware_at": forms.typed_moment(event.aware_at)}
    )
    if request.method == "POST" and form.carry_out(
        lambda data: actions.correct_adverse_event(actor=request.actor, at=time.now(), event_id=event_id, data=data)
    ):
        messages.success(request, _("已保存为新的版本，以前的版本保留。"))
        return redirect("service:event", event_id)
    back = reverse("service:event", args=(event_id,))
    frame = {"form": form, "title": _("更正或补充"), "back": back, "parent": event.number}
    return render(request, "core/form_page.html", frame, status=UNPROCESSABLE if form.errors else 200)


@page(allow=access.may_report_events, methods=("GET", "POST"))
def event_step(request: HttpRequest, event_id: int, name: str) -> HttpResponse:
    """Show one of STEPS for a report, and carry it out."""
    event = queries.event_of(actor=request.actor, event_id=event_id)
    if name not in STEPS or not STEPS[name].allow(request.actor):
        raise NotFound()
    step = STEPS[name]
    form = step.form(request.POST or None)
    if request.method == "POST" and form.carry_out(
        lambda data: step.act(actor=request.actor, at=time.now(), event_id=event_id, data=data)
    ):
        return to_page(request, reverse("service:event", args=(event_id,)))
    context = {"form": form, "title": step.title, "subject": event}
    return part(request, "core/dialog.html", context, status=UNPROCESSABLE if form.errors else 200)


@page(allow=access.may_read_persons, methods=("GET", "POST"))
def reveal(request: HttpRequest, event_id: int) -> HttpResponse:
    """Ask for the reason, then show patient and reporter in clear."""
    event = queries.event_of(actor=request.actor, event_id=event_id)
    form = forms.RevealForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "title": _("查看患者和报告人"), "subject": event}
    if request.method == "POST" and form.carry_out(
        lambda data: actions.reveal_persons(actor=request.actor, at=time.now(), event_id=event_id, data=data)
    ):
        facts = [{"label": event_field_label(name), "value": value} for name, value in form.result.items()]
        return part(request, "service/_revealed.html", context | {"facts": facts})
    return part(request, "core/dialog.html", context, status=UNPROCESSABLE if form.errors else 200)
