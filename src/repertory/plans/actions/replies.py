"""Bottom-up replies: a leader proposes another figure for the own node, the one above accepts or declines."""

from datetime import datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import NotAllowed, NotFound, RuleViolation
from repertory.core.periods import read_period
from repertory.plans import access
from repertory.plans.actions import writing
from repertory.plans.actions.figures import set_figures, steps_of
from repertory.plans.choices import Level, ReplyState
from repertory.plans.events import TargetReplied
from repertory.plans.inputs import AnswerReply, ProposeFigure, SetFigure, SetFigures
from repertory.plans.models import TargetFigure, TargetReply
from repertory.platform.changes import Changes
from repertory.platform.unit import action, emit


@action
def propose_figure(*, actor: Actor, at: datetime, plan_id: int, data: ProposeFigure) -> TargetReply:
    """Answer a figure of one's node with another one and the reason; nothing changes until the one above accepts."""
    territory = access.get_node(actor, data.territory)
    plan = writing.lock_draft(actor, plan_id, allowed=access.may_break_down(actor, territory))
    months = writing.months_of(plan, read_period(data.period))
    figures = TargetFigure.objects.filter(
        plan=plan, level=data.level, territory=territory, product=data.product_id, month__in=months
    )
    found = list(figures)
    if not found:
        raise RuleViolation(_("“%(name)s”没有这个产品的指标。") % {"name": territory.name}, code="no_figure")
    steps_of(plan, data.value)
    reply = TargetReply.objects.create(
        plan=plan,
        level=data.level,
        territory=territory,
        product_id=data.product_id,
        period=data.period,
        before=sum(figure.value for figure in found),
        proposed=data.value,
        reason=data.reason,
        by_id=actor.user_id,
        at=at,
    )
    change: Changes = {
        data.period: [str(reply.before.normalize()), str(data.value)],
        "territory": [None, territory.name],
    }
    writing.note("target_proposed", plan, change, reason=data.reason)
    emit(TargetReplied(reply.pk))
    return reply


@action
def answer_reply(*, actor: Actor, at: datetime, reply_id: int, data: AnswerReply) -> TargetReply:
    """Accept a proposal, which makes it the figure, or decline it. Never one's own."""
    reply = access.visible_replies(actor).select_related("territory", "plan").filter(pk=reply_id).first()
    if reply is None:
        raise NotFound()
    if not access.may_answer(actor, reply):
        raise NotAllowed(_("反馈由上级答复，不能答复自己的反馈。"))
    plan = writing.lock_draft(actor, reply.plan_id, allowed=True)
    reply = TargetReply.objects.select_for_update(of=("self",)).select_related("territory").get(pk=reply_id)
    if reply.state != ReplyState.OPEN:
        raise RuleViolation(_("这条反馈已经答复过了。"), code="answered", field="state")
    reply.state = ReplyState.ACCEPTED if data.accept else ReplyState.DECLINED
    reply.answer, reply.decided_by_id, reply.decided_at = data.answer, actor.user_id, at
    reply.save()
    if data.accept:
        figure = SetFigure(
            level=Level(reply.level),
            period=reply.period,
            product_id=reply.product_id,
            territory=reply.territory.code,
            value=reply.proposed,
        )
        set_figures(actor=actor, at=at, plan_id=plan.pk, data=SetFigures(figures=[figure]))
    verb = "target_reply_accepted" if data.accept else "target_reply_declined"
    writing.note(verb, plan, {"territory": [None, reply.territory.name]}, reason=data.answer)
    emit(TargetReplied(reply.pk))
    return reply
