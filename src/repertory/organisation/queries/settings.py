"""What administrators set."""

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.organisation import access
from repertory.platform.models import CustomField, PolicySetting, Robot


def custom_fields(*, actor: Actor) -> list[CustomField]:
    """All fields, those in use first, in their order."""
    access.require(access.may_administer(actor))
    fields = CustomField.objects.order_by("object_type", "position", "pk")
    return sorted(fields, key=lambda field: field.archived_at is not None)


def custom_field(*, actor: Actor, field_id: int) -> CustomField:
    """Raises NotFound."""
    access.require(access.may_administer(actor))
    field = CustomField.objects.filter(pk=field_id).first()
    if field is None:
        raise NotFound()
    return field


def policy_history(*, actor: Actor, key: str) -> list[PolicySetting]:
    """The dated values of a rule, newest first."""
    access.require(access.may_audit(actor))
    return list(PolicySetting.objects.filter(key=key).order_by("-starts_on", "-pk"))


def robots(*, actor: Actor) -> list[Robot]:
    """All robots of chat groups; their keys stay where they are."""
    access.require(access.may_administer(actor))
    return list(Robot.objects.defer("key", "secret").order_by("name", "pk"))
