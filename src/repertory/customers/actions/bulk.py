"""Many archives opened or revised in one go: the same columns, audit lines and counters as one by one, in batches."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict
from repertory.core.time import day_of
from repertory.customers import access, fields
from repertory.customers.actions import writing
from repertory.customers.actions.coverage import recount
from repertory.customers.choices import Stage
from repertory.customers.events import CustomersImported
from repertory.customers.models import Coverage, Customer, Profile, SearchWaiting, StageChange
from repertory.customers.search import INDEX, document_of
from repertory.organisation.access import require
from repertory.platform.audit_lines import Line, encode_first
from repertory.platform.bulk import blank_row, insert_ready, insert_rows, ready, reserve_keys, update_rows
from repertory.platform.changes import plain
from repertory.platform.unit import action, emit, record_many

_ATTRIBUTES = {"institution": "institution_id", "parent": "parent_id"}
BLANK = blank_row(Customer)
PLACE = {name: index for index, name in enumerate(BLANK)}


class NewCustomer(NamedTuple):
    """An archive that is drawn up and only lacks its key. row: columns in the order of PLACE, as `insert_ready` wants them;
    profile: columns by attribute; story: the changes of the audit line, encoded. territories: keys."""

    row: list[Any]
    profile: dict[str, Any]
    story: str
    territories: Sequence[int] = ()


def draw_up(values: Mapping[str, Any], territories: Sequence[int] = ()) -> NewCustomer:
    """The slow part of a new archive, for doing it before the transaction. It asks no database.

    values: by field of the archive, stage and tier among them; custom values under "custom".
    """
    row = list(BLANK.values())
    profile: dict[str, Any] = {}
    # What the audit line says; a number that the program gives stands in the archive itself.
    said: dict[str, Any] = {}
    for name, value in values.items():
        if value is None or value == "":
            continue
        is_text = type(value) is str
        said[name] = value if is_text else plain(value)
        if name in fields.PROFILE_FIELDS:
            profile[name] = value
        else:
            row[PLACE[_ATTRIBUTES.get(name, name)]] = value if is_text else _plain(value)
    for name, value in writing.derived_from_name(values["name"], kind=values["kind"]).items():
        row[PLACE[name]] = value
    row[PLACE["completeness"]] = writing.completeness(values["kind"], values)
    return NewCustomer(row, profile, encode_first(said), territories)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return json.dumps(value, cls=DjangoJSONEncoder)
    return value.isoformat() if isinstance(value, date) else value


@action
def create_customers(*, actor: Actor, at: datetime, customers: Sequence[NewCustomer]) -> list[int]:
    """Open archives; their keys, in the given order. Everything about them has been checked, but the uniqueness of codes.

    They can be found at once; the search index takes them up after the commit. The callers bring the counters up to
    date (`count_created`) once for all their batches.
    """
    require(access.may_import(actor))
    if not customers:
        return []
    keys = list(reserve_keys(Customer, len(customers)))
    rows = _rows(keys, customers, at)
    try:
        insert_ready(Customer, BLANK, rows)
    except IntegrityError as error:
        raise code_taken(error) from None
    _insert_profiles(keys, customers)
    _insert_stages(rows, actor)
    _insert_coverage(keys, customers, at)
    insert_ready(SearchWaiting, ["customer_id"], [(key,) for key in keys])
    name = PLACE["name"]
    record_many(
        [
            Line("created", writing.CUSTOMER, key, label=row[name], changes=new.story)
            for key, row, new in zip(keys, rows, customers, strict=True)
        ]
    )
    return keys


@action
def count_created(*, actor: Actor, at: datetime, created: int, territory_paths: Sequence[str]) -> None:
    """Bring the counters up to date after batches of `create_customers`."""
    writing.count_customers(created)
    recount(territory_paths)
    emit(CustomersImported(created))


def _rows(keys: Sequence[int], customers: Sequence[NewCustomer], at: datetime) -> list[list[Any]]:
    code, stage = PLACE["code"], PLACE["stage"]
    codes = iter(writing.next_codes(sum(not new.row[code] for new in customers)))
    # Of all of them the same.
    since = ready(Customer, "stage_since", day_of(at))
    moment = ready(Customer, "created_at", at)
    rows = [list(new.row) for new in customers]
    for key, row in zip(keys, rows, strict=True):
        row[PLACE["id"]] = key
        row[code] = row[code] or next(codes)
        row[stage] = row[stage] or Stage.POTENTIAL.value
        row[PLACE["stage_since"]] = since
        row[PLACE["created_at"]] = row[PLACE["updated_at"]] = moment
    return rows


def _insert_profiles(keys: Sequence[int], customers: Sequence[NewCustomer]) -> None:
    profiles = [{"customer_id": key, **new.profile} for key, new in zip(keys, customers, strict=True) if new.profile]
    names = set().union(*profiles) if profiles else set()
    defaults = {name: fields.model_field(name).get_default() for name in names if name != "customer_id"}
    insert_rows(Profile, [{**defaults, **profile} for profile in profiles])


def _insert_stages(rows: Sequence[Sequence[Any]], actor: Actor) -> None:
    key, stage, since = PLACE["id"], PLACE["stage"], PLACE["stage_since"]
    rest = ("", "", actor.user_id)
    names = ("customer_id", "to_stage", "on", "from_stage", "reason", "user_id")
    insert_ready(StageChange, names, [(row[key], row[stage], row[since], *rest) for row in rows])


def _insert_coverage(keys: Sequence[int], customers: Sequence[NewCustomer], at: datetime) -> None:
    today = day_of(at)
    insert_rows(
        Coverage,
        [
            {"customer_id": key, "territory_id": territory_id, "starts_on": today, "current": True}
            for key, new in zip(keys, customers, strict=True)
            for territory_id in new.territories
        ],
    )


def code_taken(error: IntegrityError) -> Exception:
    """What to tell when a code was given away between the check and the write."""
    if "code" not in str(error):
        return error
    return Conflict(_("有客户编码刚被别人使用，请重新导入。"), code="code_taken", field="code")


@action
def revise_customers(*, actor: Actor, at: datetime, changes: Mapping[int, Mapping[str, Any]]) -> int:
    """Change fields of archives that the person may edit: {key: {field: value}}; how many really changed.

    Stage moves have been checked against the table of transitions.
    """
    require(access.may_import(actor))
    locked = access.editable_customers(actor).select_for_update(of=("self",)).filter(pk__in=list(changes))
    profiles = {profile.customer_id: profile for profile in Profile.objects.filter(customer_id__in=list(changes))}
    customers: list[Customer] = []
    touched: dict[int, Profile] = {}
    for customer in locked.order_by("pk"):
        line, profile = _revise(customer, profiles.get(customer.pk), changes[customer.pk], actor, at)
        if not line.changes:
            continue
        record_many([line])
        customers.append(customer)
        if profile is not None and any(fields.is_profile(name) for name in line.changes):
            touched[customer.pk] = profile
    _store_revisions(customers, touched, known=frozenset(profiles))
    return len(customers)


def _revise(
    customer: Customer, profile: Profile | None, values: Mapping[str, Any], actor: Actor, at: datetime
) -> tuple[Line, Profile | None]:
    old_name, old_stage = customer.name, customer.stage
    plain = {name: value for name, value in values.items() if name not in ("name", "custom")}
    changed, profile = writing.apply(customer, profile, plain)
    if "stage" in changed:
        customer.stage_since = day_of(at)
        StageChange.objects.create(
            customer=customer,
            from_stage=old_stage,
            to_stage=customer.stage,
            on=day_of(at),
            user_id=actor.user_id,
            reason=_("批量导入"),
        )
    if "name" in values or "kind" in changed:
        writing.set_name(customer, values.get("name", old_name))
        if customer.name != old_name:
            changed["name"] = [old_name, customer.name]
    for key, value in values.get("custom", {}).items():
        old = customer.custom.get(key)
        if old != value:
            changed[f"custom.{key}"] = [old, value]
            customer.custom = {name: one for name, one in {**customer.custom, key: value}.items() if one is not None}
    if changed:
        writing.score_completeness(customer, profile)
        customer.updated_at = at
        customer.version += 1
    return Line("revised", writing.CUSTOMER, customer.pk, label=customer.name, changes=changed), profile


def _store_revisions(customers: Sequence[Customer], touched: Mapping[int, Profile], known: frozenset[int]) -> None:
    try:
        update_rows(Customer, [_attributes(customer) for customer in customers])
    except IntegrityError as error:
        raise code_taken(error) from None
    update_rows(Profile, [_attributes(touched[key]) for key in touched if key in known], key="customer_id")
    insert_rows(Profile, [_attributes(touched[key]) for key in touched if key not in known])
    INDEX.put(connection, [(customer.pk, document_of(customer)) for customer in customers])


def _attributes(row: Customer | Profile) -> dict[str, Any]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
