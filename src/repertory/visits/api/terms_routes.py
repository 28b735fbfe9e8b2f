"""What institutions demand of visitors, and their consent, over the API (M-LAW-1)."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from repertory.core.time import now, today
from repertory.customers.access import get_visible
from repertory.platform.api.schemas import Row, Rows, row
from repertory.platform.api.writing import respond, write
from repertory.visits import actions
from repertory.visits.api import schemas
from repertory.visits.inputs import RecordInstitutionConsent, SetInstitutionTerms
from repertory.visits.models import InstitutionConsent, InstitutionTerms
from repertory.visits.queries.terms import consents_of, terms_of

router = Router(tags=["visits"])


@router.get(
    "/customers/{int:customer_id}/visit-terms",
    response={200: schemas.TermsOut},
    operation_id="show_visit_terms",
)
def show(request: HttpRequest, customer_id: int) -> HttpResponse:
    """What counts for the customer today; for a person what the institution demands where the person works."""
    customer = get_visible(request.actor, customer_id)
    return respond(schemas.terms(terms_of(actor=request.actor, customer=customer, on=today())))


@router.put(
    "/customers/{int:customer_id}/visit-terms",
    response={200: schemas.TermsOut},
    operation_id="set_visit_terms",
)
def set_terms(request: HttpRequest, customer_id: int, data: SetInstitutionTerms) -> HttpResponse:
    def work() -> InstitutionTerms:
        return actions.set_institution_terms(actor=request.actor, at=now(), customer_id=customer_id, data=data)

    def shown(stored: InstitutionTerms) -> dict:
        return schemas.terms(terms_of(actor=request.actor, customer=stored.institution, on=today()))

    return write(request, work, show=shown)


@router.get(
    "/customers/{int:customer_id}/visit-consents",
    response={200: Rows},
    operation_id="list_visit_consents",
)
def consents(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The institution's consents to visits, the newest first. ends_on is the first day that is not covered."""
    rows = consents_of(actor=request.actor, customer_id=customer_id)
    return respond({"items": [row(found) for found in rows], "count": len(rows), "next": None})


@router.post(
    "/customers/{int:customer_id}/visit-consents",
    response={201: Row},
    operation_id="record_visit_consent",
)
def record(request: HttpRequest, customer_id: int, data: RecordInstitutionConsent) -> HttpResponse:
    def work() -> InstitutionConsent:
        return actions.record_institution_consent(actor=request.actor, at=now(), customer_id=customer_id, data=data)

    return write(request, work, show=row, status=201)
