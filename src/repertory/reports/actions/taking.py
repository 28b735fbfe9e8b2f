"""Taking a report out of the house leaves a line in the trail."""

from collections.abc import Mapping
from datetime import datetime

from repertory.core.actor import Actor
from repertory.organisation.access import require
from repertory.platform.exchange.actions.rows import record_export
from repertory.platform.unit import action
from repertory.reports import access
from repertory.reports.rendering.document import Document


@action
def take_out(*, actor: Actor, at: datetime, document: Document, file_name: str, filters: Mapping[str, str]) -> None:
    """NotAllowed for who may only look."""
    require(access.may_take_out(actor))
    rows = sum(len(section.table.rows) for section in document.sections if section.table is not None)
    record_export(actor=actor, at=at, kind=document.name, rows=rows, file_name=file_name, filters=filters)
