from repertory.service.models.adverse import AdverseEvent, AdverseEventRevision, AdverseEventStep
from repertory.service.models.cases import Case, CaseStep
from repertory.service.models.numbers import MovedByMerge, NumberSeries

__all__ = [
    "AdverseEvent",
    "AdverseEventRevision",
    "AdverseEventStep",
    "Case",
    "CaseStep",
    "MovedByMerge",
    "NumberSeries",
]
