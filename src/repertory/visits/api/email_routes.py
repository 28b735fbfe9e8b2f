"""E-mails from approved templates over the API."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import BaseModel

from repertory.core.inputs import Key
from repertory.core.time import now, today
from repertory.platform.api.writing import respond, write
from repertory.visits import actions
from repertory.visits.api import schemas
from repertory.visits.inputs import SendEmail
from repertory.visits.models import Visit
from repertory.visits.queries.emails import draft_email

router = Router(tags=["visits"])


class TemplateOut(BaseModel):
    id: int
    title: str


class EmailDraftOut(BaseModel):
    """templates: what the customer may be sent today. address, subject, body: of the chosen one. problem: code and sentence
    of what stands against sending, empty where nothing does."""

    templates: list[TemplateOut]
    address: str
    subject: str
    body: str
    problem: str
    problem_message: str


class EmailQuery(Schema):
    version_id: Key | None = None


@router.get(
    "/customers/{int:customer_id}/email-draft",
    response={200: EmailDraftOut},
    operation_id="show_email_draft",
)
def draft(request: HttpRequest, customer_id: int, query: Query[EmailQuery]) -> HttpResponse:
    """The e-mail templates for a customer, and how the chosen one would read."""
    found = draft_email(actor=request.actor, customer_id=customer_id, version_id=query.version_id, on=today())
    letter, problem = found.letter, found.problem
    body = {
        "templates": [{"id": row.pk, "title": str(row)} for row in found.templates],
        "address": letter.address if letter else "",
        "subject": letter.subject if letter else "",
        "body": letter.body if letter else "",
        "problem": problem.code if problem else "",
        "problem_message": str(problem.message) if problem else "",
    }
    return respond(body)


@router.post("/visits/emails", response={201: schemas.VisitOut}, operation_id="send_email")
def send(request: HttpRequest, data: SendEmail) -> HttpResponse:
    """Send an e-mail from an approved template; the answer is the visit as which it is kept."""

    def work() -> Visit:
        return actions.send_email(actor=request.actor, at=now(), data=data)

    return write(request, work, show=schemas.visit, status=201)
