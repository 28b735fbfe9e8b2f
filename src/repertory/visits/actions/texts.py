"""What the free text of a visit must not hold, or asks about (M-LAW-2, M-SER-2)."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from repertory.core.errors import RuleViolation
from repertory.customers.prescriptions import forbidden_on, looks_like_prescription_counts
from repertory.products.vigilance import smells_of_adverse_event
from repertory.visits.choices import EventAnswer


def check_texts(texts: Mapping[str, str], *, answer: str, confirmed: bool, on: date) -> None:
    """texts: field → text. RuleViolation with code prescription_counts or adverse_event_question until the person has
    read again or answered."""
    for field, text in texts.items():
        if not text:
            continue
        if not confirmed:
            _ask_about_counts(field, text, on)
        if answer == EventAnswer.UNASKED:
            _ask_about_event(field, text)


def _ask_about_counts(field: str, text: str, on: date) -> None:
    found = looks_like_prescription_counts(text)
    if found and forbidden_on(on):
        message = _("“%(found)s”像是医生或科室的用药统计（统方），不能记录。请删去；确实不是的，请确认后再保存。")
        raise RuleViolation(
            message % {"found": found}, code="prescription_counts", field=field, details={"found": found}
        )


def _ask_about_event(field: str, text: str) -> None:
    found = smells_of_adverse_event(text)
    if found:
        message = _("“%(found)s”像是药品不良反应。请回答：要上报，还是不是不良反应？")
        raise RuleViolation(
            message % {"found": found}, code="adverse_event_question", field=field, details={"found": found}
        )
