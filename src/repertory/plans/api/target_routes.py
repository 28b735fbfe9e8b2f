"""Plans and targets over the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.inputs import Key
from repertory.core.listing import ListQuery
from repertory.core.time import now
from repertory.plans import actions
from repertory.plans.api import schemas
from repertory.plans.choices import Level
from repertory.plans.inputs import (
    AnswerReply,
    BreakDown,
    CreatePlan,
    ProposeFigure,
    ReviseFigures,
    SetFigures,
    SubmitTargetPlan,
)
from repertory.plans.queries import figures, plans
from repertory.platform.api.schemas import Done
from repertory.platform.api.writing import respond, write

router = Router(tags=["targets"])
RESERVED = frozenset({"sort", "cursor", "limit", "customers"})
ONE = "/target-plans/{int:plan_id}"
PLAN = {200: schemas.TargetPlanOut}


class FigureQuery(Schema):
    """Besides these, every column is a filter: year=2026, measure=amount, level=base, month.from=202601, month.to=202603,
    territory=E1 (code), product=P001 (code), fixed=true, plan=7 or state=draft; without the last two, approved plans.
    customers=1: the figures of customers, of which customer=C001 (code) is one."""

    customers: bool = False
    sort: str = Field("id", max_length=40, description="id, month, value; - before it: descending")
    cursor: str = Field("", max_length=800)
    limit: int = Field(50, ge=1, le=200)


class PostFigures(SetFigures):
    plan_id: Key


def _asked(request: HttpRequest, query: FigureQuery) -> ListQuery:
    filters = {key: request.GET.getlist(key) for key in request.GET if key not in RESERVED}
    return ListQuery(filters=filters, sort=query.sort, cursor=query.cursor, limit=query.limit)


@router.get("/targets", response={200: schemas.TargetFigures}, operation_id="list_targets")
def list_(request: HttpRequest, query: Query[FigureQuery]) -> HttpResponse:
    """The figures in one's part of the tree."""
    if query.customers:
        parts = figures.list_customer_figures(actor=request.actor, query=_asked(request, query))
        items = [schemas.customer_figure(row) for row in parts.items]
        return respond({"items": items, "count": parts.count, "next": parts.next})
    page = figures.list_figures(actor=request.actor, query=_asked(request, query))
    items = [schemas.figure(row) for row in page.items]
    return respond({"items": items, "count": page.count, "next": page.next})


@router.post("/targets", response={200: schemas.TargetPlanOut}, operation_id="set_targets")
def set_(request: HttpRequest, data: PostFigures) -> HttpResponse:
    """Type figures into a draft; what is not fixed shares the rest, and all sums agree, or nothing is changed."""
    typed = SetFigures(figures=data.figures)

    def work() -> Any:
        return actions.set_figures(actor=request.actor, at=now(), plan_id=data.plan_id, data=typed)

    return write(request, work, show=schemas.plan)


@router.get("/target-plans", response={200: schemas.Plans}, operation_id="list_target_plans")
def list_plans(request: HttpRequest) -> HttpResponse:
    """All versions in sight, the newest year first."""
    found = [schemas.plan(row) for row in plans.list_plans(actor=request.actor)]
    return respond({"items": found, "count": len(found)})


@router.post("/target-plans", response={201: schemas.TargetPlanOut}, operation_id="create_target_plan")
def create(request: HttpRequest, data: CreatePlan) -> HttpResponse:
    """The first version of a year, from typed figures or from last year's sales and a growth."""
    return write(
        request,
        lambda: actions.create_plan(actor=request.actor, at=now(), data=data),
        show=schemas.plan,
        status=201,
    )


@router.get(ONE, response=PLAN, operation_id="show_target_plan")
def show(request: HttpRequest, plan_id: int) -> HttpResponse:
    return respond(schemas.plan(plans.plan_of(actor=request.actor, plan_id=plan_id)))


@router.delete(ONE, response={200: Done}, operation_id="discard_target_plan")
def discard(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Throw a draft away."""
    return write(request, lambda: actions.discard_plan(actor=request.actor, at=now(), plan_id=plan_id))


@router.post(f"{ONE}/breakdowns", response={200: Done}, operation_id="break_down_targets")
def break_down(request: HttpRequest, plan_id: int, data: BreakDown) -> HttpResponse:
    """Share a node's figures among what lies below it; count: figures written."""

    def work() -> int:
        return actions.break_down(actor=request.actor, at=now(), plan_id=plan_id, data=data)

    return write(request, work, show=lambda count: {"done": True, "count": count})


@router.post(f"{ONE}/submission", response=PLAN, operation_id="submit_target_plan")
def submit(request: HttpRequest, plan_id: int, data: SubmitTargetPlan) -> HttpResponse:
    """Ask for approval; see /approvals for the decision."""

    def work() -> Any:
        return actions.submit_plan(actor=request.actor, at=now(), plan_id=plan_id, data=data)

    return write(request, work, show=schemas.plan)


@router.post(f"{ONE}/taking-back", response=PLAN, operation_id="take_back_target_plan")
def take_back(request: HttpRequest, plan_id: int) -> HttpResponse:
    """A draft again, before it is decided on."""
    return write(
        request, lambda: actions.take_back_plan(actor=request.actor, at=now(), plan_id=plan_id), show=schemas.plan
    )


@router.post(f"{ONE}/revisions", response={201: schemas.TargetPlanOut}, operation_id="revise_target_plan")
def revise(request: HttpRequest, plan_id: int, data: ReviseFigures) -> HttpResponse:
    """The next version of the approved one, with the same figures."""

    def work() -> Any:
        return actions.revise_plan(actor=request.actor, at=now(), plan_id=plan_id, data=data)

    return write(request, work, show=schemas.plan, status=201)


@router.get(f"{ONE}/differences", response={200: schemas.Differences}, operation_id="list_target_differences")
def differences(request: HttpRequest, plan_id: int, level: Level = Level.BASE) -> HttpResponse:
    """Where the version differs from the one that it was drawn up from, by node and product, over the year."""
    plan = plans.plan_of(actor=request.actor, plan_id=plan_id)
    found = [schemas.difference(one) for one in plans.differences(actor=request.actor, plan=plan, level=level)]
    return respond({"items": found, "count": len(found)})


@router.get(f"{ONE}/replies", response={200: schemas.Replies}, operation_id="list_target_replies")
def replies(request: HttpRequest, plan_id: int) -> HttpResponse:
    plan = plans.plan_of(actor=request.actor, plan_id=plan_id)
    found = [schemas.reply(row) for row in plans.replies_of(actor=request.actor, plan=plan)]
    return respond({"items": found, "count": len(found)})


@router.post(f"{ONE}/replies", response={201: schemas.ReplyOut}, operation_id="propose_target")
def propose(request: HttpRequest, plan_id: int, data: ProposeFigure) -> HttpResponse:
    """A leader proposes another figure for the own node."""

    def work() -> Any:
        return actions.propose_figure(actor=request.actor, at=now(), plan_id=plan_id, data=data)

    return write(request, work, show=schemas.reply, status=201)


@router.post(
    "/target-replies/{int:reply_id}/answer",
    response={200: schemas.ReplyOut},
    operation_id="answer_target_reply",
)
def answer(request: HttpRequest, reply_id: int, data: AnswerReply) -> HttpResponse:
    """The one above accepts, which makes it the figure, or declines."""

    def work() -> Any:
        return actions.answer_reply(actor=request.actor, at=now(), reply_id=reply_id, data=data)

    return write(request, work, show=schemas.reply)
