from repertory.platform.exchange.tables import ExportRun, ImportMapping, ImportRun
from repertory.platform.models.approvals import ApprovalRequest, ApprovalRoute, ApprovalStep, Deputy
from repertory.platform.models.attachments import Attachment
from repertory.platform.models.audit import AuditBatch, AuditEntry, AuditHead
from repertory.platform.models.custom_fields import CustomField, FieldKind
from repertory.platform.models.idempotency import IdempotentAnswer
from repertory.platform.models.policy import PolicySetting
from repertory.platform.models.reminders import CalendarLink, Delivery, NotificationChoice, Reminder, Robot
from repertory.platform.models.views import SavedView
from repertory.platform.models.workdays import WorkdayOverride

__all__ = [
    "ApprovalRequest",
    "ApprovalRoute",
    "ApprovalStep",
    "Attachment",
    "AuditBatch",
    "AuditEntry",
    "AuditHead",
    "CalendarLink",
    "CustomField",
    "Delivery",
    "Deputy",
    "ExportRun",
    "FieldKind",
    "IdempotentAnswer",
    "ImportMapping",
    "ImportRun",
    "NotificationChoice",
    "PolicySetting",
    "Reminder",
    "Robot",
    "SavedView",
    "WorkdayOverride",
]
