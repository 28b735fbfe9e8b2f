"""Open, revise, remove and restore a customer's archive."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, NotAllowed, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers import access
from repertory.customers.actions import writing
from repertory.customers.actions.coverage import close_all_coverage, open_coverage, own_territory, territory_to_cover
from repertory.customers.actions.duplicates import refuse_likely_duplicate, remember_pairs
from repertory.customers.choices import PERSON_KINDS
from repertory.customers.consent import may_keep
from repertory.customers.events import CustomerCreated
from repertory.customers.fields import PRIVATE
from repertory.customers.inputs import CreateCustomer, RemoveCustomer, ReviseCustomer
from repertory.customers.models import Consent, Coverage, Customer, Profile, StageChange
from repertory.customers.search import INDEX
from repertory.organisation.access import require
from repertory.platform.bulk import insert_rows
from repertory.platform.changes import Changes
from repertory.platform.custom_values import clean_values, referring
from repertory.platform.models import CustomField
from repertory.platform.queries import custom_fields
from repertory.platform.unit import action, emit

LINKS = ("institution", "parent")


@action
def create_customer(*, actor: Actor, at: datetime, data: CreateCustomer) -> Customer:
    """Open an archive. A likely duplicate that the person may see stops it unless confirmed_new; private fields need
    consent, which a new archive can't have yet."""
    require(access.may_create(actor))
    values = writing.given(data, but=("name", "kind", "code"))
    if any(values.get(name) for name in PRIVATE):
        raise RuleViolation(_("私人信息要先登记本人同意。请先建档，登记同意后再填写。"), field="private_phone")
    customer = Customer(kind=data.kind, stage=data.stage, tier=data.tier, stage_since=day_of(at), created_at=at)
    customer.updated_at = at
    writing.set_name(customer, data.name)
    changes, profile = writing.apply(customer, None, values)
    definitions = custom_fields(writing.CUSTOMER)
    custom = clean_values(definitions, data.custom, complete=True)
    customer.custom = {key: value for key, value in custom.items() if value is not None}
    _check_links(actor, customer, LINKS)
    _check_custom_links(actor, definitions, customer.custom)
    pairs = refuse_likely_duplicate(actor=actor, customer=customer, confirmed=data.confirmed_new)
    writing.score_completeness(customer, profile)
    _insert(customer, data.code)
    if profile is not None:
        profile.customer_id = customer.pk
        profile.save(force_insert=True)
    began = {"customer_id": customer.pk, "to_stage": str(data.stage), "on": day_of(at), "user_id": actor.user_id}
    insert_rows(StageChange, [began])
    _cover_new(actor, customer, data.territory, at)
    writing.reindex(customer, new=True)
    changes = {"name": ["", customer.name], "kind": ["", str(customer.kind)], "code": ["", customer.code], **changes}
    writing.note("created", customer, changes)
    remember_pairs(pairs, customer=customer, at=at)
    emit(CustomerCreated(customer.pk))
    return customer


@action
def revise_customer(*, actor: Actor, at: datetime, customer_id: int, data: ReviseCustomer) -> Customer:
    """Change the given fields of an archive and leave the others alone."""
    customer = access.lock_editable(actor, customer_id)
    profile = Profile.objects.filter(customer=customer).first()
    values = writing.given(data, but=("name",))
    _check_consent(customer, values, at)
    old_name = customer.name
    changes, profile = writing.apply(customer, profile, values)
    renamed = "name" in data.model_fields_set and data.name not in (None, old_name)
    if renamed or "kind" in changes:
        writing.set_name(customer, data.name or old_name)
    if renamed:
        changes["name"] = [old_name, customer.name]
    _revise_custom(actor, customer, data, changes)
    if not changes:
        return customer
    _check_links(actor, customer, changes.keys())
    writing.score_completeness(customer, profile)
    _save(customer, profile, at, data.version)
    if changes.keys() & {"name", "kind", "alias", "code", "phone", "uscc"}:
        writing.reindex(customer)
    writing.note("revised", customer, changes)
    return customer


@action
def remove_customer(*, actor: Actor, at: datetime, customer_id: int, data: RemoveCustomer) -> None:
    """Take a wrongly opened archive out of every list; it stays stored, with its history, and can be restored."""
    require(access.may_lead(actor))
    customer = access.lock_editable(actor, customer_id, only=access.LEADERS)
    customer.removed_at = at
    writing.save_revision(customer, at)
    close_all_coverage(customer, on=day_of(at))
    INDEX.remove(connection, [customer.pk])
    writing.count_customers(-1)
    writing.note("removed", customer, reason=data.reason)


