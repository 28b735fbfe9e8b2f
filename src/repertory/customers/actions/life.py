"""Life cycle and tiers."""

from datetime import datetime

from django.utils.translation import gettext as _

from repertory.core.actor import Actor
from repertory.core.errors import Conflict, NotFound, RuleViolation
from repertory.core.time import day_of
from repertory.customers import access
from repertory.customers.actions import writing
from repertory.customers.choices import TRANSITIONS, ProposalState, Stage, Tier
from repertory.customers.inputs import DecideTier, MoveStage
from repertory.customers.models import Customer, Profile, StageChange, TierProposal
from repertory.customers.tiers import Facts, propose, rules_on
from repertory.organisation.access import require
from repertory.platform.changes import Changes
from repertory.platform.unit import action

BATCH = 1_000


@action
def move_stage(*, actor: Actor, at: datetime, customer_id: int, data: MoveStage) -> StageChange:
    """Move a customer along its life cycle, on a day that is neither in the future nor before the present stage began."""
    customer = access.lock_editable(actor, customer_id)
    day = data.on or day_of(at)
    if data.stage not in TRANSITIONS[customer.stage]:
        message = _("不能从“%(old)s”直接变为“%(new)s”。")
        names = {"old": Stage(customer.stage).label, "new": data.stage.label}
        raise RuleViolation(message % names, field="stage", code="stage_order")
    if day > day_of(at):
        raise RuleViolation(_("日期不能晚于今天。"), field="on")
    if day < customer.stage_since:
        raise RuleViolation(_("日期不能早于进入现阶段的 %(day)s。") % {"day": customer.stage_since}, field="on")
    change = StageChange.objects.create(
        customer=customer,
        from_stage=customer.stage,
        to_stage=data.stage,
        on=day,
        reason=data.reason,
        user_id=actor.user_id,
    )
    changes = {"stage": [str(customer.stage), str(data.stage)]}
    customer.stage, customer.stage_since = data.stage, day
    writing.save_revision(customer, at)
    writing.note("stage_moved", customer, changes, reason=data.reason)
    return change


@action
def propose_tiers(*, actor: Actor, at: datetime) -> int:
    """Run the rules over all customers in the person's scope; returns how many new proposals differ from what is."""
    require(access.may_lead(actor))
    rules = rules_on(day_of(at))
    scope = access.edit_scope(actor, access.LEADERS)
    rows = access.in_scope(Customer.objects.filter(removed_at=None), scope).select_related("profile").order_by("pk")
    made: list[TierProposal] = []
    for customer in rows.iterator(chunk_size=BATCH):
        profile: Profile | None = getattr(customer, "profile", None)
        proposal = propose(Facts.of(customer, profile), rules)
        if proposal.differs(customer):
            made.append(
                TierProposal(
                    customer=customer,
                    tier=proposal.tier,
                    trade_class=proposal.trade_class,
                    care_class=proposal.care_class,
                    score=proposal.score,
                    reasons=[list(reason) for reason in proposal.reasons],
                    proposed_at=at,
                )
            )
    for start in range(0, len(made), BATCH):
        batch = made[start : start + BATCH]
        TierProposal.objects.filter(customer__in=[row.customer_id for row in batch], state=ProposalState.OPEN).update(
            state=ProposalState.SUPERSEDED
        )
        TierProposal.objects.bulk_create(batch)
    return len(made)


@action
def decide_tier(*, actor: Actor, at: datetime, customer_id: int, data: DecideTier) -> Customer:
    """Accept the open proposal or set another tier; deciding against the rules needs a reason."""
    customer = access.lock_editable(actor, customer_id)
    proposal = TierProposal.objects.filter(customer=customer, state=ProposalState.OPEN).first()
    overridden = proposal is not None and proposal.tier != data.tier
    if overridden and not data.reason:
        raise RuleViolation(_("与系统建议不同，请写明理由。"), field="reason", code="reason_needed")
    changes: Changes = {"tier": [str(customer.tier), str(data.tier)]}
    customer.tier = data.tier
    if proposal is not None:
        proposal.state = ProposalState.OVERRIDDEN if overridden else ProposalState.ACCEPTED
        proposal.decided_at, proposal.decided_by_id = at, actor.user_id
        proposal.decided_tier, proposal.decision_reason = data.tier, data.reason
        proposal.save()
        if not overridden:
            customer.trade_class = proposal.trade_class or customer.trade_class
            customer.care_class = proposal.care_class or customer.care_class
    writing.save_revision(customer, at)
    writing.note("tier_decided", customer, changes, reason=data.reason)
    return customer


@action
def accept_tier_proposal(*, actor: Actor, at: datetime, proposal_id: int) -> Customer:
    """Take the rules' word for one customer."""
    proposal = TierProposal.objects.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound()
    access.lock_editable(actor, proposal.customer_id)
    if proposal.state != ProposalState.OPEN:
        raise Conflict(_("这条建议已经处理过了。"))
    return decide_tier(actor=actor, at=at, customer_id=proposal.customer_id, data=DecideTier(tier=Tier(proposal.tier)))
