"""Custom fields, dated rules and the audit trail over the API."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from repertory.core.errors import NotFound
from repertory.core.time import now
from repertory.organisation import access, actions
from repertory.organisation.inputs import DefineCustomField, ReviseCustomField, SetPolicy
from repertory.platform.api.paging import PageQuery, page_by_key
from repertory.platform.api.writing import write
from repertory.platform.models import AuditEntry, CustomField, PolicySetting

router = Router(tags=["settings"])


class CustomFieldOut(Schema):
    id: int
    object_type: str
    key: str
    label: str
    label_en: str
    kind: str
    options: list[str]
    required: bool
    help: str
    position: int
    archived_at: datetime | None


class CustomFields(Schema):
    items: list[CustomFieldOut]
    count: int
    next: str | None


class PolicyOut(Schema):
    id: int
    key: str
    starts_on: date
    value: Any
    source: str
    note: str


class Policies(Schema):
    items: list[PolicyOut]
    count: int
    next: str | None


class AuditOut(Schema):
    id: int
    at: datetime
    user: str
    door: str
    verb: str
    object_type: str
    object_id: int
    label: str
    changes: dict[str, Any]
    reason: str


class AuditPage(Schema):
    items: list[AuditOut]
    count: int
    next: str | None


def _field(row: CustomField) -> dict[str, Any]:
    return {name: getattr(row, name) for name in CustomFieldOut.model_fields}


def _policy(row: PolicySetting) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PolicyOut.model_fields}


@router.get("/custom-fields", response={200: CustomFields})
def list_fields(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    """The fields that this installation adds; everybody needs them to fill in a form."""
    page = page_by_key(CustomField.objects.all(), query)
    return {**page, "items": [_field(row) for row in page["items"]]}


@router.post("/custom-fields", response={201: CustomFieldOut})
def define_field(request: HttpRequest, data: DefineCustomField) -> HttpResponse:
    def work() -> CustomField:
        return actions.define_custom_field(actor=request.actor, at=now(), data=data)

    return write(request, work, show=_field, status=201)


@router.patch("/custom-fields/{int:field_id}", response={200: CustomFieldOut})
def revise_field(request: HttpRequest, field_id: int, data: ReviseCustomField) -> HttpResponse:
    def work() -> CustomField:
        return actions.revise_custom_field(actor=request.actor, at=now(), field_id=field_id, data=data)

    return write(request, work, show=_field)


@router.post("/custom-fields/{int:field_id}/archive", response={200: CustomFieldOut})
def archive_field(request: HttpRequest, field_id: int) -> HttpResponse:
    def work() -> CustomField:
        return actions.archive_custom_field(actor=request.actor, at=now(), field_id=field_id)

    return write(request, work, show=_field)


@router.get("/policies", response={200: Policies})
def list_policies(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    _only(access.may_audit(request.actor))
    page = page_by_key(PolicySetting.objects.all(), query)
    return {**page, "items": [_policy(row) for row in page["items"]]}


@router.post("/policies", response={201: PolicyOut})
def set_policy(request: HttpRequest, data: SetPolicy) -> HttpResponse:
    """Date a rule's value."""

    def work() -> PolicySetting:
        return actions.set_policy(actor=request.actor, at=now(), **data.model_dump())

    return write(request, work, show=_policy, status=201)


@router.get("/audit-entries", response={200: AuditPage})
def list_audit(request: HttpRequest, query: Query[PageQuery]) -> dict[str, Any]:
    """The whole trail, for auditors and administrators."""
    _only(access.may_audit(request.actor))
    page = page_by_key(AuditEntry.objects.select_related("batch"), query)
    return {**page, "items": [_audit(row) for row in page["items"]]}


def _audit(row: AuditEntry) -> dict[str, Any]:
    shown = {
        name: getattr(row, name) for name in ("id", "verb", "object_type", "object_id", "label", "changes", "reason")
    }
    return {**shown, "at": row.batch.at, "user": row.batch.user_label, "door": row.batch.door}


def _only(allowed: bool) -> None:
    if not allowed:
        raise NotFound()
