"""What follows what across domains: in the same transaction, or once it is certain."""

from repertory.customers.actions.coverage import recount_after_move
from repertory.customers.events import (
    CustomersImported,
    CustomersMerged,
    CustomersReassigned,
    MergeUndone,
    PersonErased,
)
from repertory.customers.jobs import index_after_import
from repertory.materials.actions.forgetting import forget_signatures
from repertory.materials.events import MaterialApproved, MaterialSubmitted, MaterialWithdrawn
from repertory.organisation.events import TerritoryMoved
from repertory.plans.events import TargetReplied, TaskChanged
from repertory.platform.approvals.events import ApprovalMoved
from repertory.platform.reminders.jobs import remind
from repertory.products.events import MessageApproved, MessageSubmitted, MessageWithdrawn, SuggestionAnswered
from repertory.reports.events import ReportIssued
from repertory.sales.actions.regions import roll_up_after_move
from repertory.service.actions.merging import follow_merge, give_back
from repertory.service.actions.owners import follow_reassignment
from repertory.service.events import (
    AdverseEventCorrected,
    AdverseEventReceived,
    CaseEscalated,
    CaseOpened,
    CasesHandedOver,
)
from repertory.visits.actions import following
from repertory.visits.actions.forgetting import forget_letters_and_photos
from repertory.visits.events import CoachingRecorded, EmailQueued, PlanDecided, PlanSubmitted, ReportSent
from repertory.visits.jobs import send_queued

SAME_TRANSACTION: dict = {
    TerritoryMoved: [recount_after_move, roll_up_after_move],
    CustomersReassigned: [following.follow_reassignment, follow_reassignment],
    CustomersMerged: [following.follow_merge, follow_merge],
    MergeUndone: [following.give_back, give_back],
    PersonErased: [forget_signatures, forget_letters_and_photos],
}


AFTER_COMMIT: dict = {
    CustomersImported: [index_after_import],
    CustomersReassigned: [remind(lambda event: event.customer_ids, "customer_dates", "customer_licences")],
    MessageSubmitted: [remind(lambda event: [event.version_id], "message_waiting")],
    MessageApproved: [remind(lambda event: [event.version_id], "message_waiting")],
    MessageWithdrawn: [remind(lambda event: [event.version_id], "message_expiry")],
    SuggestionAnswered: [remind(lambda event: [event.suggestion_id], "suggestion_answered")],
    MaterialSubmitted: [remind(lambda event: [event.version_id], "material_waiting")],
    MaterialApproved: [remind(lambda event: [event.version_id], "material_waiting")],
    MaterialWithdrawn: [remind(lambda event: [event.version_id], "material_expiry")],
    PlanSubmitted: [remind(lambda event: [event.plan_id], "plan_waiting")],
    PlanDecided: [remind(lambda event: [event.plan_id], "plan_waiting", "plan_decided")],
    EmailQueued: [send_queued],
    ReportSent: [remind(lambda event: [event.report_id], "urgent_report", when=lambda event: event.urgent)],
    CoachingRecorded: [remind(lambda event: [event.coaching_id], "coaching_unread")],
    CaseOpened: [remind(lambda event: [event.case_id], "case_due")],
    CaseEscalated: [remind(lambda event: [event.case_id], "case_escalated")],
    CasesHandedOver: [remind(lambda event: event.case_ids, "case_due", "case_escalated")],
    AdverseEventReceived: [remind(lambda event: [event.event_id], "adverse_event_new", "adverse_event_due")],
    TaskChanged: [remind(lambda event: [event.task_id], "task_due", "task_lagging", "task_to_check")],
    TargetReplied: [remind(lambda event: [event.reply_id], "target_reply_waiting", "target_reply_answered")],
    ApprovalMoved: [remind(lambda event: [event.request_id], "approval_waiting", "approval_decided")],
    ReportIssued: [remind(lambda event: [event.issued_id], "report_issued")],
    AdverseEventCorrected: [remind(lambda event: [event.event_id], "adverse_event_due")],
}
