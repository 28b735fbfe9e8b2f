"""Addresses of the service pages: /cases/ and /adverse-events/."""

from django.urls import path

from repertory.platform.web.lists import list_paths
from repertory.service.web import cases, columns, events, lists

app_name = "service"

urlpatterns = [
    path("cases/", lists.case_list, name="cases"),
    *list_paths(columns.CASES, "cases/"),
    path("cases/new/", cases.open_case, name="open_case"),
    path("cases/causes/", lists.causes, name="causes"),
    path("cases/customer/<int:customer_id>/", cases.of_customer, name="of_customer"),
    path("cases/<int:case_id>/", cases.case_page, name="case"),
    path("cases/<int:case_id>/<slug:name>/", cases.case_step, name="case_step"),
    path("adverse-events/", lists.event_list, name="events"),
    *list_paths(columns.EVENTS, "adverse-events/"),
    path("adverse-events/new/", events.report, name="report_event"),
    path("adverse-events/<int:event_id>/", events.event_page, name="event"),
    path("adverse-events/<int:event_id>/correction/", events.correct, name="correct_event"),
    path("adverse-events/<int:event_id>/persons/", events.reveal, name="reveal_persons"),
    path("adverse-events/<int:event_id>/<slug:name>/", events.event_step, name="event_step"),
]
