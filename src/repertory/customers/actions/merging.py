"""Two archives become one, every link kept, and can be taken apart again."""

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers import access, fields
from repertory.customers.actions import writing
from repertory.customers.actions.coverage import recount
from repertory.customers.choices import DuplicateState
from repertory.customers.events import CustomersMerged, MergeUndone
from repertory.customers.inputs import MergeCustomers
from repertory.customers.models import (
    Affiliation,
    Consent,
    Coverage,
    Customer,
    Department,
    DuplicatePair,
    FillInInvitation,
    ImportantDate,
    Influence,
    KeyPerson,
    Licence,
    Merge,
    Profile,
    ProposedFact,
    StageChange,
)
from repertory.customers.search import INDEX
from repertory.organisation.access import require
from repertory.platform.changes import plain
from repertory.platform.models import Attachment
from repertory.platform.unit import action, emit

# Every column that points at a customer and goes over to the one that is kept; the second list says which other columns
# make a row unique beside it, so that a row which the kept one has already stays behind.
LINKS: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Coverage, "customer", ("territory", "ends_on")),
    (Affiliation, "person", ("institution", "role")),
    (Affiliation, "institution", ("person", "role")),
    (Influence, "source", ("target",)),
    (Influence, "target", ("source",)),
    (ImportantDate, "customer", ()),
    (KeyPerson, "customer", ()),
    (Department, "customer", ("name",)),
    (Consent, "customer", ()),
    (Licence, "customer", ("kind", "number")),
    (FillInInvitation, "customer", ()),
    (ProposedFact, "customer", ()),
    (StageChange, "customer", ()),
    (Customer, "institution", ()),
    (Customer, "parent", ()),
)


@action
def merge_customers(*, actor: Actor, at: datetime, data: MergeCustomers) -> Merge:
    """`gone` becomes part of `kept`: its links move over, empty fields are filled from it, fields in `take` are taken."""
    require(access.may_lead(actor))
    if data.kept == data.gone:
        raise RuleViolation(_("请选择两位不同的客户。"), field="gone")
    first, second = (access.lock_editable(actor, key, only=access.LEADERS) for key in sorted((data.kept, data.gone)))
    kept, gone = (first, second) if first.pk == data.kept else (second, first)
    if kept.kind != gone.kind:
        raise RuleViolation(_("两位客户类别不同，不能合并。"), field="gone")
    unknown = set(data.take) - set(fields.WRITABLE) | set(data.take) & {"code", "kind"}
    if unknown:
        raise RuleViolation(_("没有这个字段：%(names)s。") % {"names": _("、").join(sorted(unknown))}, field="take")
    nodes = _nodes_of(kept, gone)
    undo: dict[str, Any] = {"links": _move_links(gone, kept), "values": _take_values(kept, gone, data.take, at)}
    undo["coverage"] = _drop_coverage(gone, day_of(at))
    gone.removed_at, gone.merged_into = at, kept
    writing.save_revision(gone, at)
    INDEX.remove(connection, [gone.pk])
    writing.count_customers(-1)
    writing.reindex(kept)
    recount(nodes)
    merge = Merge.objects.create(kept=kept, gone=gone, at=at, user_id=actor.user_id, undo=undo)
    _close_pair(kept, gone, DuplicateState.MERGED, actor)
    writing.note("merged", kept, {"gone": [gone.code, gone.name]})
    writing.note("merged_away", gone, {"kept": [None, kept.code]})
    emit(CustomersMerged(kept.pk, gone.pk, merge.pk))
    return merge


@action
def undo_merge(*, actor: Actor, at: datetime, merge_id: int) -> Merge:
    """Take the two apart: moved rows go back, taken values too unless they were changed since."""
    require(access.may_lead(actor))
    merge = Merge.objects.select_for_update().select_related("gone").filter(pk=merge_id).first()
    if merge is None:
        raise NotFound()
    kept = access.lock_editable(actor, merge.kept_id, only=access.LEADERS)
    if merge.undone_at is not None:
        raise Conflict(_("这次合并已经撤销过了。"))
    gone = Customer.objects.select_for_update().get(pk=merge.gone_id)
    _move_links_back(merge.undo["links"], gone)
    _restore_coverage(gone, merge.undo.get("coverage", []), day_of(at))
    _give_values_back(kept, merge.undo["values"], at)
    gone.removed_at = gone.merged_into = None
    writing.save_revision(gone, at)
    writing.reindex(gone)
    writing.reindex(kept)
    writing.count_customers(+1)
    recount(_nodes_of(kept, gone))
    merge.undone_at = at
    merge.save(update_fields=["undone_at"])
    _close_pair(kept, gone, DuplicateState.OPEN, actor)
    writing.note("merge_undone", kept, {"gone": [gone.name, gone.code]})
    writing.note("merge_undone", gone)
    emit(MergeUndone(kept.pk, gone.pk, merge.pk))
    return merge


