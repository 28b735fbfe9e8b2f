"""Plans, frequencies, personal reports and coaching over the API."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.inputs import OptionalDay
from repertory.core.time import now, today
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Done, Row, Rows, row
from repertory.platform.api.writing import respond, write
from repertory.visits import access, actions
from repertory.visits.api import schemas
from repertory.visits.choices import ReportKind
from repertory.visits.inputs import (
    CommentReport,
    DecidePlan,
    ProposePlan,
    RecordCoaching,
    ReplyCoaching,
    SendReport,
    SetFrequency,
    SubmitPlan,
)
from repertory.visits.models import CallFrequency, Coaching, PersonalReport, ReportComment, VisitPlan
from repertory.visits.queries.composing import compose
from repertory.visits.queries.frequencies import list_frequencies
from repertory.visits.queries.steps import next_steps

router = Router(tags=["visits"])


class ComposeQuery(Schema):
    kind: ReportKind = ReportKind.DAILY
    on: OptionalDay = None
    username: str = Field("", max_length=60)


@router.get("/visit-plans", response={200: Rows}, operation_id="list_visit_plans")
def plans(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """Own plans and those of the people one leads."""
    page = page_by_key(access.visible_plans(request.actor).select_related("user"), query)
    return respond({**page, "items": [schemas.plan(found) for found in page["items"]]})


@router.post("/visit-plans", response={201: Row}, operation_id="propose_visit_plan")
def propose(request: HttpRequest, data: ProposePlan) -> HttpResponse:
    """Lay a month's visits on its working days."""

    def work() -> VisitPlan:
        return actions.propose_plan(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.plan, status=201)


@router.post("/visit-plans/{int:plan_id}/submission", response={200: Row}, operation_id="submit_visit_plan")
def submit(request: HttpRequest, plan_id: int, data: SubmitPlan) -> HttpResponse:
    def work() -> VisitPlan:
        return actions.submit_plan(actor=request.actor, at=now(), plan_id=plan_id, data=data)

    return write(request, work, show=schemas.plan)


@router.post("/visit-plans/{int:plan_id}/decision", response={200: Row}, operation_id="decide_visit_plan")
def decide(request: HttpRequest, plan_id: int, data: DecidePlan) -> HttpResponse:
    def work() -> VisitPlan:
        return actions.decide_plan(actor=request.actor, at=now(), plan_id=plan_id, data=data)

    return write(request, work, show=schemas.plan)


@router.get("/call-frequencies", response={200: Rows}, operation_id="list_call_frequencies")
def frequencies(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    page = page_by_key(list_frequencies(actor=request.actor), query)
    return respond({**page, "items": [row(found) for found in page["items"]]})


@router.post("/call-frequencies", response={201: Row}, operation_id="set_call_frequency")
def set_frequency(request: HttpRequest, data: SetFrequency) -> HttpResponse:
    """From a day on, visits a month by kind, tier and role; "" stands for any."""

    def work() -> CallFrequency:
        return actions.set_frequency(actor=request.actor, at=now(), data=data)

    return write(request, work, show=row, status=201)


@router.delete("/call-frequencies/{int:frequency_id}", response={200: Done}, operation_id="drop_call_frequency")
def drop_frequency(request: HttpRequest, frequency_id: int) -> HttpResponse:
    def work() -> None:
        actions.drop_frequency(actor=request.actor, at=now(), frequency_id=frequency_id)

    return write(request, work)


@router.get("/personal-reports/composition", response={200: schemas.Composed}, operation_id="compose_report")
def composition(request: HttpRequest, query: Query[ComposeQuery]) -> HttpResponse:
    """What a report of the day, week or month around `on` would say now."""
    person = access.person_for(request.actor, query.username)
    return respond(compose(actor=request.actor, person=person, kind=query.kind, on=query.on or today()))


@router.get("/personal-reports", response={200: Rows}, operation_id="list_personal_reports")
def reports(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    page = page_by_key(access.visible_reports(request.actor).select_related("user"), query)
    return respond({**page, "items": [schemas.report(found) for found in page["items"]]})


@router.post("/personal-reports", response={201: Row}, operation_id="send_personal_report")
def send(request: HttpRequest, data: SendReport) -> HttpResponse:
    """Send one's report; the figures are composed from the records."""

    def work() -> PersonalReport:
        return actions.send_report(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.report, status=201)


@router.post("/personal-reports/{int:report_id}/reading", response={200: Row}, operation_id="read_report")
def read(request: HttpRequest, report_id: int) -> HttpResponse:
    """The report; that it was read is kept."""

    def work() -> PersonalReport:
        return actions.read_report(actor=request.actor, at=now(), report_id=report_id)

    return write(request, work, show=schemas.report)


@router.post(
    "/personal-reports/{int:report_id}/comments",
    response={201: Row},
    operation_id="comment_personal_report",
)
def comment(request: HttpRequest, report_id: int, data: CommentReport) -> HttpResponse:
    def work() -> ReportComment:
        return actions.comment_report(actor=request.actor, at=now(), report_id=report_id, data=data)

    return write(request, work, show=row, status=201)


@router.get("/coachings", response={200: Rows}, operation_id="list_coachings")
def coachings(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    rows = access.visible_coachings(request.actor).select_related("user", "coach").prefetch_related("ratings", "agreed")
    page = page_by_key(rows, query)
    return respond({**page, "items": [schemas.coaching(found) for found in page["items"]]})


@router.post("/coachings", response={201: Row}, operation_id="record_coaching")
def record_coaching(request: HttpRequest, data: RecordCoaching) -> HttpResponse:
    def work() -> Coaching:
        return actions.record_coaching(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.coaching, status=201)


@router.post("/coachings/{int:coaching_id}/reply", response={200: Row}, operation_id="reply_coaching")
def reply(request: HttpRequest, coaching_id: int, data: ReplyCoaching) -> HttpResponse:
    def work() -> Coaching:
        return actions.reply_coaching(actor=request.actor, at=now(), coaching_id=coaching_id, data=data)

    return write(request, work, show=schemas.coaching)


@router.get("/next-steps", response={200: Rows}, operation_id="list_next_steps")
def steps(request: HttpRequest) -> HttpResponse:
    """Whom to see next, the most urgent first, each with its reasons."""
    found = next_steps(actor=request.actor, on=today())
    items = [
        {
            "id": step.customer.pk,
            "name": step.customer.name,
            "score": step.score,
            "reasons": [{"code": reason.code, "text": str(reason.text)} for reason in step.reasons],
        }
        for step in found
    ]
    return respond({"items": items, "count": len(items), "next": None})
