"""Attainment, analyses and reports: who may open them."""

from tests.policy.rules import ALL, WRITERS, Rule

TAKING_OUT = frozenset({"supervisor", "manager", "boss", "finance", "admin", "auditor", "product"})
# Only the owner finds these; tests/reports/web asks for them as the owner.
NOBODY: frozenset[str] = frozenset()

WEB: dict[str, Rule] = {
    "figures:attainment": Rule(ALL),
    "figures:outlook": Rule(ALL),
    "figures:reasons": Rule(ALL),
    "reports:sales": Rule(ALL),
    "reports:composition": Rule(ALL),
    "reports:list": Rule(ALL),
    "reports:report": Rule(ALL, arguments={"name": "attainment"}),
    "reports:report_file": Rule(TAKING_OUT, arguments={"name": "flow", "file_format": "json"}),
    "reports:analysis": Rule(ALL),
    "reports:analysis_file": Rule(TAKING_OUT, arguments={"file_format": "xlsx"}),
    "reports:map": Rule(ALL),
    "reports:save_analysis": Rule(WRITERS),
    "reports:delete_analysis": Rule(NOBODY, "POST", arguments={"analysis_id": 999_999}),
    "reports:schedule": Rule(TAKING_OUT - {"auditor"}),
    "reports:end_schedule": Rule(NOBODY, "POST", arguments={"schedule_id": 999_999}),
    "reports:issued": Rule(NOBODY, arguments={"issued_id": 999_999}),
}

API: dict[tuple[str, str], Rule] = {
    ("GET", "attainment"): Rule(ALL),
    ("GET", "forecast"): Rule(ALL),
    ("GET", "analysis"): Rule(ALL),
    ("GET", "analysis/catalogue"): Rule(ALL),
}
