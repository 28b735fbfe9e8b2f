"""People, territories and posts over the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from repertory.core.errors import NotFound
from repertory.core.time import now
from repertory.organisation import access, actions
from repertory.organisation.api import schemas
from repertory.organisation.inputs import (
    Assign,
    CreatePerson,
    CreateTerritory,
    EndAssignment,
    MoveTerritory,
    RevisePerson,
    ReviseTerritory,
)
from repertory.organisation.models import Territory
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.writing import expected_version, respond, write

router = Router(tags=["organisation"])


@router.get("/me", response={200: schemas.MeOut})
def me(request: HttpRequest) -> dict[str, Any]:
    """Who the key belongs to and what that person is today."""
    actor = request.actor
    posts = access.posts(actor)
    return {
        "username": actor.user.username,
        "name": actor.user.name,
        "language": actor.user.language,
        "roles": sorted(access.roles(actor)),
        "territories": [post.name for post in posts],
    }


@router.get("/people", response={200: schemas.People})
def list_people(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    page = page_by_key(access.visible_people(request.actor), query)
    return {**page, "items": [schemas.person(row) for row in page["items"]]}


@router.post("/people", response={201: schemas.PersonOut})
def create_person(request: HttpRequest, data: CreatePerson) -> HttpResponse:
    def work() -> Any:
        return actions.create_person(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.person, status=201)


@router.get("/people/{int:person_id}", response={200: schemas.PersonOut})
def show_person(request: HttpRequest, person_id: int) -> HttpResponse:
    row = access.visible_people(request.actor).filter(pk=person_id).first()
    if row is None:
        raise NotFound()
    return respond(schemas.person(row))


@router.patch("/people/{int:person_id}", response={200: schemas.PersonOut})
def revise_person(request: HttpRequest, person_id: int, data: RevisePerson) -> HttpResponse:
    def work() -> Any:
        expected = expected_version(request)
        revised = data if expected is None else data.model_copy(update={"version": expected})
        return actions.revise_person(actor=request.actor, at=now(), person_id=person_id, data=revised)

    return write(request, work, show=schemas.person)


def _parents() -> dict[str, str]:
    return dict(Territory.objects.values_list("path", "code"))


@router.get("/territories", response={200: schemas.Territories})
def list_territories(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    page = page_by_key(access.visible_territories(request.actor), query)
    parents = _parents()
    return {**page, "items": [schemas.territory(row, parents) for row in page["items"]]}


@router.post("/territories", response={201: schemas.TerritoryOut})
def create_territory(request: HttpRequest, data: CreateTerritory) -> HttpResponse:
    def work() -> Any:
        return actions.create_territory(actor=request.actor, at=now(), data=data)

    return write(request, work, show=lambda row: schemas.territory(row, _parents()), status=201)


@router.patch("/territories/{code}", response={200: schemas.TerritoryOut})
def revise_territory(request: HttpRequest, code: str, data: ReviseTerritory) -> HttpResponse:
    def work() -> Any:
        expected = expected_version(request)
        revised = data if expected is None else data.model_copy(update={"version": expected})
        return actions.revise_territory(actor=request.actor, at=now(), code=code, data=revised)

    return write(request, work, show=lambda row: schemas.territory(row, _parents()))


@router.post("/territories/{code}/move", response={200: schemas.TerritoryOut})
def move_territory(request: HttpRequest, code: str, data: MoveTerritory) -> HttpResponse:
    def work() -> Any:
        return actions.move_territory(actor=request.actor, at=now(), code=code, data=data)

    return write(request, work, show=lambda row: schemas.territory(row, _parents()))


@router.post("/territories/{code}/closure", response={200: schemas.TerritoryOut})
def close_territory(request: HttpRequest, code: str) -> HttpResponse:
    def work() -> Any:
        return actions.close_territory(actor=request.actor, at=now(), code=code)

    return write(request, work, show=lambda row: schemas.territory(row, _parents()))


@router.get("/assignments", response={200: schemas.Assignments})
def list_assignments(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    page = page_by_key(access.visible_assignments(request.actor).select_related("user", "territory"), query)
    return {**page, "items": [schemas.assignment(row) for row in page["items"]]}


@router.post("/assignments", response={201: schemas.AssignmentOut})
def assign(request: HttpRequest, data: Assign) -> HttpResponse:
    def work() -> Any:
        return actions.assign(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.assignment, status=201)


@router.post("/assignments/{int:assignment_id}/end", response={200: schemas.AssignmentOut})
def end_assignment(request: HttpRequest, assignment_id: int, data: EndAssignment) -> HttpResponse:
    def work() -> Any:
        return actions.end_assignment(actor=request.actor, at=now(), assignment_id=assignment_id, data=data)

    return write(request, work, show=schemas.assignment)
