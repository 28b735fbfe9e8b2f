"""Attainment, analyses and reports: who may open them."""

from tests.policy.rules import ALL, Rule

WEB: dict[str, Rule] = {
    "figures:attainment": Rule(ALL),
    "figures:outlook": Rule(ALL),
    "figures:reasons": Rule(ALL),
}

API: dict[tuple[str, str], Rule] = {
    ("GET", "attainment"): Rule(ALL),
    ("GET", "forecast"): Rule(ALL),
    ("GET", "analysis"): Rule(ALL),
    ("GET", "analysis/catalogue"): Rule(ALL),
}
