"""Product lines and their teams over the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from repertory.core.time import now
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Done, Row, Rows, row
from repertory.platform.api.writing import expected_version, respond, write
from repertory.products import access, actions
from repertory.products.inputs import AddLineTeam, CreateLine, EndLineTeam, ReviseLine
from repertory.products.models import LineTeam, ProductLine
from repertory.products.queries.product import line_of, teams_of

router = Router(tags=["product lines"])


@router.get("/product-lines", response={200: Rows}, operation_id="list_lines")
def lines(request: HttpRequest, query: Query[PageQuery]) -> HttpResponse:
    """The lines that one carries, or all for those who see the whole company."""
    return _page(access.visible_lines(request.actor), query)


@router.post("/product-lines", response={201: Row}, operation_id="create_line")
def create(request: HttpRequest, data: CreateLine) -> HttpResponse:
    def work() -> ProductLine:
        return actions.create_line(actor=request.actor, at=now(), data=data)

    return write(request, work, show=row, status=201)


@router.patch("/product-lines/{int:line_id}", response={200: Row}, operation_id="revise_line")
def revise(request: HttpRequest, line_id: int, data: ReviseLine) -> HttpResponse:
    """Change the given fields. If-Match: the ETag that was read."""

    def work() -> ProductLine:
        expected = expected_version(request)
        revised = data if expected is None else data.model_copy(update={"version": expected})
        return actions.revise_line(actor=request.actor, at=now(), line_id=line_id, data=revised)

    return write(request, work, show=row)


@router.get("/product-lines/{int:line_id}/teams", response={200: Rows}, operation_id="list_teams")
def teams(request: HttpRequest, line_id: int, query: Query[PageQuery]) -> HttpResponse:
    """Which territories carry the line, and when."""
    line = line_of(actor=request.actor, line_id=line_id)
    return _page(teams_of(actor=request.actor, line_id=line.pk), query)


@router.post("/product-lines/{int:line_id}/teams", response={201: Row}, operation_id="add_team")
def add_team(request: HttpRequest, line_id: int, data: AddLineTeam) -> HttpResponse:
    def work() -> LineTeam:
        return actions.add_line_team(actor=request.actor, at=now(), line_id=line_id, data=data)

    return write(request, work, show=row, status=201)


@router.post("/line-teams/{int:team_id}/end", response={200: Done}, operation_id="end_team")
def end_team(request: HttpRequest, team_id: int, data: EndLineTeam) -> HttpResponse:
    """From that day, or from today, the territory carries the line no more."""

    def work() -> Any:
        actions.end_line_team(actor=request.actor, at=now(), team_id=team_id, data=data)

    return write(request, work)


def _page(rows: Any, query: PageQuery) -> HttpResponse:
    page = page_by_key(rows, query)
    return respond({**page, "items": [row(found) for found in page["items"]]})
