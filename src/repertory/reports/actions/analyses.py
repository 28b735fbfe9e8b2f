"""Analyses that people keep."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotFound
from repertory.core.time import day_of
from repertory.organisation.access import may_write, require
from repertory.platform.audit_lines import Line
from repertory.platform.unit import action, record
from repertory.reports import access
from repertory.reports.analysis.questions import read_question
from repertory.reports.inputs import SaveAnalysis
from repertory.reports.models import SavedAnalysis

ANALYSIS = "saved_analysis"


@action
def save_analysis(*, actor: Actor, at: datetime, data: SaveAnalysis) -> SavedAnalysis:
    """Keep a question under a name of one's own; one that can't be asked is refused."""
    require(actor.user_id is not None and may_write(actor) and access.may_analyse(actor))
    question = read_question(QueryDict(data.query).dict(), today=day_of(at))
    try:
        with transaction.atomic():
            saved = SavedAnalysis.objects.create(
                user_id=actor.user_id,
                name=data.name,
                query=data.query,
                shared=data.shared,
                created_at=at,
            )
    except IntegrityError:
        raise Conflict(_("已有同名分析，请换一个名称。"), field="name") from None
    measures = ",".join(measure.key for measure in question.measures)
    record(Line("created", ANALYSIS, saved.pk, label=saved.name, changes={"measure": ["", measures]}))
    return saved


@action
def delete_analysis(*, actor: Actor, at: datetime, analysis_id: int) -> None:
    """Only one's own."""
    require(may_write(actor))
    saved = SavedAnalysis.objects.filter(pk=analysis_id, user_id=actor.user_id).first()
    if saved is None:
        raise NotFound()
    record(Line("removed", ANALYSIS, saved.pk, label=saved.name))
    saved.delete()
