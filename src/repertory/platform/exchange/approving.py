"""What becomes of an export that waited for approval."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.platform.exchange.actions import refuse_export, release_export
from repertory.platform.exchange.jobs import make_export
from repertory.platform.exchange.queries import own_exports
from repertory.platform.exchange.tables import ExportRun
from repertory.platform.models import ApprovalRequest
from repertory.platform.models.approvals import RequestState
from repertory.platform.queue import after_commit


def approved(request: ApprovalRequest, *, actor: Actor, at: datetime) -> None:
    """It is written now, with the rights that its owner has then."""
    release_export(actor=actor, at=at, export_id=request.object_id)
    after_commit(make_export, export_id=request.object_id)


def refused(request: ApprovalRequest, *, actor: Actor, at: datetime) -> None:
    problem = (
        _("审批没有通过，没有生成文件。") if request.state == RequestState.REJECTED else _("申请已撤回，没有生成文件。")
    )
    refuse_export(actor=actor, at=at, export_id=request.object_id, problem=problem)


def visible(actor: Actor) -> QuerySet[ExportRun]:
    return own_exports(actor=actor)
