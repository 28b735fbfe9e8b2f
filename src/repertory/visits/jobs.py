"""Background work of this domain."""

from django.core.files.storage import default_storage

from repertory.core.actor import Door, system_actor
from repertory.core.errors import RuleViolation
from repertory.core.events import Event
from repertory.core.time import now, today
from repertory.platform.mailing import can_send, letter
from repertory.platform.models.outbox import DeliveryState
from repertory.platform.queue import huey
from repertory.visits.actions.emails import claim_emails, settle_emails
from repertory.visits.emailing import check_email
from repertory.visits.models import VisitEmail


def send_emails() -> int:
    """The e-mails to customers whose time has come; several workers never send the same. Returns how many were looked at."""
    if not can_send():
        return 0
    rows = claim_emails(actor=system_actor(Door.JOB), at=now())
    for row in rows:
        state, problem = _try(row)
        settle_emails(actor=system_actor(Door.JOB), at=now(), rows=[row], state=state, problem=problem)
    return len(rows)


@huey.task()
def send_emails_soon() -> None:
    send_emails()


def send_queued(event: Event) -> None:
    """After the commit of what was written."""
    send_emails_soon()


def _try(row: VisitEmail) -> tuple[str, str]:
    """The state that follows, and why. A failure of one receiver does not keep the others waiting."""
    if not _may_go_out(row):
        return DeliveryState.SKIPPED, ""
    try:
        _send(row)
    except Exception as error:
        # What a library says may hold the address.
        return DeliveryState.FAILED, type(error).__name__
    return DeliveryState.SENT, ""


def _may_go_out(row: VisitEmail) -> bool:
    """Whoever took the consent back meanwhile, or was forgotten, is not written to."""
    if not row.address or row.visit.customer.removed_at is not None:
        return False
    try:
        check_email(row.visit.customer, on=today())
    except RuleViolation:
        return False
    return True


def _send(row: VisitEmail) -> None:
    person, file = row.visit.user, row.template.file
    reply_to = [person.email] if person.email else []
    message = letter(to=row.address, subject=row.subject, body=row.body, mark=f"visit-{row.uid.hex}", reply_to=reply_to)
    if file is not None:
        with default_storage.open(file.stored_as) as content:
            message.attach(file.name, content.read(), file.content_type)
    message.send()
