"""Versions of materials: a draft with its file is submitted, somebody else approves it, the next one takes its place, or
it is withdrawn."""

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotAllowed, NotFound, RuleViolation, Stale
from repertory.core.states import move
from repertory.core.time import day_of
from repertory.materials import access
from repertory.materials.actions import writing
from repertory.materials.choices import DECIDED, EDITABLE, OPEN, VERSION_TRANSITIONS, MaterialKind, VersionState
from repertory.materials.events import MaterialApproved, MaterialSubmitted, MaterialWithdrawn
from repertory.materials.inputs import DecideVersion, DraftVersion, ReviseVersion, WithdrawVersion
from repertory.materials.models import Material, MaterialVersion
from repertory.materials.rules import latest_end
from repertory.platform.actions.attachments import attach
from repertory.platform.changes import Changes, apply
from repertory.platform.unit import action, emit

EDITION = ("summary", "subject", "body", "audiences", "valid_from", "valid_until")


@action
def draft_version(*, actor: Actor, at: datetime, material_id: int, data: DraftVersion) -> MaterialVersion:
    """Begin the next version of a material, nobody's to use until it is approved. The one in use stays so until then."""
    material = access.lock_editable(actor, material_id)
    rows = MaterialVersion.objects.filter(material=material)
    if rows.filter(state__in=OPEN).exists():
        raise Conflict(_("这份资料已有一个版本在起草或待审批，请先处理它。"), code="version_open")
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    version = MaterialVersion.objects.create(
        material=material, number=number, author_id=actor.user_id, created_at=at, **_edition(material, data)
    )
    _note("material_drafted", version)
    return version


@action
def revise_version(*, actor: Actor, at: datetime, version_id: int, data: ReviseVersion) -> MaterialVersion:
    """Change a version that nobody has approved yet. Whoever changed it last can't approve it, nor can its author."""
    version = _locked(actor, version_id)
    _require_editable(version)
    if data.version is not None and data.version != version.version:
        raise Stale()
    changes = apply(version, _edition(version.material, data))
    if changes:
        _save_edit(actor, version)
        _note("material_draft_revised", version, changes)
    return version


@action
def attach_version_file(*, actor: Actor, at: datetime, version_id: int, name: str, content: File) -> MaterialVersion:
    """Put the file into a version that nobody has approved yet, in place of the one before."""
    version = _locked(actor, version_id)
    _require_editable(version)
    version.file = attach(
        actor=actor,
        at=at,
        object_type=writing.MATERIAL,
        object_id=version.material_id,
        label=version.material.title,
        name=name,
        content=content,
    )
    _save_edit(actor, version)
    return version


@action
def discard_version(*, actor: Actor, at: datetime, version_id: int) -> None:
    """Throw away a version that was never approved; nothing points at it."""
    version = _locked(actor, version_id)
    _require_editable(version)
    _note("material_discarded", version)
    version.delete()


@action
def submit_version(*, actor: Actor, at: datetime, version_id: int) -> MaterialVersion:
    """Ask for approval. Who approves must see what it is: the file, of printed goods at least what they say, of an e-mail
    template its words."""
    version = _locked(actor, version_id)
    if version.material.kind == MaterialKind.EMAIL:
        if not (version.subject and version.body):
            raise RuleViolation(_("请先写好邮件的主题和正文再提交审批。"), field="body", code="words_missing")
    elif version.file_id is None and (version.material.is_electronic or not version.summary):
        raise RuleViolation(_("请先上传文件再提交审批。"), field="file", code="file_missing")
    _move(version, VersionState.SUBMITTED, submitted_at=at, author_id=version.author_id or actor.user_id)
    _note("material_submitted", version)
    emit(MaterialSubmitted(version.pk))
    return _fresh(version)


