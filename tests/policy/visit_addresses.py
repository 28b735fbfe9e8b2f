"""Visits, plans, reports, coaching: who may open which page and use which operation."""

from repertory.core.time import today
from tests.policy.rules import ALL, CREATORS, FIELD, RECORDERS, Rule, customer

LEADING = frozenset({"supervisor", "manager", "boss"})
SETTERS = frozenset({"manager", "boss", "admin"})
NOW = f"{today()}T08:00:00+08:00"

WEB: dict[str, Rule] = {
    "visits:today_panel": Rule(RECORDERS),
    "visits:steps_panel": Rule(RECORDERS),
    "visits:team_panel": Rule(LEADING),
    "visits:list": Rule(ALL),
    "visits:columns": Rule(ALL),
    "visits:record": Rule(RECORDERS),
    "visits:plan": Rule(RECORDERS),
    "visits:calendar": Rule(ALL),
    "visits:calendar_data": Rule(ALL),
    "visits:next": Rule(RECORDERS),
    "visits:team": Rule(ALL),
    "visits:route": Rule(RECORDERS),
    "visits:areas": Rule(RECORDERS),
    "visits:frequencies": Rule(ALL),
    "visits:set_frequency": Rule(SETTERS),
    "visits:drop_frequency": Rule(SETTERS, "POST", "frequency"),
    "visits:plans": Rule(ALL),
    "visits:propose": Rule(RECORDERS, "POST"),
    "visits:plan_page": Rule(ALL, at="plan"),
    "visits:submit_plan": Rule(RECORDERS, at="plan"),
    "visits:decide_plan": Rule(LEADING, at="plan"),
    "visits:reports": Rule(ALL),
    "visits:write_report": Rule(RECORDERS, arguments={"kind": "daily"}),
    "visits:report": Rule(ALL, at="report"),
    "visits:comment": Rule(RECORDERS, at="report"),
    "visits:coachings": Rule(ALL),
    "visits:coach": Rule(LEADING),
    "visits:coaching": Rule(ALL, at="coaching"),
    "visits:reply": Rule(RECORDERS, at="coaching"),
    "visits:of_customer": customer(ALL),
    "visits:add_hours": customer(CREATORS),
    "visits:drop_hours": Rule(CREATORS, "POST", "hours"),
    "visits:set_terms": customer(CREATORS),
    "visits:add_consent": customer(CREATORS),
    "visits:page": Rule(ALL, at="visit"),
    "visits:complete": Rule(RECORDERS, at="visit"),
    "visits:move": Rule(RECORDERS, at="visit"),
    "visits:cancel": Rule(RECORDERS, at="visit"),
    "visits:amend": Rule(RECORDERS, at="visit"),
    "visits:take_up": Rule(FIELD, "POST", "visit"),
}

API: dict[tuple[str, str], Rule] = {
    ("GET", "visits"): Rule(ALL),
    ("POST", "visits"): Rule(RECORDERS, at="body customer", body={"starts_at": NOW}),
    ("POST", "visits/planned"): Rule(RECORDERS, at="body customer", body={"on": "2099-01-01"}),
    ("GET", "visits/<visit_id>"): Rule(ALL, at="visit"),
    ("PATCH", "visits/<visit_id>"): Rule(FIELD, at="visit", body={"subject": "改"}),
    ("POST", "visits/<visit_id>/completion"): Rule(FIELD, at="visit", body={"starts_at": NOW}),
    ("POST", "visits/<visit_id>/moving"): Rule(FIELD, at="visit", body={"on": "2099-01-01"}),
    ("PATCH", "visits/<visit_id>/planned"): Rule(FIELD, at="visit", body={"aim": "改"}),
    ("POST", "visits/<visit_id>/cancellation"): Rule(FIELD, at="visit", body={"reason": "出差"}),
    ("POST", "visits/<visit_id>/taking-up"): Rule(FIELD, at="visit"),
    ("GET", "customers/<customer_id>/visiting-hours"): customer(ALL),
    ("POST", "customers/<customer_id>/visiting-hours"): customer(
        CREATORS, body={"weekday": 1, "opens": "14:00", "closes": "16:00"}
    ),
    ("DELETE", "visiting-hours/<hours_id>"): Rule(CREATORS, at="hours"),
    ("GET", "customers/<customer_id>/visit-terms"): customer(ALL),
    ("PUT", "customers/<customer_id>/visit-terms"): customer(CREATORS, body={"demands_consent": True}),
    ("GET", "customers/<customer_id>/visit-consents"): customer(ALL),
    ("POST", "customers/<customer_id>/visit-consents"): customer(
        CREATORS, body={"reference": "登记表", "starts_on": "2026-01-01"}
    ),
    ("GET", "visit-plans"): Rule(ALL),
    ("POST", "visit-plans"): Rule(RECORDERS, body={"month": "2099-01-01"}),
    ("POST", "visit-plans/<plan_id>/submission"): Rule(FIELD, at="plan"),
    ("POST", "visit-plans/<plan_id>/decision"): Rule(LEADING, at="plan", body={"approve": True}),
    ("GET", "call-frequencies"): Rule(ALL),
    ("POST", "call-frequencies"): Rule(SETTERS, body={"per_month": "2", "starts_on": "2026-01-01"}),
    ("DELETE", "call-frequencies/<frequency_id>"): Rule(SETTERS, at="frequency"),
    ("GET", "personal-reports"): Rule(ALL),
    ("GET", "personal-reports/composition"): Rule(ALL),
    ("POST", "personal-reports"): Rule(RECORDERS, body={"kind": "daily", "on": "2026-01-05"}),
    ("POST", "personal-reports/<report_id>/reading"): Rule(ALL, at="report"),
    ("POST", "personal-reports/<report_id>/comments"): Rule(ALL - {"auditor"}, at="report", body={"text": "好"}),
    ("GET", "coachings"): Rule(ALL),
    ("POST", "coachings"): Rule(LEADING, body={"username": "rep", "on": "2026-01-05", "observed": "好"}),
    ("POST", "coachings/<coaching_id>/reply"): Rule(FIELD - LEADING, at="coaching", body={"reply": "好"}),
    ("GET", "next-steps"): Rule(ALL),
    ("POST", "routes"): Rule(ALL, body={"stops": [{"id": 1, "longitude": 118.7, "latitude": 32}], "seconds": 0.1}),
}
