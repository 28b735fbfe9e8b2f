from repertory.visits.models.emails import VisitEmail
from repertory.visits.models.plans import CallFrequency, VisitPlan
from repertory.visits.models.reports import (
    AgreedAction,
    Coaching,
    PersonalReport,
    ReportComment,
    ReportReading,
    SkillRating,
)
from repertory.visits.models.visits import (
    CheckIn,
    Companion,
    InstitutionConsent,
    InstitutionTerms,
    MovedByMerge,
    Visit,
    VisitingHours,
    VisitMessage,
    VisitProduct,
)

__all__ = [
    "AgreedAction",
    "CallFrequency",
    "CheckIn",
    "Coaching",
    "Companion",
    "InstitutionConsent",
    "InstitutionTerms",
    "MovedByMerge",
    "PersonalReport",
    "ReportComment",
    "ReportReading",
    "SkillRating",
    "Visit",
    "VisitEmail",
    "VisitMessage",
    "VisitPlan",
    "VisitProduct",
    "VisitingHours",
]
