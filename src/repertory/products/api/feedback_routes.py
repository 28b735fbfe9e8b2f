"""Suggestions for products, and their plans of development, over the API."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.listing import ListQuery
from repertory.core.time import now
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.writing import respond, write
from repertory.products import access, actions
from repertory.products.api import price_schemas as schemas
from repertory.products.inputs import AnswerSuggestion, PlanMilestone, ReviseMilestone, SuggestChange
from repertory.products.models import DevelopmentNote, ProductSuggestion
from repertory.products.queries import feedback as queries
from repertory.products.queries.product import product_of

router = Router(tags=["product suggestions"])
RESERVED = frozenset({"q", "sort", "cursor", "limit"})
OF_PRODUCT = "/products/{int:product_id}"


class SuggestionQuery(Schema):
    """Besides these, every column is a filter: state=new, kind=pack, product=P00012 (code), asked_by=rep01; mine=1."""

    q: str = Field("", max_length=200)
    sort: str = Field("-created_at", max_length=40)
    cursor: str = Field("", max_length=800)
    limit: int = Field(50, ge=1, le=200)


@router.get("/product-suggestions", response={200: schemas.Suggestions}, operation_id="list_suggestions")
def list_(request: HttpRequest, query: Query[SuggestionQuery]) -> HttpResponse:
    """One's own, those of one's people; all for who sees the whole company."""
    filters = {key: request.GET.getlist(key) for key in request.GET if key not in RESERVED}
    wanted = ListQuery(text=query.q, filters=filters, sort=query.sort, cursor=query.cursor, limit=query.limit)
    page = queries.list_suggestions(actor=request.actor, query=wanted)
    return respond({"items": [schemas.suggestion(row) for row in page.items], "count": page.count, "next": page.next})


@router.get(
    "/product-suggestions/{int:suggestion_id}",
    response={200: schemas.SuggestionOut},
    operation_id="show_suggestion",
)
def show(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    return respond(schemas.suggestion(queries.suggestion(actor=request.actor, suggestion_id=suggestion_id)))


@router.post(f"{OF_PRODUCT}/suggestions", response={201: schemas.SuggestionOut}, operation_id="suggest_change")
def suggest(request: HttpRequest, product_id: int, data: SuggestChange) -> HttpResponse:
    """Tell the product manager what could be better."""

    def work() -> ProductSuggestion:
        return actions.suggest_change(actor=request.actor, at=now(), product_id=product_id, data=data)

    return write(request, work, show=schemas.suggestion, status=201)


@router.post(
    "/product-suggestions/{int:suggestion_id}/answer",
    response={200: schemas.SuggestionOut},
    operation_id="answer_suggestion",
)
def answer(request: HttpRequest, suggestion_id: int, data: AnswerSuggestion) -> HttpResponse:
    """Considered, adopted or declined, with the words for who proposed it."""

    def work() -> ProductSuggestion:
        return actions.answer_suggestion(actor=request.actor, at=now(), suggestion_id=suggestion_id, data=data)

    return write(request, work, show=schemas.suggestion)


@router.get(f"{OF_PRODUCT}/milestones", response={200: schemas.Milestones}, operation_id="list_milestones")
def milestones(request: HttpRequest, product_id: int, query: Query[PageQuery]) -> HttpResponse:
    """The plan of development; empty for the field."""
    product = product_of(actor=request.actor, product_id=product_id)
    page = page_by_key(access.visible_milestones(request.actor).filter(product=product), query)
    return respond({**page, "items": [schemas.milestone(row) for row in page["items"]]})


@router.post(f"{OF_PRODUCT}/milestones", response={201: schemas.MilestoneOut}, operation_id="plan_milestone")
def plan(request: HttpRequest, product_id: int, data: PlanMilestone) -> HttpResponse:
    def work() -> DevelopmentNote:
        return actions.plan_milestone(actor=request.actor, at=now(), product_id=product_id, data=data)

    return write(request, work, show=schemas.milestone, status=201)


@router.patch(
    "/product-milestones/{int:milestone_id}",
    response={200: schemas.MilestoneOut},
    operation_id="revise_milestone",
)
def revise(request: HttpRequest, milestone_id: int, data: ReviseMilestone) -> HttpResponse:
    """Another day, other words, or that it was reached."""

    def work() -> DevelopmentNote:
        return actions.revise_milestone(actor=request.actor, at=now(), milestone_id=milestone_id, data=data)

    return write(request, work, show=schemas.milestone)
