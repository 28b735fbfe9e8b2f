"""Reads of the engine's own tables; each person sees only what is theirs."""

from django.db.models import QuerySet

from repertory.core.actor import Actor
from repertory.core.errors import NotFound
from repertory.platform.models.audit import AuditHead

from .tables import ExportRun, ExportState, ImportMapping, ImportRun


def audit_position() -> int:
    """The number of the newest audit batch: while it stays the same, no action has written anything."""
    return AuditHead.objects.values_list("last_batch_id", flat=True).get(pk=1)


def remembered_mapping(*, actor: Actor, kind: str, shape: str) -> dict[str, str]:
    """{name in the file: field key} as the person mapped this form of file last, else as a colleague did; {} where nobody
    has imported it before."""
    known = ImportMapping.objects.filter(kind=kind, shape=shape)
    found = known.filter(user_id=actor.user_id).first() or known.order_by("-at", "-pk").first()
    return found.columns if found else {}


def own_runs(*, actor: Actor) -> QuerySet[ImportRun]:
    """The imports that the person started; nobody, not even an administrator, sees another's."""
    return ImportRun.objects.filter(user_id=actor.user_id)


def own_run(*, actor: Actor, run_id: int) -> ImportRun:
    """Raises NotFound alike for a run of somebody else and for one that does not exist."""
    run = own_runs(actor=actor).filter(pk=run_id).first()
    if run is None:
        raise NotFound()
    return run


def own_exports(*, actor: Actor) -> QuerySet[ExportRun]:
    """The large exports that the person ordered; nobody sees another's."""
    return ExportRun.objects.filter(user_id=actor.user_id)


def own_export(*, actor: Actor, export_id: int) -> ExportRun:
    """Raises NotFound alike for one of somebody else and for one that does not exist."""
    run = own_exports(actor=actor).filter(pk=export_id).first()
    if run is None:
        raise NotFound()
    return run


def is_wanted(*, actor: Actor, export_id: int) -> bool:
    """Whether the owner still waits for it."""
    return own_exports(actor=actor).filter(pk=export_id, status=ExportState.RUNNING).exists()
