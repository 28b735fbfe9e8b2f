"""What plans put up for approval, for the table of kinds."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from repertory.plans import access
from repertory.plans.actions import plans, writing
from repertory.platform.approvals.kinds import ApprovalKind, RouteStep

APPROVAL = ApprovalKind(
    key=writing.PLAN,
    label=_("指标计划"),
    on_approved=plans.approved,
    on_rejected=plans.refused,
    on_withdrawn=plans.refused,
    url=lambda key: reverse("plans:plan", args=[key]),
    visible=access.visible_plans,
    route=(RouteStep("manager", "company"),),
    open_to=access.may_see,
)
