"""The tree: grow, rename, move, close."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, NotFound, RuleViolation, Stale
from repertory.core.time import day_of
from repertory.organisation import access
from repertory.organisation.events import TerritoryMoved
from repertory.organisation.inputs import CreateTerritory, MoveTerritory, ReviseTerritory
from repertory.organisation.models import Territory
from repertory.platform.audit_chain import Line
from repertory.platform.unit import action, emit, record

TERRITORY = "territory"


def note(verb: str, territory: Territory, changes: dict[str, Any] | None = None) -> None:
    record(Line(verb, TERRITORY, territory.pk, label=f"{territory.name} ({territory.code})", changes=changes or {}))


@action
def create_territory(*, actor: Actor, at: datetime, data: CreateTerritory) -> Territory:
    """Add a node below another one; without one it is the company, of which there is one."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    fresh = Territory(code=data.code, name=data.name, level=data.level, line=data.line)
    try:
        territory = _below(data.parent, fresh)
    except IntegrityError:
        raise code_taken(data.code) from None
    note("created", territory, {"name": ["", territory.name], "parent": ["", data.parent or ""]})
    return territory


def _below(parent_code: str | None, fresh: Territory) -> Territory:
    if parent_code is None:
        if Territory.objects.select_for_update().filter(depth=1).exists():
            raise RuleViolation(_("公司节点已经有了，请选择上级辖区。"), field="parent")
        return Territory.objects.add_root(instance=fresh)
    return Territory.objects.add_child(lock(parent_code, field="parent"), instance=fresh)


@action
def revise_territory(*, actor: Actor, at: datetime, code: str, data: ReviseTerritory) -> Territory:
    """Rename, recode, or give another level or product line."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    territory = lock(code)
    if data.version is not None and data.version != territory.version:
        raise Stale()
    changes: dict[str, Any] = {}
    for name in data.model_fields_set - {"version"}:
        value = getattr(data, name)
        if value is None:
            raise InvalidInput(_("这一项不能清空。"), field=name)
        if getattr(territory, name) != value:
            changes[name] = [getattr(territory, name), value]
            setattr(territory, name, value)
    if not changes:
        return territory
    territory.version += 1
    try:
        territory.save()
    except IntegrityError:
        raise code_taken(territory.code) from None
    note("revised", territory, changes)
    return territory


@action
def move_territory(*, actor: Actor, at: datetime, code: str, data: MoveTerritory) -> Territory:
    """Hang a subtree below another node; who sees what follows at once, the past stays with its people."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    territory, parent = lock(code), lock(data.parent, field="parent")
    if territory.depth == 1 or parent.path.startswith(territory.path):
        raise RuleViolation(_("不能移到自己或自己的下级之下。"), field="parent")
    old_parent = Territory.objects.get_parent(territory)
    if old_parent.pk == parent.pk:
        return territory
    old_parent_path = old_parent.path
    Territory.objects.move(territory, parent, pos="last-child")
    territory.refresh_from_db()
    note("moved", territory, {"parent": [old_parent.code, parent.code]})
    emit(TerritoryMoved(territory.pk, old_parent_path))
    return territory


@action
def close_territory(*, actor: Actor, at: datetime, code: str) -> Territory:
    """No new work goes here. First its customers, people and open nodes below have to go elsewhere."""
    access.require(access.may_administer(actor) and access.may_write(actor))
    territory = lock(code)
    if territory.closed_on is not None:
        raise Conflict(_("“%(name)s”已经停用了。") % {"name": territory.name})
    if territory.customer_count:
        message = _("“%(name)s”还覆盖着 %(count)s 位客户，请先移交。")
        raise RuleViolation(message % {"name": territory.name, "count": territory.customer_count})
    if Territory.objects.get_descendants(territory).filter(closed_on=None).exists():
        raise RuleViolation(_("“%(name)s”还有未停用的下级辖区。") % {"name": territory.name})
    if territory.assignments.filter(ends_on=None).exists():
        raise RuleViolation(_("“%(name)s”还有在任人员，请先结束任职。") % {"name": territory.name})
    territory.closed_on = day_of(at)
    territory.version += 1
    territory.save()
    note("closed", territory)
    return territory


@action
def reopen_territory(*, actor: Actor, at: datetime, code: str) -> Territory:
    access.require(access.may_administer(actor) and access.may_write(actor))
    territory = lock(code)
    territory.closed_on = None
    territory.version += 1
    territory.save()
    note("reopened", territory)
    return territory


def lock(code: str, *, field: str = "territory") -> Territory:
    territory = Territory.objects.select_for_update().filter(code=code).first()
    if territory is None:
        raise NotFound(_("没有编码为“%(code)s”的辖区。") % {"code": code}, field=field)
    return territory


def code_taken(code: str) -> Conflict:
    return Conflict(_("辖区编码“%(code)s”已被使用。") % {"code": code}, code="code_taken", field="code")
