from repertory.platform.exchange.tables import ExportRun, ImportMapping, ImportRun
from repertory.platform.models.attachments import Attachment
from repertory.platform.models.audit import AuditBatch, AuditEntry, AuditHead
from repertory.platform.models.custom_fields import CustomField, FieldKind
from repertory.platform.models.idempotency import IdempotentAnswer
from repertory.platform.models.policy import PolicySetting
from repertory.platform.models.views import SavedView

__all__ = [
    "Attachment",
    "AuditBatch",
    "AuditEntry",
    "AuditHead",
    "CustomField",
    "ExportRun",
    "FieldKind",
    "IdempotentAnswer",
    "ImportMapping",
    "ImportRun",
    "PolicySetting",
    "SavedView",
]