@action
def restore_customer(*, actor: Actor, at: datetime, customer_id: int, territory: str) -> Customer:
    """Bring a removed archive back, covered by a territory of the person's own scope."""
    require(access.may_lead(actor))
    customer = Customer.objects.select_for_update().filter(pk=customer_id, merged_into=None).first()
    scope = access.edit_scope(actor, access.LEADERS)
    if customer is None or customer.removed_at is None or not _once_covered(customer, scope):
        raise NotFound()
    customer.removed_at = None
    writing.save_revision(customer, at)
    open_coverage(customer, territory_to_cover(actor, territory), starts_on=day_of(at), ends_on=None, at=at)
    writing.reindex(customer)
    writing.count_customers(+1)
    writing.note("restored", customer)
    return customer


def _once_covered(customer: Customer, scope: access.Scope) -> bool:
    if scope.whole:
        return True
    return Coverage.objects.filter(scope.as_condition("territory__"), customer=customer).exists()


def _insert(customer: Customer, code: str) -> None:
    """Write the row under the code asked for, or under the next free number. A clash undoes the whole action."""
    try:
        customer.code = writing.count_new(code)
        customer.save(force_insert=True)
    except IntegrityError as error:
        raise code_taken(error, customer.code) from None


def _save(customer: Customer, profile: Profile | None, at: datetime, expected: int | None) -> None:
    try:
        writing.save_revision(customer, at, expected=expected)
    except IntegrityError as error:
        raise code_taken(error, customer.code) from None
    if profile is not None:
        profile.save()


def code_taken(error: IntegrityError, code: str) -> Exception:
    if "code" not in str(error):
        return error
    return Conflict(_("客户编码“%(code)s”已被使用，请换一个。") % {"code": code}, code="code_taken", field="code")


def _cover_new(actor: Actor, customer: Customer, code: str | None, at: datetime) -> None:
    territory = territory_to_cover(actor, code) if code else own_territory(actor)
    if territory is not None:
        open_coverage(customer, territory, starts_on=day_of(at), ends_on=None, at=at, first=True)
    elif not access.edit_scope(actor, access.EDITORS).whole:
        raise InvalidInput(_("请选择由哪个辖区覆盖这位客户。"), field="territory")


def _check_links(actor: Actor, customer: Customer, changed: Collection[str]) -> None:
    """A new institution or parent must be an organisation that the person may see; one that stood there before may have
    gone over to somebody else meanwhile."""
    writing.check_references(customer)
    for name in LINKS:
        key = getattr(customer, f"{name}_id")
        if key is None or name not in changed:
            continue
        linked = access.visible_customers(actor).filter(pk=key).only("kind").first()
        if linked is None:
            raise InvalidInput(_("没有找到所选的机构，请重新选择。"), field=name)
        if linked.kind in PERSON_KINDS:
            raise InvalidInput(_("这里要选一家机构，不能选个人。"), field=name)


def _check_consent(customer: Customer, values: dict[str, Any], at: datetime) -> None:
    filled = [name for name in PRIVATE if values.get(name)]
    if not filled:
        return
    consents = list(Consent.objects.filter(customer=customer))
    for name in filled:
        if not may_keep(name, consents, on=day_of(at)):
            message = _("本人还没有同意保存这项私人信息。请先在“同意”一栏登记何时、以何种方式、为何用途取得同意。")
            raise NotAllowed(message, code="consent_missing", field=name)


def _check_custom_links(actor: Actor, definitions: Iterable[CustomField], values: Mapping[str, Any]) -> None:
    """Who is referred to must be somebody that the person may see."""
    wanted = {key: values[key] for key in referring(definitions) if values.get(key) is not None}
    if not wanted:
        return
    found = set(access.visible_customers(actor).filter(pk__in=wanted.values()).values_list("pk", flat=True))
    for one in definitions:
        if one.key in wanted and wanted[one.key] not in found:
            message = _("没有找到“%(label)s”所选的客户，请重新选择。") % {"label": one.label}
            raise InvalidInput(message, field=f"custom.{one.key}")


def _revise_custom(actor: Actor, customer: Customer, data: ReviseCustomer, changes: Changes) -> None:
    if "custom" not in data.model_fields_set:
        return
    definitions = custom_fields(writing.CUSTOMER)
    given = clean_values(definitions, data.custom, complete=False)
    changed = {key: value for key, value in given.items() if customer.custom.get(key) != value}
    _check_custom_links(actor, definitions, changed)
    changes.update({f"custom.{key}": [customer.custom.get(key), value] for key, value in changed.items()})
    custom = {**customer.custom, **changed}
    customer.custom = {key: value for key, value in custom.items() if value is not None}
