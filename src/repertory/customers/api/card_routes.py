"""The rows that hang at a customer: coverage, people, influence, dates, consents, licences."""

from collections.abc import Callable
from typing import Any, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from repertory.core.time import now
from repertory.customers import access, actions
from repertory.customers.api import schemas
from repertory.customers.inputs import (
    Affiliate,
    Cover,
    DecideFirstTrade,
    GiveConsent,
    LinkInfluence,
    MoveStage,
    NoteDate,
    OptionalDay,
    RecordDepartment,
    RecordKeyPerson,
    RecordLicence,
)
from repertory.customers.models import (
    Affiliation,
    Consent,
    Coverage,
    Department,
    ImportantDate,
    Influence,
    KeyPerson,
    Licence,
    StageChange,
)
from repertory.customers.queries.parts import visible_rows
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.schemas import Done, Row, Rows
from repertory.platform.api.writing import write

router = Router(tags=["customer card"])
PARTS: dict[str, tuple[Any, Callable[[int], Q]]] = {
    "coverages": (Coverage, lambda key: Q(customer_id=key)),
    "affiliations": (Affiliation, lambda key: Q(person_id=key) | Q(institution_id=key)),
    "influences": (Influence, lambda key: Q(source_id=key) | Q(target_id=key)),
    "dates": (ImportantDate, lambda key: Q(customer_id=key)),
    "key-people": (KeyPerson, lambda key: Q(customer_id=key)),
    "departments": (Department, lambda key: Q(customer_id=key)),
    "consents": (Consent, lambda key: Q(customer_id=key)),
    "licences": (Licence, lambda key: Q(customer_id=key)),
    "stage-changes": (StageChange, lambda key: Q(customer_id=key)),
}


def _list_of(part: str) -> Callable[..., dict[str, Any]]:
    model, of_customer = PARTS[part]

    def list_part(request: HttpRequest, customer_id: int, query: Query[PageQuery]) -> dict[str, Any]:
        """One list of the card. Rows that name a second customer show only those of one's own scope."""
        customer = access.get_visible(request.actor, customer_id)
        page = page_by_key(visible_rows(request.actor, model, of_customer(customer.pk)), query)
        return {**page, "items": [schemas.row(found) for found in page["items"]]}

    return list_part


for _part in PARTS:
    router.get(
        f"/customers/{{int:customer_id}}/{_part}",
        response={200: Rows},
        operation_id=f"list_{_part.replace('-', '_')}",
        summary=f"List {_part.replace('-', ' ')}",
    )(_list_of(_part))


def _add(request: HttpRequest, action: Callable[..., Any], **arguments: Any) -> HttpResponse:
    def work() -> Any:
        return action(actor=request.actor, at=now(), **arguments)

    return write(request, work, show=schemas.row, status=201)


@router.post("/customers/{int:customer_id}/stage-changes", response={201: Row})
def move_stage(request: HttpRequest, customer_id: int, data: MoveStage) -> HttpResponse:
    return _add(request, actions.move_stage, customer_id=customer_id, data=data)


@router.post("/customers/{int:customer_id}/coverages", response={201: Row})
def cover(request: HttpRequest, customer_id: int, data: Cover) -> HttpResponse:
    return _add(request, actions.cover_customer, customer_id=customer_id, data=data)


class EndCoverage(Schema):
    on: OptionalDay = None


@router.post("/coverages/{int:coverage_id}/end", response={200: Done})
def end_coverage(request: HttpRequest, coverage_id: int, data: EndCoverage) -> HttpResponse:
    def work() -> Any:
        return actions.end_coverage(actor=request.actor, at=now(), coverage_id=coverage_id, on=data.on)

    return write(request, work)


@router.post("/affiliations", response={201: Row})
def affiliate(request: HttpRequest, data: Affiliate) -> HttpResponse:
    return _add(request, actions.affiliate, data=data)


@router.post("/influences", response={201: Row})
def link_influence(request: HttpRequest, data: LinkInfluence) -> HttpResponse:
    return _add(request, actions.link_influence, data=data)


@router.post("/customers/{int:customer_id}/dates", response={201: Row})
def note_date(request: HttpRequest, customer_id: int, data: NoteDate) -> HttpResponse:
    return _add(request, actions.note_date, customer_id=customer_id, data=data)


@router.post("/customers/{int:customer_id}/key-people", response={201: Row})
def record_key_person(request: HttpRequest, customer_id: int, data: RecordKeyPerson) -> HttpResponse:
    return _add(request, actions.record_key_person, customer_id=customer_id, data=data)


@router.post("/customers/{int:customer_id}/departments", response={201: Row})
def record_department(request: HttpRequest, customer_id: int, data: RecordDepartment) -> HttpResponse:
    return _add(request, actions.record_department, customer_id=customer_id, data=data)


@router.post("/customers/{int:customer_id}/consents", response={201: Row})
def give_consent(request: HttpRequest, customer_id: int, data: GiveConsent) -> HttpResponse:
    return _add(request, actions.give_consent, customer_id=customer_id, data=data)


@router.post("/consents/{int:consent_id}/withdrawal", response={200: Row})
def withdraw_consent(request: HttpRequest, consent_id: int) -> HttpResponse:
    def work() -> Any:
        return actions.withdraw_consent(actor=request.actor, at=now(), consent_id=consent_id)

    return write(request, work, show=schemas.row)


@router.post("/customers/{int:customer_id}/licences", response={201: Row})
def record_licence(request: HttpRequest, customer_id: int, data: RecordLicence) -> HttpResponse:
    return _add(request, actions.record_licence, customer_id=customer_id, data=data)


@router.put("/licences/{int:licence_id}", response={200: Row})
def revise_licence(request: HttpRequest, licence_id: int, data: RecordLicence) -> HttpResponse:
    def work() -> Any:
        return actions.revise_licence(actor=request.actor, at=now(), licence_id=licence_id, data=data)

    return write(request, work, show=schemas.row)


@router.post("/licences/{int:licence_id}/revocation", response={200: Row})
def revoke_licence(request: HttpRequest, licence_id: int) -> HttpResponse:
    def work() -> Any:
        return actions.revoke_licence(actor=request.actor, at=now(), licence_id=licence_id)

    return write(request, work, show=schemas.row)


@router.post("/customers/{int:customer_id}/first-trade", response={201: Row})
def submit_first_trade(request: HttpRequest, customer_id: int) -> HttpResponse:
    return _add(request, actions.submit_first_trade, customer_id=customer_id)


@router.post("/customers/{int:customer_id}/first-trade/decision", response={200: Row})
def decide_first_trade(request: HttpRequest, customer_id: int, data: DecideFirstTrade) -> HttpResponse:
    def work() -> Any:
        return actions.decide_first_trade(actor=request.actor, at=now(), customer_id=customer_id, data=data)

    return write(request, work, show=schemas.row)


class DeletePart(Schema):
    part: Literal["affiliation", "influence", "date", "key_person", "department"] = Field(description="which list")


@router.post("/card-rows/{int:row_id}/removal", response={200: Done})
def delete_part(request: HttpRequest, row_id: int, data: DeletePart) -> HttpResponse:
    def work() -> None:
        actions.delete_part(actor=request.actor, at=now(), part=data.part, row_id=row_id)

    return write(request, work)
