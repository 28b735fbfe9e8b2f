"""What an administrator sets: rules by date, custom fields."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotFound, RuleViolation
from repertory.organisation import access
from repertory.organisation.inputs import DefineCustomField, ReviseCustomField
from repertory.platform.audit_chain import Line
from repertory.platform.models import CustomField, FieldKind, PolicySetting
from repertory.platform.unit import action, forget_what_is_known, record


@action
def set_policy(
    *, actor: Actor, at: datetime, key: str, starts_on: date, value: Any, source: str = "", note: str = ""
) -> PolicySetting:
    """From a day on the rule has this value; the values of earlier days stay as they were."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    old = PolicySetting.objects.filter(key=key, starts_on__lte=starts_on).order_by("-starts_on").first()
    row, _created = PolicySetting.objects.update_or_create(
        key=key, starts_on=starts_on, defaults={"value": value, "source": source, "note": note}
    )
    forget_what_is_known()
    change = {"value": [old.value if old else None, value], "starts_on": [None, starts_on.isoformat()]}
    record(Line("policy_set", "policy", row.pk, label=key, changes=change, reason=source))
    return row


@action
def define_custom_field(*, actor: Actor, at: datetime, data: DefineCustomField) -> CustomField:
    """Add a field to an object; it appears in forms, lists, filters, spreadsheets and the API."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    _check_options(data.kind, data.options)
    try:
        field = CustomField.objects.create(**data.model_dump())
    except IntegrityError:
        raise Conflict(_("字段代码“%(key)s”已被使用。") % {"key": data.key}, field="key") from None
    record(Line("defined", "custom_field", field.pk, label=field.label, changes={"kind": ["", field.kind]}))
    return field


@action
def revise_custom_field(*, actor: Actor, at: datetime, field_id: int, data: ReviseCustomField) -> CustomField:
    """Change label, options, order; the key and the kind stay, as stored values depend on them."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    field = CustomField.objects.select_for_update().filter(pk=field_id).first()
    if field is None:
        raise NotFound()
    changes = {}
    for name in data.model_fields_set:
        value = getattr(data, name)
        if value is not None and getattr(field, name) != value:
            changes[name] = [getattr(field, name), value]
            setattr(field, name, value)
    _check_options(field.kind, field.options)
    field.save()
    record(Line("revised", "custom_field", field.pk, label=field.label, changes=changes))
    return field


@action
def archive_custom_field(*, actor: Actor, at: datetime, field_id: int) -> CustomField:
    """The field is no longer asked for; what was entered stays stored."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    field = CustomField.objects.select_for_update().filter(pk=field_id, archived_at=None).first()
    if field is None:
        raise NotFound()
    field.archived_at = at
    field.save(update_fields=["archived_at"])
    record(Line("archived", "custom_field", field.pk, label=field.label))
    return field


@action
def record_audit_export(*, actor: Actor, at: datetime, rows: int) -> None:
    """Who took the audit trail away is a line of it."""
    record(Line("exported", "audit", 0, label=_("审计日志"), changes={"rows": [None, rows]}))


def _check_options(kind: str, options: list[str]) -> None:
    if kind in (FieldKind.CHOICE, FieldKind.CHOICES) and not options:
        raise RuleViolation(_("单选、多选字段要有选项。"), field="options")