def _move_links(gone: Customer, kept: Customer) -> list[list[Any]]:
    """[[model, column, keys of moved rows]]; attachments are moved by their object id."""
    moved = []
    for model, column, unique in LINKS:
        rows = model._default_manager.filter(**{column: gone})
        keys = [row.pk for row in rows if not _would_clash(model, column, unique, row, kept)]
        if keys:
            model._default_manager.filter(pk__in=keys).update(**{column: kept})
            moved.append([model._meta.model_name, column, keys])
    files = list(
        Attachment.objects.filter(object_type=writing.CUSTOMER, object_id=gone.pk).values_list("pk", flat=True)
    )
    Attachment.objects.filter(pk__in=files).update(object_id=kept.pk)
    return [*moved, ["attachment", "object_id", files]] if files else moved


def _would_clash(model: type[Model], column: str, unique: tuple[str, ...], row: Any, kept: Customer) -> bool:
    if kept.pk in {getattr(row, f"{name}_id", None) for name in ("person", "institution", "source", "target")}:
        return True
    if model is Customer:
        return bool(row.pk == kept.pk)
    if not unique:
        return False
    same = {name: getattr(row, model._meta.get_field(name).attname) for name in unique}  # type: ignore[union-attr]
    return bool(model._default_manager.filter(**{column: kept}, **same).exists())


def _move_links_back(links: list[list[Any]], gone: Customer) -> None:
    models = {model._meta.model_name: model for model, _column, _unique in LINKS}
    for name, column, keys in links:
        if name == "attachment":
            Attachment.objects.filter(pk__in=keys).update(object_id=gone.pk)
        else:
            models[name]._default_manager.filter(pk__in=keys).update(**{column: gone})


def _take_values(kept: Customer, gone: Customer, take: list[str], at: datetime) -> dict[str, list[Any]]:
    """Fill kept's empty fields, replace those in `take`. Returns {field: [before, after]} as they are stored."""
    old, new = Profile.objects.filter(customer=kept).first(), Profile.objects.filter(customer=gone).first()
    before: dict[str, list[Any]] = {}
    for name in fields.WRITABLE:
        if name in {"code", "kind"} or name in fields.PRIVATE:
            continue
        source: Any = new if fields.is_profile(name) else gone
        target: Any = old if fields.is_profile(name) else kept
        attribute = fields.model_field(name).attname  # type: ignore[attr-defined]
        value = getattr(source, attribute, None)
        mine = getattr(target, attribute, None)
        if value in ("", None) or value == mine or (mine not in ("", None) and name not in take):
            continue
        if fields.is_profile(name) and old is None:
            old = target = Profile(customer=kept)
        before[name] = [plain(mine), plain(value)]
        setattr(target, attribute, value)
    if "name" in before:
        writing.set_name(kept, kept.name)
    if old is not None:
        old.save()
    writing.score_completeness(kept, old)
    writing.save_revision(kept, at)
    return before


def _give_values_back(kept: Customer, values: dict[str, list[Any]], at: datetime) -> None:
    profile = Profile.objects.filter(customer=kept).first()
    for name, (before, after) in values.items():
        target: Any = profile if fields.is_profile(name) else kept
        field: Any = fields.model_field(name)
        if target is not None and plain(getattr(target, field.attname)) == after:
            setattr(target, field.attname, "" if before is None and not field.null else field.to_python(before))
            if name == "name":
                writing.set_name(kept, before)
    if profile is not None:
        profile.save()
    writing.score_completeness(kept, profile)
    writing.save_revision(kept, at)


def _drop_coverage(gone: Customer, today: date) -> list[list[Any]]:
    """Coverage that the kept one has as well would go on counting a customer that is no more. What was, for undoing."""
    alive = Coverage.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), customer=gone)
    rows = [[row.pk, row.territory_id, plain(row.starts_on), plain(row.ends_on)] for row in alive.order_by("pk")]
    alive.delete()
    return rows


def _restore_coverage(gone: Customer, rows: list[list[Any]], today: date) -> None:
    for key, territory, start, end in rows:
        starts_on, ends_on = date.fromisoformat(start), date.fromisoformat(end) if end else None
        current = starts_on <= today and (ends_on is None or today < ends_on)
        Coverage.objects.create(
            pk=key, customer=gone, territory_id=territory, starts_on=starts_on, ends_on=ends_on, current=current
        )


def _nodes_of(*customers: Customer) -> list[str]:
    return list(Coverage.objects.filter(customer__in=customers).values_list("territory__path", flat=True))


def _close_pair(kept: Customer, gone: Customer, state: DuplicateState, actor: Actor) -> None:
    pair = Q(first_id=min(kept.pk, gone.pk), second_id=max(kept.pk, gone.pk))
    DuplicatePair.objects.filter(pair).update(state=state, decided_by_id=actor.user_id)
