"""Suggestions of the field and their answers; the plan of a product's development (M-PRO-4)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotFound, Stale
from repertory.core.states import move
from repertory.organisation.access import require
from repertory.platform.audit_lines import Line
from repertory.platform.changes import apply, given
from repertory.platform.unit import action, emit, record
from repertory.products import access
from repertory.products.actions import writing
from repertory.products.choices import SUGGESTION_TRANSITIONS
from repertory.products.events import SuggestionAnswered
from repertory.products.inputs import AnswerSuggestion, PlanMilestone, ReviseMilestone, SuggestChange
from repertory.products.models import DevelopmentNote, ProductSuggestion


@action
def suggest_change(*, actor: Actor, at: datetime, product_id: int, data: SuggestChange) -> ProductSuggestion:
    """Tell the product manager what could be better, as it was heard outside."""
    require(access.may_suggest(actor))
    product = access.get_visible(actor, product_id)
    found = ProductSuggestion.objects.create(
        product=product, asked_by_id=actor.user_id, created_at=at, **data.model_dump()
    )
    _note("suggested", found, {"product": ["", str(product)], "kind": ["", str(data.kind)]})
    return found


@action
def answer_suggestion(*, actor: Actor, at: datetime, suggestion_id: int, data: AnswerSuggestion) -> ProductSuggestion:
    """It is being considered, adopted or declined; who proposed it reads why."""
    found = access.visible_suggestions(actor).filter(pk=suggestion_id).first()
    if found is None:
        raise NotFound()
    require(access.may_answer_suggestions(actor))
    if data.version is not None and data.version != found.version:
        raise Stale()
    old = found.state
    answer: dict[str, Any] = {"answered_by_id": actor.user_id, "answered_at": at, "version": found.version + 1}
    if data.answer:
        answer["answer"] = data.answer
    move(ProductSuggestion, found.pk, old, data.state, SUGGESTION_TRANSITIONS, field="state", **answer)
    found.refresh_from_db()
    _note("suggestion_answered", found, {"state": [old, data.state]}, data.answer)
    emit(SuggestionAnswered(found.pk))
    return found


@action
def plan_milestone(*, actor: Actor, at: datetime, product_id: int, data: PlanMilestone) -> DevelopmentNote:
    """A dated step of the product's development."""
    product = access.lock_editable(actor, product_id)
    found = DevelopmentNote.objects.create(product=product, author_id=actor.user_id, **data.model_dump())
    writing.note("milestone_planned", product, {"title": ["", found.title], "due_on": ["", str(found.due_on)]})
    return found


@action
def revise_milestone(*, actor: Actor, at: datetime, milestone_id: int, data: ReviseMilestone) -> DevelopmentNote:
    """Another day, other words, or that it was reached."""
    found = access.visible_milestones(actor).filter(pk=milestone_id).first()
    if found is None:
        raise NotFound()
    product = access.lock_editable(actor, found.product_id)
    if data.version is not None and data.version != found.version:
        raise Stale()
    wanted = given(data, ("due_on", "title", "text", "done_on"))
    kept = {name: value for name, value in wanted.items() if value is not None or name == "done_on"}
    changes = apply(found, kept)
    if changes:
        found.version += 1
        found.save()
        writing.note("milestone_revised", product, {"title": [None, found.title], **changes})
    return found


def _note(verb: str, found: ProductSuggestion, changes: dict[str, list[Any]], reason: str = "") -> None:
    label = _("%(product)s 的改进建议") % {"product": str(found.product)}
    record(Line(verb, "product_suggestion", found.pk, label=label, changes=changes, reason=reason[:300]))
