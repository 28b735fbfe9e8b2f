"""Addresses of the visit pages, below /visits/."""

from django.urls import path

from repertory.platform.web.lists import list_paths
from repertory.visits.web import (
    calendar,
    coaching,
    emails,
    listing,
    page,
    panels,
    plans,
    recording,
    reports,
    routes,
    team,
)

app_name = "visits"

urlpatterns = [
    path("", listing.visit_list, name="list"),
    *list_paths(listing.LIST),
    path("new/", recording.record, name="record"),
    path("plan/", page.plan, name="plan"),
    path("calendar/", calendar.calendar_page, name="calendar"),
    path("calendar/data/", calendar.calendar_data, name="calendar_data"),
    path("panels/today/", panels.today, name="today_panel"),
    path("panels/steps/", panels.steps, name="steps_panel"),
    path("panels/team/", panels.team, name="team_panel"),
    path("next/", team.next_page, name="next"),
    path("route/", routes.day, name="route"),
    path("areas/", routes.areas, name="areas"),
    path("team/", team.team_page, name="team"),
    path("frequencies/", team.frequencies, name="frequencies"),
    path("frequencies/new/", team.set_frequency, name="set_frequency"),
    path("frequencies/<int:frequency_id>/deletion/", team.drop_frequency, name="drop_frequency"),
    path("plans/", plans.plan_list, name="plans"),
    path("plans/proposal/", plans.propose, name="propose"),
    path("plans/<int:plan_id>/", plans.plan_page, name="plan_page"),
    path("plans/<int:plan_id>/submission/", plans.submit, name="submit_plan"),
    path("plans/<int:plan_id>/decision/", plans.decide, name="decide_plan"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/write/<slug:kind>/", reports.write, name="write_report"),
    path("reports/<int:report_id>/", reports.report, name="report"),
    path("reports/<int:report_id>/comments/", reports.comment, name="comment"),
    path("coaching/", coaching.coaching_list, name="coachings"),
    path("coaching/new/", coaching.coach, name="coach"),
    path("coaching/<int:coaching_id>/", coaching.coaching_page, name="coaching"),
    path("coaching/<int:coaching_id>/reply/", coaching.reply, name="reply"),
    path("customer/<int:customer_id>/", page.of_customer, name="of_customer"),
    path("customer/<int:customer_id>/email/", emails.write, name="email"),
    path("customer/<int:customer_id>/hours/", page.add_hours, name="add_hours"),
    path("customer/<int:customer_id>/terms/", page.set_terms, name="set_terms"),
    path("customer/<int:customer_id>/consents/", page.add_consent, name="add_consent"),
    path("hours/<int:hours_id>/deletion/", page.drop_hours, name="drop_hours"),
    path("<int:visit_id>/", page.visit_page, name="page"),
    path("<int:visit_id>/completion/", recording.complete, name="complete"),
    path("<int:visit_id>/moving/", page.move, name="move"),
    path("<int:visit_id>/cancellation/", page.cancel, name="cancel"),
    path("<int:visit_id>/amendment/", page.amend, name="amend"),
    path("<int:visit_id>/taking-up/", page.take_up, name="take_up"),
]
