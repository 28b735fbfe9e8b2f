"""Product lines and the territories that carry them."""

from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, InvalidInput, NotFound, RuleViolation, Stale
from repertory.core.time import day_of
from repertory.organisation.access import require
from repertory.organisation.models import Territory
from repertory.platform.audit_lines import Line
from repertory.platform.changes import Changes, apply, given
from repertory.platform.unit import action, record
from repertory.products import access
from repertory.products.actions import writing
from repertory.products.inputs import AddLineTeam, CreateLine, EndLineTeam, ReviseLine
from repertory.products.models import LineTeam, ProductLine


@action
def create_line(*, actor: Actor, at: datetime, data: CreateLine) -> ProductLine:
    """Open a product line."""
    require(access.may_edit(actor))
    try:
        line = ProductLine.objects.create(**data.model_dump())
    except IntegrityError:
        message = _("产品线编码“%(code)s”已被使用，请换一个。") % {"code": data.code}
        raise Conflict(message, code="code_taken", field="code") from None
    _note("created", line, {"name": ["", line.name], "limited": [None, line.limited]})
    return line


@action
def revise_line(*, actor: Actor, at: datetime, line_id: int, data: ReviseLine) -> ProductLine:
    """Rename a line, or say whether only its teams carry it."""
    line = _lock(actor, line_id)
    if data.version is not None and data.version != line.version:
        raise Stale()
    values = {name: value for name, value in given(data, ("name", "limited")).items() if value is not None}
    changes = apply(line, values)
    if changes:
        line.version += 1
        line.save()
        _note("revised", line, changes)
    return line


@action
def add_line_team(*, actor: Actor, at: datetime, line_id: int, data: AddLineTeam) -> LineTeam:
    """A territory and all below it carry the line from a day on."""
    line = _lock(actor, line_id)
    territory = Territory.objects.filter(code=data.territory, closed_on=None).first()
    if territory is None:
        message = _("没有编码为“%(code)s”的辖区，或者已停用。") % {"code": data.territory}
        raise InvalidInput(message, code="unknown_territory", field="territory")
    starts_on = data.starts_on or day_of(at)
    if data.ends_on is not None and data.ends_on <= starts_on:
        raise RuleViolation(_("结束日期要晚于开始日期。"), field="ends_on")
    overlapping = LineTeam.objects.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on), line=line, territory=territory)
    if data.ends_on is not None:
        overlapping = overlapping.filter(starts_on__lt=data.ends_on)
    if overlapping.exists():
        raise Conflict(_("这个辖区在这段时间已经经营这条产品线。"), code="already_carried", field="territory")
    team = LineTeam.objects.create(line=line, territory=territory, starts_on=starts_on, ends_on=data.ends_on)
    _note("line_taken_up", line, {"territory": ["", territory.name], "starts_on": ["", starts_on.isoformat()]})
    return team


@action
def end_line_team(*, actor: Actor, at: datetime, team_id: int, data: EndLineTeam) -> LineTeam:
    """From that day, or from today, the territory carries the line no more; what was stays."""
    known = LineTeam.objects.filter(pk=team_id).first()
    if known is None or not access.may_see_lines(actor):
        raise NotFound()
    line = _lock(actor, known.line_id)
    team = LineTeam.objects.select_related("territory").get(pk=team_id)
    on = max(data.on or day_of(at), team.starts_on)
    if team.ends_on is not None and team.ends_on <= on:
        raise Conflict(_("这个辖区已经不再经营这条产品线。"))
    if on == team.starts_on:
        team.delete()
    else:
        team.ends_on = on
        team.save(update_fields=["ends_on"])
    _note("line_given_up", line, {"territory": [team.territory.name, ""], "ends_on": ["", on.isoformat()]})
    return team


def _lock(actor: Actor, line_id: int) -> ProductLine:
    line = ProductLine.objects.select_for_update().filter(pk=line_id).first()
    if line is None or not access.may_see_lines(actor):
        raise NotFound()
    require(access.may_edit(actor))
    return line


def _note(verb: str, line: ProductLine, changes: Changes) -> None:
    record(Line(verb, writing.LINE, line.pk, label=line.name, changes=changes))
