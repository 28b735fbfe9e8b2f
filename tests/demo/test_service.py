"""The demo company's cases and adverse events: whole, sound, in every state."""

from repertory.config import service_checks
from repertory.core.time import now
from repertory.demo.service import CASES, EVENTS, build_service
from repertory.service.models import AdverseEvent, Case
from tests.factories.archive import build_archive
from tests.factories.catalogue import build_catalogue


def test_a_year_of_cases_and_reports_in_every_state(company) -> None:
    at = now()
    build_archive(at)
    build_catalogue(at)
    build_service(at=at)
    assert Case.objects.count() == CASES
    assert set(Case.objects.values_list("state", flat=True)) >= {"closed", "in_progress"}
    assert Case.objects.exclude(escalation=0).exists()
    assert AdverseEvent.objects.count() == len(EVENTS)
    assert set(AdverseEvent.objects.values_list("state", flat=True)) == {"received", "handed_over", "closed"}
    assert [check.__name__ for check in service_checks.CHECKS if list(check())] == []
