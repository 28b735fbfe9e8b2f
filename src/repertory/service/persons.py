"""Who the patient and the reporter of an adverse event are: encrypted columns, opened only for whom access allows."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from repertory.core import crypto
from repertory.service.choices import Element
from repertory.service.models import AdverseEvent

PERSONAL = ("patient_initials", "patient_age", "patient_sex", "reporter_name", "reporter_phone")
PLAIN = (
    "product_id",
    "product_text",
    "lot",
    "description",
    "onset_on",
    "seriousness",
    "expectedness",
    "outcome",
    "reporter_kind",
    "aware_at",
)
PATIENT = ("patient_initials", "patient_age", "patient_sex")
MASK = "••••"
CONTENT = "adverse_event_revision"


def sealed(name: str, value: Any) -> bytes | None:
    """A personal value as the column holds it; None for nothing."""
    text = "" if value is None else str(value)
    return crypto.encrypt_text(text, purpose=f"adverse_event.{name}") if text else None


def opened(event: AdverseEvent, name: str) -> str:
    stored = getattr(event, name)
    return crypto.decrypt_text(stored, purpose=f"adverse_event.{name}") if stored else ""


def shown(event: AdverseEvent, name: str, *, readable: bool) -> str:
    """The value in clear, the mask, or nothing."""
    if readable:
        return opened(event, name)
    return MASK if getattr(event, name) else ""


def facts_of(event: AdverseEvent) -> dict[str, Any]:
    """The whole report in clear, in plain values: what a revision keeps."""
    found = {name: _plain(getattr(event, name)) for name in PLAIN}
    return found | {name: opened(event, name) for name in PERSONAL}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def missing_elements(facts: Mapping[str, Any]) -> list[str]:
    """Which of the four minimum elements the report still lacks, in their order."""
    held = {
        Element.PATIENT: any(facts.get(name) for name in PATIENT),
        Element.REPORTER: bool(facts.get("reporter_name") or facts.get("reporter_phone") or facts.get("reporter_kind")),
        Element.PRODUCT: bool(facts.get("product_id") or facts.get("product_text")),
        Element.DESCRIPTION: bool(facts.get("description")),
    }
    return [str(element) for element in Element if not held[element]]