@action
def decide_version(*, actor: Actor, at: datetime, version_id: int, data: DecideVersion) -> MaterialVersion:
    """Approve for some days, or send back with the reason; never one's own version. The version before is superseded from
    the new one's first day on and stays as it was for the days before."""
    version = _locked(actor, version_id)
    if not access.may_decide(actor, version):
        raise NotAllowed(_("自己起草的资料要由别人审批。"), code="own_request")
    decided: dict[str, Any] = {"decided_at": at, "decided_by_id": actor.user_id, "decision_note": data.note}
    if not data.approve:
        if not data.note:
            raise RuleViolation(_("退回时请写明原因。"), field="note")
        _move(version, VersionState.RETURNED, **decided)
        _note("material_decided", version, _step(version, VersionState.RETURNED), reason=data.note)
        return _fresh(version)
    start, end = _validity(version, data, at)
    _move(version, VersionState.APPROVED, valid_from=start, valid_until=end, **decided)
    _supersede(version, start)
    _note("material_decided", version, _step(version, VersionState.APPROVED), reason=data.note)
    emit(MaterialApproved(version.pk, start, end))
    return _fresh(version)


@action
def withdraw_version(*, actor: Actor, at: datetime, version_id: int, data: WithdrawVersion) -> MaterialVersion:
    """From today nobody may hand it out any more; where it was given before, it was allowed then."""
    version = _locked(actor, version_id)
    _move(version, VersionState.WITHDRAWN, withdrawn_on=day_of(at), withdrawal_reason=data.reason)
    _note("material_withdrawn", version, reason=data.reason)
    emit(MaterialWithdrawn(version.pk, day_of(at)))
    return _fresh(version)


def _edition(material: Material, data: DraftVersion) -> dict[str, Any]:
    if (data.subject or data.body) and material.kind != MaterialKind.EMAIL:
        field = "subject" if data.subject else "body"
        raise RuleViolation(_("只有邮件模板有主题和正文。"), field=field, code="not_an_email")
    values = {name: getattr(data, name) for name in EDITION}
    return values | {"audiences": [str(audience) for audience in dict.fromkeys(data.audiences)]}


def _locked(actor: Actor, version_id: int) -> MaterialVersion:
    """A version that the person sees, its material locked: all steps of one material's versions go one by one."""
    known = access.visible_versions(actor).filter(pk=version_id).values_list("material_id", flat=True).first()
    if known is None:
        raise NotFound()
    material = access.lock_editable(actor, known)
    version = MaterialVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise NotFound()
    version.material = material
    return version


def _require_editable(version: MaterialVersion) -> None:
    if version.state not in EDITABLE:
        raise RuleViolation(_("已提交或已批准的版本不能改，请起草新版本。"), code="not_editable")


def _save_edit(actor: Actor, version: MaterialVersion) -> None:
    version.edited_by_id = actor.user_id
    version.version += 1
    version.save()


def _move(version: MaterialVersion, state: VersionState, **changes: Any) -> None:
    changes["version"] = version.version + 1
    move(MaterialVersion, version.pk, version.state, state, VERSION_TRANSITIONS, field="state", **changes)


def _fresh(version: MaterialVersion) -> MaterialVersion:
    material = version.material
    version.refresh_from_db()
    version.material = material
    return version


def _validity(version: MaterialVersion, data: DecideVersion, at: datetime) -> tuple[date, date]:
    """First and last day: as decided, else as proposed, else from today as long as the rule allows. Approving does not
    reach back."""
    today = day_of(at)
    start = data.valid_from or max(version.valid_from or today, today)
    if start < today:
        raise RuleViolation(_("生效日期不能早于今天。"), field="valid_from")
    latest = latest_end(start)
    end = data.valid_until or version.valid_until or latest
    if end > latest:
        message = _("有效期最长到 %(day)s（见“设置”里的规则）。") % {"day": latest}
        raise RuleViolation(message, field="valid_until", code="valid_too_long")
    if end < start:
        raise RuleViolation(_("有效期不能早于生效日期。"), field="valid_until")
    return start, end


def _supersede(version: MaterialVersion, start: date) -> None:
    """Earlier versions end where this one begins, unless they ended before."""
    earlier = MaterialVersion.objects.filter(material=version.material_id, number__lt=version.number)
    still = earlier.filter(Q(superseded_on=None) | Q(superseded_on__gt=start), state__in=DECIDED)
    still.update(superseded_on=start, version=F("version") + 1)


def _step(version: MaterialVersion, state: VersionState) -> Changes:
    return {"state": [str(version.state), str(state)]}


def _note(verb: str, version: MaterialVersion, changes: Changes | None = None, *, reason: str = "") -> None:
    writing.note(verb, version.material, {"number": [None, version.number], **(changes or {})}, reason=reason)
